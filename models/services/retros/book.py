"""What people do with retrospectives: start, extend and close them, and agree on what comes of them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.commands import NewAction, NewRetro
from models.database import Database
from models.errors import Invalid
from models.read_models import (
    ActionOrigin,
    Actor,
    CardView,
    Origin,
    ProjectView,
    RetroLine,
    RetroScreen,
    RetroView,
)
from models.rules.access import Capability, Relation, Standing, may
from models.rules.actions import ActionSource, ActionStatus
from models.rules.retros.life import MOST_ACTIONS, RetroState, may_follow
from models.services.actions.following import Following, add
from models.services.actions.rows import actions_of
from models.services.outbox.enqueue import enqueue
from models.services.projects.changing import find_project, look_at
from models.services.projects.rows import required_project
from models.services.receipts import claim
from models.services.retros import card_rows, living, notices
from models.services.retros.living import Turn
from models.services.retros.rows import find_retro, key_of, last_before, lines, newest, open_of_others
from models.services.standing import leads, require, standing
from models.tables import retrospectives
from models.value import Value, replace

MOST_LISTED = 12

_ARCHIVED = "{0} is archived, so nothing new is agreed on. `/project reopen {0}` brings it back."
_CLOSED = "The {} is closed already. `/retro start` begins another."
_STILL_OPEN = "Cards are still being collected. Agree on actions once it is closed: `/retro close`."
_ENOUGH = "There are three actions already, and more are not done. Cancel one first: `/retro actions`."


class _Found(Value):
    """A retrospective with its project, and what ties the person to them."""

    session: Session
    retro: RetroView
    project: ProjectView
    standing: Standing

    def require(self, capability: Capability) -> None:
        require(self.standing, capability, leads(self.project.roles))


class Retros:
    """Everything that may be done with retrospectives but their cards."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def show(self, actor: Actor, project_id: UUID, *, now: datetime) -> RetroScreen | None:
        """Return a project's newest retrospective; None where it had none. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_RETRO)
        with self._database.read() as session:
            project = required_project(session, actor.workspace_id, project_id)
            retro = newest(session, actor.workspace_id, project_id)
            return _screen(_found_of(session, actor, retro, project), actor, now) if retro else None

    def get(self, actor: Actor, retro_id: UUID, *, now: datetime) -> RetroScreen:
        """Return one of them. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_RETRO)
        with self._database.read() as session:
            return _screen(_find(session, actor, retro_id, lock=False), actor, now)

    def agreed(self, actor: Actor, project_id: UUID, *, now: datetime) -> RetroScreen | None:
        """Return a project's last retrospective that is closed. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_RETRO)
        with self._database.read() as session:
            project = required_project(session, actor.workspace_id, project_id)
            last = newest(
                session, actor.workspace_id, project_id, retrospectives.c.state == RetroState.CLOSED
            )
            if last is None:
                return None
            screen = _screen(_found_of(session, actor, last, project), actor, now)
            return replace(screen, still_open=open_of_others(session, last))

    def cards(self, actor: Actor, retro_id: UUID) -> tuple[RetroView, tuple[tuple[CardView, ...], ...]]:
        """Return the cards of a closed one, page by page. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            found = _find(session, actor, retro_id, lock=False)
            found.require(Capability.SEE_RETRO_CARDS)
            if found.retro.state is not RetroState.CLOSED:
                raise Invalid({"retro": "Nobody sees the cards before it closes."})
            return found.retro, card_rows.laid_out(session, found.retro)

    def lines(self, actor: Actor, project_id: UUID) -> tuple[RetroLine, ...]:
        """Return a project's last retrospectives, newest first. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_RETRO)
        with self._database.read() as session:
            required_project(session, actor.workspace_id, project_id)
            return lines(session, actor.workspace_id, project_id, MOST_LISTED)

    def startable(self, actor: Actor, project_id: UUID) -> ProjectView:
        """Return the project if the person may start one there. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            found.require(Capability.START_RETRO)
            found.require_active()
            return found.project

    def may_start(self, actor: Actor, project: ProjectView) -> bool:
        """Tell whether the person may start one for a project."""
        return not project.is_archived and may(standing(actor, project), Capability.START_RETRO)

    def closable(self, actor: Actor, retro_id: UUID) -> RetroView:
        """Return one that the person may close. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            found = _find(session, actor, retro_id, lock=False)
            found.require(Capability.RUN_RETRO)
            return found.retro

    def actionable(self, actor: Actor, retro_id: UUID) -> RetroView:
        """Return one for which the person may agree on an action. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            found = _find(session, actor, retro_id, lock=False)
            found.require(Capability.ADD_RETRO_ACTION)
            _require_room(found)
            return found.retro

    def start(self, actor: Actor, wanted: NewRetro, *, origin: Origin, now: datetime) -> RetroView:
        """Begin to collect cards. Raises NotFound, NotAllowed, Invalid."""
        retro_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, retro_id, now)
            if earlier is not None:
                return find_retro(session, actor.workspace_id, earlier)
            found = find_project(session, actor, wanted.project_id)
            found.require(Capability.START_RETRO)
            found.require_active()
            turn = Turn(session, actor.workspace_id, actor.person, origin, now)
            return living.begin(turn, found.project, wanted, retro_id)

    def extend(
        self, actor: Actor, retro_id: UUID, until: datetime | None = None, *, origin: Origin, now: datetime
    ) -> RetroView:
        """Collect for longer, once. Raises NotFound, NotAllowed, Invalid."""

        def decide(turn: Turn, retro: RetroView) -> RetroView:
            return living.extend(turn, retro, until)

        return self._change(actor, retro_id, decide, origin=origin, now=now)

    def close(self, actor: Actor, retro_id: UUID, *, origin: Origin, now: datetime) -> RetroView:
        """End the collecting now. Raises NotFound, NotAllowed, Invalid."""
        closed = self._change(actor, retro_id, living.close, origin=origin, now=now)
        living.clear_traces(self._database)
        return closed

    def add_action(
        self, actor: Actor, retro_id: UUID, wanted: NewAction, *, origin: Origin, now: datetime
    ) -> RetroScreen:
        """Agree on something that somebody does by a day. Raises NotFound, NotAllowed, Invalid."""
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, retro_id, now) is not None:
                return _screen(_find(session, actor, retro_id), actor, now)
            found = _find(session, actor, retro_id)
            found.require(Capability.ADD_RETRO_ACTION)
            _require_room(found)
            following = Following(ActionOrigin(ActionSource.RETROSPECTIVE, retro_id), project=found.project)
            made = add(session, actor, wanted, following, origin=origin, now=now)
            said = tuple(notices.of_changed_action(session, made))
            enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)
            return _screen(found, actor, now)

    def _change(
        self,
        actor: Actor,
        retro_id: UUID,
        decide: Callable[[Turn, RetroView], RetroView],
        *,
        origin: Origin,
        now: datetime,
    ) -> RetroView:
        """Lock it, and let ``decide`` write what becomes of it."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, retro_id, now)
            if earlier is not None:
                return find_retro(session, actor.workspace_id, earlier)
            found = _find(session, actor, retro_id)
            found.require(Capability.RUN_RETRO)
            if not may_follow(found.retro.state, RetroState.CLOSED):
                raise Invalid({"retro": _CLOSED.format(found.retro.reference)})
            return decide(Turn(session, actor.workspace_id, actor.person, origin, now), found.retro)


def _require_room(found: _Found) -> None:
    """Raise Invalid while cards are collected, and once as much is agreed on as is ever done."""
    if found.project.is_archived:
        raise Invalid({"title": _ARCHIVED.format(found.project.key)})
    if found.retro.state is not RetroState.CLOSED:
        raise Invalid({"title": _STILL_OPEN})
    present = actions_of(found.session, found.retro.workspace_id, ActionSource.RETROSPECTIVE, found.retro.id)
    if sum(each.status is not ActionStatus.CANCELLED for each in present) >= MOST_ACTIONS:
        raise Invalid({"title": _ENOUGH})


def _find(session: Session, actor: Actor, retro_id: UUID, *, lock: bool = True) -> _Found:
    require(standing(actor), Capability.SEE_RETRO)
    retro = find_retro(session, actor.workspace_id, retro_id, lock=lock)
    project = required_project(session, actor.workspace_id, retro.project_id)
    return _found_of(session, actor, retro, project)


def _found_of(session: Session, actor: Actor, retro: RetroView, project: ProjectView) -> _Found:
    held = standing(actor, project)
    if retro.started_by is not None and retro.started_by.id == actor.person.id:
        held = replace(held, relations=held.relations | {Relation.RAISER})
    return _Found(session, retro, project, held)


def _screen(found: _Found, actor: Actor, now: datetime) -> RetroScreen:
    session, retro = found.session, found.retro
    key = key_of(session, retro.id)
    team = {holder.person.id for holder in found.project.roles if not holder.is_deputy}
    return RetroScreen(
        retro=retro,
        last=last_before(session, retro),
        actions=actions_of(session, actor.workspace_id, ActionSource.RETROSPECTIVE, retro.id),
        mine=len(card_rows.own_cards(session, retro, key, actor.person.id)) if key else 0,
        still_to_write=len(team - card_rows.took_part(session, retro.id)) if key else 0,
        is_open=retro.is_open(now),
        may_run=may(found.standing, Capability.RUN_RETRO),
        may_start=may(found.standing, Capability.START_RETRO) and not found.project.is_archived,
        may_act=may(found.standing, Capability.ADD_RETRO_ACTION),
        may_see_cards=may(found.standing, Capability.SEE_RETRO_CARDS),
    )

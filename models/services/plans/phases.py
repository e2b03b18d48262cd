"""The phases that a project goes through: entered and left, each with its day and its person."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.commands import PhaseMove
from models.database import Database
from models.errors import Conflict, Invalid
from models.read_models import Actor, FieldChange, Origin, PhasePage, PhaseStay, ProjectView, Tally
from models.rules.access import Capability, may
from models.rules.days import day_words
from models.rules.plans.phases import GateFact, Phase, closes, goes_back
from models.services import audit
from models.services.changes import Change
from models.services.plans import phase_rows
from models.services.plans.deliverables import open_deliverables
from models.services.plans.kinds import DELIVERABLES, MEASURES, MILESTONES
from models.services.plans.words import past_day
from models.services.projects.changing import FoundProject, find_project
from models.services.projects.rows import PROJECT, required_project
from models.services.receipts import claim
from models.services.retros.at_close import look_back_at_close
from models.services.standing import require, standing
from models.services.surveys.requesting import at_close as ask_at_close
from models.services.surveys.requesting import close_taken_back
from models.services.texts import checked_reason

_GONE_ON = "{} has gone on since, so that can't be undone any more. Choose the phase that is right."
_SAME = "{} is in {} already."
_BACK = "Say why it goes back to {}, so that nobody wonders later."
_OPEN = "The client has not accepted {} yet. Say why it goes on to {} all the same."
_TOO_EARLY = "It has been in {} since {} only. Pick that day or a later one."


class Phases:
    """Moves projects from phase to phase."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def page(self, actor: Actor, project_id: UUID) -> PhasePage:
        """Return where the project stands and stood. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            return _page(session, actor, project_id)

    def movable(self, actor: Actor, project_id: UUID) -> PhasePage:
        """Return the same if the person may move the project. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            page = _page(session, actor, project_id)
            _require(FoundProject(session, page.project, standing(actor, page.project)))
        return page

    def move(
        self,
        actor: Actor,
        project_id: UUID,
        move: PhaseMove,
        *,
        origin: Origin,
        now: datetime,
    ) -> PhasePage:
        """Let the project leave its phase and enter another.

        Raises NotFound, NotAllowed, Invalid, and Conflict where it is not in ``move.seen`` any more.
        """
        reason = checked_reason(move.reason)
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, project_id, now) is not None:
                return _page(session, actor, project_id)
            found = find_project(session, actor, project_id)
            _require(found)
            present = phase_rows.present_stay(session, actor.workspace_id, project_id)
            _require_seen(found.project, present, move)
            day = _checked_day(found.project, present, move, now)
            if not reason:
                _require_no_reason(found, actor, present, move.target)
            entered = PhaseStay(uuid4(), move.target, day, actor.person, reason)
            if present is not None:
                phase_rows.leave(session, present, entered)
            phase_rows.enter(session, actor.workspace_id, project_id, entered, now)
            changes = (
                FieldChange("phase", present.phase if present else None, entered.phase),
                FieldChange("entered_on", None, day.isoformat()),
            )
            entry = audit.Entry(PROJECT, project_id, found.project.version, "moved", changes, reason)
            audit.record(session, actor, entry, origin=origin, now=now)
            look_back_at_close(Change(session, actor, origin, now), found.project, entered)
            ask_at_close(Change(session, actor, origin, now), found.project, entered)
            return _page(session, actor, project_id)

    def take_back(
        self, actor: Actor, project_id: UUID, stay_id: UUID, *, origin: Origin, now: datetime
    ) -> PhasePage:
        """Undo the latest move, into ``stay_id``: the project is where it was before.

        Raises NotFound, NotAllowed, Invalid where it has gone on since.
        """
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, project_id, now) is not None:
                return _page(session, actor, project_id)
            found = find_project(session, actor, project_id)
            _require(found)
            stays = phase_rows.stays_of(session, actor.workspace_id, project_id)
            if not stays or stays[0].id != stay_id:
                raise Invalid({"phase": _GONE_ON.format(found.project.key)})
            before = stays[1] if len(stays) > 1 else None
            phase_rows.take_back(session, project_id, stays[0], before)
            if stays[0].phase is Phase.CLOSE:
                close_taken_back(Change(session, actor, origin, now), found.project)
            change = FieldChange("phase", stays[0].phase, before.phase if before else None)
            entry = audit.Entry(PROJECT, project_id, found.project.version, "took back a phase", (change,))
            audit.record(session, actor, entry, origin=origin, now=now)
            return _page(session, actor, project_id)


def _page(session: Session, actor: Actor, project_id: UUID) -> PhasePage:
    project = required_project(session, actor.workspace_id, project_id)
    return PhasePage(
        project,
        phase_rows.stays_of(session, actor.workspace_id, project_id),
        may_change=not project.is_archived and may(standing(actor, project), Capability.CHANGE_PHASE),
        tally=_tally(session, actor, project_id),
    )


def _tally(session: Session, actor: Actor, project_id: UUID) -> Mapping[GateFact, Tally]:
    """Count what the plan shows of what has to be true before a phase ends."""
    milestones = MILESTONES.of_project(session, actor.workspace_id, project_id)
    deliverables = DELIVERABLES.of_project(session, actor.workspace_id, project_id)
    measures = len(MEASURES.of_project(session, actor.workspace_id, project_id))
    return {
        GateFact.MILESTONES: Tally(len(milestones), sum(1 for each in milestones if each.done_on)),
        GateFact.DELIVERABLES: Tally(len(deliverables), sum(1 for each in deliverables if each.is_accepted)),
        GateFact.MEASURES: Tally(measures, measures),
    }


def _require(found: FoundProject) -> None:
    found.require(Capability.CHANGE_PHASE)
    found.require_active()


def _require_seen(project: ProjectView, present: PhaseStay | None, move: PhaseMove) -> None:
    """Raise Conflict where the person looked at another phase than the present one."""
    now = present.id if present else None
    if move.is_seen and move.seen != now:
        change = FieldChange("phase", None, present.phase if present else None)
        raise Conflict(project, (change,), present.entered_by if present else None)


def _require_no_reason(found: FoundProject, actor: Actor, present: PhaseStay | None, target: Phase) -> None:
    """Raise Invalid where the move needs a reason on record."""
    if present is not None and goes_back(present.phase, target):
        raise Invalid({"reason": _BACK.format(target.value.capitalize())})
    if not closes(present.phase if present else None, target):
        return
    names = [each.name for each in open_deliverables(found.session, actor.workspace_id, found.project.id)]
    if names:
        raise Invalid({"reason": _OPEN.format(", ".join(names), target.value.capitalize())})


def _checked_day(project: ProjectView, present: PhaseStay | None, move: PhaseMove, now: datetime) -> date:
    """Return the day on which the project enters the phase. Raises Invalid."""
    if present is not None and present.phase is move.target:
        raise Invalid({"phase": _SAME.format(project.key, move.target.value.capitalize())})
    day = past_day(project, move.entered_on, "entered_on", now)
    if present is not None and day < present.entered_on:
        since = _TOO_EARLY.format(present.phase.value.capitalize(), day_words(present.entered_on))
        raise Invalid({"entered_on": since})
    return day

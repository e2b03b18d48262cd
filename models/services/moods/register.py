"""The mood register: logged in seconds, changed by whoever wrote it, and told only to whom it concerns."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_
from sqlalchemy.orm import Session

from models.commands import MoodFields
from models.database import Database
from models.errors import Conflict, NotFound
from models.read_models import (
    Actor,
    LoggedMood,
    MoodAlertView,
    MoodFilter,
    MoodOfProject,
    MoodPage,
    MoodTrendView,
    MoodView,
    Origin,
    ProjectChoice,
    ProjectView,
)
from models.rules.access import Capability, may
from models.rules.risks.words import Visibility
from models.services import audit
from models.services.changes import Change
from models.services.moods import alerts, logging, screens
from models.services.moods import fields as mood_fields
from models.services.moods.rows import MOOD, find_mood, is_kept, newest, required_mood, update_mood
from models.services.moods.turns import wait_for_turn
from models.services.projects.rows import required_project
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.zones import today_of
from models.tables import mood_readings
from models.value import replace


class MoodRegister:
    """Everything that may be done with clients' moods. What a person may not even see is NotFound to them."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def log(
        self,
        actor: Actor,
        project: ProjectView,
        fields: MoodFields,
        *,
        confirm_in: str | None,
        origin: Origin,
        now: datetime,
    ) -> LoggedMood:
        """Log how a client is. ``confirm_in`` is the channel in which the author is told, if any.

        Raises NotAllowed, NotFound for the project, and Invalid: also where a low value or a great change
        comes without a sentence.
        """
        require(standing(actor), Capability.LOG_MOOD)
        today = today_of(project, now)
        fields = mood_fields.checked(fields, today)
        mood = mood_fields.new_mood(actor, project, fields, today, now)
        mood = logging.new_reading(actor, project, fields, now)
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, mood.id, now)
            if earlier is not None:
                logged = required_mood(session, actor.workspace_id, earlier)
                return LoggedMood(logged, screens.before(session, actor, logged))
            return logging.log(Change(session, actor, origin, now), mood, confirm_in=confirm_in)

    def edit(
        self,
        actor: Actor,
        reading_id: UUID,
        fields: MoodFields,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> LoggedMood:
        """Change what one's own reading says.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """

        def decide(session: Session, mood: MoodView, project: ProjectView) -> MoodView:
            if mood.version != version:
                entries = audit.history(session, actor.workspace_id, mood.id, after_version=version)
                by = entries[0].person if entries else None
                raise Conflict(mood, audit.collapsed(entries), by)
            kept = mood_fields.checked(fields, today_of(project, now))
            changed = mood_fields.with_fields(mood, kept)
            mood_fields.require_insight(changed, screens.before(session, actor, changed))
            return changed

        return self._change(actor, reading_id, "edited", decide, origin=origin, now=now)

    def delete(self, actor: Actor, reading_id: UUID, *, origin: Origin, now: datetime) -> LoggedMood:
        """Take one's own reading out of everything; its history stays. Raises NotFound, NotAllowed."""

        def decide(_: Session, mood: MoodView, __: ProjectView) -> MoodView:
            return replace(mood, is_withdrawn=True)

        return self._change(actor, reading_id, "deleted", decide, origin=origin, now=now)

    def own(self, actor: Actor, reading_id: UUID) -> MoodView:
        """Return a reading that the person may change. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            return self._found(session, actor, reading_id)[0]

    def newest_of_mine(self, actor: Actor, project_id: UUID | None) -> MoodView:
        """Return what the person logged last, on the project or on any. Raises NotFound."""
        require(standing(actor), Capability.SEE_MOOD)
        mine = and_(
            mood_readings.c.workspace_id == actor.workspace_id,
            mood_readings.c.author_id == actor.person.id,
            is_kept(),
        )
        if project_id is not None:
            mine = and_(mine, mood_readings.c.project_id == project_id)
        with self._database.read() as session:
            found = newest(session, mine, first=mood_readings.c.logged_at.desc())
        if found is None:
            raise NotFound(MOOD, "of yours")
        return found

    def page(self, actor: Actor, wanted: MoodFilter) -> MoodPage:
        """Return one page of the readings that are wanted, newest first. Raises NotFound for the project."""
        require(standing(actor), Capability.SEE_MOOD)
        with self._database.read() as session:
            return screens.page(session, actor, wanted)

    def trend(self, actor: Actor, project_id: UUID, *, now: datetime) -> MoodTrendView:
        """Return how a project's client is, as far as the person may know. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            return screens.trend(session, actor, project_id, now)

    def overview(
        self, actor: Actor, projects: tuple[ProjectChoice, ...], *, today: date
    ) -> tuple[MoodOfProject, ...]:
        """Return how the clients of these projects are, as far as the person may know."""
        require(standing(actor), Capability.SEE_MOOD)
        ids = [project.id for project in projects]
        with self._database.read() as session:
            found = screens.states(session, actor.workspace_id, ids, today, actor=actor)
        return tuple(MoodOfProject(project, found[project.id]) for project in projects)

    def take(self, actor: Actor, alert_id: UUID, *, origin: Origin, now: datetime) -> MoodAlertView:
        """Note that the person calls the client; who was first stays. Raises NotFound, Invalid when over."""
        return self._on_alert(alerts.take, actor, alert_id, origin, now)

    def hand_back(self, actor: Actor, alert_id: UUID, *, origin: Origin, now: datetime) -> MoodAlertView:
        """Note that the person can't call after all. Raises NotFound."""
        return self._on_alert(alerts.hand_back, actor, alert_id, origin, now)

    def _on_alert(
        self,
        act: Callable[[Change, UUID], MoodAlertView],
        actor: Actor,
        alert_id: UUID,
        origin: Origin,
        now: datetime,
    ) -> MoodAlertView:
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, alert_id, now)
            if earlier is not None:
                return alerts.required_alert(session, actor, earlier)
            return act(Change(session, actor, origin, now), alert_id)

    def _change(
        self,
        actor: Actor,
        reading_id: UUID,
        action: str,
        decide: Callable[[Session, MoodView, ProjectView], MoodView],
        *,
        origin: Origin,
        now: datetime,
    ) -> LoggedMood:
        """Lock the reading, let ``decide`` say what becomes of it, and write that with all that follows."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, reading_id, now)
            if earlier is not None:
                known = required_mood(session, actor.workspace_id, earlier)
                return LoggedMood(known, screens.before(session, actor, known))
            wait_for_turn(session, self._found(session, actor, reading_id)[1].id)
            mood, project = self._found(session, actor, reading_id, lock=True)
            decided = decide(session, mood, project)
            before = screens.before(session, actor, decided)
            if decided == mood:
                return LoggedMood(mood, before)
            after = replace(decided, version=mood.version + 1, updated_at=now)
            update_mood(session, after)
            entry = audit.Entry(MOOD, mood.id, after.version, action, mood_fields.changes(mood, after))
            audit.record(session, actor, entry, origin=origin, now=now)
            alerts.settle(Change(session, actor, origin, now), project, {mood.observed_on, after.observed_on})
        return LoggedMood(after, before)

    def _found(
        self, session: Session, actor: Actor, reading_id: UUID, *, lock: bool = False
    ) -> tuple[MoodView, ProjectView]:
        """Return a reading that the person may change, with its project. Raises NotFound, NotAllowed."""
        mood = find_mood(session, actor.workspace_id, reading_id, lock=lock)
        if mood is None or mood.is_withdrawn:
            require(standing(actor), Capability.SEE_MOOD)
            raise NotFound(MOOD, str(reading_id))
        project = required_project(session, actor.workspace_id, mood.project_id)
        held = standing(actor, project, mood=mood)
        require(held, Capability.SEE_MOOD)
        is_hidden = mood.visibility is Visibility.RESTRICTED and not may(held, Capability.SEE_RESTRICTED_MOOD)
        if is_hidden:
            raise NotFound(MOOD, str(reading_id))
        require(held, Capability.CHANGE_MOOD, (mood.author,))
        return mood, project

"""The book of statuses: how each project stands, period by period, in every version."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_
from sqlalchemy.orm import Session

from models.commands import WantedStatus
from models.commands.statuses import REASON_LENGTH
from models.database import Database
from models.errors import Conflict, Invalid, NotFound
from models.read_models import (
    Actor,
    ClientCopy,
    MissingPage,
    Origin,
    OwedStatus,
    ProjectView,
    StatusDetails,
    StatusDraftView,
    StatusInRow,
    StatusStart,
    StatusVersionView,
    StatusView,
)
from models.rules.access import Capability
from models.rules.statuses.periods import Period
from models.services import audit
from models.services.changes import Change
from models.services.moods.turns import wait_for_turn
from models.services.outbox.last_look import last_refusal
from models.services.projects.rows import required_project
from models.services.receipts import claim
from models.services.standing import leads, require, standing
from models.services.statuses import drafts, screens
from models.services.statuses.missing import missing
from models.services.statuses.ours import ours_of
from models.services.statuses.owed import owed_by
from models.services.statuses.plans import closed_with
from models.services.statuses.rows import STATUS, find_status, in_row, is_of, required_status, versions_of
from models.services.statuses.submitting import submit, write
from models.services.texts import clean_line, too_long
from models.tables import status_updates
from models.value import replace

_NO_REASON = {"justification": "Say in a sentence why it is green all the same, or change the colour."}
_CLEAR = {"justification": "It needs no reason any more. Close this, and see how it stands."}


class Statuses:
    """Everything that may be done with statuses."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def start(self, actor: Actor, project_id: UUID, period: Period | None, *, now: datetime) -> StatusStart:
        """Return what a form for the period, or else for the present one, begins with.

        Raises NotFound, NotAllowed, Invalid for an archived project.
        """
        with self._database.read() as session:
            project = _project(session, actor, project_id, Capability.SUBMIT_STATUS)
            if project.is_archived:
                raise Invalid({"project": f"{project.key} is archived, so it needs no status any more."})
            return screens.start(session, actor, project, period or screens.present_period(project, now), now)

    def submit(
        self,
        actor: Actor,
        wanted: WantedStatus,
        *,
        origin: Origin,
        now: datetime,
    ) -> StatusInRow:
        """Submit a period's status, or another version of it.

        Raises NotFound, NotAllowed, Invalid, Conflict.
        """
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, wanted.project_id, now) is not None:
                is_it = and_(status_updates.c.project_id == wanted.project_id, is_of(wanted.period))
                known = find_status(session, actor.workspace_id, is_it)
                if known is None:
                    raise NotFound(STATUS, str(wanted.project_id))
                return _sent(session, known)
            return _sent(session, submit(Change(session, actor, origin, now), wanted))

    def justify(
        self, actor: Actor, status_id: UUID, reason: str, *, version: int, origin: Origin, now: datetime
    ) -> StatusInRow:
        """Say why a status is green although something inside says otherwise.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """
        reason = clean_line(reason)
        if not reason:
            raise Invalid(_NO_REASON)
        for problem in too_long(reason, REASON_LENGTH):
            raise Invalid({"justification": problem})
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, status_id, now)
            status = required_status(session, actor.workspace_id, earlier or status_id)
            if earlier is not None:
                return in_row(session, status)
            wait_for_turn(session, status.project_id)
            _project(session, actor, status.project_id, Capability.SUBMIT_STATUS)
            status = required_status(session, actor.workspace_id, status_id)
            if status.version != version:
                entries = audit.history(session, actor.workspace_id, status.id, after_version=version)
                raise Conflict(status, audit.collapsed(entries), entries[0].person if entries else None)
            if not status.found:
                raise Invalid(_CLEAR)
            after = replace(
                status, version=version + 1, author=actor.person, written_at=now, justification=reason
            )
            change = Change(session, actor, origin, now)
            return in_row(session, write(change, status, after, "justified", reason))

    def show(
        self, actor: Actor, project_id: UUID, period: Period | None = None, *, now: datetime
    ) -> StatusDetails:
        """Return the status of the period, or the newest there is. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            project = _project(session, actor, project_id, Capability.SEE_STATUS)
            return screens.detailed(actor, project, screens.shown(session, actor, project, period, now))

    def details(self, actor: Actor, status_id: UUID) -> StatusDetails:
        """Return a status. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            require(standing(actor), Capability.SEE_STATUS)
            status = required_status(session, actor.workspace_id, status_id)
            project = _project(session, actor, status.project_id, Capability.SEE_STATUS)
            return screens.detailed(actor, project, in_row(session, status))

    def for_client(
        self, actor: Actor, project_id: UUID, period: Period | None = None, *, now: datetime
    ) -> ClientCopy:
        """Return the status of the period, or the newest, as the client may have it.

        Raises NotFound, NotAllowed.
        """
        found = self.show(actor, project_id, period, now=now).found
        return self._for_client(actor, found)

    def copy_of(self, actor: Actor, status_id: UUID) -> ClientCopy:
        """Return a status as the client may have it. Raises NotFound, NotAllowed."""
        return self._for_client(actor, self.details(actor, status_id).found)

    def owed(self, actor: Actor, *, now: datetime) -> tuple[OwedStatus, ...]:
        """Return how the projects stand in whose name the person submits: what waits longest comes first."""
        require(standing(actor), Capability.SEE_STATUS)
        with self._database.read() as session:
            return owed_by(session, actor, now)

    def missing(self, actor: Actor, *, only_mine: bool, now: datetime) -> MissingPage:
        """Return the projects whose latest period has no status though it was due. Raises NotAllowed."""
        require(standing(actor), Capability.SEE_STATUS)
        with self._database.read() as session:
            return missing(session, actor, now, only_mine=only_mine)

    def versions(self, actor: Actor, status_id: UUID) -> tuple[StatusView, tuple[StatusVersionView, ...]]:
        """Return a status and all its versions, newest first. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            require(standing(actor), Capability.SEE_STATUS)
            status = required_status(session, actor.workspace_id, status_id)
            return status, versions_of(session, status)

    def keep_draft(
        self, actor: Actor, project_id: UUID, period: Period, filled_in: Mapping[str, str], *, now: datetime
    ) -> None:
        """Keep what the person filled in so far. Raises NotFound, NotAllowed."""
        with self._database.write() as session:
            _project(session, actor, project_id, Capability.SUBMIT_STATUS)
            drafts.keep(session, actor, project_id, period, filled_in, now)

    def draft(self, actor: Actor, project_id: UUID, period: Period) -> StatusDraftView | None:
        """Return what the person filled in and did not send."""
        with self._database.read() as session:
            return drafts.find(session, actor, project_id, period)

    def drop_draft(self, actor: Actor, project_id: UUID, period: Period) -> None:
        """Forget what the person filled in."""
        with self._database.write() as session:
            drafts.drop(session, actor, project_id, period)

    def _for_client(self, actor: Actor, found: StatusInRow) -> ClientCopy:
        with self._database.read() as session:
            return ClientCopy(found, ours_of(session, actor.workspace_id, found.status.project_id))


def _sent(session: Session, status: StatusView) -> StatusInRow:
    refused = last_refusal(session, status.workspace_id, status.channel_id)
    return replace(in_row(session, status), closed=closed_with(session, status), refused=refused)


def _project(session: Session, actor: Actor, project_id: UUID, needed: Capability) -> ProjectView:
    """Return the project, as far as the person may do that there. Raises NotFound, NotAllowed."""
    require(standing(actor), Capability.SEE_STATUS)
    project = required_project(session, actor.workspace_id, project_id)
    require(standing(actor, project), needed, leads(project.roles))
    return project

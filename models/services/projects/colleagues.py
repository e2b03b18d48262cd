"""Guests whom a project marks as colleagues: they read along, and nothing is held back because of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, false, select, true
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, FieldChange, MarkedGuest, Origin, PersonRef, TeamChange, TeamOutcome
from models.rules.access import Capability
from models.services.projects.changing import FoundProject
from models.services.projects.rows import IS_OF_THE_TEAM
from models.services.projects.team_changes import Decided, change_team
from models.services.statements import dialect_of, insert_new
from models.tables import people, project_colleagues

COLLEAGUE = "colleague"
"""What the audit trail calls the mark."""

_NO_GUEST = "{} is no guest of your team, so there is nothing to mark."
_markers = people.alias("markers")


class Colleagues:
    """Marks guests as colleagues on a project, and takes the mark away."""

    def __init__(self, database: Database) -> None:
        """Take where projects are kept."""
        self._database = database

    def mark(
        self, actor: Actor, project_id: UUID, person_id: UUID, *, origin: Origin, now: datetime
    ) -> TeamChange:
        """Let a guest count as a colleague: confidential posts go to the project's channel all the same.

        Raises NotFound, NotAllowed, Invalid for who is no guest of the team itself.
        """

        def decide(found: FoundProject, person: PersonRef) -> Decided:
            found.require(Capability.MARK_COLLEAGUE)
            found.require_active()
            if not is_own_guest(found.session, actor.workspace_id, person.id):
                raise Invalid({"person_id": _NO_GUEST.format(person.name)})
            mark = {
                "workspace_id": actor.workspace_id,
                "project_id": project_id,
                "person_id": person.id,
                "marked_by_id": actor.person.id,
                "marked_at": now,
            }
            made = insert_new(dialect_of(found.session), project_colleagues).returning(
                project_colleagues.c.person_id
            )
            if found.session.execute(made, mark).one_or_none() is None:
                return Decided(TeamOutcome.HAD_ALREADY)
            return Decided(TeamOutcome.MARKED, "marked", (FieldChange(COLLEAGUE, None, str(person.id)),))

        return change_team(self._database, actor, project_id, person_id, decide, origin=origin, now=now)

    def unmark(
        self, actor: Actor, project_id: UUID, person_id: UUID, *, origin: Origin, now: datetime
    ) -> TeamChange:
        """Take the mark away: what is confidential is held back again while the guest reads along.

        Raises NotFound, NotAllowed.
        """

        def decide(found: FoundProject, person: PersonRef) -> Decided:
            found.require(Capability.MARK_COLLEAGUE)
            gone = found.session.execute(
                delete(project_colleagues)
                .where(
                    project_colleagues.c.project_id == project_id, project_colleagues.c.person_id == person.id
                )
                .returning(project_colleagues.c.person_id)
            ).one_or_none()
            if gone is None:
                return Decided(TeamOutcome.NOT_HELD)
            return Decided(TeamOutcome.UNMARKED, "unmarked", (FieldChange(COLLEAGUE, str(person.id), None),))

        return change_team(self._database, actor, project_id, person_id, decide, origin=origin, now=now)


def is_own_guest(session: Session, workspace_id: UUID, person_id: UUID) -> bool:
    """Tell whether the person is a guest in this very workspace, not of another company's team."""
    found = exists().where(
        people.c.workspace_id == workspace_id,
        people.c.id == person_id,
        people.c.is_guest == true(),
        people.c.is_bot == false(),
        people.c.is_deleted == false(),
        IS_OF_THE_TEAM,
    )
    return bool(session.scalar(select(found)))


def marked_guests(session: Session, workspace_id: UUID, project_id: UUID) -> tuple[MarkedGuest, ...]:
    """Return the guests whom the project marks, with who did it; who is no guest any more is left out."""
    rows = session.execute(
        select(
            people.c.id,
            people.c.slack_user_id,
            people.c.name,
            project_colleagues.c.marked_at,
            _markers.c.name.label("marker"),
        )
        .join(people, people.c.id == project_colleagues.c.person_id)
        .join(_markers, _markers.c.id == project_colleagues.c.marked_by_id)
        .where(
            project_colleagues.c.workspace_id == workspace_id,
            project_colleagues.c.project_id == project_id,
            people.c.is_guest == true(),
            people.c.is_deleted == false(),
        )
        .order_by(people.c.name)
    )
    return tuple(
        MarkedGuest(PersonRef(row.id, row.slack_user_id, row.name), row.marker, row.marked_at) for row in rows
    )

"""Roles in the whole organisation: who has them and why; admins give and take them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, and_, delete, or_, select
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid, LastAdmin
from models.read_models import (
    Actor,
    FieldChange,
    OrganisationView,
    Origin,
    PersonRef,
    RoleChange,
    RoleHeld,
    RoleOutcome,
)
from models.rules.access import Capability, OrganisationRole, may
from models.rules.delivery import NoticeKind, Operation
from models.rules.organisation import RoleReason, innate_admin
from models.services.audit import Entry, record
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.people import PERSON
from models.services.projects.rows import IS_ACTIVE, IS_OF_THE_TEAM, colleague
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.statements import dialect_of, insert_new
from models.tables import organisation_roles, people, workspaces

_ORDER = list(OrganisationRole)


class Organisation:
    """Gives and takes roles in the whole organisation."""

    def __init__(self, database: Database, *, admins: frozenset[str] = frozenset()) -> None:
        """Take where they are kept, and the admins by Slack id; where none are named, Slack's own count."""
        self._database = database
        self._admins = admins

    def view(self, actor: Actor) -> OrganisationView:
        """Return who holds which role, admins first."""
        require(standing(actor), Capability.SEE_PEOPLE)
        with self._database.look() as session:
            rows = self._holders(session, actor.workspace_id)
        first_reasons: dict[tuple[UUID, OrganisationRole], RoleHeld] = {}
        for held in (each for row in rows for each in self._held(row)):
            first_reasons.setdefault((held.person.id, held.role), held)
        met = {row.slack_user_id for row in rows}
        return OrganisationView(
            held=tuple(sorted(first_reasons.values(), key=_rank)),
            may_grant=may(standing(actor), Capability.GRANT_ROLE),
            unmet_admins=tuple(sorted(self._admins - met)),
        )

    def admins(self, workspace_id: UUID) -> tuple[PersonRef, ...]:
        """Return the admins that Drumbeat has met, by name."""
        with self._database.look() as session:
            return self._admins_among(session, workspace_id)

    def grant(
        self, actor: Actor, person_id: UUID, role: OrganisationRole, *, origin: Origin, now: datetime
    ) -> RoleChange:
        """Give a colleague a role. Raises NotAllowed, Invalid."""
        with self._database.write() as session:
            person, is_replay = self._begin(session, actor, person_id, origin, now)
            if is_replay:
                return RoleChange(person, role, RoleOutcome.GIVEN)
            given = insert_new(dialect_of(session), organisation_roles).returning(organisation_roles.c.role)
            grant = {
                "workspace_id": actor.workspace_id,
                "person_id": person.id,
                "role": role,
                "granted_at": now,
            }
            if session.execute(given, grant).one_or_none() is None:
                return RoleChange(person, role, RoleOutcome.HAD_ALREADY)
            _record(session, actor, person, FieldChange("role", None, role.value), origin, now)
            told = tuple(_of_given_role(person, role, actor.person))
            enqueue(session, actor.workspace_id, told, correlation_id=origin.correlation_id, now=now)
            return RoleChange(person, role, RoleOutcome.GIVEN)

    def revoke(
        self, actor: Actor, person_id: UUID, role: OrganisationRole, *, origin: Origin, now: datetime
    ) -> RoleChange:
        """Take a role away that was given. Raises NotAllowed, Invalid, LastAdmin."""
        with self._database.write() as session:
            person, is_replay = self._begin(session, actor, person_id, origin, now)
            if is_replay:
                return RoleChange(person, role, RoleOutcome.TAKEN)
            # Two admins who take each other's role at the same time wait here for each other.
            session.execute(
                select(workspaces.c.id).where(workspaces.c.id == actor.workspace_id).with_for_update()
            )
            taken = session.execute(
                delete(organisation_roles)
                .where(organisation_roles.c.person_id == person.id, organisation_roles.c.role == role)
                .returning(organisation_roles.c.role)
            ).one_or_none()
            if taken is None:
                return RoleChange(
                    person, role, self._why_not_taken(session, actor.workspace_id, person, role)
                )
            if role is OrganisationRole.ADMIN and not self._admins_among(session, actor.workspace_id):
                raise LastAdmin
            _record(session, actor, person, FieldChange("role", role.value, None), origin, now)
            return RoleChange(person, role, RoleOutcome.TAKEN)

    def _begin(
        self, session: Session, actor: Actor, person_id: UUID, origin: Origin, now: datetime
    ) -> tuple[PersonRef, bool]:
        """Return whose role it is about, and whether this delivery was carried out before."""
        earlier = claim(session, actor.workspace_id, origin, person_id, now)
        if not may(standing(actor), Capability.GRANT_ROLE):
            require(standing(actor), Capability.GRANT_ROLE, self._admins_among(session, actor.workspace_id))
        person = colleague(session, actor.workspace_id, person_id)
        if person is None:
            raise Invalid(
                {"person_id": "Choose somebody of your own team; a guest or a bot can't hold a role."}
            )
        return person, earlier is not None

    def _why_not_taken(
        self, session: Session, workspace_id: UUID, person: PersonRef, role: OrganisationRole
    ) -> RoleOutcome:
        is_admin = person in self._admins_among(session, workspace_id)
        return RoleOutcome.INNATE if role is OrganisationRole.ADMIN and is_admin else RoleOutcome.NOT_HELD

    def _admins_among(self, session: Session, workspace_id: UUID) -> tuple[PersonRef, ...]:
        rows = self._holders(session, workspace_id)
        admins = (
            held.person for row in rows for held in self._held(row) if held.role is OrganisationRole.ADMIN
        )
        return tuple(dict.fromkeys(admins))

    def _holders(self, session: Session, workspace_id: UUID) -> list[Row[Any]]:
        """Return a row for each role that was given, and one for each who may be an admin without that."""
        is_concerned = or_(
            organisation_roles.c.role.is_not(None),
            people.c.is_workspace_admin,
            people.c.slack_user_id.in_(self._admins),
        )
        return list(
            session.execute(
                select(
                    people.c.id,
                    people.c.slack_user_id,
                    people.c.name,
                    people.c.is_workspace_admin,
                    organisation_roles.c.role,
                    organisation_roles.c.granted_at,
                )
                .outerjoin(organisation_roles, organisation_roles.c.person_id == people.c.id)
                .where(and_(people.c.workspace_id == workspace_id, IS_ACTIVE, IS_OF_THE_TEAM), is_concerned)
                .order_by(people.c.name, people.c.id)
            )
        )

    def _held(self, row: Row[Any]) -> Iterator[RoleHeld]:
        person = PersonRef(row.id, row.slack_user_id, row.name)
        reason = innate_admin(row.slack_user_id, self._admins, is_workspace_admin=row.is_workspace_admin)
        if reason is not None:
            yield RoleHeld(person, OrganisationRole.ADMIN, reason)
        if row.role is not None:
            yield RoleHeld(person, row.role, RoleReason.GIVEN, row.granted_at)


def _of_given_role(person: PersonRef, role: OrganisationRole, by: PersonRef) -> Iterator[Outgoing]:
    """Yield what the new holder of a role is told, unless they gave it to themselves."""
    if person.id != by.id:
        key = f"person:{person.id}:role:{role}:{uuid4().hex}"
        ids = {"role": role.value, "by_id": str(by.id)}
        yield Outgoing(NoticeKind.ROLE_GIVEN, Operation.POST, person.slack_user_id, key, ids)


def _rank(held: RoleHeld) -> tuple[int, str]:
    return _ORDER.index(held.role), held.person.name.lower()


def _record(
    session: Session, actor: Actor, person: PersonRef, change: FieldChange, origin: Origin, now: datetime
) -> None:
    action = "role given" if change.after else "role taken"
    record(session, actor, Entry(PERSON, person.id, 1, action, (change,)), origin=origin, now=now)

"""Who does what on a project: roles given, taken and handed over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, update

from models.database import Database
from models.errors import Invalid
from models.read_models import (
    Actor,
    FieldChange,
    Origin,
    PersonRef,
    ProjectTeam,
    TeamChange,
    TeamOutcome,
)
from models.rules.access import Capability, ProjectRole, may
from models.services.projects.changing import FoundProject
from models.services.projects.colleagues import is_own_guest, marked_guests
from models.services.projects.rows import colleague, required_project
from models.services.projects.team_changes import Decided, change_team
from models.services.projects.team_notices import of_new_manager
from models.services.standing import require, standing
from models.services.statements import dialect_of, insert_new
from models.tables import memberships

_NOT_OURS = "Choose somebody of your own team."
_GUEST = (
    "{} is a guest, and guests hold no role. Mark them as a colleague instead, "
    "and I post in the channel although they read it."
)
_SOMEBODY_MUST = "Somebody has to manage {0}. Hand it over: `/project team handover @somebody`."


class Teams:
    """Gives and takes roles on projects."""

    def __init__(self, database: Database) -> None:
        """Take where projects are kept."""
        self._database = database

    def view(self, actor: Actor, project_id: UUID) -> ProjectTeam:
        """Return who does what on the project. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            project = required_project(session, actor.workspace_id, project_id)
            held = standing(actor, project)
            return ProjectTeam(
                project=project,
                guests=marked_guests(session, actor.workspace_id, project_id),
                may_assign=not project.is_archived and may(held, Capability.ASSIGN_ROLE),
                may_mark=not project.is_archived and may(held, Capability.MARK_COLLEAGUE),
            )

    def assign(
        self,
        actor: Actor,
        project_id: UUID,
        person_id: UUID,
        role: ProjectRole,
        *,
        is_deputy: bool = False,
        origin: Origin,
        now: datetime,
    ) -> TeamChange:
        """Give a colleague a role, beside whoever has it. Raises NotFound, NotAllowed, Invalid."""

        def decide(found: FoundProject, person: PersonRef) -> Decided:
            _require_may_assign(found)
            _require_colleague(found, actor, person)
            return _given(found, actor, person, role, is_deputy=is_deputy, now=now)

        return change_team(self._database, actor, project_id, person_id, decide, origin=origin, now=now)

    def remove(
        self,
        actor: Actor,
        project_id: UUID,
        person_id: UUID,
        role: ProjectRole | None = None,
        *,
        origin: Origin,
        now: datetime,
    ) -> TeamChange:
        """Take a person's role, or None for all of them. Raises NotFound, NotAllowed, Invalid."""

        def decide(found: FoundProject, person: PersonRef) -> Decided:
            _require_may_assign(found)
            return _taken(found, person, role)

        return change_team(self._database, actor, project_id, person_id, decide, origin=origin, now=now)

    def hand_over(
        self, actor: Actor, project_id: UUID, person_id: UUID, *, origin: Origin, now: datetime
    ) -> TeamChange:
        """Make a colleague the project manager; who was it before stays, as a member if as nothing else.

        Raises NotFound, NotAllowed, Invalid.
        """

        def decide(found: FoundProject, person: PersonRef) -> Decided:
            _require_may_assign(found)
            _require_colleague(found, actor, person)
            return _handed_over(found, actor, person, now)

        return change_team(self._database, actor, project_id, person_id, decide, origin=origin, now=now)


def _require_may_assign(found: FoundProject) -> None:
    found.require(Capability.ASSIGN_ROLE)
    found.require_active()


def _require_colleague(found: FoundProject, actor: Actor, person: PersonRef) -> None:
    if colleague(found.session, actor.workspace_id, person.id) is not None:
        return
    is_guest = is_own_guest(found.session, actor.workspace_id, person.id)
    raise Invalid({"person_id": _GUEST.format(person.name) if is_guest else _NOT_OURS})


def _given(
    found: FoundProject, actor: Actor, person: PersonRef, role: ProjectRole, *, is_deputy: bool, now: datetime
) -> Decided:
    present = next((held.is_deputy for held in _held(found, person, role)), None)
    if present is is_deputy:
        return Decided(TeamOutcome.HAD_ALREADY)
    if is_deputy:
        _require_manager_without(found, person, role)
    _write(found, actor, person, role, is_deputy=is_deputy, now=now)
    change = FieldChange(role.value, None, str(person.id))
    manages = role is ProjectRole.PROJECT_MANAGER and not is_deputy
    told = tuple(of_new_manager(found.project.id, person, (), actor.person)) if manages else ()
    return Decided(TeamOutcome.GIVEN, "deputised" if is_deputy else "assigned", (change,), told)


def _taken(found: FoundProject, person: PersonRef, role: ProjectRole | None) -> Decided:
    held = [each.role for each in _held(found, person, role)]
    if not held:
        return Decided(TeamOutcome.NOT_HELD)
    for each in held:
        _require_manager_without(found, person, each)
    found.session.execute(
        delete(memberships).where(
            memberships.c.project_id == found.project.id,
            memberships.c.person_id == person.id,
            memberships.c.role.in_(held),
        )
    )
    changes = tuple(FieldChange(each.value, str(person.id), None) for each in held)
    return Decided(TeamOutcome.TAKEN, "removed", changes)


def _handed_over(found: FoundProject, actor: Actor, person: PersonRef, now: datetime) -> Decided:
    manager = ProjectRole.PROJECT_MANAGER
    before = [
        holder.person
        for holder in found.project.roles
        if holder.role is manager and not holder.is_deputy and holder.person.id != person.id
    ]
    is_manager = any(not held.is_deputy for held in _held(found, person, manager))
    if is_manager and not before:
        return Decided(TeamOutcome.HAD_ALREADY)
    for former in before:
        if not any(each.role is not manager for each in _held(found, former, None)):
            _write(found, actor, former, ProjectRole.MEMBER, is_deputy=False, now=now)
    _delete_role(found, manager, [former.id for former in before])
    # Whoever manages it is on board: it needs no second line to say so.
    _delete_role(found, ProjectRole.MEMBER, [person.id])
    _write(found, actor, person, manager, is_deputy=False, now=now)
    former_id = str(before[0].id) if before else None
    change = FieldChange(manager.value, former_id, str(person.id))
    told = tuple(of_new_manager(found.project.id, person, before, actor.person))
    return Decided(TeamOutcome.HANDED_OVER, "handed over", (change,), told)


def _delete_role(found: FoundProject, role: ProjectRole, person_ids: Sequence[UUID]) -> None:
    found.session.execute(
        delete(memberships).where(
            memberships.c.project_id == found.project.id,
            memberships.c.role == role,
            memberships.c.person_id.in_(person_ids),
        )
    )


def _held(found: FoundProject, person: PersonRef, role: ProjectRole | None) -> Sequence[Row[Any]]:
    wanted = select(memberships).where(
        memberships.c.project_id == found.project.id, memberships.c.person_id == person.id
    )
    if role is not None:
        wanted = wanted.where(memberships.c.role == role)
    return found.session.execute(wanted.order_by(memberships.c.role)).all()


def _require_manager_without(found: FoundProject, person: PersonRef, role: ProjectRole) -> None:
    """Raise Invalid where the person is all who manage the project, and would do so no more."""
    if role is not ProjectRole.PROJECT_MANAGER:
        return
    managers = {
        holder.person.id for holder in found.project.roles if holder.role is role and not holder.is_deputy
    }
    if managers == {person.id}:
        raise Invalid({"person_id": _SOMEBODY_MUST.format(found.project.key)})


def _write(
    found: FoundProject, actor: Actor, person: PersonRef, role: ProjectRole, *, is_deputy: bool, now: datetime
) -> None:
    """Write that the person has the role, whether or not they had it in the other way."""
    made = insert_new(dialect_of(found.session), memberships).returning(memberships.c.role)
    membership = {
        "workspace_id": actor.workspace_id,
        "project_id": found.project.id,
        "person_id": person.id,
        "role": role,
        "is_deputy": is_deputy,
        "created_at": now,
    }
    if found.session.execute(made, membership).one_or_none() is None:
        found.session.execute(
            update(memberships)
            .where(
                memberships.c.project_id == found.project.id,
                memberships.c.person_id == person.id,
                memberships.c.role == role,
            )
            .values(is_deputy=is_deputy)
        )

"""What a project says of itself: changed, archived when it is over, reopened, and shown at a glance."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.commands import ProjectProfile
from models.database import Database
from models.errors import AlreadyExists, Invalid
from models.read_models import (
    Actor,
    FieldChange,
    Origin,
    ProjectCard,
    ProjectHistory,
    ProjectPage,
    ProjectView,
)
from models.rules.access import Capability
from models.rules.projects.kinds import ProjectScope
from models.rules.rituals.steps import RitualSort
from models.services import audit
from models.services.projects import fields, screens
from models.services.projects.changing import FoundProject, find_project
from models.services.projects.clients import client_id
from models.services.projects.rows import PROJECT, required_project
from models.services.receipts import claim
from models.services.retros.living import Turn, clear_traces, close_with_project
from models.services.rituals.correcting import Correct, correcting
from models.services.standing import require, standing
from models.services.texts import checked_reason
from models.tables import projects, rituals

_WHY = "Say in a few words why, so that nobody wonders later."


class ProjectProfiles:
    """Changes what a project says of itself, and shows it."""

    def __init__(
        self,
        database: Database,
        sorts: Mapping[str, RitualSort] | None = None,
        corrections: Mapping[str, Correct] | None = None,
    ) -> None:
        """Take where they are kept, the kinds of rituals that rest with one, and what corrects their news."""
        self._database = database
        self._sorts = sorts or {}
        self._corrections = corrections or {}

    def card(self, actor: Actor, project_id: UUID) -> ProjectCard:
        """Return the project at a glance. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            return screens.card(session, actor, project_id)

    def page(self, actor: Actor, scope: ProjectScope | None = None, number: int = 1) -> ProjectPage:
        """Return one page of projects, by name; None means the person's own, or all where there are none."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            return screens.page(session, actor, scope, number)

    def history(self, actor: Actor, project_id: UUID) -> ProjectHistory:
        """Return what was done to the project, newest first. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            project = required_project(session, actor.workspace_id, project_id)
            entries = audit.history(session, actor.workspace_id, project_id)
        # What was taken over from elsewhere is written down late, and tells of an earlier day.
        return ProjectHistory(project, tuple(sorted(entries, key=lambda each: each.at, reverse=True)))

    def edit(
        self,
        actor: Actor,
        project_id: UUID,
        profile: ProjectProfile,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> ProjectView:
        """Change what a project says of itself.

        Raises NotFound, NotAllowed, Invalid, AlreadyExists for key or channel, and Conflict if it is past
        ``version``.
        """
        profile = fields.checked_profile(profile)
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, project_id, now)
            if earlier is not None:
                return required_project(session, actor.workspace_id, earlier)
            found = find_project(session, actor, project_id)
            found.require(Capability.EDIT_PROJECT)
            found.require_active()
            found.require_version(version, actor.workspace_id)
            fields.require_key(found.project, profile.key)
            changes = fields.changes(found.project, profile)
            if not changes:
                return found.project
            values = _values(profile) | {
                "client_id": client_id(session, actor.workspace_id, profile.client_name, now)
            }
            _write(found, actor, values)
            entry = audit.Entry(PROJECT, project_id, version + 1, "edited", changes)
            audit.record(session, actor, entry, origin=origin, now=now)
            return required_project(session, actor.workspace_id, project_id)

    def archive(
        self, actor: Actor, project_id: UUID, reason: str, *, origin: Origin, now: datetime
    ) -> ProjectView:
        """Take a project off every list; nothing is lost, and it can be reopened.

        Raises NotFound, NotAllowed, and Invalid without a reason or for one that is archived already.
        """
        reason = checked_reason(reason, _WHY)
        values = {"archived_at": now, "archiving_reason": reason}
        return self._move(actor, project_id, values, reason, origin=origin, now=now)

    def reopen(
        self, actor: Actor, project_id: UUID, reason: str = "", *, origin: Origin, now: datetime
    ) -> ProjectView:
        """Bring an archived project back. Raises NotFound, NotAllowed, Invalid where it is not."""
        values = {"archived_at": None, "archiving_reason": ""}
        return self._move(actor, project_id, values, reason, origin=origin, now=now)

    def archivable(self, actor: Actor, project_id: UUID) -> ProjectCard:
        """Return the project if the person may archive it once they say why. Raises as ``archive`` does."""
        with self._database.read() as session:
            shown = screens.card(session, actor, project_id)
            found = FoundProject(session, shown.project, standing(actor, shown.project))
            found.require(Capability.ARCHIVE_PROJECT)
            _require_archived(shown.project, wanted=False)
        return shown

    def editable(self, actor: Actor, project_id: UUID) -> ProjectView:
        """Return the project if the person may change it. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            project = required_project(session, actor.workspace_id, project_id)
            found = FoundProject(session, project, standing(actor, project))
            found.require(Capability.EDIT_PROJECT)
            found.require_active()
        return project

    def _move(
        self,
        actor: Actor,
        project_id: UUID,
        values: dict[str, Any],
        reason: str,
        *,
        origin: Origin,
        now: datetime,
    ) -> ProjectView:
        is_archiving = values["archived_at"] is not None
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, project_id, now)
            if earlier is not None:
                return required_project(session, actor.workspace_id, earlier)
            found = find_project(session, actor, project_id)
            found.require(Capability.ARCHIVE_PROJECT)
            _require_archived(found.project, wanted=not is_archiving)
            its_own = rituals.c.project_id == project_id
            with correcting(session, self._sorts, self._corrections, its_own, origin, now):
                _write(found, actor, values)
            action = "archived" if is_archiving else "reopened"
            change = FieldChange("archived", str(not is_archiving), str(is_archiving))
            entry = audit.Entry(PROJECT, project_id, found.project.version + 1, action, (change,), reason)
            audit.record(session, actor, entry, origin=origin, now=now)
            turn = Turn(session, actor.workspace_id, actor.person, origin, now)
            has_closed_retro = is_archiving and close_with_project(turn, project_id)
            moved = required_project(session, actor.workspace_id, project_id)
        if has_closed_retro:
            clear_traces(self._database)
        return moved


def _require_archived(project: ProjectView, *, wanted: bool) -> None:
    if project.is_archived == wanted:
        return
    if project.is_archived:
        raise Invalid({"project": f"{project.key} is archived already."})
    raise Invalid({"project": f"{project.key} is not archived, so there is nothing to reopen."})


def _write(found: FoundProject, actor: Actor, values: dict[str, Any]) -> None:
    """Write the values over the locked project. Raises AlreadyExists for key or channel."""
    project = found.project
    changed = (
        update(projects)
        .where(projects.c.workspace_id == actor.workspace_id, projects.c.id == project.id)
        .values(**values, version=project.version + 1)
    )
    try:
        with found.session.begin_nested():
            found.session.execute(changed)
    except IntegrityError as error:
        raise _taken(found.session, actor, project.id, values) from error


def _taken(session: Session, actor: Actor, project_id: UUID, values: dict[str, Any]) -> AlreadyExists:
    has_key = select(projects.c.id).where(
        projects.c.workspace_id == actor.workspace_id,
        projects.c.id != project_id,
        projects.c.key == values["key"],
    )
    field = "internal_channel_id" if session.scalar(has_key) is None else "key"
    return AlreadyExists(field, values[field])


def _values(profile: ProjectProfile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "key": profile.key,
        "internal_channel_id": profile.internal_channel_id,
        "client_channel_id": profile.client_channel_id,
        "timezone": profile.timezone,
        "kind": profile.kind,
        "delivery_mode": profile.delivery_mode,
        "starts_on": profile.starts_on,
        "planned_end_on": profile.planned_end_on,
        "board_url": profile.board_url,
        "jira_url": profile.jira_url,
        "notes_url": profile.notes_url,
    }

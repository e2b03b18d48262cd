"""Finds a project that somebody wants to change, locked, with all that decides whether they may."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Conflict, Invalid
from models.read_models import Actor, ProjectView
from models.rules.access import Capability, Standing
from models.services import audit
from models.services.projects.rows import required_project
from models.services.standing import able, leads, require, standing
from models.tables import projects
from models.value import Value

ARCHIVED = "{} is archived. Reopen it first: `/project reopen {}`."
"""What is said of it, with its short name twice."""


class FoundProject(Value):
    """A project that is to be changed, or looked at, with what ties the person to it."""

    session: Session
    project: ProjectView
    standing: Standing

    def require(self, capability: Capability) -> None:
        """Raise NotAllowed, naming whom to ask, where the policy table says no."""
        require(self.standing, capability, leads(able(self.project.roles, capability)))

    def require_version(self, version: int, workspace_id: UUID) -> None:
        """Raise Conflict, with what changed since and who did it, unless that is the present version."""
        if self.project.version == version:
            return
        entries = audit.history(self.session, workspace_id, self.project.id, after_version=version)
        raise Conflict(self.project, audit.collapsed(entries), entries[0].person if entries else None)

    def require_active(self) -> None:
        """Raise Invalid for an archived project: nothing about it changes until it is reopened."""
        require_active(self.project)


def require_active(project: ProjectView) -> None:
    """Raise Invalid likewise, for whoever is about to fill in a form."""
    if project.is_archived:
        raise Invalid({"project": ARCHIVED.format(project.key, project.key)})


def find_project(session: Session, actor: Actor, project_id: UUID) -> FoundProject:
    """Return the project, locked: nobody else changes it until the transaction ends. Raises NotFound."""
    session.execute(
        select(projects.c.id)
        .where(projects.c.workspace_id == actor.workspace_id, projects.c.id == project_id)
        .with_for_update()
    )
    project = required_project(session, actor.workspace_id, project_id)
    return FoundProject(session, project, standing(actor, project))


def look_at(session: Session, actor: Actor, project_id: UUID) -> FoundProject:
    """Return the project as it stands, for those who only look, or lock something else. Raises NotFound."""
    project = required_project(session, actor.workspace_id, project_id)
    return FoundProject(session, project, standing(actor, project))

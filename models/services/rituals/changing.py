"""Finds a ritual that somebody wants to change, with all that decides whether they may."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.read_models import Actor, PersonRef, ProjectView, RitualSetup
from models.rules.access import Capability, Standing
from models.rules.rituals.steps import RitualState
from models.services.projects.changing import ARCHIVED
from models.services.projects.rows import required_project
from models.services.rituals.setups import Row, followed_by, required_row, setup_of
from models.services.standing import leads, require, standing
from models.tables import rituals
from models.value import Value

_ENDED = "{} ended. Switch on a new one: `/ritual new`."


class _Whose(Value):
    """Whose a ritual is, as the policy asks."""

    owner: PersonRef

    @property
    def raised_by(self) -> PersonRef:
        """Return who counts as having brought it in."""
        return self.owner


class FoundRitual(Value):
    """A ritual that is to be changed, or looked at."""

    row: Row
    setup: RitualSetup
    project: ProjectView | None
    standing: Standing

    def require(self, capability: Capability) -> None:
        """Raise NotAllowed, naming whom to ask, where the policy table says no."""
        holders = leads(self.project.roles) if self.project else (self.setup.ritual.owner,)
        require(self.standing, capability, holders)

    def require_alive(self) -> None:
        """Raise Invalid for a ritual that ended, or whose project is archived."""
        if self.setup.ritual.state is RitualState.ENDED:
            raise Invalid({"name": _ENDED.format(self.setup.reference)})
        if self.project is not None:
            require_active(self.project)


def find_ritual(session: Session, actor: Actor, ritual_id: UUID, now: datetime) -> FoundRitual:
    """Return the ritual. Raises NotFound."""
    row = required_row(session, actor.workspace_id, ritual_id)
    setup = setup_of(row, followed_by(session, [row]), now)
    project = None
    if row.project_id is not None:
        project = required_project(session, actor.workspace_id, row.project_id)
    return FoundRitual(row, setup, project, standing_of(actor, setup, project))


def standing_of(actor: Actor, setup: RitualSetup, project: ProjectView | None) -> Standing:
    """Return all that ties the person to a ritual, and to its project if it has one."""
    return standing(actor, project, _Whose(setup.ritual.owner))


def require_active(project: ProjectView) -> None:
    """Raise Invalid for an archived project: nothing of it comes round until it is reopened."""
    if project.is_archived:
        raise Invalid({"project_id": ARCHIVED.format(project.key, project.key)})


def this_one(ritual_id: UUID) -> ColumnElement[bool]:
    """Return what is true of one ritual."""
    return rituals.c.id == ritual_id

"""Finds a record that somebody wants to change, with all that decides whether they may."""

from uuid import UUID

from sqlalchemy.orm import Session

from models.errors import Invalid, NotFound
from models.read_models import ActionView, Actor, PersonRef, ProjectView, RaidView
from models.rules.access import Capability, Standing, may
from models.rules.actions import ActionSource
from models.rules.raid.states import RaidMove
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility
from models.services import owning
from models.services.actions.rows import actions_of
from models.services.projects.rows import required_project
from models.services.raid.rows import find_item
from models.services.standing import leads, require, standing
from models.tables import raid_items
from models.value import Value

ACTION_SOURCES = {RaidKind.ISSUE: ActionSource.ISSUE, RaidKind.DECISION: ActionSource.DECISION}
"""What actions that follow from each kind are said to follow from."""

_OVER = (
    "{0} is archived, so what it has on record can be ended, and nothing else. "
    "`/project reopen {0}` brings it back."
)


class Found(Value):
    """A record that is to be changed, with all that decides whether the change may be made."""

    session: Session
    item: RaidView
    project: ProjectView
    standing: Standing

    def require(self, capability: Capability) -> None:
        """Raise NotAllowed, naming whom to ask, where the policy table says no."""
        is_undo = capability is Capability.UNDO_RAID_ITEM
        require(self.standing, capability, (self.item.raised_by,) if is_undo else leads(self.project.roles))

    def require_active(self) -> None:
        """Raise Invalid where the project is archived: what it has on record can be ended, and no more."""
        if self.project.is_archived:
            raise Invalid({"project": over(self.project)})

    def owner(self, owner_id: UUID | None) -> PersonRef | None:
        """Return the owner of that id; the present one may stay whatever became of them. Raises Invalid."""
        return owning.owner_after(self.session, self.item.workspace_id, self.item.owner, owner_id)

    def require_version(self, version: int) -> None:
        """Raise Conflict, with what changed since and who did it, unless that is the present version."""
        owning.require_version(self.session, self.item, version)


def find(session: Session, actor: Actor, item_id: UUID, *, lock: bool = True) -> Found:
    """Return the record, locked unless told otherwise. Raises NotFound, NotAllowed."""
    item = find_item(session, actor.workspace_id, raid_items.c.id == item_id, lock=lock)
    if item is None or item.is_withdrawn:
        require(standing(actor), Capability.SEE_RAID_ITEM)
        raise NotFound(item.kind.value if item else "record", str(item_id))
    project = required_project(session, actor.workspace_id, item.project_id)
    helpers: tuple[PersonRef, ...] = ()
    if item.visibility is Visibility.RESTRICTED:
        helpers = tuple(action.owner for action in promised_about(session, item))
    held = standing(actor, project, item, helpers=helpers)
    require_sight(held, item)
    return Found(session, item, project, held)


def promised_about(session: Session, item: RaidView) -> tuple[ActionView, ...]:
    """Return what was promised about a record, the earliest due first; nothing of kinds that take none."""
    kind = ACTION_SOURCES.get(item.kind)
    return actions_of(session, item.workspace_id, kind, item.id) if kind is not None else ()


def over(project: ProjectView) -> str:
    """Return what to say of anything but ending a record of an archived project."""
    return _OVER.format(project.key)


def require_sight(held: Standing, item: RaidView) -> None:
    """Raise NotAllowed for who may see no records, NotFound for who may not know of this one."""
    require(held, Capability.SEE_RAID_ITEM)
    is_restricted = item.visibility is Visibility.RESTRICTED
    if is_restricted and not may(held, Capability.SEE_RESTRICTED_RAID_ITEM):
        raise NotFound(item.kind.value, str(item.reference))


def required_item(session: Session, workspace_id: UUID, item_id: UUID) -> RaidView:
    """Return the workspace's record, whoever asks. Raises NotFound."""
    item = find_item(session, workspace_id, raid_items.c.id == item_id)
    if item is None:
        what = "record"
        raise NotFound(what, str(item_id))
    return item


def capability_for(kind: RaidKind, move: RaidMove) -> Capability:
    """Return what a person must be allowed to do for a move; decisions are for who leads or decides."""
    is_decision = kind is RaidKind.DECISION and move is RaidMove.DECIDE
    return Capability.DECIDE if is_decision else Capability.SETTLE_RAID_ITEM

"""What is done about an issue or a decision: promised as actions."""

from datetime import datetime
from uuid import UUID

from models.commands import NewAction
from models.database import Database
from models.errors import Invalid
from models.read_models import ActionOrigin, Actor, Origin, RaidDetails, RaidView
from models.rules.access import Capability
from models.rules.raid.states import takes_actions
from models.services.actions.following import Following, add
from models.services.raid.found import ACTION_SOURCES, Found, find, required_item
from models.services.raid.screens import details
from models.services.receipts import claim

_NONE = "Only an open issue, or a decision, takes actions."


class RaidPromises:
    """Asks people to do something. What a person may not even see is NotFound to them."""

    def __init__(self, database: Database) -> None:
        """Take where records and actions are kept."""
        self._database = database

    def add(
        self, actor: Actor, item_id: UUID, action: NewAction, *, origin: Origin, now: datetime
    ) -> RaidView:
        """Ask somebody to do something about an issue or a decision by a day.

        Raises NotFound, NotAllowed, Invalid.
        """
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, item_id, now)
            if earlier is not None:
                return required_item(session, actor.workspace_id, earlier)
            found = find(session, actor, item_id)
            _require_open(found)
            item = found.item
            source = ActionOrigin(ACTION_SOURCES[item.kind], item.id, str(item.reference))
            following = Following(source, item.visibility, found.project)
            add(session, actor, action, following, origin=origin, now=now)
        return item

    def addable(self, actor: Actor, item_id: UUID) -> RaidDetails:
        """Return the record if the person may ask somebody to do something about it. Raises as ``add``."""
        with self._database.read() as session:
            _require_open(find(session, actor, item_id, lock=False))
            return details(session, actor, item_id, None)


def _require_open(found: Found) -> None:
    found.require_active()
    if not takes_actions(found.item.kind, found.item.status):
        raise Invalid({"title": _NONE})
    found.require(Capability.ADD_RAID_ACTION)

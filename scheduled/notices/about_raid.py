"""What the notices about issues, assumptions, dependencies and decisions share."""

from uuid import UUID

from models.read_models import RaidView
from scheduled.notices import Occasion
from scheduled.posts import Button, Intent


def item_of(occasion: Occasion) -> RaidView | None:
    """Return the record that the message is about; None when it was taken back or is not there."""
    item = occasion.desk.raid.for_notice(occasion.workspace_id, UUID(str(occasion.ids["item_id"])))
    return None if item is None or item.is_withdrawn else item


def details(item: RaidView) -> Button:
    """Return the button that shows the record with its history."""
    return Button("Details", Intent.RAID_DETAILS, item.id)


def edit(item: RaidView) -> tuple[Button, ...]:
    """Return the button that opens the record's form, while what it says may change."""
    return () if item.is_final else (Button("Edit", Intent.RAID_EDIT, item.id),)

"""What the notices about issues, assumptions, dependencies and decisions share."""

from uuid import UUID

from models.read_models import HistoryEntry, RaidView
from models.rules.delivery import NoticeKind
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility
from models.services.outbox.enqueue import Outgoing
from scheduled.notices import Occasion
from scheduled.notices.instead import to_leads
from scheduled.ports import Refusal
from scheduled.posts import Button, ButtonStyle, Intent

DID = {
    "resolved": ("resolved", ""),
    "confirmed": ("confirmed", ""),
    "doubted": ("doubts", ""),
    "found_wrong": ("found", "wrong"),
    "met": ("says that", "came"),
    "missed": ("says that", "was missed"),
    "decided": ("wrote down the decision on", ""),
    "superseded": ("let another decision take the place of", ""),
    "holds_again": ("lets", "hold again"),
    "dropped": ("says that nobody needs", "any more"),
    "reopened": ("opened", "again"),
}
"""What somebody did, by the history's action; and what belongs to it behind the record's name."""


_ENDS = {
    RaidKind.ISSUE: ("Resolve", Intent.RAID_RESOLVE),
    RaidKind.ASSUMPTION: ("It holds", Intent.RAID_CONFIRM),
    RaidKind.DEPENDENCY: ("It came", Intent.RAID_MET),
    RaidKind.DECISION: ("Write it down", Intent.RAID_DECIDE),
}


def item_of(occasion: Occasion) -> RaidView | None:
    """Return the record that the message is about; None when it was taken back or is not there."""
    item = item_even_if_withdrawn(occasion)
    return None if item is None or item.is_withdrawn else item


def item_even_if_withdrawn(occasion: Occasion) -> RaidView | None:
    """Return the record that the message is about, also when it was taken back."""
    return occasion.desk.raid.for_notice(occasion.workspace_id, _item_id(occasion))


def entry_of(occasion: Occasion) -> HistoryEntry | None:
    """Return the line of history of the change that the message is about."""
    version = int(occasion.ids["version"])
    return occasion.desk.raid.entry(occasion.workspace_id, _item_id(occasion), version)


def links_of(occasion: Occasion, item: RaidView) -> dict[str, object]:
    """Return the names of what the record came from and led to, for a template; None where there is none."""
    before, after = occasion.desk.raid.links(item)
    names = {"came_from": before, "led_to": after}
    return {name: ", ".join(str(each.reference) for each in linked) or None for name, linked in names.items()}


def is_for_the_team(item: RaidView) -> bool:
    """Tell whether the project's channel may see the record."""
    return item.visibility is Visibility.TEAM


def details(item: RaidView) -> Button:
    """Return the button that shows the record with its history."""
    return Button("Details", Intent.RAID_DETAILS, item.id)


def edit(item: RaidView) -> tuple[Button, ...]:
    """Return the button that opens the record's form, while what it says may change."""
    return () if item.is_final else (Button("Edit", Intent.RAID_EDIT, item.id),)


def end(item: RaidView) -> Button:
    """Return the button with which whoever owns the record says that it went well."""
    label, intent = _ENDS[item.kind]
    return Button(label, intent, item.id, ButtonStyle.PRIMARY)


def tell_the_project(occasion: Occasion, refusal: Refusal) -> tuple[Outgoing, ...]:
    """Tell the project's leads and whoever logged it: once for a record, a channel and a person."""
    item = item_of(occasion)
    if item is None:
        return ()
    return to_leads(occasion, refusal, NoticeKind.RAID_WITHHELD, f"raid:{item.id}", item)


def _item_id(occasion: Occasion) -> UUID:
    return UUID(str(occasion.ids["item_id"]))

"""Lines about the records that belong to one, each with a button that shows it."""

from collections.abc import Iterable, Iterator

from handlers.blocks import Block, Element, button, escape, section
from handlers.ids import ActionId
from models.read_models import LinkedRecord
from models.rules.references import Marker


def came_from(linked: Iterable[LinkedRecord]) -> Iterator[Block]:
    """Yield a line for each record that this one came from."""
    for each in linked:
        yield section(f"Came from *{each.reference}* {escape(each.title)}", _shown(each))


def led_to(linked: Iterable[LinkedRecord]) -> Iterator[Block]:
    """Yield a line for each record that this one led to."""
    for each in linked:
        yield section(f"It is *{each.reference}* now: {escape(each.title)}", _shown(each))


def _shown(linked: LinkedRecord) -> Element:
    is_risk = linked.reference.marker is Marker.RISK
    action = ActionId.RISK_DETAILS if is_risk else ActionId.RAID_DETAILS
    return button(str(linked.reference), action, str(linked.id))

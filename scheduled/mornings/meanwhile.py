"""What came up while somebody was away or wanted quiet: a line for each message that did not come."""

from models.read_models import MorningItemView
from models.rules.delivery import NoticeKind, Operation
from models.services.mornings.meanwhile import gather
from models.services.mornings.planning import Contribution
from models.value import replace
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.notices import discover
from scheduled.posts import Post


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show what came up, without what the message names anyway."""
    named = {item.entity_id for item in occasion.morning.items if item not in occasion.items}
    lines = [_line(occasion, item) for item in occasion.items if item.entity_id not in named]
    shown = tuple(line for line in lines if line is not None)
    return MorningPart(occasion.words("heading", count=len(shown)).text if shown else "", shown)


def _line(occasion: MorningOccasion, item: MorningItemView) -> MorningLine | None:
    kind = NoticeKind(item.detail["kind"])
    said = replace(occasion.message, kind=kind, operation=Operation.POST, ids=item.detail["ids"])
    post = discover()[kind].render(said)
    if not isinstance(post, Post):
        return None
    return MorningLine(post.summary, post.buttons[0] if post.buttons else None)


MORNING = MorningPiece(Contribution("meanwhile", gather), rank=35, draw=draw)

"""Reads what follows ``/raid list``: ``ACME issues late @dana "sso"``, the project's name first."""

from handlers.typed.lists import LATE, SCOPES, Wishes, read_wishes
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import RaidKind
from models.value import replace

KINDS = {name: kind for kind in RaidKind for name in (kind.value, kind.things)}
STATUSES = {status.value: status for status in RaidStatus if status is not RaidStatus.OPEN} | {
    "fixed": RaidStatus.RESOLVED,
    "solved": RaidStatus.RESOLVED,
}
OVER = frozenset({"over", "closed", "done"})
OPEN = "open"
"""What a list shows anyway; people say it all the same."""
VOCABULARY = (*SCOPES, *KINDS, *STATUSES, *LATE, *sorted(OVER), OPEN)


class RaidWishes(Wishes):
    """What a line asks a list for."""

    kind: RaidKind | None = None
    status: RaidStatus | None = None
    late: bool = False
    over: bool = False


def read_list(text: str) -> RaidWishes | None:
    """Read the words; None when there is one that lists do not know."""
    return read_wishes(text, RaidWishes(), _with_word)


def _with_word(read: RaidWishes, word: str) -> RaidWishes | None:
    if word in KINDS:
        return replace(read, kind=KINDS[word])
    if word in STATUSES:
        return replace(read, status=STATUSES[word])
    if word in LATE:
        return replace(read, late=True)
    if word in OVER:
        return replace(read, over=True)
    return read if word == OPEN else None

"""Reads what follows ``list``: ``ACME high @dana "vendor api"``, in any order but for the project's name."""

import re
from collections.abc import Callable
from typing import TypeVar

from handlers.typed.text import PERSON
from models.rules.references import is_key
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import RiskStatus
from models.value import Value, replace

SCOPES = ("mine", "all")
BANDS = {band.value: band for band in SeverityBand} | {"medium": SeverityBand.MODERATE}
STATUSES = {
    "waiting": RiskStatus.PROPOSED,
    "proposed": RiskStatus.PROPOSED,
    "treating": RiskStatus.TREATING,
    "accepted": RiskStatus.ACCEPTED,
    "escalated": RiskStatus.ESCALATED,
    "happened": RiskStatus.OCCURRED,
    "occurred": RiskStatus.OCCURRED,
    "closed": RiskStatus.CLOSED,
    "rejected": RiskStatus.REJECTED,
}
LATE = ("late", "overdue", "stale")
"""Whose due date or review has passed; records' lists take the same words."""
OPEN = "open"
"""What a list shows anyway; people say it all the same."""
VOCABULARY = (*SCOPES, *BANDS, *STATUSES, *LATE, OPEN)

_PERSON = re.compile(PERSON)
_PIECE = re.compile(r'["“”](?P<search>[^"“”]*)(?:["“”]|$)|(?P<word>\x02[^\x03]*\x03|\S+)')


class Wishes(Value):
    """What a line asks any list for. ``key`` is the word that may be a project's short name."""

    scope: str = ""
    key: str = ""
    owner_slack_id: str | None = None
    search: str = ""


WishesT = TypeVar("WishesT", bound=Wishes)


class ListWords(Wishes):
    """What a line asks a list of risks for."""

    band: SeverityBand | None = None
    status: RiskStatus | None = None
    late: bool = False


def read_list(text: str) -> ListWords | None:
    """Read the words; None when they are a sentence that happens to begin with "list"."""
    return read_wishes(text, ListWords(), _with_word)


def only_names(text: str) -> bool:
    """Tell whether a text holds no word but what lists know and, in capitals, what may be a short name."""
    return all(is_key(word) or word.lower() in VOCABULARY for word in text.split())


def read_wishes(
    text: str, read: WishesT, with_word: Callable[[WishesT, str], WishesT | None]
) -> WishesT | None:
    """Read the words of any list; ``with_word`` knows those of its kind. None when a word is not known."""
    for place, piece in enumerate(_PIECE.finditer(text)):
        if piece["search"] is not None:
            read = replace(read, search=f"{read.search} {piece['search']}".strip())
            continue
        known = _common(read, piece["word"]) or with_word(read, piece["word"].lower())
        if known is None and place > 0:
            return None
        read = known or replace(read, key=piece["word"].lower())
    return read


def _common(read: WishesT, word: str) -> WishesT | None:
    """Return what is asked for with one more word that every list knows."""
    if (person := _PERSON.fullmatch(word)) is not None:
        return replace(read, owner_slack_id=person["id"])
    return replace(read, scope=word.lower()) if word.lower() in SCOPES else None


def _with_word(read: ListWords, lower: str) -> ListWords | None:
    """Return what is asked for with one more word; None for a word that lists of risks do not know."""
    if lower in BANDS:
        return replace(read, band=BANDS[lower])
    if lower in STATUSES:
        return replace(read, status=STATUSES[lower])
    if lower in LATE:
        return replace(read, late=True)
    return read if lower == OPEN else None

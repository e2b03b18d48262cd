"""Reads what follows ``list``: ``ACME high @dana "vendor api"``, in any order but for the project's name."""

import re
from dataclasses import dataclass, replace

from handlers.typed import PERSON
from models.rules.risk_states import RiskStatus
from models.rules.scoring import SeverityBand

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
STALE = frozenset({"stale", "overdue"})
OPEN = "open"
"""What a list shows anyway; people say it all the same."""
VOCABULARY = (*SCOPES, *BANDS, *STATUSES, *sorted(STALE), OPEN)

_PERSON = re.compile(PERSON)
_PIECE = re.compile(r'["“”](?P<search>[^"“”]*)["“”]|(?P<word>\x02[^\x03]*\x03|\S+)')


@dataclass(frozen=True)
class ListWords:
    """What a line asks a list for. ``key`` is the word that may be a project's short name."""

    scope: str = ""
    key: str = ""
    band: SeverityBand | None = None
    status: RiskStatus | None = None
    owner_slack_id: str | None = None
    stale: bool = False
    search: str = ""


def read_list(text: str) -> ListWords | None:
    """Read the words; None when they are a sentence that happens to begin with "list"."""
    read = ListWords()
    for place, piece in enumerate(_PIECE.finditer(text)):
        if piece["search"] is not None:
            read = replace(read, search=f"{read.search} {piece['search']}".strip())
            continue
        known = _with_word(read, piece["word"])
        if known is None and place > 0:
            return None
        read = known or replace(read, key=piece["word"].lower())
    return read


def _with_word(read: ListWords, word: str) -> ListWords | None:
    """Return what is asked for with one more word; None for a word that lists do not know."""
    lower = word.lower()
    if (person := _PERSON.fullmatch(word)) is not None:
        return replace(read, owner_slack_id=person["id"])
    if lower in SCOPES:
        return replace(read, scope=lower)
    if lower in BANDS:
        return replace(read, band=BANDS[lower])
    if lower in STATUSES:
        return replace(read, status=STATUSES[lower])
    if lower in STALE:
        return replace(read, stale=True)
    return read if lower == OPEN else None

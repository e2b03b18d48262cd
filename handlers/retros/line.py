"""Reads what follows ``/retro`` and its verbs: a format, a card, a day and a time."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handlers.typed.dates import no_such_day, read_date
from models.commands import NewCard
from models.rules.retros.formats import FormatOf
from models.value import Value

_UNTIL = re.compile(r"^(?:until|till|to|by|on)\s+", re.IGNORECASE)
_TIME = re.compile(r"(?:^|\s)(?:at\s+)?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)$")


class Until(Value):
    """When collecting is to end; ``problem`` says what can't be understood."""

    at: datetime | None = None
    problem: str = ""


def read_cards(text: str, spec: FormatOf) -> tuple[NewCard, ...]:
    """Read "stop: meetings without notes", a card a line; none where the first names no column.

    What names none stands below the column of the line before it, which may say no more than "stop:".
    """
    cards, key = [], ""
    for line in filter(None, (" ".join(each.split()) for each in text.splitlines())):
        named, colon, said = line.partition(":")
        column = spec.asks_for(named) if colon else None
        if column is None and not key:
            return ()
        key, card = (column.key, said.strip()) if column else (key, line)
        if card:
            cards.append(NewCard(key, card))
    return tuple(cards)


def read_until(text: str, present: datetime, today: date, zone: ZoneInfo) -> Until:
    """Read "fri 17:00" or "until monday"; nothing at all leaves it to the rule."""
    said = _UNTIL.sub("", " ".join(text.split()))
    if not said:
        return Until()
    found = _TIME.search(said)
    at = time(int(found["hour"]), int(found["minute"])) if found else present.astimezone(zone).time()
    words = said[: found.start()].strip() if found else said
    day = read_date(words, today) if words else present.astimezone(zone).date()
    if day is None:
        unknown = no_such_day(words, today) or "I can't read that day."
        return Until(problem=f"{unknown} Try `/retro extend fri 17:00`, or leave it out.")
    return Until(datetime.combine(day, at, zone))

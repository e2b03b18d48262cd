"""How a retrospective reads in messages; templates take these values as ``retro``."""

from datetime import date, datetime

from models.read_models import CardView, RetroActions, RetroInMessage, RetroView
from models.read_models.retros import counted
from models.rules.retros.life import RetroState, safety_words, wants_live
from models.value import Value
from scheduled.wording.actions import ActionWords, action_words


class LastWords(Value):
    """What came of the retrospective before."""

    done: int
    agreed: int
    open: tuple[ActionWords, ...]


class ColumnWords(Value):
    """A column with its cards; ``who`` is "" where they have no names."""

    title: str
    cards: tuple[tuple[str, str], ...]
    """Each card's text, and who wrote it."""


class RetroWords(Value):
    """A retrospective in words. None where something is not known, for the template to ask."""

    project: str
    format: str
    question: str
    is_closed: bool
    is_project_archived: bool
    """Whether it closed because of that."""
    is_anonymous: bool
    asks_safety: bool
    closes_at: datetime
    cards: str
    """Such as "7 cards"."""
    people: str
    """Such as "4 people"."""
    is_empty: bool
    wants_live: bool
    safety: str
    """How free people feel to speak, "" where nobody was asked, or too few answered."""
    last: LastWords | None
    actions: tuple[ActionWords, ...]


def retro_words(found: RetroInMessage, today: date) -> RetroWords:
    """Return the retrospective in words."""
    retro = found.retro
    return RetroWords(
        project=retro.project_key,
        format=retro.spec.name,
        question=retro.spec.question,
        is_closed=retro.state is RetroState.CLOSED,
        is_project_archived=retro.has_ended_with_project,
        is_anonymous=retro.is_anonymous,
        asks_safety=retro.asks_safety,
        closes_at=retro.closes_at,
        cards=_counted(retro.cards, "card", "cards"),
        people=_counted(retro.contributors, "person", "people"),
        is_empty=not retro.cards,
        wants_live=wants_live(retro.contributors),
        safety=safety_words(retro.safety) if retro.safety else "",
        last=_last(found.last, today) if found.last else None,
        actions=tuple(action_words(action, today) for action in counted(found.actions)),
    )


def column_words(retro: RetroView, cards: tuple[CardView, ...]) -> tuple[ColumnWords, ...]:
    """Return cards by column, in the format's order."""
    told = []
    for column in retro.spec.columns:
        theirs = [card for card in cards if card.column == column.key]
        if theirs:
            written = tuple((card.text, card.author.name if card.author else "") for card in theirs)
            told.append(ColumnWords(column.title, written))
    return tuple(told)


def _last(last: RetroActions, today: date) -> LastWords | None:
    if not last.counted:
        return None
    return LastWords(last.done, len(last.counted), tuple(action_words(each, today) for each in last.open))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

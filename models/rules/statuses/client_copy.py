"""What of a status a client may read: which sides of the project, which lines, and nobody's name of ours."""

import re
from collections.abc import Collection, Sequence

from models.rules.actions import ActionSource
from models.rules.statuses.rag import Dimension
from models.value import Value

SHOWN = (Dimension.SCHEDULE, Dimension.SCOPE, Dimension.QUALITY)
"""What a client is told of; budget, people and how we see the client are ours alone."""
OURS_ALONE = frozenset(
    {ActionSource.MOOD, ActionSource.CSAT, ActionSource.RETROSPECTIVE, ActionSource.MEETING}
)
"""What comes of our own talks, and of how we see the client, is no client's to read of."""
_US = "our team"
_BULLETS = " \t-•*"
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_CLIENT = r"\b(?:clients?|customers?|they)\b"
_FEELS = r"\b(?:angry|annoyed|complain\w*|disappointed|dissatisfied|frustrated|furious|mood|unhappy|upset)\b"
_NEAR = r"[^.!?;]{0,40}?"
_MOOD = re.compile(f"{_CLIENT}{_NEAR}{_FEELS}|{_FEELS}{_NEAR}{_CLIENT}", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|/|\band\b)\s*")


class Ours(Value):
    """What the client's text must leave out: the names of our people, and what is done by ourselves."""

    people: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


class ClientLines(Value):
    """Lines as the client may read them, and how many were left out."""

    lines: tuple[str, ...]
    left_out: int = 0


def without_people(text: str, people: Collection[str]) -> str:
    """Return the text without our people's full names, and without brackets that hold only their names."""
    known = {*people, *map(_first, people)}

    def emptied(found: re.Match[str]) -> str:
        named = [each.lstrip("@") for each in _AND.split(found[1].strip())]
        return "" if known.issuperset(named) else found[0]

    said = _BRACKETS.sub(emptied, text)
    full = _any_of([name for name in people if name != _first(name)])
    if full is None:
        return said
    return full.sub(lambda found: _US if found.start() else _US.capitalize(), said)


def first_names(text: str, people: Collection[str]) -> tuple[str, ...]:
    """Return the first names of our people that the text still holds; a word may only look like one."""
    pattern = _any_of(sorted(set(map(_first, people))))
    return tuple(dict.fromkeys(pattern.findall(text))) if pattern else ()


def speaks_of_mood(text: str) -> bool:
    """Tell whether it says in so many words that the client isn't content; a person judges of it."""
    return _MOOD.search(text) is not None


def for_client(text: str, ours: Ours) -> ClientLines:
    """Return the lines of what was done, or comes next, that are not ours alone."""
    said = [line.strip(_BULLETS) for line in text.splitlines()]
    lines = [without_people(line, ours.people) for line in said if line]
    kept = [line for line in lines if line and not _is_any(line, ours)]
    return ClientLines(tuple(kept), len(lines) - len(kept))


def _is_any(line: str, ours: Ours) -> bool:
    """Tell whether the line says an action of ours; a form drafts them so, and people write on behind."""
    return any(
        re.match(rf"{re.escape(without_people(title, ours.people).rstrip('.'))}(?!\w)", line, re.IGNORECASE)
        for title in ours.actions
    )


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else name


def _any_of(names: Sequence[str]) -> re.Pattern[str] | None:
    longest_first = sorted(filter(str.strip, names), key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)@?(?:{either})(?!\w)") if either else None

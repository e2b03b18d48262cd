"""Reads a record typed in one line: ``Staging is down i4 @dana due fri``, by what kind it is.

Only what stands at the end of the line is read as an attribute, so that a title may hold any word. A
dependency may begin with ``get`` or ``give`` and name the other side; a decision may say what was decided.
"""

import re
from datetime import date

from handlers.typed.line_ends import Line, next_end
from handlers.typed.text import readable
from models.rules.raid.words import Direction, RaidKind
from models.rules.risks.scoring import LEVELS
from models.value import replace

_TAIL_IMPACT = re.compile(r"(?:^|\s)(?:i[:=]?|impact\s*[:=]?\s*)(?P<level>-?\d(?:[.,]\d)?)$", re.IGNORECASE)
_TAIL_BY = re.compile(
    r"(?:^|\s)(?:validate|check|need|needed|decide) by(?=\s+\S+(?:\s+\S+){0,2}$)", re.IGNORECASE
)
_HEAD_DIRECTION = re.compile(r"(?P<way>get|give|receive|deliver|need|owe):?\s+", re.IGNORECASE)
_GIVING = frozenset({"give", "deliver", "owe"})
_OTHER_SIDE = {
    Direction.GET: re.compile(r"\s+from\s+", re.IGNORECASE),
    Direction.GIVE: re.compile(r"\s+to\s+", re.IGNORECASE),
}
_DECIDED = re.compile(r"(?:^|\s)decided:\s*", re.IGNORECASE)
_BECAUSE = re.compile(r"(?:^|[\s,;.])because\s+", re.IGNORECASE)


class RaidLine(Line):
    """What one line says of a record; None and "" where nothing."""

    impact: int | None = None
    direction: Direction = Direction.GET
    other_party: str = ""
    outcome: str = ""
    rationale: str = ""


def read_line(kind: RaidKind, text: str, today: date) -> RaidLine:
    """Read the line; what people type is never an error, only ``problem`` says what can't be understood."""
    line, rest = _ends(kind, text.strip(), today)
    if kind is RaidKind.DEPENDENCY:
        return _with_sides(line, rest)
    if kind is RaidKind.DECISION:
        return _with_outcome(line, rest)
    return replace(line, title=readable(rest))


def read_because(text: str) -> tuple[str, str]:
    """Return what was decided, and why where the words say so: ``yes because nobody uses it``."""
    outcome, *reasons = _BECAUSE.split(text, maxsplit=1)
    if not outcome.strip():
        return readable(text), ""
    return readable(outcome), readable(reasons[0]) if reasons else ""


def _ends(kind: RaidKind, text: str, today: date) -> tuple[RaidLine, str]:
    line, rest = RaidLine(), text
    while not line.problem:
        step = _next_attribute(kind, line, rest, today)
        if step is None:
            break
        line, rest = step
    return line, rest


def _next_attribute(kind: RaidKind, line: RaidLine, rest: str, today: date) -> tuple[RaidLine, str] | None:
    if kind is RaidKind.ISSUE and (found := _TAIL_IMPACT.search(rest)) is not None:
        return _impact(line, found), rest[: found.start()].rstrip()
    return next_end(line, _TAIL_BY.sub(" due", rest), today)


def _impact(line: RaidLine, found: re.Match[str]) -> RaidLine:
    level = int(found["level"]) if found["level"].isdigit() else 0
    if level not in LEVELS:
        return replace(line, problem=f"How bad (i) goes from 1 to 5, so {found[0].strip()} can't be right.")
    return replace(line, impact=level)


def _with_sides(line: RaidLine, rest: str) -> RaidLine:
    """Take the direction off the beginning, and the other side off the end."""
    found = _HEAD_DIRECTION.match(rest)
    if found is None:
        return replace(line, title=readable(rest))
    direction = Direction.GIVE if found["way"].lower() in _GIVING else Direction.GET
    title, *others = _OTHER_SIDE[direction].split(rest[found.end() :], maxsplit=1)
    party = readable(others[0]) if others else ""
    return replace(line, title=readable(title), direction=direction, other_party=party)


def _with_outcome(line: RaidLine, rest: str) -> RaidLine:
    """Take what was decided off the end."""
    question, *decided = _DECIDED.split(rest, maxsplit=1)
    if not decided:
        return replace(line, title=readable(rest))
    outcome, rationale = read_because(decided[0])
    return replace(line, title=readable(question), outcome=outcome, rationale=rationale)

"""Reads a risk typed in one line: ``Vendor API may slip p4 i3 @dana due fri``.

Only what stands at the end of the line is read as an attribute, so that a title may hold any word; and
``opportunity:`` at its beginning, with the colon unless nothing follows. Both levels may stand there too; one
alone may begin any title.
"""

import re
from datetime import date

from handlers.typed.line_ends import Line, next_end
from handlers.typed.text import readable
from models.rules.risks.scoring import LEVELS
from models.rules.risks.words import RiskKind
from models.rules.sentences import listed
from models.value import replace

_HEAD_OPPORTUNITY = re.compile(r"opportunity(?::\s*|$)", re.IGNORECASE)
_TAIL_LEVEL = re.compile(
    r"(?:^|\s)(?P<which>[pi][:=]?|(?:prob|probability|likelihood|impact)\s*[:=]?\s*)(?P<level>-?\d(?:[.,]\d)?)[,;]?$",
    re.IGNORECASE,
)
_TAIL_GLUED = re.compile(r"(?:^|\s)(?P<levels>(?:p\d[,;/x×]?i\d)|(?:i\d[,;/x×]?p\d))$", re.IGNORECASE)
_TAIL_LETTER = re.compile(r"(?:^|\s)(?P<which>[pi])$")
_LEVEL = re.compile(r"[pi]\d", re.IGNORECASE)
_HEAD_LEVELS = re.compile(r"(?P<levels>p\d[\s,;/x×]*i\d|i\d[\s,;/x×]*p\d)[,;:]?\s+(?=\S)", re.IGNORECASE)


class RiskLine(Line):
    """What one line says of a risk."""

    probability: int | None = None
    impact: int | None = None
    kind: RiskKind = RiskKind.THREAT


def read_line(text: str, today: date) -> RiskLine:
    """Read the line; what people type is never an error, only ``problem`` says what can't be understood."""
    line, rest = _of_kind(text.strip())
    if (found := _HEAD_LEVELS.match(rest)) is not None:
        rest = f"{rest[found.end() :]} {' '.join(_LEVEL.findall(found['levels']))}"
    while True:
        step = _next_attribute(line, rest, today)
        if step is None:
            return replace(line, title=readable(rest))
        line, rest = step
        if line.problem:
            return replace(line, title=readable(rest))


_PLACES = {
    "probability": "how likely",
    "impact": "how bad",
    "owner_slack_id": "an owner",
    "due_on": "a due date",
    "channel_id": "a channel",
}


def out_of_place(line: RiskLine, *taken: str) -> str:
    """Return in words what the line says beside what is ``taken``, such as "an owner and a due date".

    No verb may read a thing and let it fall.
    """
    said = [f"“{line.title}”"] if line.title and "title" not in taken else []
    said += [what for name, what in _PLACES.items() if name not in taken and getattr(line, name)]
    if line.kind is RiskKind.OPPORTUNITY:
        said.append("“opportunity”")
    return listed(said)


def _of_kind(text: str) -> tuple[RiskLine, str]:
    """Take ``opportunity:`` off the line's beginning."""
    if (found := _HEAD_OPPORTUNITY.match(text)) is not None:
        return RiskLine(kind=RiskKind.OPPORTUNITY), text[found.end() :]
    return RiskLine(), text


def _next_attribute(line: RiskLine, rest: str, today: date) -> tuple[RiskLine, str] | None:
    """Take the last attribute off the line; None when what remains is the title."""
    if (found := _TAIL_GLUED.search(rest)) is not None:
        rest = f"{rest[: found.start()]} {' '.join(_LEVEL.findall(found['levels']))}"
    if (found := _TAIL_LEVEL.search(rest)) is not None:
        return _level(line, found), rest[: found.start()].rstrip()
    if (found := _TAIL_LETTER.search(rest)) is not None and _has_level(line, rest[: found.start()]):
        which = found["which"]
        return replace(line, problem=f"{_NAMES[which]} needs a number from 1 to 5, as in {which}4."), rest
    return next_end(line, rest, today)


_NAMES = {"p": "How likely (p)", "i": "How bad (i)"}


def _has_level(line: RiskLine, before: str) -> bool:
    """Tell whether a level stands beside a letter: by itself it may end any title."""
    return (line.probability, line.impact) != (None, None) or _TAIL_LEVEL.search(before) is not None


def _level(line: RiskLine, found: re.Match[str]) -> RiskLine:
    level = int(found["level"]) if found["level"].isdigit() else 0
    is_probability = found["which"].lower().startswith(("p", "l"))
    name, said = (_NAMES["p"], line.probability) if is_probability else (_NAMES["i"], line.impact)
    if said not in (None, level):
        return replace(line, problem=f"{name} is there twice, as {level} and as {said}.")
    if level not in LEVELS:
        return replace(line, problem=f"{name} goes from 1 to 5, so {found[0].strip()} can't be right.")
    return replace(line, probability=level) if is_probability else replace(line, impact=level)

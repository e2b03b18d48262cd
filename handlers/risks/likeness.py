"""Short lines that name a risk or a list, and so were probably meant as a command; touches no database."""

from datetime import date

from handlers.grammar import RISK, Takes
from handlers.risks.line import RiskLine, read_line
from handlers.typed.lists import VOCABULARY
from models.rules.references import Reference, leading
from models.value import Value

_SENTENCE = 3
"""With more words than that beside the name, a line is what somebody worries about."""
_FOR = {
    "assign": "edit",
    "own": "edit",
    "owner": "edit",
    "owned": "edit",
    "due": "edit",
    "rename": "edit",
    "likelihood": "score",
    "probability": "score",
    "impact": "score",
    "open": "show",
    "see": "show",
    "delete": "close",
    "remove": "close",
    "cancel": "close",
    "drop": "close",
    "done": "close",
    "finished": "close",
    "over": "close",
    "solved": "close",
    "fixed": "close",
}
"""Words of other tools, and the verb that does it here."""
_OF_ONE = {name: verb.name for name, verb in RISK.by_name.items() if verb.takes is Takes.REFERENCE} | _FOR


class Likeness(Value):
    """The command that a line resembles: of the risk ``named``, or None for a list.

    ``is_sure`` says that its words are a command's; else it is one only if there is such a risk.
    """

    corrected: str
    named: Reference | None = None
    is_sure: bool = True


def likeness(text: str, today: date) -> Likeness | None:
    """Return what the line resembles; None where it reads as a title."""
    words = text.split()
    if words and len(words) <= _SENTENCE and all(word.lower() in VOCABULARY for word in words):
        return Likeness(f"list {' '.join(words).lower()}")
    first, _, rest = text.strip().partition(" ")
    behind = leading(rest) if first.isalpha() and not Reference.parse(first) else None
    if behind is not None and (first.lower() in _OF_ONE or Reference.parse(rest.split()[0].rstrip(",;:"))):
        return _with_word(first.lower(), *behind, today)
    before = leading(text)
    return _about(*before, today) if before is not None and before[1] else None


def _with_word(word: str, named: Reference, more: str, today: date) -> Likeness | None:
    """Read "assign R5 @jo"; a word that nobody knows shows the risk, where there is one."""
    line = read_line(more, today)
    if _is_long(line):
        return None
    verb = _OF_ONE.get(word)
    if verb is None:
        return Likeness(f"show {named}", named, is_sure=False)
    return Likeness(_typed(verb, named, more, today), named)


def _about(named: Reference, more: str, today: date) -> Likeness | None:
    """Read "R5 closed", "R3 p2 i2" or "R3 @jo"."""
    line = read_line(more, today)
    if _is_long(line):
        return None
    if not line.title and not line.problem:
        is_scored = line.probability is not None and line.impact is not None
        return Likeness(_typed("score" if is_scored else "edit", named, more, today), named)
    word, _, rest = more.partition(" ")
    if (verb := _OF_ONE.get(word.lower())) is not None:
        return Likeness(_typed(verb, named, rest, today), named)
    return Likeness(f"show {named}", named, is_sure=False)


def _is_long(line: RiskLine) -> bool:
    return len(line.title.split()) > _SENTENCE


def _typed(verb: str, named: Reference, more: str, today: date) -> str:
    """Return the command; the form would take "to Sam" for the risk's title, so that is left out."""
    if verb == "edit":
        said = more.removeprefix("to ")
        line = read_line(said, today)
        more = "" if line.title or line.problem else said
    return f"{verb} {named} {more}".rstrip()

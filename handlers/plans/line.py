"""Reads what follows ``/project measures`` and its like: a verb, which one, and the words about it."""

import re
from collections.abc import Mapping
from enum import StrEnum

from models.value import Value


class PlanVerb(StrEnum):
    """What is asked for."""

    SHOW = "show"
    ADD = "add"
    EDIT = "edit"
    REMOVE = "remove"
    RESTORE = "restore"
    HISTORY = "history"
    MOVE = "move"
    DONE = "done"
    ACCEPT = "accept"
    UNDO = "undo"
    SUBMIT = "submit"
    REJECT = "reject"


COMMON_WORDS: Mapping[str, PlanVerb] = {
    "show": PlanVerb.SHOW,
    "list": PlanVerb.SHOW,
    "ls": PlanVerb.SHOW,
    "add": PlanVerb.ADD,
    "new": PlanVerb.ADD,
    "create": PlanVerb.ADD,
    "edit": PlanVerb.EDIT,
    "change": PlanVerb.EDIT,
    "update": PlanVerb.EDIT,
    "rename": PlanVerb.EDIT,
    "remove": PlanVerb.REMOVE,
    "drop": PlanVerb.REMOVE,
    "delete": PlanVerb.REMOVE,
    "restore": PlanVerb.RESTORE,
    "history": PlanVerb.HISTORY,
    "log": PlanVerb.HISTORY,
}
"""What is said of every kind, by the first word."""

MILESTONE_WORDS: Mapping[str, PlanVerb] = {
    **COMMON_WORDS,
    "move": PlanVerb.MOVE,
    "moved": PlanVerb.MOVE,
    "forecast": PlanVerb.MOVE,
    "postpone": PlanVerb.MOVE,
    "slip": PlanVerb.MOVE,
    "slips": PlanVerb.MOVE,
    "reschedule": PlanVerb.MOVE,
    "done": PlanVerb.DONE,
    "reached": PlanVerb.DONE,
    "finish": PlanVerb.DONE,
    "finished": PlanVerb.DONE,
    "complete": PlanVerb.DONE,
    "completed": PlanVerb.DONE,
    "accept": PlanVerb.ACCEPT,
    "accepted": PlanVerb.ACCEPT,
    "undo": PlanVerb.UNDO,
    "reopen": PlanVerb.UNDO,
}

DELIVERABLE_WORDS: Mapping[str, PlanVerb] = {
    **COMMON_WORDS,
    "submit": PlanVerb.SUBMIT,
    "submitted": PlanVerb.SUBMIT,
    "resubmit": PlanVerb.SUBMIT,
    "resubmitted": PlanVerb.SUBMIT,
    "deliver": PlanVerb.SUBMIT,
    "delivered": PlanVerb.SUBMIT,
    "send": PlanVerb.SUBMIT,
    "sent": PlanVerb.SUBMIT,
    "accept": PlanVerb.ACCEPT,
    "accepted": PlanVerb.ACCEPT,
    "approve": PlanVerb.ACCEPT,
    "approved": PlanVerb.ACCEPT,
    "reject": PlanVerb.REJECT,
    "rejected": PlanVerb.REJECT,
    "undo": PlanVerb.UNDO,
    "reopen": PlanVerb.UNDO,
}

_NAMED = r"(?:(?P<key>[A-Za-z][A-Za-z0-9]{{1,9}})-)?{marker}(?P<number>[1-9][0-9]{{0,5}})[:.]?"


class PlanLine(Value):
    """What a line asks for; ``verb`` is None where its first word says nothing we know.

    ``key`` is the project that the record's name begins with, if any.
    """

    verb: PlanVerb | None
    number: int | None = None
    key: str = ""
    rest: str = ""


def read_plan_line(text: str, words: Mapping[str, PlanVerb], marker: str) -> PlanLine:
    """Read the line; a record's name alone asks for that record, nothing at all for the list."""
    first, rest = _first(text)
    if not first:
        return PlanLine(PlanVerb.SHOW)
    if (found := _named(first, marker)) is not None and (marker or not rest):
        return PlanLine(PlanVerb.HISTORY, int(found["number"]), found["key"] or "", rest)
    verb = words.get(first.lower())
    if verb is None:
        return PlanLine(None, rest=text.strip())
    name, more = _first(rest)
    found = _named(name, marker)
    if verb is PlanVerb.ADD or found is None:
        return PlanLine(verb, rest=rest)
    verb = PlanVerb.HISTORY if verb is PlanVerb.SHOW else verb
    return PlanLine(verb, int(found["number"]), found["key"] or "", more)


def _first(text: str) -> tuple[str, str]:
    first, _, rest = text.strip().partition(" ")
    return first, rest.strip()


def _named(word: str, marker: str) -> re.Match[str] | None:
    return re.fullmatch(_NAMED.format(marker=marker), word, re.IGNORECASE)

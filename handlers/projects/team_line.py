"""Reads what follows ``/project team``: ``add @lee engineering lead deputy``, in the order people choose."""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.typed import PERSON
from models.rules.project_roles import SaidRole, read_project_role


class TeamVerb(StrEnum):
    """What is asked for."""

    SHOW = "show"
    ADD = "add"
    REMOVE = "remove"
    HAND_OVER = "handover"
    MARK = "colleague"
    UNMARK = "not a colleague"


TEAM_WORDS = {
    "show": TeamVerb.SHOW,
    "list": TeamVerb.SHOW,
    "add": TeamVerb.ADD,
    "give": TeamVerb.ADD,
    "assign": TeamVerb.ADD,
    "set": TeamVerb.ADD,
    "invite": TeamVerb.ADD,
    "remove": TeamVerb.REMOVE,
    "take": TeamVerb.REMOVE,
    "drop": TeamVerb.REMOVE,
    "delete": TeamVerb.REMOVE,
    "unassign": TeamVerb.REMOVE,
    "handover": TeamVerb.HAND_OVER,
    "hand-over": TeamVerb.HAND_OVER,
    "transfer": TeamVerb.HAND_OVER,
    "colleague": TeamVerb.MARK,
    "mark": TeamVerb.MARK,
    "guest": TeamVerb.MARK,
    "uncolleague": TeamVerb.UNMARK,
    "unmark": TeamVerb.UNMARK,
}
"""The first word, by what it means."""

_PERSON = re.compile(PERSON)


@dataclass(frozen=True)
class TeamLine:
    """What a line asks for; ``verb`` is None where its first word says nothing we know."""

    verb: TeamVerb | None
    slack_user_id: str | None
    said: SaidRole
    word: str = ""
    """The first word, where it is not known."""


def read_team_line(text: str) -> TeamLine:
    """Read the line; a person alone is to be added, nothing at all is to be shown."""
    found = _PERSON.search(text)
    person = found["id"] if found else None
    words = _PERSON.sub(" ", text).split()
    first = words[0].lower() if words else ""
    if first == "hand" and [each.lower() for each in words[1:2]] == ["over"]:
        words, first = ["handover", *words[2:]], "handover"
    verb = TEAM_WORDS.get(first)
    rest = [each.lower() for each in words[1:]]
    if verb is TeamVerb.MARK and not TEAM_WORDS.keys().isdisjoint(rest):
        is_taken = any(TEAM_WORDS.get(each) is TeamVerb.REMOVE for each in rest)
        verb = TeamVerb.UNMARK if is_taken else TeamVerb.MARK
    if verb is TeamVerb.REMOVE and "colleague" in rest:
        verb = TeamVerb.UNMARK
    if verb is TeamVerb.ADD and "colleague" in rest:
        verb = TeamVerb.MARK
    if verb is None and (not words or person is not None):
        verb = TeamVerb.ADD if person is not None else TeamVerb.SHOW
        return TeamLine(verb, person, read_project_role(" ".join(words)))
    return TeamLine(verb, person, read_project_role(" ".join(words[1:])), word=first)

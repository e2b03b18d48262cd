"""Reads what follows ``/project team``: ``add @lee engineering lead deputy``, in the order people choose."""

import re
from collections.abc import Sequence
from enum import StrEnum

from handlers.typed.text import PERSON
from models.rules.projects.roles import SaidRole, read_project_role
from models.rules.references import is_key
from models.value import Value


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

_WITH_ROLE = frozenset({TeamVerb.ADD, TeamVerb.REMOVE})
_FILLERS = frozenset({"to", "of", "on", "for", "as", "a", "an", "the", "not", "no", "longer", "more", "any"})
_PERSON = re.compile(PERSON)


class TeamLine(Value):
    """What a line asks for; ``verb`` is None where its first word says nothing we know."""

    verb: TeamVerb | None
    slack_user_id: str | None
    said: SaidRole
    word: str = ""
    """The first word, where it is not known."""
    key: str = ""
    """What stands behind the verb and can only be a project's short name."""
    text: str = ""
    """All of it, as it was typed."""


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
        return TeamLine(verb, person, read_project_role(" ".join(words)), text=text)
    said = read_project_role(" ".join(words[1:]))
    key = "" if verb is None or said.role else _key(words[1:], has_role=verb in _WITH_ROLE)
    if key:
        said = read_project_role(" ".join(word for word in words[1:] if word != key))
    return TeamLine(verb, person, said, word=first, key=key, text=text)


def _key(words: Sequence[str], *, has_role: bool) -> str:
    """Return the word that names a project: where a role may stand, too, only one in capitals."""
    left = (word for word in words if word.lower() not in _FILLERS | TEAM_WORDS.keys())
    return next((word for word in left if not has_role or (word.isupper() and is_key(word))), "")

"""Finds the project that a line is about: the one it names, else the channel's own."""

import re
from collections.abc import Sequence
from uuid import UUID

from handlers.answers import Answer, say
from handlers.asks import Ask
from handlers.blocks import escape, shortened
from handlers.grammar import nearest
from handlers.kit import Kit
from handlers.typed.text import readable
from models.errors import NotFound
from models.read_models import Actor, ProjectView
from models.rules.references import is_key

_SHOWN = 60
"""Letters of what is no project's name."""


def find(kit: Kit, ask: Ask, actor: Actor, rest: str) -> tuple[ProjectView | None, str]:
    """Return the project, None where nothing says which, and the words that follow.

    Where a channel has its own project, another one is meant by its name in capitals only, unless it stands
    alone: "delta is signed" after a verb is a sentence about this project.
    """
    first, _, more = rest.strip().partition(" ")
    named, own = by_key(kit, actor, first), here(kit, ask, actor)
    if named is not None and (own is None or named == own or not more or first.isupper()):
        return named, more.strip()
    return own, rest.strip()


def by_key(kit: Kit, actor: Actor, word: str) -> ProjectView | None:
    """Return the project of that short name, however it is capitalised."""
    if not is_key(word.upper()):
        return None
    try:
        return kit.projects.by_key(actor, word.upper())
    except NotFound:
        return None


def stranger(words: str) -> str:
    """Return what the words behind a verb name, in capitals, as only a project is named; "" where they don't.

    ``find`` has taken off what is the name of one.
    """
    first, _, _ = words.partition(" ")
    return first if is_key(first) else ""


MOST_NAMED = 8
"""Projects that one line may name."""
_BETWEEN = re.compile(r"\s*(?:,|&|\s)\s*(?:and\s+)?", re.IGNORECASE)


def leading(kit: Kit, actor: Actor, line: str) -> tuple[tuple[ProjectView, ...], str]:
    """Return the projects that a line begins with, "acme, borealis and COBALT", and what follows them."""
    found: dict[UUID, ProjectView] = {}
    rest = line.strip()
    while rest and len(found) < MOST_NAMED:
        word, *more = _BETWEEN.split(rest, 1)
        project = by_key(kit, actor, word)
        if project is None:
            break
        found[project.id] = project
        rest = more[0] if more else ""
    return tuple(found.values()), rest


def here(kit: Kit, ask: Ask, actor: Actor) -> ProjectView | None:
    """Return the channel's own project."""
    return kit.projects.in_channel(actor, ask.channel_id) if ask.channel_id else None


def unknown(
    kit: Kit, actor: Actor, key: str, command: str, others: Sequence[str] = (), hint: str = ""
) -> Answer:
    """Say that there is no project of that name, and what was probably meant.

    ``command`` is what the name was typed after; ``others`` are the words that may stand there as well, and
    ``hint`` says what to try where nothing is near.
    """
    known = {choice.key.lower(): choice.key for choice in kit.projects.choices(actor)}
    meant = nearest(key, [*others, *known])
    if meant is not None:
        hint = f"Did you mean `/{command} {known.get(meant, meant)}`?"
    return say(f"I don't know a project “{escape(shortened(readable(key), _SHOWN))}”. {hint}".rstrip())

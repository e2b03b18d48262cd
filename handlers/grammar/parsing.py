"""Reads what a person typed after a command, by the command's table."""

import difflib
from collections.abc import Callable, Iterable

from handlers.grammar.vocabulary import Command, Takes, Verb
from handlers.typed.dates import is_day
from handlers.typed.lists import VOCABULARY, read_list
from handlers.typed.weeks import read_week_words
from models.rules.references import leading
from models.value import Value


class Parsed(Value):
    """A command's text, read: a verb with what follows it, or plain text.

    ``meant`` is the verb that a mistyped first word probably stands for; the text is then not acted upon.
    """

    verb: Verb | None
    rest: str
    meant: Verb | None = None
    unfit: Verb | None = None
    """The verb with which a short line begins that does not fit it: it may be text all the same."""
    word: str = ""
    """How the verb was typed: by its name, or by another."""


def parse(command: Command, text: str) -> Parsed:
    """Read the text after a slash command."""
    first, _, rest = text.strip().partition(" ")
    word, rest = first.lower(), rest.strip()
    for verb in command.verbs:
        if word in verb.names and _fits(verb.takes, rest):
            return Parsed(verb=verb, rest=rest, word=word)
    shows = next(
        (verb for verb in command.verbs if verb.name == "show" and verb.takes is Takes.REFERENCE), None
    )
    meant = _mistyped(command, word, rest)
    # In capitals it is a project's short name, however much like a verb it reads.
    if shows is not None and _is_name(text) and (meant is None or first.isupper()):
        return Parsed(verb=shows, rest=text.strip())
    return Parsed(verb=None, rest=text.strip(), meant=meant, unfit=_unfit(command.verbs, word, rest))


def _fits(takes: Takes, rest: str) -> bool:
    return _FITS[takes](rest)


def _is_reference(rest: str) -> bool:
    return not rest.strip() or leading(rest) is not None


def _is_name(text: str) -> bool:
    """Tell whether the text names a record and says nothing else."""
    found = leading(text)
    return found is not None and not found[1]


_FITS: dict[Takes, Callable[[str], bool]] = {
    Takes.NOTHING: lambda rest: not rest,
    Takes.SCOPE: lambda rest: read_list(rest) is not None,
    Takes.PROJECT: lambda rest: len(rest.split()) <= 1,
    Takes.REFERENCE: _is_reference,
    Takes.PLACE: lambda rest: len(rest.split()) <= 1,
    Takes.WEEK: lambda rest: read_week_words(rest) is not None,
    Takes.ALL: lambda rest: rest.lower() in {"", "all"},
    Takes.DAY: lambda rest: not rest or is_day(rest),
    Takes.ANYTHING: lambda _: True,
}


_CLOSE_ENOUGH = 0.75
_SENTENCE = 2
_ASKED = frozenset({Takes.REFERENCE, Takes.ALL, Takes.SCOPE})
_ALIKE = 0.6


def _mistyped(command: Command, word: str, rest: str) -> Verb | None:
    """Return the verb that a slip of the finger stands for; a sentence only where the verb takes one."""
    by_name = command.by_name
    if not word or word in by_name:
        return None
    if not _is_reference(rest) and rest.lower() not in VOCABULARY:
        by_name = command.taking_text
    nearest = difflib.get_close_matches(word, by_name, n=1, cutoff=_CLOSE_ENOUGH)
    return by_name[nearest[0]] if nearest else None


def _unfit(verbs: Iterable[Verb], word: str, rest: str) -> Verb | None:
    """Return the verb by whose own name a line begins that goes on with too little to be a sentence."""
    if len(rest.split()) > _SENTENCE:
        return None
    return next((verb for verb in verbs if verb.name == word and verb.takes in _ASKED), None)


def mistyped(command: Command, word: str) -> Verb | None:
    """Return the verb that a word alone probably stands for; what follows it is for the caller to judge."""
    return _mistyped(command, word.lower(), "")


def nearest(word: str, choices: Iterable[str], *, closely: bool = False) -> str | None:
    """Return the choice that a mistyped word probably stands for; ``closely`` as a verb has to be."""
    cutoff = _CLOSE_ENOUGH if closely else _ALIKE
    found = difflib.get_close_matches(word.lower(), {each.lower(): each for each in choices}, 1, cutoff)
    return found[0] if found else None

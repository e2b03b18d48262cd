"""The command table: parser, help and manifest all derive from it."""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from handlers.list_words import VOCABULARY, read_list
from models.rules.references import RiskReference


class Takes(StrEnum):
    """What may follow a verb. Where something else follows, the words are text, not a verb."""

    NOTHING = "nothing"
    SCOPE = "scope"
    REFERENCE = "reference"


@dataclass(frozen=True)
class Verb:
    """One thing a command does: ``/risk close ACME-R12 …``."""

    name: str
    takes: Takes
    usage: str
    summary: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    """The heading under which the help page has it; everyday verbs need none."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the verb with its synonyms."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Command:
    """A slash command. ``example`` is what a person types most; ``usage_hint`` stands in the composer."""

    name: str
    summary: str
    usage_hint: str
    lead: str
    reading: str
    """How to read the example."""
    verbs: tuple[Verb, ...]


_WHAT_BECOMES = "What becomes of it"

RISK = Command(
    name="risk",
    summary="Log a risk in ten seconds, or see where risks stand",
    usage_hint="What might happen? [p4 i3 @owner due fri] · list · show ACME-R12 · help",
    lead="Say what might happen and press Enter. The project manager takes it from there.",
    reading="p is how likely and i how bad, 1 to 5. `/risk` alone opens a form.",
    verbs=(
        Verb(
            "list",
            Takes.SCOPE,
            'list [mine | all | ACME] [high] [stale] [closed] [@dana] ["api"]',
            "this project's open risks, yours, or all; or only some of them",
            ("ls",),
        ),
        Verb("show", Takes.REFERENCE, "show ACME-R12", "one risk with its history", ("view", "details")),
        Verb("edit", Takes.REFERENCE, "edit ACME-R12", "change anything about it", ("update", "change")),
        Verb(
            "score",
            Takes.REFERENCE,
            "score ACME-R12 p4 i3 @dana",
            "say how likely, how bad, and who owns it",
            ("rate",),
        ),
        Verb("undo", Takes.REFERENCE, "undo ACME-R12", "take back a risk you just logged", ("withdraw",)),
        Verb(
            "review",
            Takes.REFERENCE,
            "review ACME-R12",
            "you looked, and it is still right",
            ("confirm", "reviewed"),
            _WHAT_BECOMES,
        ),
        Verb(
            "escalate",
            Takes.REFERENCE,
            "escalate ACME-R12 vendor is silent",
            "it needs help from above",
            ("escalated",),
            _WHAT_BECOMES,
        ),
        Verb(
            "accept",
            Takes.REFERENCE,
            "accept ACME-R12 cheaper so",
            "we live with it",
            ("accepted", "tolerate"),
            _WHAT_BECOMES,
        ),
        Verb(
            "happened",
            Takes.REFERENCE,
            "happened ACME-R12 certs expired",
            "it is no longer a maybe",
            ("happen", "occurred", "materialised", "materialized"),
            _WHAT_BECOMES,
        ),
        Verb(
            "close",
            Takes.REFERENCE,
            "close ACME-R12 vendor shipped",
            "it is over, with a reason",
            ("closed", "resolve"),
            _WHAT_BECOMES,
        ),
        Verb(
            "reject",
            Takes.REFERENCE,
            "reject ACME-R12 already covered",
            "it is not a risk",
            ("rejected", "dismiss"),
            _WHAT_BECOMES,
        ),
        Verb(
            "reopen",
            Takes.REFERENCE,
            "reopen ACME-R12 date moved again",
            "it is back",
            ("reopened",),
            _WHAT_BECOMES,
        ),
        Verb("help", Takes.NOTHING, "help", "this page"),
    ),
)
DRUMBEAT = Command(
    name="drumbeat",
    summary="Everything Drumbeat does, in one command",
    usage_hint="risk … · help",
    lead="I keep your projects' risks, so that nobody has to remember them.",
    reading="",
    verbs=(Verb("help", Takes.NOTHING, "help", "this page"),),
)
COMMANDS = (RISK, DRUMBEAT)


@dataclass(frozen=True)
class Parsed:
    """A command's text, read: a verb with what follows it, or plain text.

    ``meant`` is the verb that a mistyped first word probably stands for; the text is then not acted upon.
    """

    verb: Verb | None
    rest: str
    meant: Verb | None = None


def parse(command: Command, text: str) -> Parsed:
    """Read the text after a slash command."""
    first, _, rest = text.strip().partition(" ")
    word, rest = first.lower(), rest.strip()
    for verb in command.verbs:
        if word in verb.names and _fits(verb.takes, rest):
            return Parsed(verb=verb, rest=rest)
    meant = _mistyped(command.verbs, word, rest)
    return Parsed(verb=None, rest=text.strip(), meant=meant)


def _fits(takes: Takes, rest: str) -> bool:
    return _FITS[takes](rest)


def _is_reference(rest: str) -> bool:
    words = rest.split()
    return not words or RiskReference.parse(words[0]) is not None


_FITS: dict[Takes, Callable[[str], bool]] = {
    Takes.NOTHING: lambda rest: not rest,
    Takes.SCOPE: lambda rest: read_list(rest) is not None,
    Takes.REFERENCE: _is_reference,
}

_CLOSE_ENOUGH = 0.75


def _mistyped(verbs: Iterable[Verb], word: str, rest: str) -> Verb | None:
    """Return the verb that a slip of the finger stands for; a sentence is never taken for one."""
    by_name = {name: verb for verb in verbs for name in verb.names}
    words = rest.split()
    is_short = not words or RiskReference.parse(words[0]) is not None or rest.lower() in VOCABULARY
    if not word or not is_short or word in by_name:
        return None
    nearest = difflib.get_close_matches(word, by_name, n=1, cutoff=_CLOSE_ENOUGH)
    return by_name[nearest[0]] if nearest else None


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that a mistyped word probably stands for."""
    found = difflib.get_close_matches(word.lower(), {choice.lower(): choice for choice in choices}, n=1)
    return found[0] if found else None

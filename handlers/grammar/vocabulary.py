"""The words in which commands are described."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from handlers.callback_ids import ShortcutId
from models.rules.access import Capability
from models.value import Value


class Takes(StrEnum):
    """What may follow a verb. Where something else follows, the words are text, not a verb."""

    NOTHING = "nothing"
    SCOPE = "scope"
    PROJECT = "project"
    """One word or none: a project's short name, or all."""
    REFERENCE = "reference"
    PLACE = "place"
    """One word at most: a project's short name or channel, "mine" or "all"."""
    WEEK = "week"
    """A project's short name, a week or month, both or neither."""
    ALL = "all"
    """The word "all", or nothing."""
    DAY = "day"
    """A day, or nothing."""
    ANYTHING = "anything"


class Verb(Value):
    """One thing a command does: ``/risk close ACME-R12 …``."""

    name: str
    takes: Takes
    usage: str
    summary: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    """The heading under which the whole help page has it; everyday ones need none."""
    needs: Capability | None = None
    """What a person must be allowed to do for it, where that does not depend on a project."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the verb with its synonyms."""
        return (self.name, *self.aliases)


HELP = Verb("help", Takes.ALL, "help", "what can be typed", ("?",))
"""The verb that every command has."""


class Command(Value):
    """A slash command. ``example`` is what a person types most; ``usage_hint`` stands in the composer."""

    name: str
    summary: str
    usage_hint: str
    lead: str
    reading: str
    """How to read the example."""
    verbs: tuple[Verb, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Verb]:
        """Return the verbs by all of their names."""
        return {name: verb for verb in self.verbs for name in verb.names}

    @cached_property
    def taking_text(self) -> Mapping[str, Verb]:
        """Return those that a sentence may follow."""
        return {name: verb for name, verb in self.by_name.items() if verb.takes is Takes.ANYTHING}


class Shortcut(Value):
    """What a person chooses in Slack's own menus: of a message, or of the composer and the search."""

    id: ShortcutId
    name: str
    summary: str
    command: str
    """The command whose help tells of it."""
    is_on_message: bool = False

"""A command's help page, made from the command table, for whoever may use the command at all."""

from collections.abc import Iterator, Sequence
from functools import cache

from handlers.access import identify
from handlers.answers import Answer
from handlers.asks import Ask
from handlers.blocks import context, escape, section
from handlers.grammar import HELP, SHORTCUTS, Command
from handlers.kit import DirectoryDown, Kit
from handlers.typed.text import readable
from models.read_models import Actor


def reader(kit: Kit, ask: Ask) -> Actor | None:
    """Return who asks; None where Slack can't say, for help must not fail with it. Raises Unwelcome."""
    try:
        return identify(kit, ask)
    except DirectoryDown:
        return None


def help_page(kit: Kit, ask: Ask, command: Command, how_much: str, example: str = "") -> Answer:
    """Show what the command does: its everyday use, or "all" of it. Raises Unwelcome."""
    reader(kit, ask)
    return _page(command, example, is_whole=bool(how_much))


@cache
def _page(command: Command, example: str, *, is_whole: bool) -> Answer:
    name = f"/{command.name}"
    groups = dict.fromkeys(verb.group for verb in command.verbs)
    shown = [group for group in groups if is_whole or not group]
    first = f"*{command.lead}*" + (f"\n`{name} {example}`\n{command.reading}" if example else "")
    blocks = (
        section(first),
        *(section(_usages(command, name, group)) for group in shown),
        context(" ".join([*_rest(command, shown), *_elsewhere(command)])),
    )
    return Answer(text=f"How `{name}` works", blocks=blocks)


def _rest(command: Command, shown: Sequence[str]) -> Iterator[str]:
    """Yield how to read what a short page leaves out."""
    left_out = [verb.name for verb in command.verbs if verb.group not in shown]
    if left_out:
        yield f"`/{command.name} help all` has the rest: {', '.join(left_out)}."


def _elsewhere(command: Command) -> Iterator[str]:
    yield f"`/drumbeat {command.name} …` does the same."
    for shortcut in SHORTCUTS:
        if shortcut.command == command.name:
            where = "a message's ⋮ menu" if shortcut.is_on_message else "the + beside what you type"
            yield f"*{shortcut.name}* is in {where}."


def _usages(command: Command, name: str, group: str) -> str:
    """Return the lines below one heading; the help that is being read needs none."""
    verbs = [verb for verb in command.verbs if verb.group == group and verb is not HELP]
    lines = [f"`{name} {verb.usage}` {verb.summary}" for verb in verbs]
    return "\n".join([f"*{group}*", *lines] if group else lines)


def did_you_mean(command: Command, corrected: str) -> str:
    """Return the question after a slip of the finger; ``corrected`` is what follows the command."""
    return f"Did you mean `/{command.name} {escape(readable(corrected))}`?"

"""The command table: parser, help and manifest all derive from it."""

from handlers.grammar.drumbeat import DRUMBEAT, PLANNED
from handlers.grammar.parsing import Parsed, nearest, parse
from handlers.grammar.risk import RISK
from handlers.grammar.vocabulary import Command, Takes, Verb

__all__ = [
    "COMMANDS",
    "DRUMBEAT",
    "PLANNED",
    "RISK",
    "Command",
    "Parsed",
    "Takes",
    "Verb",
    "nearest",
    "parse",
]

COMMANDS = (RISK, DRUMBEAT)
"""Every command, in the order in which help and manifest name them."""

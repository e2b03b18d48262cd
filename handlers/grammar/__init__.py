"""The tables of commands and shortcuts: parser, help and manifest all derive from them."""

from handlers.grammar.agenda import AGENDA
from handlers.grammar.csat import CSAT
from handlers.grammar.drumbeat import DRUMBEAT
from handlers.grammar.mood import MOOD
from handlers.grammar.parsing import Parsed, mistyped, nearest, parse
from handlers.grammar.project import PROJECT
from handlers.grammar.raid import RAID
from handlers.grammar.retro import RETRO
from handlers.grammar.risk import RISK
from handlers.grammar.ritual import RITUAL
from handlers.grammar.shortcuts import SHORTCUTS
from handlers.grammar.vocabulary import HELP, Command, Shortcut, Takes, Verb
from handlers.grammar.weekly import WEEKLY

__all__ = [
    "AGENDA",
    "COMMANDS",
    "CSAT",
    "DRUMBEAT",
    "HELP",
    "MOOD",
    "PROJECT",
    "RAID",
    "RETRO",
    "RISK",
    "RITUAL",
    "SHORTCUTS",
    "WEEKLY",
    "Command",
    "Parsed",
    "Shortcut",
    "Takes",
    "Verb",
    "mistyped",
    "nearest",
    "parse",
]

COMMANDS = (RISK, RAID, WEEKLY, MOOD, AGENDA, RETRO, CSAT, PROJECT, RITUAL, DRUMBEAT)
"""Every command, in the order in which help and manifest name them."""

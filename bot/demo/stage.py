"""What the page is drawn from, and what it acts on."""

from dataclasses import dataclass

from bot.demo.people.gestures import Gestures
from bot.demo.state.workspace import Workspace
from bot.demo.wire.journal import Journal


@dataclass(frozen=True)
class Stage:
    """The workspace, what people can do in it, and what went between it and the bot."""

    workspace: Workspace
    gestures: Gestures
    journal: Journal

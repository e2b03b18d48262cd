"""What the page is drawn from, and what it acts on."""

from bot.demo.people.gestures import Gestures
from bot.demo.state.bot_switch import BotSwitch
from bot.demo.state.workspace import Workspace
from bot.demo.time.travels import Travels
from bot.demo.wire.journal import Journal
from models.value import Value


class Stage(Value):
    """The workspace, what people can do in it, and what there is to know of the bot and its process."""

    workspace: Workspace
    gestures: Gestures
    journal: Journal
    switch: BotSwitch
    travels: Travels
    data_place: str

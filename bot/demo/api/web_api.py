"""The Web API: the methods this product calls, each as strict as Slack's own."""

from bot.demo.api.access import Access
from bot.demo.api.arguments import Arguments
from bot.demo.api.conversations import ConversationMethods
from bot.demo.api.files import FileMethods, FilePlace
from bot.demo.api.history import HistoryMethods
from bot.demo.api.messages import MessageMethods
from bot.demo.api.method import Method
from bot.demo.api.views import ViewMethods
from bot.demo.errors import Code, SlackError
from bot.demo.outward.sockets import Sockets
from bot.demo.outward.tickets import Triggers
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject


class WebApi:
    """Answers the bot's calls; refusals are raised as SlackError."""

    def __init__(self, workspace: Workspace, triggers: Triggers, sockets: Sockets, place: FilePlace) -> None:
        """Take the state, what opens modals, the connections that the bot may open, and where files go."""
        self._access = Access(workspace)
        self.files = FileMethods(workspace, self._access, place)
        self._methods: dict[str, Method] = {
            **ConversationMethods(workspace, self._access, sockets).methods(),
            **self.files.methods(),
            **HistoryMethods(workspace, self._access).methods(),
            **MessageMethods(workspace, self._access).methods(),
            **ViewMethods(workspace, triggers).methods(),
        }

    def knows(self, name: str) -> bool:
        """Tell whether there is a method of that name."""
        return name in self._methods

    def a_minute(self, name: str) -> int:
        """Return how often Slack lets the method be called."""
        return self._methods[name].a_minute

    def call(self, name: str, arguments: Arguments) -> JsonObject:
        """Run a method and return what Slack would answer besides ``ok``."""
        method = self._methods[name]
        unknown = arguments.names - method.arguments - {"token"}
        if unknown:
            raise SlackError(Code.INVALID_ARGUMENTS, [f"not known here: {', '.join(sorted(unknown))}"])
        if method.scope:
            self._access.require_scope(method.scope)
        return method.run(arguments)

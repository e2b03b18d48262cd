"""What a person does on the page, from JSON to a gesture."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.demo.page.answers import Asked, answer, asked
from bot.demo.people.gestures import MessageSource, ViewSource
from bot.demo.people.membership import Account
from bot.demo.people.outcomes import GONE, Outcome
from bot.demo.stage import Stage
from bot.demo.values import Conversation, Person, RawValue, RawValues

_Endpoint = Callable[[Request], Awaitable[Response]]


class Say(Asked):
    """A person sends what they typed."""

    conversation_id: str
    text: str
    thread_ts: str | None = None


class Click(Asked):
    """A person clicks in a message (conversation and ``ts``) or in a view."""

    block_id: str
    action_id: str
    conversation_id: str = ""
    ts: str = ""
    view_id: str = ""
    raw: RawValue = None
    values: RawValues | None = None


class Choose(Asked):
    """A person chooses a shortcut, on a message (conversation and ``ts``) or anywhere."""

    callback_id: str
    conversation_id: str = ""
    ts: str = ""


class Submit(Asked):
    """A person submits a modal."""

    view_id: str
    values: RawValues


class Close(Asked):
    """A person closes a modal."""

    view_id: str


class ChangeChannel(Asked):
    """A person invites or removes somebody, archives or shares a channel."""

    conversation_id: str
    what: str
    user_id: str = ""


class ChangeAccount(Asked):
    """A person's account gets another time zone, or becomes a guest's."""

    timezone: str
    is_guest: bool = False


class Actions:
    """Hands on what a person does; who they are is in the address."""

    def __init__(self, stage: Stage) -> None:
        """Take what people act on."""
        self._workspace = stage.workspace
        self._gestures = stage.gestures
        self._switch = stage.switch

    def routes(self) -> list[Route]:
        """Return the addresses."""
        does: dict[str, _Endpoint] = {
            "say": self.say,
            "click": self.click,
            "shortcut": self.shortcut,
            "submit": self.submit,
            "close": self.close,
            "channel": self.channel,
            "account": self.account,
        }
        return [
            Route(f"/gestures/{{user_id}}/{name}", self._once_the_bot_is_there(endpoint), methods=["POST"])
            for name, endpoint in does.items()
        ]

    def _once_the_bot_is_there(self, endpoint: _Endpoint) -> _Endpoint:
        """Let what is done while the bot is started anew wait for it; in Slack it would fail."""

        async def patient(request: Request) -> Response:
            await self._switch.at_rest()
            return await endpoint(request)

        return patient

    async def say(self, request: Request) -> Response:
        """Send a message or run a command."""
        said = await asked(request, Say)
        return answer(
            await self._gestures.say(_user(request), said.conversation_id, said.text, said.thread_ts)
        )

    async def click(self, request: Request) -> Response:
        """Click a button, or choose in an element that tells the bot at once."""
        it = await asked(request, Click)
        source: MessageSource | ViewSource = MessageSource(it.conversation_id, it.ts)
        if it.view_id:
            source = ViewSource(it.view_id)
        return answer(
            await self._gestures.click(_user(request), source, it.block_id, it.action_id, it.raw, it.values)
        )

    async def shortcut(self, request: Request) -> Response:
        """Choose a shortcut."""
        it = await asked(request, Choose)
        source = MessageSource(it.conversation_id, it.ts) if it.ts else None
        return answer(await self._gestures.shortcut(_user(request), it.callback_id, source))

    async def submit(self, request: Request) -> Response:
        """Submit a modal."""
        it = await asked(request, Submit)
        return answer(await self._gestures.submit(_user(request), it.view_id, it.values))

    async def close(self, request: Request) -> Response:
        """Close a modal."""
        it = await asked(request, Close)
        return answer(await self._gestures.close(_user(request), it.view_id))

    async def channel(self, request: Request) -> Response:
        """Change who is in a channel, or the channel itself."""
        it = await asked(request, ChangeChannel)
        person = self._workspace.person(_user(request))
        conversation = self._workspace.conversation(it.conversation_id)
        if person is None or conversation is None or person.id not in conversation.member_ids:
            return answer(GONE)
        return answer(self._change(it, person, conversation))

    async def account(self, request: Request) -> Response:
        """Change a person's account."""
        it = await asked(request, ChangeAccount)
        account = Account(it.timezone, it.is_guest)
        return answer(self._gestures.membership.change_account(_user(request), account))

    def _change(self, it: ChangeChannel, person: Person, conversation: Conversation) -> Outcome:
        membership = self._gestures.membership
        match it.what:
            case "invite":
                return membership.invite(person, conversation, it.user_id)
            case "remove":
                return membership.remove(person, conversation, it.user_id)
            case "archive":
                return membership.archive(person, conversation)
            case "share":
                return membership.share(person, conversation)
        return GONE


def _user(request: Request) -> str:
    return str(request.path_params["user_id"])

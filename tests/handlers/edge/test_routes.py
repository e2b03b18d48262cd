"""Whatever comes in is found by its name; everything else goes on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware

from bot.installation import UNREACHABLE, Unconfirmed
from handlers.answers import Answer, CloseModal, Group, Suggested, say
from handlers.asks import Ask, Chosen, Click, Happening, Looking, Submission
from handlers.callback_ids import CallbackId, ShortcutId, SourceId
from handlers.edge.payloads import Kind
from handlers.edge.routes import Routes
from handlers.errors import OUT_OF_REACH, UNEXPECTED
from handlers.events.subscriptions import EventType
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.register import register
from models.errors import DatabaseBusy, NotFound

Json = dict[str, Any]


def installed(**_: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")


class Noted(list[str]):
    """What ran; it stands for a Home, too, which is to follow what people do."""

    def follow(self, ask: Ask, note: object = ()) -> None:
        """Follow nothing."""

    def follow_later(self, ask: Ask) -> None:
        """Follow nothing later, either."""


@dataclass
class Desk:
    """The little of the kit that the edge takes."""

    home: Noted
    prefix: str = "x-"
    is_away: bool = False

    def tell_error(self, what: str, error: Exception) -> bool:
        self.home.append(f"{what}: {type(error).__name__}")
        return self.is_away

    def correlation_id(self) -> str:
        return "c0ffee"


def routes_with(ran: Noted) -> Routes:
    """Return routes that know one of each kind."""
    kit: Kit = Desk(ran)  # type: ignore[assignment]
    routes = Routes(kit)

    def listed(_kit: Kit, ask: Ask, text: str) -> Answer:
        return say(f"{text} in {ask.team_id}")

    def clicked(_kit: Kit, click: Click) -> None:
        ran.append(f"click {click.action_id}")

    def sent(_kit: Kit, sent: Submission) -> CloseModal:
        ran.append(f"form {sent.view['callback_id']}")
        return CloseModal()

    def offered(_kit: Kit, looking: Looking) -> Suggested:
        return Suggested((Group(f"Like {looking.text}", ({"value": "1"},)),))

    def happened(_kit: Kit, happening: Happening) -> None:
        ran.append(f"event {happening.receipt}")

    routes.commands({"risk": listed})
    routes.clicks({ActionId.RISK_EDIT: clicked})
    routes.submissions({CallbackId.RISK_LOG: sent})
    routes.choices({SourceId.PROJECT: offered})
    routes.events({EventType.MESSAGE: happened})
    return routes


@pytest.fixture
def ran() -> Noted:
    """Return what is noted of what ran."""
    return Noted()


class Beyond(Middleware):
    """Stands behind the listeners."""

    def process(self, **_: object) -> BoltResponse:
        return BoltResponse(status=404)


def app_with(routes: Routes, authorize: Callable[..., AuthorizeResult] = installed) -> App:
    app = App(signing_secret="secret", process_before_response=True, authorize=authorize)
    app.use(routes)
    app.use(Beyond())
    return app


def deliver(app: App, body: Json) -> BoltResponse:
    whole = {"team_id": "T1", "user_id": "U1", "trigger_id": "1.2", "user": {"id": "U1"}, **body}
    return app.dispatch(BoltRequest(mode="socket_mode", body=whole))


def test_a_command_is_answered_under_its_name_with_the_prefix(ran: Noted) -> None:
    app = app_with(routes_with(ran))
    given = deliver(app, {"command": "/x-risk", "text": "list"})
    assert given.status == 200
    assert "list in T1" in given.body
    assert deliver(app, {"command": "/risk", "text": "list"}).status == 404


def test_each_kind_of_payload_has_names_of_its_own(ran: Noted) -> None:
    app = app_with(routes_with(ran))
    view = {"id": "V1", "type": "modal", "callback_id": "risk_log", "blocks": []}
    answers = [
        deliver(app, {"type": "block_actions", "actions": [{"action_id": "risk_edit"}]}),
        deliver(app, {"type": "view_submission", "view": view}),
        deliver(app, {"type": "event_callback", "event_id": "E7", "event": {"type": "message"}}),
    ]
    assert [(each.status, each.body) for each in answers] == [(200, "")] * 3
    assert ran == ["click risk_edit", "form risk_log", "event E7"]
    offered = deliver(app, {"type": "block_suggestion", "action_id": "project", "value": "ac"})
    assert "Like ac" in offered.body
    # The names are the same, the kinds are not.
    view["callback_id"] = "risk_edit"
    assert deliver(app, {"type": "view_submission", "view": view}).status == 404
    assert deliver(app, {"type": "block_actions", "actions": [{"action_id": "risk_log"}]}).status == 404


@pytest.mark.parametrize("kind", ["shortcut", "message_action"])
def test_a_shortcut_is_found_on_a_message_and_anywhere(kind: str) -> None:
    ran: list[str] = []

    def chosen(_kit: Kit, _chosen: Chosen) -> Answer:
        ran.append(kind)
        raise KeyboardInterrupt

    routes = Routes(Desk(Noted()))  # type: ignore[arg-type]
    routes.shortcuts({ShortcutId.MOOD_NEW: chosen})
    with pytest.raises(KeyboardInterrupt):
        deliver(app_with(routes), {"type": kind, "callback_id": "mood_new"})
    assert ran == [kind]


@pytest.mark.parametrize("command", ["/other", "", None, ["/x-risk"], {"/x-risk": 1}, 7])
def test_what_nobody_knows_goes_on(ran: Noted, command: object) -> None:
    assert deliver(app_with(routes_with(ran)), {"command": command}).status == 404


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": ["risk_edit"]},
        {"type": "block_actions", "actions": [{"action_id": ["risk_edit"]}]},
        {"type": "view_submission", "view": {"type": "home", "callback_id": "risk_log"}},
        {"type": "view_closed", "view": {"type": "modal", "callback_id": "risk_log"}},
        {"type": "event_callback", "event": {"type": "nobody_asked_for_this"}},
        {"type": "something_new"},
        {"type": ["block_actions"]},
    ],
)
def test_what_is_not_as_slack_makes_it_goes_on(ran: Noted, payload: Json) -> None:
    assert deliver(app_with(routes_with(ran)), payload).status == 404
    assert not ran


def test_nothing_runs_where_the_app_is_not_installed(ran: Noted) -> None:
    def refused(**_: object) -> AuthorizeResult:
        raise Unconfirmed(UNREACHABLE)

    app = app_with(routes_with(ran), refused)
    deliver(app, {"type": "block_actions", "actions": [{"action_id": "risk_edit"}]})
    assert not ran


def test_an_event_that_finds_the_database_busy_is_brought_again(ran: Noted) -> None:
    failed = []

    def busy(_kit: Kit, _happening: Happening) -> None:
        raise DatabaseBusy

    def handle(error: Exception) -> BoltResponse:
        failed.append(error)
        return BoltResponse(status=500)

    routes = Routes(Desk(ran))  # type: ignore[arg-type]
    routes.events({EventType.MESSAGE: busy})
    app = app_with(routes)
    app.error(handle)
    event = {"type": "event_callback", "event_id": "E7", "event": {"type": "message"}}
    assert deliver(app, event).status == 500
    assert isinstance(failed[0], DatabaseBusy)


@pytest.mark.parametrize(("is_away", "told"), [(False, UNEXPECTED), (True, OUT_OF_REACH)])
def test_who_meets_an_error_reads_what_is_certain_and_gets_back_what_they_typed(
    ran: Noted,
    is_away: bool,  # noqa: FBT001 - one of two cases.
    told: str,
) -> None:
    def fail(_kit: Kit, _ask: Ask, _text: str) -> Answer:
        raise ConnectionError

    routes = Routes(Desk(ran, is_away=is_away))  # type: ignore[arg-type]
    routes.commands({"risk": fail})
    given = deliver(app_with(routes), {"command": "/x-risk", "text": "Keys may leak"})
    said = json.loads(given.body)["text"]
    assert said.startswith(told.format(code="c0ffee"))
    assert said.endswith("Keys may leak")
    assert ran == ["a listener failed: ConnectionError"]


def test_a_long_line_that_is_refused_is_given_back_and_a_short_one_is_not(ran: Noted) -> None:
    def refused(_kit: Kit, _ask: Ask, _text: str) -> Answer:
        what = "risk"
        raise NotFound(what, "R99")

    routes = Routes(Desk(ran))  # type: ignore[arg-type]
    routes.commands({"risk": refused})
    app = app_with(routes)
    long = json.loads(deliver(app, {"command": "/x-risk", "text": "close R99 the vendor has shipped"}).body)
    short = json.loads(deliver(app, {"command": "/x-risk", "text": "close R99 the vendor shipped"}).body)
    assert long["text"] == f"{short['text']} You typed:\nclose R99 the vendor has shipped"


def test_nothing_is_answered_twice(ran: Noted) -> None:
    routes = routes_with(ran)

    def other(_kit: Kit, _click: Click) -> None: ...

    with pytest.raises(ValueError, match="block_actions risk_edit has two listeners"):
        routes.clicks({ActionId.RISK_EDIT: other})
    assert routes.names(Kind.CLICK) == {"risk_edit"}


def test_every_name_that_the_product_gives_out_has_a_listener(ran: Noted) -> None:
    app = App(signing_secret="secret", authorize=installed)
    register(app, Desk(ran))  # type: ignore[arg-type]
    routes = next(each for each in app._middleware_list if isinstance(each, Routes))
    assert routes.names(Kind.CLICK) == frozenset(ActionId)
    assert routes.names(Kind.SUBMISSION) == frozenset(CallbackId)
    assert routes.names(Kind.SHORTCUT) == routes.names(Kind.MESSAGE_SHORTCUT) == frozenset(ShortcutId)
    assert routes.names(Kind.CHOICES) == frozenset(SourceId)
    assert routes.names(Kind.EVENT) == frozenset(EventType)

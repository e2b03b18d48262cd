"""The web application: what it answers to Slack, to probes and to strangers."""

import json
from collections.abc import Callable
from functools import partial
from logging import getLogger

import pytest
from falcon import testing
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from bot import logs
from bot.health import Check, Readiness
from bot.settings import LogFormat, LogLevel
from bot.transports.http import LONGEST_BODY, LONGEST_PATH, SlackEvents, web_application
from bot.transports.signatures import WARN_EVERY, Refusals, Signatures, Unproven
from tests.bot.slack_side import SIGNING_SECRET, TEAM, TOKEN, command, signed

WELL: dict[str, Check] = {"database": lambda: None}
Headers = Callable[[], dict[str, str]]
"""Made when they are sent, for they hold the time."""
LONG_AGO = {"X-Slack-Request-Timestamp": "1"}
STRANGE = (
    *(("X-Slack-Request-Timestamp", value) for value in ("", "abc", "nan", "-1", "\xb2", "9" * 400)),
    *(("X-Slack-Signature", value) for value in ("v0=\xff\xfe", "", "v0=" + "z" * 64)),
)
"""Headers as no Slack writes them."""


def bolt_app(listener: Callable[[Ack], object]) -> App:
    app = App(
        name="test",
        logger=getLogger("slack_bolt"),
        process_before_response=True,
        request_verification_enabled=False,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=TOKEN),
    )
    app.command("/risk")(listener)
    return app


def client(
    listener: Callable[[Ack], object] = lambda ack: ack("done"), **checks: Check
) -> testing.TestClient:
    events = SlackEvents(bolt_app(listener), Signatures(SIGNING_SECRET))
    return testing.TestClient(web_application(events, Readiness(checks or WELL)))


def deliver(to: testing.TestClient, body: str | bytes, headers: dict[str, str]) -> testing.Result:
    return to.simulate_post("/slack/events", body=body, headers=headers)


def test_a_signed_command_gets_the_listeners_answer() -> None:
    body = command("/risk", "help")
    answer = deliver(client(), body, signed(body))
    assert (answer.status_code, answer.text) == (200, "done")


def test_an_answer_in_json_says_so() -> None:
    body = command("/risk", "help")
    answer = deliver(client(lambda ack: ack(text="done", blocks=[{"type": "divider"}])), body, signed(body))
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json["text"] == "done"


def changed(otherwise: dict[str, str]) -> dict[str, str]:
    """Return the headers of a command that Slack signed just now, with some of them otherwise."""
    return signed(command("/risk", "help")) | otherwise


def by_another() -> dict[str, str]:
    """Return the headers of a command that somebody signed just now who does not know the secret."""
    return signed(command("/risk", "help"), "another secret")


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(by_another, id="another secret"),
        pytest.param(lambda: {"Content-Type": "application/x-www-form-urlencoded"}, id="no signature"),
        pytest.param(lambda: changed(LONG_AGO), id="long ago"),
        *(
            pytest.param(partial(changed, {name: value}), id=f"{name[8:]} {value[:4]}")
            for name, value in STRANGE
        ),
    ],
)
def test_what_slack_did_not_sign_reaches_no_listener(headers: Headers) -> None:
    reached: list[str] = []
    answer = deliver(client(lambda _: reached.append("here")), command("/risk", "help"), headers())
    assert answer.status_code == 401
    assert reached == []


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        (dict, Unproven.UNSIGNED),
        (lambda: changed(LONG_AGO), Unproven.OLD),
        (by_another, Unproven.OTHERWISE),
    ],
)
def test_the_log_says_why_and_now_and_then_what_to_do(
    headers: Headers, why: Unproven, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    to = client()
    for _ in range(3):
        deliver(to, command("/risk", "help"), headers())
    first, *others = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert (first["event"], first["level"], first["status"], first["why"]) == (
        "refused",
        "warning",
        401,
        why.value,
    )
    assert first["remedy"]
    assert [(line["level"], line["why"]) for line in others] == [("info", why.value)] * 2


def test_it_warns_again_after_a_while(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    now = [0.0]
    refusals = Refusals(lambda: now[0])
    for at, why in ((0, Unproven.OLD), (WARN_EVERY - 1, Unproven.OLD), (WARN_EVERY, Unproven.OLD)):
        now[0] = at
        refusals.tell(why)
    levels = [json.loads(line)["level"] for line in capfd.readouterr().err.splitlines()]
    assert levels == ["warning", "info", "warning"]


def test_other_refusals_leave_a_line_each(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    to = client()
    to.simulate_get("/nowhere\nto\x1b be found" + "x" * 500)
    to.simulate_get("/slack/events")
    deliver(to, b"\xff\xfe", signed(""))
    deliver(to, "x" * (LONGEST_BODY + 1), signed(""))
    told = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert [(line["event"], line["status"]) for line in told] == [
        ("refused", status) for status in (404, 405, 400, 413)
    ]
    assert told[0]["path"].startswith("/nowhere%0Ato%1B%20be")
    assert len(told[0]["path"]) == LONGEST_PATH


def test_a_stranger_cannot_use_bolts_inner_headers() -> None:
    body = command("/risk", "help")
    inner = {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "anything"}
    assert deliver(client(), body, {**signed(body), **inner}).text == "done"


def test_a_body_too_long_is_refused_before_it_is_read() -> None:
    body = command("/risk", "x" * LONGEST_BODY)
    assert deliver(client(), body, signed(body)).status_code == 413


def test_a_body_that_is_no_text_is_refused() -> None:
    assert deliver(client(), b"\xff\xfe", signed("")).status_code == 400


def test_the_process_is_alive_whatever_the_checks_say() -> None:
    answer = client(database=lambda: "does not answer").simulate_get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_ready_names_each_check() -> None:
    answer = client(database=lambda: None, slack=lambda: None).simulate_get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "checks": {"database": "ok", "slack": "ok"}}


def test_not_ready_is_503_and_names_what_to_do() -> None:
    answer = client(database=lambda: None, slack=lambda: "refuses SLACK_BOT_TOKEN").simulate_get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"] == {"database": "ok", "slack": "refuses SLACK_BOT_TOKEN"}


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/events/more", "/admin"])
def test_other_addresses_are_not_found(path: str) -> None:
    assert client().simulate_get(path).status_code == 404


def test_in_socket_mode_nothing_of_slacks_is_taken_over_http() -> None:
    body = command("/risk", "help")
    without_app = testing.TestClient(web_application(None, Readiness(WELL)))
    assert deliver(without_app, body, signed(body)).status_code == 404
    assert without_app.simulate_get("/readyz").status_code == 200


def test_events_are_posted() -> None:
    assert client().simulate_get("/slack/events").status_code == 405


def test_a_fault_of_ours_is_logged_and_tells_the_caller_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def broken() -> str | None:
        raise RuntimeError("inner secret")  # noqa: EM101, TRY003 - the test is about this message.

    logs.configure(LogLevel.INFO, LogFormat.JSON)
    answer = client(database=broken).simulate_get("/readyz")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "broken" not in answer.text
    line = json.loads(capfd.readouterr().err)
    assert (line["event"], line["path"], line["error"]) == ("request_failed", "/readyz", "RuntimeError")


def test_one_line_is_logged_for_a_request_without_what_was_typed(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    body = command("/risk", "Staging certs expire")
    deliver(client(), body, signed(body))
    [written] = capfd.readouterr().err.splitlines()
    assert json.loads(written)["event"] == "answered"
    assert "Staging" not in written
    assert signed(body)["X-Slack-Signature"] not in written


def test_a_request_that_nobody_handles_does_not_print_its_payload(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogLevel.DEBUG, LogFormat.JSON)
    body = command("/unknown", "Staging certs expire")
    assert deliver(client(), body, signed(body)).status_code == 404
    [written] = capfd.readouterr().err.splitlines()
    assert json.loads(written)["event"] == "answered"

"""Who the bot is: asked of Slack once, and the same for people of every team."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt.context import BoltContext
from slack_sdk import WebClient

from bot import logs
from bot.installation import UNREACHABLE, Installation, Unconfirmed
from bot.settings import LogFormat, LogLevel
from tests.bot.slack_side import AUTH_TEST, TEAM, TOKEN, web_api

NOBODY = "http://127.0.0.1:9/"


def installation(url: str) -> Installation:
    return Installation(WebClient(token=TOKEN, base_url=url, timeout=30, retry_handlers=[]), TOKEN)


def answering(*answers: dict[str, Any]) -> dict[str, Callable[[dict[str, str]], dict[str, Any]]]:
    """Answer auth.test with each of these in turn."""
    left = list(answers)
    return {"auth.test": lambda _: left.pop(0)}


def authorize(asked: Installation, **of: str | None) -> BoltContext:
    context = BoltContext({"client": WebClient(), **of})
    asked(context=context, enterprise_id=of.get("enterprise_id"), team_id=of.get("team_id"), user_id=None)
    return context


def test_slack_is_asked_once_however_many_ask_at_the_same_time() -> None:
    all_here = threading.Barrier(8)

    def ask() -> str | None:
        all_here.wait(30)
        return asked.confirm().team_id

    with web_api() as api:
        asked = installation(api.url)
        with ThreadPoolExecutor(8) as people:
            teams = [future.result() for future in [people.submit(ask) for _ in range(8)]]
        assert teams == [TEAM] * 8
        assert api.calls == ["auth.test"]


def test_a_failure_is_not_remembered() -> None:
    with web_api(answering({"ok": False, "error": "invalid_auth"}, AUTH_TEST)) as api:
        asked = installation(api.url)
        with pytest.raises(Unconfirmed) as refusal:
            asked.confirm()
        assert refusal.value.code == "invalid_auth"
        assert asked.confirm().bot_user_id == "U0BOT"


def test_a_slack_that_does_not_answer_is_told_from_one_that_refuses() -> None:
    with pytest.raises(Unconfirmed) as refusal:
        installation(NOBODY).confirm()
    assert refusal.value.code == UNREACHABLE


def test_an_answer_without_slacks_word_is_somebody_elses() -> None:
    with web_api(answering({"ok": False})) as api, pytest.raises(Unconfirmed) as refusal:
        installation(api.url).confirm()
    assert refusal.value.code == UNREACHABLE


def test_a_person_of_another_team_acts_in_the_installed_workspace() -> None:
    with web_api() as api:
        context = authorize(installation(api.url), enterprise_id="E0OTHER", team_id="T0OTHER")
        assert (context.enterprise_id, context.team_id) == (None, TEAM)
        assert context.client.token == TOKEN
        assert "team_id" not in context.client.default_params


def test_a_refused_token_is_logged_by_the_name_of_its_setting(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    refusal = {"ok": False, "error": "token_revoked"}
    with web_api(answering(refusal, refusal, AUTH_TEST, refusal)) as api:
        asked = installation(api.url)
        codes = [asked.refusal() for _ in range(3)]
        asked.forget()
        assert [*codes, asked.refusal()] == ["token_revoked", "token_revoked", None, "token_revoked"]
    written = capfd.readouterr().err
    lines = [json.loads(line) for line in written.splitlines()]
    assert [(line["code"], line["setting"]) for line in lines] == [("token_revoked", "SLACK_BOT_TOKEN")] * 2
    assert "OAuth & Permissions" in lines[0]["remedy"]
    assert TOKEN not in written


def test_what_is_logged_of_a_slack_that_is_away_is_no_made_up_answer() -> None:
    assert str(Unconfirmed(UNREACHABLE)) == "Slack has not confirmed SLACK_BOT_TOKEN: unreachable"

"""The manifest: Slack takes it, it names every command and only those, and asks for what is used."""

import ast
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.cli import main
from bot.slack.manifest import EVENTS_PATH, SCOPES, explanation, manifest
from handlers.events.subscriptions import SUBSCRIPTIONS
from handlers.grammar import COMMANDS
from tests.bot.manifest_schema import MANIFEST

URL = "https://drumbeat.example.org"
ROOT = Path(__file__).parents[2]

NEEDED_BY = {
    "auth_test": set[str](),
    "views_open": set[str](),
    "views_push": set[str](),
    "views_update": set[str](),
    "views_publish": set[str](),
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "users_info": {"users:read"},
    "conversations_info": {"channels:read", "groups:read"},
    "users_conversations": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "conversations_open": {"im:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
}
"""Which scopes each method of the Web API needs, for channels public and private. Source: docs.slack.dev."""


def commands(made: dict[str, Any]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = made["features"]["slash_commands"]
    return listed


@pytest.mark.parametrize("url", [URL, None])
@pytest.mark.parametrize("prefix", ["", "x", "a-prefix-of-twenty-ch"])
def test_slack_takes_it(prefix: str, url: str | None) -> None:
    jsonschema.validate(manifest(url, prefix), MANIFEST)


def test_it_names_every_command_of_the_grammar_and_no_other() -> None:
    assert [each["command"] for each in commands(manifest(URL))] == [
        f"/{command.name}" for command in COMMANDS
    ]


def test_each_command_has_its_summary_and_hint_and_gets_people_as_ids() -> None:
    for each, command in zip(commands(manifest(URL)), COMMANDS, strict=True):
        assert (each["description"], each["usage_hint"]) == (command.summary, command.usage_hint)
        assert each["should_escape"] is True


def test_a_prefix_renames_every_command() -> None:
    assert [each["command"] for each in commands(manifest(URL, "x"))] == [
        f"/x-{each.name}" for each in COMMANDS
    ]


def test_everything_goes_to_one_address() -> None:
    made = manifest(URL + "/")
    assert {each["url"] for each in commands(made)} == {URL + EVENTS_PATH}
    assert made["settings"]["interactivity"] == {
        "is_enabled": True,
        "request_url": URL + EVENTS_PATH,
        "message_menu_options_url": URL + EVENTS_PATH,
    }


def test_socket_mode_needs_no_address() -> None:
    made = manifest(None)
    assert made["settings"]["socket_mode_enabled"] is True
    assert manifest(URL)["settings"]["socket_mode_enabled"] is False
    assert "url" not in json.dumps(made)


@pytest.mark.parametrize("url", [URL, None])
def test_it_subscribes_to_the_events_that_have_a_listener(url: str | None) -> None:
    subscribed = manifest(url)["settings"]["event_subscriptions"]
    assert subscribed["bot_events"] == sorted(each.name for each in SUBSCRIPTIONS)
    assert subscribed.get("request_url") == (url and URL + EVENTS_PATH)


def web_api_methods() -> set[str]:
    """Return the methods of Slack's that the program calls, by the way its client names them."""
    files = [path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py")]
    trees = [ast.parse(path.read_text()) for path in files if "demo" not in path.relative_to(ROOT).parts]
    called = {
        node.func.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    families = ("auth_", "chat_", "conversations_", "files_", "reactions_", "usergroups_", "users_", "views_")
    return {name for name in called if name.startswith(families)}


def test_the_scopes_are_those_that_the_calls_need() -> None:
    for_calls = [NEEDED_BY[method] for method in web_api_methods()]
    needed = {"commands"}.union(*for_calls, *(each.scopes for each in SUBSCRIPTIONS))
    assert {scope.name for scope in SCOPES} == needed


def test_each_scope_is_explained() -> None:
    explained = explanation()
    for each in SUBSCRIPTIONS:
        assert f"{each.name}\n  for:     {each.why}" in explained
    for scope in SCOPES:
        assert f"{scope.name}\n  for:     {scope.why}\n  without: {scope.without}" in explained


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", URL)
    assert main(["manifest", "--prefix", "x"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == manifest(URL, "x")
    assert "COMMAND_PREFIX=x" in printed.err


def test_the_prefix_that_the_bot_runs_with_needs_no_option(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", URL)
    monkeypatch.setenv("COMMAND_PREFIX", "x")
    assert main(["manifest"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == manifest(URL, "x")
    assert printed.err == ""


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "PUBLIC_URL is not set"),
        ("http://drumbeat.example.org", "Slack wants an address that begins with https://"),
        ("http://localhost:3000", "Slack wants an address that begins with https://"),
        ("https://drumbeat.example.org", ""),
    ],
)
def test_an_address_that_slack_would_not_reach_is_doubted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, address: str, told: str
) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    assert main(["manifest"]) == 0
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == bool(told)


def test_the_command_prints_it_for_socket_mode(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    assert main(["manifest", "--socket"]) == 0
    assert json.loads(capsys.readouterr().out) == manifest(None)


def test_the_command_explains_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--explain"]) == 0
    assert capsys.readouterr().out.strip() == explanation()


@pytest.mark.parametrize("prefix", ["X", "über", "a b", "a-", "a" * 21])
def test_a_prefix_that_slack_would_refuse_is_refused_here(
    prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["manifest", "--prefix", prefix])
    assert "small letters" in capsys.readouterr().err

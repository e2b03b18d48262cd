"""Settings: what is wrong is named, with where to find it, and secrets stay secret."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import (
    WHERE_TO_FIND,
    DatabaseSettings,
    LogFormat,
    ManifestSettings,
    Settings,
    SettingsProblem,
    misspelt,
)

ENOUGH = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_SIGNING_SECRET": "0" * 32}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in WHERE_TO_FIND:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in ENOUGH.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def problem_of(kind: type[DatabaseSettings] = Settings) -> str:
    with pytest.raises(SettingsProblem) as refusal:
        kind.from_environment()
    return str(refusal.value)


def test_two_secrets_are_enough(environment: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - it sets them.
    settings = Settings.from_environment()
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url.get_secret_value() == "sqlite:///drumbeat.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)
    assert settings.drumbeat_admins == frozenset()


def test_every_missing_setting_is_named_at_once_with_where_to_find_it() -> None:
    problem = problem_of()
    assert "SLACK_BOT_TOKEN is missing" in problem
    assert "OAuth & Permissions" in problem
    assert "SLACK_SIGNING_SECRET is missing" in problem
    assert "Basic Information" in problem
    assert len(problem.splitlines()) < 24


def test_socket_mode_needs_no_signing_secret(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_SIGNING_SECRET")
    environment.setenv("SLACK_APP_TOKEN", "xapp-1-A1")
    settings = Settings.from_environment()
    assert settings.slack_app_token is not None
    assert settings.slack_app_token.get_secret_value() == "xapp-1-A1"
    assert "xapp" not in repr(settings)


def test_a_wrong_app_token_is_the_only_complaint(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_SIGNING_SECRET")
    environment.setenv("SLACK_APP_TOKEN", "xoxb-1")
    problem = problem_of()
    assert "connections:write" in problem
    assert "SLACK_SIGNING_SECRET is missing" not in problem


def test_an_empty_variable_counts_as_unset(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PORT", "")
    environment.setenv("SLACK_BOT_TOKEN", "")
    assert "SLACK_BOT_TOKEN is missing" in problem_of()
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1-secret")
    assert Settings.from_environment().port == 3000


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1-A1", "is an app-level token (xapp-…), not the bot's"),
        ("SLACK_BOT_TOKEN", "xoxp-1-A1", "is a user token (xoxp-…), not the bot's"),
        ("SLACK_APP_TOKEN", "xoxb-1-A1", "is not an app-level token (xapp-…)"),
        ("SLACK_BOT_TOKEN", "foo", "is not a bot token (xoxb-…)"),
        ("SLACK_SIGNING_SECRET", "zz", "is not a signing secret (32 digits and letters from a to f)"),
        ("DRUMBEAT_ADMINS", "U1,bob", "names what is no Slack user id (U…, W…): bob"),
        ("SLACK_SIGNING_SECRET", "two words", "has a space or a line break in it"),
        ("SLACK_API_URL", "slack.com/api", "is not a web address"),
        ("DATABASE_URL", "mysql://root@host/db", "is not an address of SQLite"),
        ("DATABASE_URL", "postgresql://u:p@ss#w/rd@127.0.0.1/d", "has an @, / or # in its user or password"),
        ("DATABASE_URL", "postgres://u:p@ss?w@127.0.0.1/d", "has an @, / or # in its user or password"),
        ("DATABASE_URL", "postgresql://u/x:pass@127.0.0.1/d", "has an @, / or # in its user or password"),
        (
            "DATABASE_URL",
            "sqlite:///drumbeat.db?timeout=abc",
            "says timeout=abc behind its ?, which SQLite's",
        ),
        ("DATABASE_URL", "sqlite:///drumbeat.db?uri=maybe", "says uri=maybe behind its ?, which SQLite"),
        ("COMMAND_PREFIX", "Über", "must be up to 20 small letters"),
        ("COMMAND_PREFIX", "x-", "must be up to 20 small letters, digits, - and _, with a letter or digit"),
        ("PORT", "70000", "is not a number from 0 to 65535"),
        ("PORT", "three", "is not a number from 0 to 65535"),
        ("LOG_LEVEL", "loud", "cannot be used"),
        ("TEMPLATES_DIR", "/no/such/folder", "cannot be used"),
    ],
)
def test_a_wrong_value_is_named(
    environment: pytest.MonkeyPatch, name: str, value: str, complaint: str
) -> None:
    environment.setenv(name, value)
    assert f"{name} {complaint}" in problem_of()


def test_no_complaint_repeats_a_secret(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_BOT_TOKEN", "xoxp-hush hush")
    environment.setenv("SLACK_SIGNING_SECRET", "hush hush")
    for address in ("mysql://root:hush@host/db", "postgresql://root:a@hush#hush/hush@host/db"):
        environment.setenv("DATABASE_URL", address)
        assert "hush" not in problem_of()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:p%40ss%23w%2Frd@host:5432/db",
        "postgresql+psycopg://u:p#w/rd?:x@host/db",
        "postgres://u@/db?host=/run/postgresql",
        "postgresql://host/db",
        "sqlite:////data/@home/a@b/drumbeat.db",
    ],
)
def test_an_address_that_can_be_read_in_one_way_stands(environment: pytest.MonkeyPatch, address: str) -> None:
    environment.setenv("DATABASE_URL", address)
    assert Settings.from_environment().database_url.get_secret_value() == address


def test_printing_the_settings_shows_no_secret(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "postgresql://dana:5ecret@host/db")
    shown = repr(Settings.from_environment())
    assert "xoxb" not in shown
    assert "5ecret" not in shown


def test_an_address_gets_the_slash_that_a_method_needs(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_API_URL", "http://127.0.0.1:3000/api")
    environment.setenv("SLACK_SIGNING_SECRET", "what stands in for Slack has its own".replace(" ", "-"))
    assert Settings.from_environment().slack_api_url == "http://127.0.0.1:3000/api/"


def test_admins_are_a_comma_list(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DRUMBEAT_ADMINS", " U1, U2 ,,")
    assert Settings.from_environment().drumbeat_admins == {"U1", "U2"}


def test_words_may_be_written_large(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("LOG_FORMAT", "Console")
    environment.setenv("TEMPLATES_DIR", str(tmp_path))
    settings = Settings.from_environment()
    assert settings.log_format is LogFormat.CONSOLE
    assert settings.templates_dir == tmp_path


def test_settings_do_not_change(environment: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - it sets them.
    with pytest.raises(ValidationError, match="frozen"):
        Settings.from_environment().port = 1  # type: ignore[misc]


def test_the_database_and_the_manifest_ask_for_no_slack_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/db")
    assert DatabaseSettings.from_environment().database_url.get_secret_value() == "postgresql://host/db"
    assert ManifestSettings.from_environment().public_url.startswith("https://")


def test_every_setting_has_its_explanation() -> None:
    names = {name.upper() for kind in (Settings, ManifestSettings) for name in kind.model_fields}
    assert names == set(WHERE_TO_FIND)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DATABASE_URI", "DATABASE_URL"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("SLACK_TOKEN", "SLACK_BOT_TOKEN"),
        ("SLACK_SIGNING_SECRETS", "SLACK_SIGNING_SECRET"),
        ("DRUMBEAT_ADMIN", "DRUMBEAT_ADMINS"),
        ("DRUMBEAT_OWNERS", "DRUMBEAT_ADMINS"),
    ],
)
def test_a_variable_that_looks_like_a_setting_is_noticed_unless_that_is_set(
    name: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "x")
    assert misspelt() == {name: meant}
    monkeypatch.setenv(meant, "x")
    assert misspelt() == {}


def test_what_others_call_their_settings_is_no_business_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = (
        "HOSTNAME PGHOST PORTS MY_LOG_LEVEL TEST_DATABASE_URL POSTGRES_PASSWORD SLACK_WEBHOOK_URL HTTPS_PROXY"
    )
    for name in theirs.split():
        monkeypatch.setenv(name, "x")
    assert misspelt() == {}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-…", "has a character in it that no secret of Slack's has"),
        ("SLACK_BOT_TOKEN", "xoxb-...", "is cut short"),
        ("SLACK_BOT_TOKEN", "xoxb-", "is cut short"),
        ("SLACK_APP_TOKEN", "xapp-…", "has a character in it that no secret of Slack's has"),
        ("SLACK_SIGNING_SECRET", "…", "has a character in it that no secret of Slack's has"),
        ("PUBLIC_URL", "drumbeat.example.com", "is not a web address"),
    ],
)
def test_what_stands_in_an_example_is_refused(
    environment: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    environment.setenv(name, value)
    assert f"{name} {told}" in problem_of()

"""Token, scopes and clock: what Slack says of itself and of us becomes a line with its remedy."""

from datetime import UTC, datetime, timedelta
from socket import gaierror
from ssl import SSLError
from urllib.error import URLError

import pytest

from bot.demo.api.faults import Fault, FaultKind
from bot.doctor.examination import examine
from bot.doctor.findings import Severity, Subject
from bot.slack.silence import why_silent
from tests.bot.doctor.patient import APP_TOKEN, TOKEN, Diagnose, SetAll, api, lines, slack
from tests.bot.slack_side import AUTH_TEST, web_api


def test_a_wrong_token_is_named(diagnose: Diagnose) -> None:
    with slack() as served:
        report = diagnose(SLACK_BOT_TOKEN="xoxb-2-another", SLACK_API_URL=api(served))
    assert lines(report, "token") == ["problem: Slack does not know SLACK_BOT_TOKEN"]


@pytest.mark.parametrize("fault", [FaultKind.SERVER_ERROR, FaultKind.LOST_REPLY, FaultKind.RATE_LIMITED])
def test_slack_in_trouble(diagnose: Diagnose, fault: FaultKind) -> None:
    with slack() as served:
        served.demo.faults.next("auth.test", Fault(fault))
        report = diagnose(SLACK_API_URL=api(served))
    [line] = lines(report, "token", "problem")
    assert "Slack" in line
    assert "mistake in Drumbeat" not in report["token"][0]["mend"]


def test_who_answers_in_slacks_place_is_not_blamed_on_the_token(diagnose: Diagnose) -> None:
    with slack() as served:
        elsewhere = lines(diagnose(SLACK_API_URL=f"{served.address}/nowhere/"), "token")
        served.demo.faults.next("auth.test", Fault(FaultKind.SERVER_ERROR))
        in_trouble = lines(diagnose(SLACK_API_URL=api(served)), "token")
    assert elsewhere == ["problem: what answers at SLACK_API_URL is not Slack (HTTP 404)"]
    assert in_trouble[0].startswith("problem: Slack is in trouble (HTTP 5")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (URLError(gaierror()), "its name is not found"),
        (URLError("no"), "no connection came about"),
        (TimeoutError(), "not in time"),
        (SSLError(), "no TLS came about"),
    ],
)
def test_silence_is_told_in_words(error: Exception, words: str) -> None:
    assert why_silent(error) == words


def test_no_way_to_slack(diagnose: Diagnose) -> None:
    assert lines(diagnose(), "token") == ["problem: Slack does not answer (nothing listens there)"]


@pytest.mark.parametrize(
    ("without", "found"),
    [
        ("users:read", "problem: users:read is not granted: nobody can be told apart from a guest"),
        ("commands", "problem: commands is not granted: nothing works"),
        ("groups:read", "warning: groups:read is not granted: announcements meant for private channels"),
    ],
)
def test_a_missing_scope_says_what_is_lost(diagnose: Diagnose, without: str, found: str) -> None:
    with slack(without=without) as served:
        report = diagnose(SLACK_API_URL=api(served))
    [line] = lines(report, "scopes")
    assert line.startswith(found)
    assert "Reinstall" in report["scopes"][0]["mend"]


def test_a_scope_too_many(diagnose: Diagnose) -> None:
    with slack(scopes=("admin", "files:read")) as served:
        report = diagnose(SLACK_API_URL=api(served))
    assert lines(report, "scopes") == [
        "warning: the token may do more than Drumbeat needs: admin, files:read"
    ]


@pytest.mark.parametrize(
    ("ahead", "found"),
    [
        (timedelta(seconds=10), "ok: this machine's clock and Slack's agree"),
        (timedelta(seconds=-150), "behind Slack's; from five minutes on"),
        (timedelta(seconds=310), "ahead of Slack's, so every request of Slack's is refused"),
        (timedelta(days=-2), "behind Slack's, so every request"),
    ],
)
def test_the_clock(settings: SetAll, ahead: timedelta, found: str) -> None:
    with slack() as served:
        settings(SLACK_API_URL=api(served))
        findings = list(examine(lambda: datetime.now(UTC) + ahead))  # noqa: TID251 - The header has the real time.
    [finding] = [each for each in findings if each.subject is Subject.CLOCK]
    assert found in f"{finding.severity}: {finding.what}"
    assert (finding.severity is Severity.PROBLEM) == (abs(ahead) > timedelta(minutes=5))


def test_a_token_of_a_person(diagnose: Diagnose) -> None:
    person = {name: value for name, value in AUTH_TEST.items() if name != "bot_id"}
    with web_api({"auth.test": lambda _: dict(person)}) as served:
        report = diagnose(SLACK_API_URL=served.url)
    assert lines(report, "token") == ["problem: SLACK_BOT_TOKEN belongs to a person, not to the bot"]


def test_a_proxy_that_drops_what_slack_says_of_the_scopes(diagnose: Diagnose) -> None:
    with web_api() as served:
        report = diagnose(SLACK_API_URL=served.url)
    assert lines(report, "scopes") == ["warning: Slack did not say what the token may do"]


# Socket Mode.


@pytest.mark.parametrize(
    ("app_token", "found"),
    [
        (APP_TOKEN, "ok: Slack offers a connection for Socket Mode"),
        ("xapp-2-another", "problem: Slack does not know SLACK_APP_TOKEN"),
    ],
)
def test_socket_mode_needs_neither_secret_nor_address(diagnose: Diagnose, app_token: str, found: str) -> None:
    with slack(in_socket_mode=True) as served:
        report = diagnose(SLACK_APP_TOKEN=app_token, SLACK_SIGNING_SECRET="", SLACK_API_URL=api(served))
    assert [line.startswith(found) for line in lines(report, "socket")] == [True], report
    assert lines(report, "settings") == ["ok: all that is needed is set"]
    assert not {"secret", "address"} & set(report)


def test_no_way_to_slack_in_socket_mode(diagnose: Diagnose) -> None:
    report = diagnose(SLACK_APP_TOKEN=APP_TOKEN)
    assert lines(report, "socket") == ["problem: Slack does not answer (nothing listens there)"]


def test_an_app_token_of_another_kind(diagnose: Diagnose) -> None:
    report = diagnose(SLACK_APP_TOKEN=TOKEN, SLACK_SIGNING_SECRET="")
    [line] = lines(report, "settings", "problem")
    assert line.startswith("problem: SLACK_APP_TOKEN is not an app-level token")
    assert "socket" not in report

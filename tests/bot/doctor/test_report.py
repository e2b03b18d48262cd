"""The report: a sound installation, one line a finding, and settings that are wrong."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from bot.cli import main
from bot.doctor.examination import guarded
from bot.doctor.findings import Finding, Severity, Subject, ok
from bot.settings import WHERE_TO_FIND
from tests.bot.doctor.patient import Diagnose, SetAll, api, filled, lines, slack

INSTEAD = "its announcements go to the project's leads instead"


def test_a_sound_installation_has_no_problem(diagnose: Diagnose, database_url: str) -> None:
    with slack() as served:
        report = diagnose(DATABASE_URL=filled(database_url), SLACK_API_URL=api(served))
    assert [line for subject in report for line in lines(report, subject, "problem")] == []
    assert lines(report, "settings") == ["ok: all that is needed is set"]
    assert lines(report, "token") == ["ok: Slack knows the bot as @drumbeat in Studio North (T01STUDIO)"]
    assert lines(report, "schema") == ["ok: the tables are those that this version needs"]
    [events] = lines(report, "events")
    assert "member_joined_channel, message.im" in events
    assert events.endswith("below a Request URL that is verified")
    [scopes] = lines(report, "scopes")
    assert scopes.startswith("ok: ")
    [database] = lines(report, "database")
    assert database.endswith("answers, can be written, and nobody holds it locked")
    assert "nobody holds" in database
    assert lines(report, "channels") == [
        f"warning: COBALT (C01COBALT): guests read the channel (Yuki Mori); {INSTEAD}",
        "ok: in order: 3 of 4 projects' channels",
    ]


def test_people_read_lines_and_a_sum(settings: SetAll, capsys: pytest.CaptureFixture[str]) -> None:
    settings(SLACK_SIGNING_SECRET="")
    assert main(["doctor"]) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == (
        "problem  settings  SLACK_SIGNING_SECRET is missing → " + WHERE_TO_FIND["SLACK_SIGNING_SECRET"]
    )
    assert last == "2 problems, 2 warnings."


@pytest.mark.parametrize(
    ("setting", "value", "subject", "found"),
    [
        ("SLACK_BOT_TOKEN", "", "settings", "problem: SLACK_BOT_TOKEN is missing"),
        ("SLACK_BOT_TOKEN", "xoxp-1", "settings", "problem: SLACK_BOT_TOKEN is a user token"),
        ("SLACK_SIGNING_SECRET", "two words", "settings", "problem: SLACK_SIGNING_SECRET has a space"),
        ("DATABASE_URL", "mysql://x:pa55word@y/z", "settings", "problem: DATABASE_URL is not an address"),
        ("DATABASE_URL", "postgresql://u:pa55word@h:x/d", "database", "problem: DATABASE_URL cannot be read"),
        ("PORT", "seventy", "settings", "problem: PORT is not a number"),
        ("COMMAND_PREFIX", "Ü", "settings", "problem: COMMAND_PREFIX must be"),
        ("LOGLEVEL", "debug", "settings", "warning: LOGLEVEL is no setting of Drumbeat's"),
        ("LOG_LEVEL", "loud", "settings", "problem: LOG_LEVEL cannot be used"),
        ("TEMPLATES_DIR", "/no/such/folder", "settings", "problem: TEMPLATES_DIR cannot be used"),
        (
            "DRUMBEAT_ADMINS",
            "dana",
            "settings",
            "problem: DRUMBEAT_ADMINS names what is no Slack user id (U…, W…): dana",
        ),
        ("SLACK_SIGNING_SECRET", "5hort", "secret", "warning: SLACK_SIGNING_SECRET does not look like one"),
        ("SLACK_SIGNING_SECRET", "xoxb-1", "secret", "problem: SLACK_SIGNING_SECRET is another"),
        ("SLACK_SIGNING_SECRET", "123456.7890", "secret", "problem: SLACK_SIGNING_SECRET is another"),
        ("COMMAND_PREFIX", "x", "commands", "ok: the bot answers /x-risk, "),
        ("PUBLIC_URL", "ftp://x", "settings", "problem: PUBLIC_URL is not a web address"),
        (
            "PUBLIC_URL",
            "http://drumbeat.example.com",
            "address",
            "problem: http://drumbeat.example.com/ is not https",
        ),
        ("PUBLIC_URL", "", "address", "warning: PUBLIC_URL is not set here"),
    ],
)
def test_a_setting(diagnose: Diagnose, setting: str, value: str, subject: str, found: str) -> None:
    report = diagnose(**{setting: value})
    assert any(line.startswith(found) for line in lines(report, subject)), report


def test_texts_of_ones_own_that_do_not_fit(diagnose: Diagnose, tmp_path: Path) -> None:
    own = tmp_path / "mood_alert.txt.j2"
    own.write_text("{% block text %}\n{{ mod.word }}{% endblock %}", encoding="utf-8")
    wrong = lines(diagnose(TEMPLATES_DIR=str(tmp_path)), "settings", "problem")
    assert f"problem: TEMPLATES_DIR: {own}:2: mod is not known in this message; did you mean mood?" in wrong


def test_all_settings_wrong_at_once(diagnose: Diagnose) -> None:
    wrong = dict.fromkeys(WHERE_TO_FIND, "Ü ü")
    report = diagnose(**wrong)
    named = {line.split()[1] for line in lines(report, "settings", "problem")}
    assert named >= {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL", "PORT"}
    assert set(report) == {"settings"}


@pytest.mark.parametrize("setting", ["SLACK_API_URL", "PUBLIC_URL"])
@pytest.mark.parametrize("address", ["http://[half", "https://[half", "http://", "http://127.0.0.1:port/"])
def test_an_address_that_is_none(diagnose: Diagnose, setting: str, address: str) -> None:
    report = diagnose(**{setting: address})
    subject = "token" if setting == "SLACK_API_URL" else "address"
    assert not lines(report, subject, "ok")
    assert lines(report, subject)


def test_one_wrong_setting_hides_nothing_else(diagnose: Diagnose, new_sqlite_url: Callable[[], str]) -> None:
    with slack() as served:
        report = diagnose(
            PORT="x", SLACK_SIGNING_SECRET="", DATABASE_URL=new_sqlite_url(), SLACK_API_URL=api(served)
        )
    assert len(lines(report, "settings", "problem")) == 2
    assert len(lines(report, "token", "ok")) == len(lines(report, "schema", "ok")) == 1


def test_a_check_that_breaks_becomes_a_line() -> None:
    def broken() -> Generator[Finding, None, bool]:
        yield ok(Subject.CLOCK, "so far")
        msg = "pa55word"
        raise RuntimeError(msg)

    [_, finding] = guarded(Subject.CLOCK, broken())
    assert finding.severity is Severity.PROBLEM
    assert finding.what == "this could not be looked at (RuntimeError)"

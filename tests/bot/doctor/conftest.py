"""What the tests of the doctor share."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import WHERE_TO_FIND
from tests.bot.doctor.patient import APP_TOKEN, SECRET, TOKEN, Diagnose, Report, SetAll, filled


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SetAll:
    """Return a function that sets what is given, beside a token, a secret and an absent database."""
    for name in WHERE_TO_FIND:
        monkeypatch.delenv(name, raising=False)

    def set_all(**values: str) -> None:
        enough = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": "http://127.0.0.1:9/api/",
            "DATABASE_URL": f"sqlite:///{tmp_path}/none.db",
            "PORT": "0",
        }
        for name, value in {**enough, **values}.items():
            monkeypatch.setenv(name, value)

    return set_all


@pytest.fixture
def diagnose(settings: SetAll, capsys: pytest.CaptureFixture[str]) -> Diagnose:
    """Return a function that runs the doctor with these settings and returns what it found."""

    def run(**values: str) -> Report:
        settings(**values)
        code = main(["doctor", "--json"])
        printed = capsys.readouterr()
        assert printed.err == ""
        for hidden in (TOKEN, APP_TOKEN, SECRET, "pa55word"):
            assert hidden not in printed.out
        report = json.loads(printed.out)
        assert code == (0 if report["sound"] else 1)
        assert report["sound"] == all(each["severity"] != "problem" for each in report["findings"])
        found: Report = {}
        for finding in report["findings"]:
            assert finding["severity"] == "ok" or finding["mend"]
            assert "\n" not in finding["what"] + finding["mend"]
            found.setdefault(finding["subject"], []).append(finding)
        return found

    return run


@pytest.fixture(scope="session")
def company_file(new_sqlite_url: Callable[[], str]) -> Path:
    """Return a database with the company's projects, to be copied; filling it takes longer than a test."""
    return Path(filled(new_sqlite_url()).removeprefix("sqlite:///"))


@pytest.fixture
def company_url(company_file: Path, tmp_path: Path) -> str:
    """Return the address of a database with the company's projects."""
    return f"sqlite:///{shutil.copy(company_file, tmp_path / 'company.db')}"

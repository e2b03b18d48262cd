"""Travelling in time with the real bot: what waits until the morning comes in the morning."""

import re
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.clock import utc_now
from tests.demo.launched import PATIENCE, address, complaints_of_both, fragment, press, started, until

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
DANA = "U01DANA"


def before_the_clocks_change() -> datetime:
    """Return eight in the evening before Los Angeles next changes its clocks, a day from now at the least."""
    day = utc_now().astimezone(LOS_ANGELES).replace(hour=20, minute=0, second=0, microsecond=0)
    while True:
        day += timedelta(days=1)
        if day.utcoffset() != (day + timedelta(days=1)).utcoffset():
            return day


def new_years_eve() -> datetime:
    """Return eight in the evening of the year's last day; the next year's where it is too late for that."""
    now = utc_now().astimezone(LOS_ANGELES) + timedelta(days=1)
    return datetime(now.year, 12, 31, 20, tzinfo=LOS_ANGELES)


def begin_at(evening: datetime, folder: Path) -> None:
    """Leave the clock there, as an earlier run would have."""
    ahead = evening.astimezone(UTC) - utc_now()
    (folder / "clock").write_text(str(ahead // timedelta(microseconds=1)))


def say(at: str, who: str, text: str, where: str = "C01ACME") -> None:
    asked = {"conversation_id": where, "text": text}
    assert httpx.post(f"{at}/gestures/{who}/say", json=asked).json() == {"ok": True, "error": None}


def travel(at: str, how: str, moment: str = "") -> None:
    """Set out and arrive."""
    assert press(at, "travel", how=how, moment=moment) == {"ok": True, "error": None}
    for _ in range(PATIENCE * 20):
        if "Stop here" not in fragment(at, "clock"):
            return
        time.sleep(0.05)
    pytest.fail("the clock never arrived")


def said_to(at: str, who: str, text: str) -> list[datetime]:
    """Return when the bot said so to a person, by the messages' names."""
    page = httpx.get(f"{at}/fragments/{who}/D{who[1:]}/timeline").text
    articles = [article for article in page.split("<article")[1:] if text in article]
    found = [re.search(r'data-ts="([^"]+)"', article) for article in articles]
    return [datetime.fromtimestamp(float(each[1]), LOS_ANGELES) for each in found if each]


def arrive_in_the_morning(at: str, evening: datetime) -> datetime:
    """Have Dana want quiet in the evening, tell her something, and go on until she hears it; return when."""
    until(at, "running")
    say(at, DANA, "/drumbeat settings quiet 18:00-08:00")
    say(at, "U01SAM", "/risk Nobody has the keys")
    assert said_to(at, DANA, "Nobody has the keys") == []
    # The day begins earlier where others are, and the bot may have something to say to them.
    for _ in range(20):
        travel(at, "next")
        if said_to(at, DANA, "Nobody has the keys"):
            break
    morning = (evening + timedelta(days=1)).replace(hour=8)
    assert "10:00 in America/Chicago" in fragment(at, "clock")
    [came] = said_to(at, DANA, "Nobody has the keys")
    assert timedelta(0) <= came - morning < timedelta(minutes=1)
    assert came.date() == morning.date()
    return morning


def test_a_message_for_the_morning_comes_in_the_morning_of_new_year(tmp_path: Path) -> None:
    begin_at(new_years_eve(), tmp_path)
    with started(tmp_path, has_story=True) as process:
        arrive_in_the_morning(address(process), new_years_eve())
        process.send_signal(signal.SIGTERM)
        assert complaints_of_both(process) == ""


def test_it_comes_in_the_morning_after_the_clocks_changed_and_the_next_bot_knows_what_day_it_is(
    tmp_path: Path,
) -> None:
    evening = before_the_clocks_change()
    begin_at(evening, tmp_path)
    with started(tmp_path, has_story=True) as process:
        at = address(process)
        morning = arrive_in_the_morning(at, evening)
        assert "TIME TRAVELLED" in fragment(at, "clock")
        told = httpx.get(f"{at}/fragments/{DANA}/clock").text
        assert f'to <a href="/client/{DANA}/D01DANA">you</a>' in told
        assert "to Dana Ortiz" in fragment(at, "clock"), "others learn that there was something, and not what"
        assert "Nobody has the keys" not in fragment(at, "clock")

        assert press(at, "restart-bot")["ok"]
        assert not press(at, "travel", how="day")["ok"]
        until(at, "running")
        say(at, DANA, "/risk The keys come late due tomorrow")
        page = httpx.get(f"{at}/fragments/{DANA}/C01ACME/timeline").text
        tomorrow = morning + timedelta(days=1)
        assert f"Due {tomorrow.day} {tomorrow:%b}" in page
        process.send_signal(signal.SIGTERM)
        assert complaints_of_both(process) == ""
    with started(tmp_path) as process:
        page = httpx.get(f"{address(process)}/fragments/{DANA}/clock").text
        assert f'data-day="{morning.date()}"' in page
        process.send_signal(signal.SIGTERM)
        assert complaints_of_both(process) == ""


def test_a_day_goes_by_and_no_way_leads_back(tmp_path: Path) -> None:
    with started(tmp_path) as process:
        at = address(process)
        until(at, "running")
        travel(at, "day")
        tomorrow = utc_now().astimezone(ZoneInfo("America/Chicago")) + timedelta(days=1)
        assert f'data-day="{tomorrow.date()}"' in fragment(at, "clock")
        assert "The bot had nothing to say." in fragment(at, "clock")
        past = press(at, "travel", how="moment", moment="2026-01-01T00:00")
        assert "goes forward only" in str(past["error"])
        assert press(at, "travel", how="moment", moment="soon")["error"] == "Choose a date and a time."
        process.send_signal(signal.SIGTERM)
        assert complaints_of_both(process) == ""

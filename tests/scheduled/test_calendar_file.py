"""A date as a file that calendars take in."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduled.calendar_file import LINE_OCTETS, CalendarEvent, calendar_file

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
START = datetime(2026, 3, 11, 15, tzinfo=LOS_ANGELES)
_UNESCAPED = {"n": "\n"}
# What no line of a calendar can hold, and what a database refuses long before.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=400)


def event(title: str = "Delivery – PM", description: str = "", url: str = "") -> CalendarEvent:
    end = START + timedelta(hours=1)
    return CalendarEvent(
        "4f1c@drumbeat", 2, datetime(2026, 3, 10, 16, tzinfo=UTC), START, end, title, description, url
    )


def unfolded(content: bytes) -> list[str]:
    """Return the lines as a calendar reads them."""
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_a_meeting_reads_as_calendars_want_it() -> None:
    assert unfolded(calendar_file(event(description="Leads: Lee; notes, Dana\nA\\B"))) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Drumbeat//Meetings//EN",
        "BEGIN:VEVENT",
        "UID:4f1c@drumbeat",
        "SEQUENCE:2",
        "DTSTAMP:20260310T160000Z",
        "DTSTART:20260311T220000Z",
        "DTEND:20260311T230000Z",
        "SUMMARY:Delivery – PM",
        r"DESCRIPTION:Leads: Lee\; notes\, Dana\nA\\B",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_its_notes_are_an_address_as_it_stands() -> None:
    lines = unfolded(calendar_file(event(url="https://notes.example/delivery?a=1,2;b")))
    assert lines[-3:] == ["URL:https://notes.example/delivery?a=1,2;b", "END:VEVENT", "END:VCALENDAR"]


@given(texts)
def test_whatever_people_typed_comes_back_and_no_line_is_too_long(text: str) -> None:
    content = calendar_file(event(description=text))
    assert content.endswith(b"\r\n")
    assert all(len(line) <= LINE_OCTETS for line in content.split(b"\r\n"))
    [said] = [line for line in unfolded(content) if line.startswith("DESCRIPTION:")]
    back = re.sub(
        r"\\(.)", lambda found: _UNESCAPED.get(found[1], found[1]), said.removeprefix("DESCRIPTION:")
    )
    assert back == text

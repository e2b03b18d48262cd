"""A date as a file that calendars take in, as RFC 5545 has it.

Times are in UTC, which needs no description of a zone; every calendar shows them where its reader is.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from models.value import Value

LINE_OCTETS = 75
"""The longest line, without its end; what is longer goes on in the next line behind a space."""
_END = "\r\n"
_ESCAPED = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))


class CalendarEvent(Value):
    """Something that takes place. ``uid`` names it for ever; the one of the highest ``sequence`` counts."""

    uid: str
    sequence: int
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    description: str = ""
    url: str = ""


def calendar_file(event: CalendarEvent) -> bytes:
    """Return the file's bytes."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Drumbeat//Meetings//EN",
        "BEGIN:VEVENT",
        f"UID:{_escape(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(event.made_at)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SUMMARY:{_escape(event.title)}",
        f"DESCRIPTION:{_escape(event.description)}",
        *([f"URL:{event.url}"] if event.url else []),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(part + _END for line in lines for part in _folded(line)).encode()


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escape(text: str) -> str:
    for character, escaped in _ESCAPED:
        text = text.replace(character, escaped)
    return text


def _folded(line: str) -> Iterator[str]:
    """Yield the line in parts that are short enough, none of which ends within a character."""
    part, octets = "", 0
    for character in line:
        more = len(character.encode())
        if octets + more > LINE_OCTETS:
            yield part
            part, octets = " ", 1
        part += character
        octets += more
    yield part

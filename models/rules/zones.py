"""Time zones as people name them: a place, not three letters that mean two things a year or in two countries.

Source: the IANA time zone database; ``PST`` is wrong for half of the year, and ``IST`` is one of three.
"""

import re
from collections.abc import Collection

UTC = "UTC"

ABBREVIATIONS = {
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "MT": "America/Denver",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "CT": "America/Chicago",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "ET": "America/New_York",
    "AKST": "America/Anchorage",
    "HST": "Pacific/Honolulu",
    "BRT": "America/Sao_Paulo",
    "GMT": "Europe/London",
    "BST": "Europe/London",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "CET": "Europe/Berlin",
    "CEST": "Europe/Berlin",
    "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin",
    "MET": "Europe/Berlin",
    "EET": "Europe/Helsinki",
    "EEST": "Europe/Helsinki",
    "MSK": "Europe/Moscow",
    "IST": "Asia/Kolkata",
    "SGT": "Asia/Singapore",
    "JST": "Asia/Tokyo",
    "AWST": "Australia/Perth",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
}
"""A clock's abbreviation → the place whose clock is probably meant."""

_OFFSET = re.compile(r"(etc/)?(gmt|utc|uct|z)?\s*[+\-\u2212\u2013]?\s*\d{1,2}(:?\d\d)?", re.IGNORECASE)
"""So many hours from Greenwich, at which the database and people count in opposite directions."""

_FIXED = frozenset({"Z", "ZULU", "UCT"})


def place_of(typed: str, known: Collection[str]) -> str | None:
    """Return the zone that is meant, of those ``known``: by its own name, or by the name of its city.

    None for an abbreviation and for hours from Greenwich, which say no place, and for what nobody knows.
    """
    wanted = "_".join(typed.split()).casefold()
    if wanted.upper() in ABBREVIATIONS or _OFFSET.fullmatch(typed.strip()):
        return None
    if wanted.upper() in _FIXED:
        return UTC
    exact = [zone for zone in known if zone.casefold() == wanted]
    cities = sorted(zone for zone in known if "/" in zone and zone.rpartition("/")[2].casefold() == wanted)
    return next(iter([*exact, *cities]), None)


def why_no_place(typed: str) -> str:
    """Return what to say to somebody whose words name no zone."""
    meant = ABBREVIATIONS.get(typed.strip().upper())
    if meant is not None:
        return f"{typed.strip().upper()} says no place. Type {meant}: it stays right when the clocks change."
    if _OFFSET.fullmatch(typed.strip()):
        return (
            f"{typed.strip()} says no place. Type one, such as Europe/Berlin: it stays right when the clocks "
            "change. UTC alone is possible, too."
        )
    return "Name a place, such as Europe/Berlin or America/Los_Angeles."


def city_of(zone: str) -> str:
    """Return a zone's place as people call it: "Los Angeles"."""
    return zone.rpartition("/")[2].replace("_", " ")


def clock_words(zone: str) -> str:
    """Return whose clock it is: "Los Angeles time", or "UTC"."""
    return zone if "/" not in zone else f"{city_of(zone)} time"

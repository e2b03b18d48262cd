"""Countries whose holidays are known, as people call them; the library is loaded only for that."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_ALSO = {"UK": "GB", "ENGLAND": "GB", "GREAT BRITAIN": "GB", "USA": "US", "AMERICA": "US", "HOLLAND": "NL"}
"""What people say besides the names of the list."""


def country_of(typed: str) -> str | None:
    """Return the two letters of a country that somebody typed: "Germany", "de", "UK"."""
    wanted = " ".join(typed.replace("_", " ").split()).upper()
    names = _names()
    if wanted in names:
        return wanted
    code = _ALSO.get(wanted)
    return code or next((code for code, name in names.items() if name.upper() == wanted), None)


def country_name(code: str) -> str:
    """Return what people call it."""
    return _names().get(code, code)


def country_in(zone: str) -> str:
    """Return the name of the country to which a zone belongs, by its own name or by one that it had before.

    "" where it belongs to none, as UTC does, or where the country's holidays are not known.
    """
    code = _countries_of_zones().get(zone, "")
    return country_name(code) if code in _names() else ""


@cache
def _countries_of_zones() -> Mapping[str, str]:
    """Return zone → the two letters of its country.

    Source: the IANA time zone database, ``zone.tab``, and the links in ``tzdata.zi`` for earlier names.
    """
    folder = files("tzdata.zoneinfo")
    lines = [line.split("\t") for line in folder.joinpath("zone.tab").read_text().splitlines()]
    found = {line[2]: line[0] for line in lines if not line[0].startswith("#")}
    links = [line.split() for line in folder.joinpath("tzdata.zi").read_text().splitlines()]
    # What is no place, such as CET, is linked to one all the same.
    earlier = {link[2]: found.get(link[1], "") for link in links if link[:1] == ["L"] and "/" in link[2]}
    return {**earlier, **found}


@cache
def _names() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - large, and few rituals need it.

    found = {codes[1]: module.replace("_", " ").title() for module, codes in COUNTRIES.items()}
    return {**found, "GB": "United Kingdom", "US": "United States"}

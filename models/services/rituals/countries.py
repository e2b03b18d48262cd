"""Countries whose holidays are known, as people call them; the library is loaded only for that."""

from collections.abc import Mapping
from functools import cache

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


@cache
def _names() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - large, and few rituals need it.

    found = {codes[1]: module.replace("_", " ").title() for module, codes in COUNTRIES.items()}
    return {**found, "GB": "United Kingdom", "US": "United States"}

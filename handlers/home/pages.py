"""Which pages of its lists a home shows, as its buttons and the home itself carry it."""

import json
from collections.abc import Mapping
from typing import Any

from handlers.forms import metadata, pack, reading
from models.read_models.home import HomePages


def encode(pages: HomePages) -> str:
    """Return the pages as a button or the view carries them."""
    return pack({"mine": pages.mine, "portfolio": pages.portfolio})


@reading()
def decode(carried: str) -> HomePages:
    """Return the pages that a button carries. Raises Unreadable."""
    found = json.loads(carried)
    return HomePages(int(found["mine"]), int(found["portfolio"]))


@reading()
def pages_of(view: Mapping[str, Any]) -> HomePages:
    """Return the pages that a home shows. Raises Unreadable."""
    carried = metadata(view)
    return HomePages(int(carried.get("mine", 1)), int(carried.get("portfolio", 1)))

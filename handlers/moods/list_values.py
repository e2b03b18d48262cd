"""What a list's buttons carry: which readings it shows."""

import json
from uuid import UUID

from handlers.forms import pack, reading
from models.read_models import MoodFilter


def encode(wanted: MoodFilter) -> str:
    """Return a list's filter as a button carries it."""
    carried = {
        "project": str(wanted.project_id) if wanted.project_id else None,
        "mine": wanted.mine,
        "heard": wanted.heard,
        "page": wanted.page,
    }
    return pack({name: value for name, value in carried.items() if value})


@reading()
def decode(carried: str) -> MoodFilter:
    """Return the filter that a list's button carries. Raises Unreadable."""
    found = json.loads(carried)
    return MoodFilter(
        project_id=UUID(found["project"]) if "project" in found else None,
        mine=bool(found.get("mine")),
        heard=bool(found.get("heard")),
        page=int(found.get("page", 1)),
    )

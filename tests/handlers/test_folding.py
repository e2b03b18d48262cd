"""What stands behind More is carried along while it is hidden, and shown where it is too long for that."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from handlers.moods import modals
from handlers.moods.forms import MoodForm
from handlers.moods.line import read_line
from models.read_models import ProjectChoice

ACME = ProjectChoice(UUID(int=1), "ACME", "Acme web shop", is_mine=True)
METADATA_LENGTH = 3000
"""What Slack lets a modal carry."""


def opened(request: str) -> tuple[dict[str, Any], set[str]]:
    """Open the form of a line that lacks the mood; return what it carries, and its blocks."""
    line = read_line(f"tense call request: {request}", date(2026, 10, 14))
    view = modals.log_modal(MoodForm.of_line(line, None, "C1"), [ACME])
    assert len(view["private_metadata"]) <= METADATA_LENGTH
    return json.loads(view["private_metadata"]), {block.get("block_id") for block in view["blocks"]}


def test_a_short_request_stays_behind_more() -> None:
    carried, blocks = opened("a dark theme")
    assert carried["folded"] == {"request": "a dark theme"}
    assert "request" not in blocks


def test_what_is_too_long_to_carry_is_shown() -> None:
    """Each quotation mark takes two characters where it is carried."""
    quoted = '"' * 500
    carried, blocks = opened(f"{quoted} opportunity: {quoted}")
    assert carried["folded"] == {}
    assert {"request", "opportunity"} <= blocks

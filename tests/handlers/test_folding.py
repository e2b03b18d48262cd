"""What stands behind More is carried along while it is hidden, and shown where it is too long for that."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from handlers.moods import modals
from handlers.moods.forms import MoodForm
from handlers.moods.line import read_line
from handlers.raid.forms import RaidForm
from handlers.raid.modals import edit_modal
from models.read_models import ProjectChoice, RaidView
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility
from models.value import replace
from tests.handlers.sent import inputs, untouched
from tests.models.values import NOW, a_person

ACME = ProjectChoice(UUID(int=1), "ACME", "Acme web shop", is_mine=True)
METADATA_LENGTH = 3000
"""What Slack lets a modal carry."""

ISSUE = RaidView(
    id=UUID(int=3),
    workspace_id=UUID(int=4),
    project_id=UUID(int=1),
    project_key="ACME",
    project_name="Acme web shop",
    channel_id="C1",
    kind=RaidKind.ISSUE,
    number=3,
    version=1,
    status=RaidStatus.OPEN,
    title="Staging is down",
    raised_by=a_person("Sam"),
    raised_at=NOW,
    updated_at=NOW,
    details="Since noon.",
    other_party="Acme IT",
    supplier="Robin",
    visibility=Visibility.RESTRICTED,
)


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


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (RaidKind.ISSUE, ["title", "impact", "owner", "due"]),
        (RaidKind.ASSUMPTION, ["title", "owner", "due"]),
        (RaidKind.DEPENDENCY, ["title", "direction", "party", "owner", "due"]),
        (RaidKind.DECISION, ["title", "owner", "due"]),
    ],
)
def test_what_a_change_leaves_behind_more_stays_as_it_is(kind: RaidKind, shown: list[str]) -> None:
    whole = RaidForm.of_item(replace(ISSUE, kind=kind))
    view = edit_modal(RaidForm.of_item(replace(ISSUE, kind=kind), is_open=False))
    assert inputs(view) == shown
    assert RaidForm.read(untouched(view)).fields(None) == whole.fields(None)


def test_all_of_it_shows_where_somebody_changed_it_meanwhile() -> None:
    view = edit_modal(replace(RaidForm.of_item(ISSUE, is_open=False), note="*Dana changed ACME-I3.*"))
    assert inputs(view) == ["title", "impact", "owner", "due", "details", "visibility"]

"""What a form carries along comes back as we gave it, or is refused before anything is done with it."""

import json
from typing import Any

import pytest
from slack_bolt import BoltContext

from handlers.asks import read_click
from handlers.errors import words
from handlers.forms import Unreadable, beside_fields, text_in, unfolded
from handlers.projects.forms import ProjectForm
from models.errors import Invalid, NotFound

CARRIED = {
    "channel": "C01LUNCH",
    "typed": "risk x",
    "open": False,
    "has_bot": True,
    "guessed": {"name": "Lunch"},
}


def view(**changed: object) -> dict[str, Any]:
    """Return the form that makes a channel a project, with something else in what it carries along."""
    return {"private_metadata": json.dumps(CARRIED | changed), "blocks": []}


def test_what_was_guessed_comes_back() -> None:
    form = ProjectForm.read(view())
    assert (form.get("name"), form.typed, form.channel_id) == ("Lunch", "risk x", "C01LUNCH")


@pytest.mark.parametrize(
    "changed", [{"guessed": {"timezone": 1.5}}, {"guessed": [1]}, {"guessed": 7}, {"typed": ["risk"]}]
)
def test_what_was_never_guessed_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        ProjectForm.read(view(**changed))


def test_nothing_carried_is_nothing_filled_in() -> None:
    assert (unfolded({}), unfolded({"folded": None}), text_in({}, "title")) == ({}, {}, "")


@pytest.mark.parametrize(("length", "is_ours"), [(2000, True), (2001, False)])
def test_a_click_carries_no_more_than_slack_takes_from_us(length: int, is_ours: bool) -> None:  # noqa: FBT001 - a parameter.
    body = {
        "user": {"id": "U01DANA", "team_id": "T01"},
        "trigger_id": "1.2.x",
        "actions": [{"action_id": "raid_new", "value": "x" * length}],
    }
    context = BoltContext({"team_id": "T01"})
    if is_ours:
        assert len(read_click(body, context).value) == length
    else:
        with pytest.raises(Unreadable):
            read_click(body, context)


def test_a_form_without_fields_is_refused_as_a_whole() -> None:
    with pytest.raises(Invalid) as refusal:
        beside_fields({"away_until": "Choose a day within a year."}, view(), {})
    assert refusal.value.problems == {"away_until": "Choose a day within a year."}


def test_what_a_button_names_and_is_not_there_was_there_before() -> None:
    carried = "5514fa64-cf62-40ba-8338-3c81432d28fd"
    assert words(NotFound("risk", carried)).startswith("That risk isn't here any more")
    assert words(NotFound("risk", "R99")).startswith("I can't find that risk")

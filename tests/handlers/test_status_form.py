"""The status's form: it opens by exception, stays within Slack's limits, and reads back what it shows."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks import Block
from handlers.forms import Unreadable
from handlers.statuses.forms import StatusForm, beginning, block
from handlers.statuses.modals import status_modal
from handlers.statuses.words import COLOUR_CHOICES, decode, encode
from models.read_models import PlanView, StatusStart
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.periods import Cadence, Period, Timeliness
from models.rules.statuses.plans import PlanPart
from models.rules.statuses.rag import Colour, Dimension
from models.value import replace
from tests.models.values import NOW, a_person, a_project

PERIOD = Period(date(2026, 10, 12))
START = StatusStart(
    a_project(), PERIOD, Timeliness.OPEN, NOW, NOW.date(), NOW.date(), present=None, last=None
)
ME = "U_DANA"
MOST_BLOCKS = 100


def drawn(form: StatusForm, start: StatusStart = START) -> Block:
    return status_modal(form, start, ME)


def state(view: Block) -> dict[str, Any]:
    """Return what Slack would send back of an untouched form."""
    values: dict[str, Any] = {}
    for each in view["blocks"]:
        if each["type"] != "input":
            continue
        element = each["element"]
        initial = {
            key.replace("initial_", "selected_"): value
            for key, value in element.items()
            if key.startswith("initial_")
        }
        kept = {"value": initial.pop("selected_value")} if "selected_value" in initial else initial
        values[each["block_id"]] = {element["action_id"]: kept}
    return {**view, "state": {"values": values}}


def everything(colour: Colour) -> StatusForm:
    ticked = ",".join(Dimension)
    colours = {block(each, "colour"): colour for each in Dimension}
    values = {"not_green": ticked, "mood": "2", "headline": "x" * 150, **colours}
    return replace(beginning(START), values={**beginning(START).values, **values}, is_open=True)


@pytest.mark.parametrize("kind", ProjectKind)
def test_an_all_green_form_is_short(kind: ProjectKind) -> None:
    start = replace(START, project=a_project(kind=kind))
    assert len(drawn(beginning(start), start)["blocks"]) <= 11


def test_the_longest_form_stays_within_slacks_limits() -> None:
    view = drawn(everything(Colour.RED))
    assert len(view["blocks"]) < MOST_BLOCKS
    ids = [each["block_id"] for each in view["blocks"] if "block_id" in each]
    assert len(ids) == len(set(ids))
    assert len(view["private_metadata"]) < 3000
    assert not any(
        "step" in each.get("block_id", "") for each in drawn(everything(Colour.NOT_APPLICABLE))["blocks"]
    )


@given(
    st.sets(st.sampled_from(Dimension)),
    st.sampled_from(COLOUR_CHOICES),
    st.sampled_from(["", "1", "4", "no_contact"]),
)
def test_what_is_shown_is_read_back(ticked: set[Dimension], colour: Colour, mood: str) -> None:
    values = {"not_green": ",".join(sorted(ticked)) or None, "mood": mood or None, "headline": "On track"}
    values |= {block(each, "colour"): colour for each in ticked}
    form = replace(beginning(START), values=values)
    again = StatusForm.read(state(drawn(form)))
    assert again.colours(START) == form.colours(START)
    assert (again.get("headline"), again.get("mood")) == ("On track", mood)
    assert (again.project_id, again.period, again.version) == (form.project_id, PERIOD, None)


def test_an_open_plan_fills_its_fields_once_it_is_ticked() -> None:
    due = NOW.date() + timedelta(days=3)
    plan = PlanView(
        id=UUID(int=1),
        dimension=Dimension.SCOPE,
        step="Cut the report",
        step_id=UUID(int=2),
        owner=a_person("Sam"),
        due_on=due,
        criteria="they sign",
        target_on=due,
        slips=1,
    )
    start = replace(START, plans={Dimension.SCOPE: plan})
    form = beginning(start)
    assert "scope_step" not in {each.get("block_id") for each in drawn(form, start)["blocks"]}
    ticked = replace(form, values={**form.values, "not_green": "scope"})
    shown = {each.get("block_id"): each for each in drawn(ticked, start)["blocks"]}
    assert shown["scope_step"]["element"]["initial_value"] == "Cut the report"
    assert shown[block(Dimension.SCOPE, PlanPart.OWNER)]["element"]["initial_user"] == "U_SAM"
    assert shown["scope_target"]["hint"]["text"] == "It moved once already."


def test_what_waits_for_a_decision_is_carried_over_and_says_so() -> None:
    start = replace(START, open_question="Drop SSO?")
    shown = {each.get("block_id"): each for each in drawn(beginning(start), start)["blocks"]}
    assert shown["decision"]["element"]["initial_value"] == "Drop SSO?"
    assert shown["decision"]["hint"]["text"].startswith("Asked before and not decided yet.")
    assert "hint" not in next(
        each for each in drawn(beginning(START))["blocks"] if each.get("block_id") == "decision"
    )


def test_who_fills_it_in_does_it_themselves_unless_they_say_otherwise() -> None:
    ticked = replace(beginning(START), values={"not_green": "scope"})
    shown = {each.get("block_id"): each for each in drawn(ticked)["blocks"]}
    assert shown["scope_owner"]["element"]["initial_user"] == ME


def test_buttons_carry_a_period_and_what_was_typed() -> None:
    month = Period(date(2026, 10, 1), Cadence.MONTHLY)
    for headline in ("", "All on track, as planned"):
        assert decode(encode(UUID(int=7), month, headline)) == (UUID(int=7), month, headline)
    for broken in (
        "",
        "x",
        "x weekly 2026-10-12",
        f"{UUID(int=7)} yearly 2026-10-12",
        f"{UUID(int=7)} weekly soon",
    ):
        with pytest.raises(Unreadable):
            decode(broken)


@pytest.mark.parametrize(
    "carried", ["{}", '{"project": 7}', '{"project": "x", "starts": "2026-10-12", "cadence": "weekly"}']
)
def test_a_form_that_is_not_ours_is_unreadable(carried: str) -> None:
    with pytest.raises(Unreadable):
        StatusForm.read({"private_metadata": carried, "blocks": []})


def test_nothing_is_asked_of_the_mood_once_the_week_is_over() -> None:
    over = datetime(2026, 10, 19, 9, tzinfo=NOW.tzinfo)
    late = replace(START, today=over.date())
    assert "mood" not in {each.get("block_id") for each in drawn(beginning(late), late)["blocks"]}

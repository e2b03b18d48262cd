"""The risk's form: what it shows of a risk comes back as it was, whatever the risk is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.forms import Unreadable
from handlers.inputs import OWN_TEAM
from handlers.risks.forms import RiskForm
from handlers.risks.modals import edit_modal, score_modal
from handlers.risks.opening import editing, scoring
from models.commands import RiskFields
from models.errors import NotAllowed
from models.read_models import RiskDetails, RiskPermissions
from models.rules.risks.scoring import LEVELS
from models.rules.risks.words import STRATEGIES, ResponseStrategy, RiskCategory, RiskKind, Visibility
from models.value import replace
from tests.handlers.sent import inputs, untouched
from tests.models.values import NOW, a_risk

answers = st.sampled_from(RiskKind).flatmap(
    lambda kind: st.tuples(st.just(kind), st.none() | st.sampled_from(STRATEGIES[kind]))
)
levels = st.none() | st.sampled_from(LEVELS)


@given(answers, levels, levels, st.none() | st.sampled_from(RiskCategory), st.sampled_from(Visibility))
def test_editing_without_touching_anything_changes_nothing(
    answer: tuple[RiskKind, ResponseStrategy | None],
    probability: int | None,
    impact: int | None,
    category: RiskCategory | None,
    visibility: Visibility,
) -> None:
    kind, strategy = answer
    said: dict[str, Any] = {
        "kind": kind,
        "strategy": strategy,
        "probability": probability,
        "impact": impact,
        "category": category,
        "visibility": visibility,
        "cause": "They said so.",
        "effect": "We wait.",
        "due_on": NOW.date(),
    }
    view = edit_modal(RiskForm.of_risk(a_risk(**said), is_open=False))
    assert inputs(view) == ["title", "probability", "impact", "owner", "due"]
    assert RiskForm.read(untouched(view)).fields(None) == RiskFields("Vendor API may slip", **said)


@pytest.mark.parametrize("is_open", [True, False])
def test_who_may_not_score_is_shown_the_score_without_its_fields(*, is_open: bool) -> None:
    form = RiskForm.of_risk(a_risk(probability=4, impact=3), is_open=is_open)
    view = edit_modal(replace(form, may_score=False))
    assert inputs(view)[:3] == ["title", "owner", "due"]
    assert "4 × 3 = 12, *High*" in str(view["blocks"])
    back = RiskForm.read(untouched(view))
    assert (back.level("probability"), back.level("impact"), back.may_score) == (4, 3, False)
    assert edit_modal(back) == view, "so it stays, drawn anew"

    editor = RiskDetails(a_risk(), history=(), permissions=RiskPermissions(may_edit=True))
    assert "probability" not in inputs(editing(editor).view)
    scorer = replace(editor, permissions=RiskPermissions(may_edit=True, may_score=True))
    assert "probability" in inputs(editing(scorer).view)


def test_whoever_chooses_an_owner_reads_that_guests_and_clients_are_none() -> None:
    form = RiskForm.of_risk(a_risk())
    for drawn in (edit_modal(form), score_modal(form)):
        owner = next(block for block in drawn["blocks"] if block.get("block_id") == "owner")
        assert OWN_TEAM in str(owner)


def test_a_risk_that_is_nobodys_is_asked_about_its_owner_first() -> None:
    waiting = a_risk(probability=4, impact=3)
    lead = RiskDetails(waiting, history=(), permissions=RiskPermissions(may_score=True, may_edit=True))
    view = scoring(lead).view
    assert (view["title"]["text"], view["submit"]["text"]) == ("Owner of ACME-R12", "Save owner")
    assert inputs(view) == ["owner", "probability", "impact"]
    assert score_modal(RiskForm.read(untouched(view))) == view, "so it stays, drawn anew"

    scored = scoring(replace(lead, risk=a_risk())).view
    assert (scored["title"]["text"], scored["submit"]["text"]) == ("Score ACME-R12", "Score")
    assert inputs(scored) == ["probability", "impact", "owner"]

    raiser = replace(lead, permissions=RiskPermissions(may_edit=True))
    assert scoring(raiser).view["title"]["text"] == "Edit ACME-R12"
    with pytest.raises(NotAllowed, match="edit_risk"):
        scoring(replace(lead, permissions=RiskPermissions()))


@pytest.mark.parametrize("note", ["<!channel>", "Sam said <!here|here> so", "<!subteam^S1>"])
def test_a_note_that_calls_everybody_is_none_of_ours(note: str) -> None:
    with pytest.raises(Unreadable):
        RiskForm.read({"private_metadata": json.dumps({"note": note}), "blocks": []})
    quiet = "<@U01SAM> changed it <!date^1790000000^{date_short}|2026-09-21>."
    assert RiskForm.read({"private_metadata": json.dumps({"note": quiet}), "blocks": []}).note == quiet


@pytest.mark.parametrize("folded", [{"kind": ["threat"]}, {"kind": {}}, ["kind"], 7])
def test_what_was_never_typed_is_not_carried_along(folded: object) -> None:
    with pytest.raises(Unreadable):
        RiskForm.read({"private_metadata": json.dumps({"folded": folded}), "blocks": []})

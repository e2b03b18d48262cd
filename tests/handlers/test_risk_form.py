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
from models.commands import RiskFields
from models.rules.risks.scoring import LEVELS
from models.rules.risks.words import STRATEGIES, ResponseStrategy, RiskCategory, RiskKind, Visibility
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
    assert RiskForm.of_risk(a_risk(**said)).fields(None) == RiskFields("Vendor API may slip", **said)


def test_whoever_chooses_an_owner_reads_that_guests_and_clients_are_none() -> None:
    form = RiskForm.of_risk(a_risk())
    for drawn in (edit_modal(form), score_modal(form)):
        owner = next(block for block in drawn["blocks"] if block.get("block_id") == "owner")
        assert OWN_TEAM in str(owner)


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

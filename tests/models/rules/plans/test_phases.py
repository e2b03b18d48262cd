"""The phases: their order, what each asks for at its end, and what people call them."""

import pytest

from models.rules.plans.phases import PHASE_NAMES, TEMPLATES, Phase, closes, following, goes_back, skipped


def test_the_template_has_each_phase_once_in_the_order_of_a_projects_life() -> None:
    assert tuple(template.phase for template in TEMPLATES) == tuple(Phase)
    assert all(template.exit_gate and template.aim for template in TEMPLATES)


def test_no_name_means_two_phases() -> None:
    names = [name for template in TEMPLATES for name in (template.phase, *template.also_called)]
    assert len(names) == len(set(names)) == len(PHASE_NAMES)


@pytest.mark.parametrize(
    ("name", "phase"),
    [
        ("assess", Phase.QUALIFY),
        ("plan", Phase.HANDOVER),
        ("s2d", Phase.HANDOVER),
        ("design", Phase.LAUNCH),
        ("manage and inspect", Phase.DELIVER),
        ("review", Phase.CLOSE),
        ("d2s", Phase.CLOSE),
        ("retrospective", Phase.IMPROVE),
    ],
)
def test_other_organisations_names_are_understood(name: str, phase: Phase) -> None:
    assert PHASE_NAMES[name] is phase


def test_what_follows_goes_back_and_is_left_out() -> None:
    assert following(None) is Phase.QUALIFY
    assert following(Phase.DELIVER) is Phase.CLOSE
    assert following(Phase.IMPROVE) is None
    assert goes_back(Phase.DELIVER, Phase.LAUNCH)
    assert not goes_back(Phase.DELIVER, Phase.DELIVER)
    assert not goes_back(None, Phase.QUALIFY)
    assert skipped(Phase.QUALIFY, Phase.DELIVER) == (Phase.HANDOVER, Phase.LAUNCH)
    assert skipped(Phase.DELIVER, Phase.LAUNCH) == skipped(None, Phase.CLOSE) == ()


def test_delivery_ends_once() -> None:
    assert closes(Phase.DELIVER, Phase.CLOSE)
    assert closes(Phase.LAUNCH, Phase.IMPROVE)
    assert closes(None, Phase.CLOSE)
    assert not closes(Phase.CLOSE, Phase.IMPROVE)
    assert not closes(Phase.LAUNCH, Phase.DELIVER)

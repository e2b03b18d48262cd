"""What may follow ``/project phase`` and ``/project measures``, in the words that people choose."""

from datetime import date

import pytest

from handlers.plans.line import COMMON_WORDS, PlanLine, PlanVerb, read_plan_line
from handlers.plans.phase_line import PhaseLine, read_phase_line
from models.rules.phases import Phase

TODAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", PhaseLine()),
        ("history", PhaseLine()),
        ("deliver", PhaseLine(Phase.DELIVER)),
        ("Deliver", PhaseLine(Phase.DELIVER)),
        ("to close", PhaseLine(Phase.CLOSE)),
        ("is now in the build", PhaseLine(Phase.DELIVER)),
        ("next", PhaseLine(Phase.DELIVER)),
        ("sales to delivery", PhaseLine(Phase.HANDOVER)),
        ("deliver since 1 sep", PhaseLine(Phase.DELIVER, date(2026, 9, 1))),
        ("deliver since monday", PhaseLine(Phase.DELIVER, date(2026, 10, 12))),
        (
            "deliver since 2026-09-01: kickoff held",
            PhaseLine(Phase.DELIVER, date(2026, 9, 1), "kickoff held"),
        ),
        ("deliver since they asked", PhaseLine(Phase.DELIVER, None, "since they asked")),
        ("back to qualify because scope is open", PhaseLine(Phase.QUALIFY, None, "scope is open")),
        ("back to qualify - scope is open", PhaseLine(Phase.QUALIFY, None, "scope is open")),
        ("undo", PhaseLine(is_undo=True)),
        ("delvier", PhaseLine(word="delvier")),
        ("to", PhaseLine(word="to")),
    ],
)
def test_a_phase_in_plain_words(text: str, line: PhaseLine) -> None:
    assert read_phase_line(text, Phase.LAUNCH, TODAY) == line


def test_after_the_last_phase_comes_none() -> None:
    assert read_phase_line("next", Phase.IMPROVE, TODAY) == PhaseLine(word="next")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", PlanLine(PlanVerb.SHOW)),
        ("list", PlanLine(PlanVerb.SHOW)),
        ("2", PlanLine(PlanVerb.HISTORY, 2)),
        ("show 2", PlanLine(PlanVerb.HISTORY, 2)),
        ("history 2", PlanLine(PlanVerb.HISTORY, 2)),
        ("add 2 of 3 shops online: by May", PlanLine(PlanVerb.ADD, rest="2 of 3 shops online: by May")),
        ("edit 2 Conversion: 3 %", PlanLine(PlanVerb.EDIT, 2, rest="Conversion: 3 %")),
        ("drop acme-2", PlanLine(PlanVerb.REMOVE, 2, "acme")),
        ("remove", PlanLine(PlanVerb.REMOVE)),
        ("4 of 5 seats booked", PlanLine(None, rest="4 of 5 seats booked")),
        ("Checkout conversion", PlanLine(None, rest="Checkout conversion")),
    ],
)
def test_a_verb_and_which_one(text: str, line: PlanLine) -> None:
    assert read_plan_line(text, COMMON_WORDS, "") == line

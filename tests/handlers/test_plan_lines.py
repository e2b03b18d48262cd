"""What may follow ``/project phase`` and ``/project measures``, in the words that people choose."""

from datetime import date

import pytest

from handlers.plans.days import DayAndRest, day_at_end, day_at_start, past_day_at_end
from handlers.plans.line import COMMON_WORDS, MILESTONE_WORDS, PlanLine, PlanVerb, read_plan_line
from handlers.plans.phase_line import PhaseLine, read_phase_line
from models.rules.plans.phases import Phase

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
        ("deliver since 31 sep: late", PhaseLine(Phase.DELIVER, problem="There is no 31 September.")),
        ("deliver since tomorrow", PhaseLine(Phase.DELIVER, problem="15 Oct is still to come.")),
        ("deliver since 9 nov 2026: late", PhaseLine(Phase.DELIVER, problem="9 Nov is still to come.")),
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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("M2", PlanLine(PlanVerb.HISTORY, 2)),
        ("done m2 yesterday", PlanLine(PlanVerb.DONE, 2, rest="yesterday")),
        ("accepted ACME-M2 by Robin", PlanLine(PlanVerb.ACCEPT, 2, "ACME", "by Robin")),
        ("move M2: 30 oct late", PlanLine(PlanVerb.MOVE, 2, rest="30 oct late")),
        ("done 2", PlanLine(PlanVerb.DONE, rest="2")),
        ("M3 chips ordered", PlanLine(PlanVerb.HISTORY, 3, rest="chips ordered")),
        ("add M3 chips ordered", PlanLine(PlanVerb.ADD, rest="M3 chips ordered")),
    ],
)
def test_milestones_go_by_their_mark(text: str, line: PlanLine) -> None:
    assert read_plan_line(text, MILESTONE_WORDS, "M") == line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Checkout live due 23 oct", DayAndRest(date(2026, 10, 23), "Checkout live")),
        ("Checkout live by next friday", DayAndRest(date(2026, 10, 16), "Checkout live")),
        ("Checkout live due: 2026-09-01", DayAndRest(date(2026, 9, 1), "Checkout live")),
        ("Stand by", DayAndRest(None, "Stand by")),
        ("Drive by the river", DayAndRest(None, "Drive by the river")),
        ("due fri", DayAndRest(date(2026, 10, 16), "")),
        ("Beta live due in 3 weeks", DayAndRest(date(2026, 11, 4), "Beta live")),
        (
            "Beta live due 1 oct",
            DayAndRest(
                date(2027, 10, 1),
                "Beta live",
                "1 oct comes only in 2027. If you mean that, type due 2027-10-01.",
            ),
        ),
        (
            "Beta live due 2226-10-01",
            DayAndRest(
                date(2226, 10, 1),
                "Beta live",
                "1 Oct 2226 is 200 years ahead. Was another year meant? If not, choose the day in the form.",
            ),
        ),
        ("Beta due 31 nov", DayAndRest(None, "Beta due 31 nov", "There is no 31 November.")),
        ("Beta live due 2027-10-01", DayAndRest(date(2027, 10, 1), "Beta live")),
    ],
)
def test_a_day_at_the_end(text: str, said: DayAndRest) -> None:
    assert day_at_end(text, TODAY) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("30 oct vendor is late", DayAndRest(date(2026, 10, 30), "vendor is late")),
        ("to 30 oct because vendor is late", DayAndRest(date(2026, 10, 30), "vendor is late")),
        ("30 oct: vendor is late", DayAndRest(date(2026, 10, 30), "vendor is late")),
        ("by 2 weeks vendor is late", DayAndRest(date(2026, 11, 3), "vendor is late")),
        ("by 1 day", DayAndRest(date(2026, 10, 21), "")),
        ("in 2 weeks, they asked", DayAndRest(date(2026, 10, 28), "they asked")),
        ("to 31 nov it is late", DayAndRest(None, "to 31 nov it is late", "There is no 31 November.")),
        ("vendor is late", DayAndRest(None, "vendor is late")),
        ("", DayAndRest(None, "")),
    ],
)
def test_a_day_at_the_start_and_why(text: str, said: DayAndRest) -> None:
    assert day_at_start(text, TODAY, date(2026, 10, 20)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", DayAndRest(None, "")),
        ("yesterday", DayAndRest(date(2026, 10, 13), "")),
        ("on 3 oct", DayAndRest(date(2026, 10, 3), "")),
        ("by Robin Vale on friday", DayAndRest(date(2026, 10, 9), "by Robin Vale")),
        ("by Robin Vale", DayAndRest(None, "by Robin Vale")),
        ("by Robin on 31 sep", DayAndRest(None, "by Robin on 31 sep", "There is no 31 September.")),
        ("tomorrow", DayAndRest(None, "tomorrow")),
    ],
)
def test_a_day_that_has_been(text: str, said: DayAndRest) -> None:
    assert past_day_at_end(text, TODAY) == said

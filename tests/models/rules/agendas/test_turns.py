"""Whose turn it is to lead a meeting and to take notes."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from models.rules.agendas.turns import Candidate, Duties, Turns, duties

LEE, DANA, JO = (UUID(int=number) for number in (1, 2, 3))
SPRING, SUMMER = date(2026, 4, 1), date(2026, 7, 1)

turns = st.builds(Turns, st.integers(0, 5), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))
candidates = st.lists(
    st.builds(Candidate, st.integers(1, 12).map(lambda number: UUID(int=number)), turns, turns),
    unique_by=lambda each: each.person_id,
    max_size=8,
)


def test_whoever_led_least_often_leads_then_whoever_did_longest_ago() -> None:
    lee = Candidate(LEE, led=Turns(2, SPRING))
    dana = Candidate(DANA, led=Turns(1, SUMMER))
    jo = Candidate(JO, led=Turns(1, SPRING))
    assert duties([lee, dana, jo]).leads == JO
    assert duties([lee, dana, jo], absent={JO}).leads == DANA


def test_whoever_leads_does_not_take_notes() -> None:
    assert duties([Candidate(LEE), Candidate(DANA, noted=Turns(9, SUMMER))]) == Duties(LEE, DANA)
    assert duties([Candidate(LEE)]) == Duties(LEE, None)
    assert duties([]) == Duties(None, None)


@given(candidates, st.sets(st.integers(1, 12).map(lambda number: UUID(int=number))))
def test_nobody_who_is_away_has_a_duty_and_nobody_has_two(found: list[Candidate], absent: set[UUID]) -> None:
    chosen = duties(found, absent)
    here = {each.person_id for each in found} - absent
    assert (chosen.leads is None) == (not here)
    assert (chosen.notes is None) == (len(here) < 2)
    assert {chosen.leads, chosen.notes} - {None} <= here
    assert chosen.leads is None or chosen.leads != chosen.notes


@given(st.integers(2, 7), st.integers(1, 40))
def test_over_time_everybody_has_as_many_turns(people: int, meetings: int) -> None:
    led = {UUID(int=number): Turns() for number in range(people)}
    for meeting in range(meetings):
        leads = duties([Candidate(person, led=theirs) for person, theirs in led.items()]).leads
        assert leads is not None
        led[leads] = Turns(led[leads].count + 1, date.fromordinal(737000 + meeting))
    counts = [theirs.count for theirs in led.values()]
    assert max(counts) - min(counts) <= 1

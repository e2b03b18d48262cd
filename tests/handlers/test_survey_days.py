"""Days of clients' answers, as somebody counts them who lives far from the project."""

from datetime import UTC, date, datetime
from uuid import UUID

from handlers.surveys.days import as_read
from models.read_models import Actor, AnswerView, InvitationView, PersonRef
from models.rules.surveys.asking import InvitationState, SurveyTrigger, Way
from models.value import replace

PRIYA = PersonRef(UUID(int=1), "U0PRIYA", "Priya")
LATE = datetime(2026, 10, 14, 20, 30, tzinfo=UTC)
"""In Kolkata it is 15 October by now, where the project is still the 14th."""
ANSWER = AnswerView(UUID(int=2), 1, 5, "", date(2026, 10, 14), LATE, LATE)
ASKED = InvitationView(
    id=UUID(int=3),
    workspace_id=UUID(int=4),
    survey_id=UUID(int=5),
    project_id=UUID(int=6),
    project_key="ACME",
    timezone="America/Los_Angeles",
    trigger=SurveyTrigger.BY_HAND,
    about="Checkout",
    contact_id=UUID(int=7),
    contact_name="Robin",
    contact_person=None,
    version=1,
    way=Way.CHANNEL,
    state=InvitationState.ANSWERED,
    sender=PRIYA,
    asked_on=date(2026, 10, 14),
    closes_at=None,
    made_at=LATE,
    updated_at=LATE,
    answer=ANSWER,
)


def test_what_happened_just_now_is_of_the_readers_day() -> None:
    kolkata = Actor(PRIYA, UUID(int=4), "Asia/Kolkata", is_full_member=True)
    found = as_read(ASKED, kolkata)
    assert found.answer is not None
    assert (found.asked_on, found.answer.answered_on) == (date(2026, 10, 15), date(2026, 10, 15))

    of_an_earlier_day = replace(ASKED, answer=replace(ANSWER, answered_on=date(2026, 10, 2)))
    found = as_read(of_an_earlier_day, kolkata)
    assert found.answer is not None
    assert found.answer.answered_on == date(2026, 10, 2)

"""How it reads that somebody is to speak with a client, before and after its day."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from handlers.blocks import moment
from handlers.surveys.words import loop
from models.read_models import AnswerView, PersonRef

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)
PRIYA = PersonRef(UUID(int=5), "U0PRIYA", "Priya")


def answered(rating: int, at: datetime, due_on: date) -> AnswerView:
    """Return an answer about which Priya is to speak with the client."""
    return AnswerView(UUID(int=9), 1, rating, "", at.date(), at, at, None, UUID(int=8), PRIYA, due_on)


def test_a_day_that_has_passed_is_told_as_passed() -> None:
    middling = answered(3, NOW, date(2026, 10, 21))
    assert loop(middling, NOW) == "Priya speaks with them by 21 Oct"
    assert loop(middling, NOW, PRIYA) == "You speak with them by 21 Oct"
    later = NOW + timedelta(days=9)
    assert loop(middling, later) == "*Priya should have spoken with them by 21 Oct*"
    low = answered(2, NOW, date(2026, 10, 16))
    by = moment(NOW + timedelta(hours=48))
    assert loop(low, NOW) == f"Priya speaks with them by {by}"
    assert loop(low, later, PRIYA) == f"*You should have spoken with them by {by}*"

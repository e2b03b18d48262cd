"""What is said about clients' moods, as whole texts."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from models.read_models import MoodAlertView, MoodView, PersonRef
from models.rules.delivery import NoticeKind, Operation
from models.rules.moods.alerts import AlertCause
from models.rules.moods.words import AlertOutcome, MoodSource, learned_on, when_learned
from models.rules.risks.words import Visibility
from models.services.moods.readings import AlertReading
from models.value import replace
from scheduled.notices import Drawn
from scheduled.posts import Post
from scheduled.wording.moods import was
from tests.scheduled.drawing import NOTICES
from tests.scheduled.fake_messenger import said
from tests.scheduled.fake_readings import DANA, NOW, SAM, FakeMoods, FakeReadings
from tests.scheduled.occasions import occasion

TODAY = NOW.date()
PRIYA = PersonRef(UUID(int=5), "U0PRIYA", "Priya")
JO = PersonRef(UUID(int=6), "U0JO", "Jo")
MOOD = MoodView(
    id=UUID(int=20),
    workspace_id=UUID(int=100),
    project_id=UUID(int=101),
    project_key="ACME",
    channel_id="C0ACME",
    timezone="Europe/Berlin",
    version=1,
    value=2,
    observed_on=TODAY,
    author=DANA,
    logged_at=NOW,
    updated_at=NOW,
    insight="Asked twice who decides scope.",
    source=MoodSource.CALL,
)
BEFORE = replace(MOOD, value=4, observed_on=TODAY - timedelta(days=12))
ALERT = MoodAlertView(
    id=UUID(int=21),
    workspace_id=MOOD.workspace_id,
    project_id=MOOD.project_id,
    project_key="ACME",
    version=1,
    cause=AlertCause.DROP,
    opened_on=TODAY,
    taken_by=None,
    taken_at=None,
    ended_at=None,
    outcome=None,
    told=(DANA, PRIYA, JO),
)
FIRST = (
    "🙁 *ACME: client mood 2, unhappy* (was 4 twelve days before)\n"
    "“Asked twice who decides scope.” Dana, call of 14 Oct"
)


def alarm(
    alert: MoodAlertView = ALERT,
    reading: MoodView | None = MOOD,
    before: MoodView | None = BEFORE,
    *,
    to: PersonRef = DANA,
    operation: Operation = Operation.POST,
) -> Drawn | None:
    moods = FakeMoods(alert=AlertReading(alert, reading, before))
    where = occasion(
        NoticeKind.MOOD_ALERT,
        FakeReadings(None),
        operation,
        moods=moods,
        channel=to.slack_user_id,
        alert_id=str(alert.id),
    )
    return NOTICES[NoticeKind.MOOD_ALERT].render(where)


def shown(post: Drawn | None) -> tuple[str, list[str]]:
    assert isinstance(post, Post)
    return said(post), [button.label for button in post.buttons]


def test_an_alert_says_how_they_are_who_said_so_and_who_else_knows() -> None:
    assert shown(alarm()) == (f"{FIRST}\nSent to you, Priya and Jo only.", ["I'll call them", "Trend"])
    assert shown(alarm(to=JO))[0].endswith("Sent to you, Dana and Priya only.")
    assert shown(alarm(replace(ALERT, told=(DANA,))))[0].endswith("Sent to you only.")
    assert shown(alarm(replace(ALERT, told=(DANA, JO))))[0].endswith("Sent to you and Jo only.")
    post = alarm()
    assert isinstance(post, Post)
    assert post.summary == "ACME: client mood 2, unhappy"


def test_without_an_earlier_reading_it_compares_with_none() -> None:
    first, *_ = shown(alarm(before=None))[0].splitlines()
    assert first == "🙁 *ACME: client mood 2, unhappy*"


def test_who_calls_is_told_to_all() -> None:
    taken = replace(ALERT, taken_by=PRIYA, taken_at=NOW, version=2)
    text, labels = shown(alarm(taken, operation=Operation.UPDATE))
    assert text == f"{FIRST}\n📞 Priya is calling them.\nSent to you, Priya and Jo only."
    assert labels == ["Trend"]
    text, labels = shown(alarm(taken, to=PRIYA, operation=Operation.UPDATE))
    assert "📞 You are calling them." in text
    assert labels == ["Trend", "I can't after all"]


@pytest.mark.parametrize(
    ("outcome", "reading", "line"),
    [
        (AlertOutcome.CLEARED, MOOD, "✓ Over: the last two readings were 3 or better."),
        (AlertOutcome.TAKEN_BACK, None, "✓ Over: what had caused it was changed or deleted."),
    ],
)
def test_an_alert_that_is_over_says_why_and_asks_nothing(
    outcome: AlertOutcome, reading: MoodView | None, line: str
) -> None:
    over = replace(ALERT, ended_at=NOW, outcome=outcome, taken_by=JO)
    text, labels = shown(alarm(over, reading, operation=Operation.UPDATE))
    assert line in text
    assert "calling" not in text
    assert labels == ["Trend"]
    assert alarm(over, reading) is None


def test_nobody_but_those_it_was_told_to_reads_it() -> None:
    assert alarm(to=SAM) is None


@pytest.mark.parametrize(
    ("source", "days_ago", "words"),
    [
        (MoodSource.CALL, 0, "today's call"),
        (MoodSource.MEETING, 1, "yesterday's meeting"),
        (MoodSource.EMAIL, 5, "email of 9 Oct"),
        (MoodSource.CSAT, 0, "today's survey"),
        (MoodSource.THIRD_PARTY, 1, "heard from others yesterday"),
        (MoodSource.THIRD_PARTY, 5, "heard from others on 9 Oct"),
        (None, 0, "today"),
        (None, 5, "9 Oct"),
    ],
)
def test_where_and_when(source: MoodSource | None, days_ago: int, words: str) -> None:
    assert when_learned(source, TODAY - timedelta(days=days_ago), TODAY) == words


def test_a_message_that_stays_never_says_today() -> None:
    assert learned_on(MoodSource.THIRD_PARTY, TODAY, TODAY) == "heard from others on 14 Oct"
    assert learned_on(None, TODAY, TODAY) == "14 Oct"
    assert learned_on(MoodSource.CSAT, date(2025, 12, 30), TODAY) == "survey of 30 Dec 2025"


@pytest.mark.parametrize(
    ("on", "days", "words"),
    [
        (TODAY, 1, "was 4 one day before"),
        (TODAY, 12, "was 4 twelve days before"),
        (TODAY, 13, "was 4 13 days before"),
        (date(2026, 10, 1), 2, "was 4 two days before"),
    ],
)
def test_how_it_was(on: date, days: int, words: str) -> None:
    before = replace(MOOD, value=4, observed_on=on - timedelta(days=days))
    assert was(before, replace(MOOD, observed_on=on)) == words


def confirmed(mood: MoodView) -> Drawn | None:
    where = occasion(
        NoticeKind.MOOD_CONFIRMED, FakeReadings(None), moods=FakeMoods(mood), reading_id=str(mood.id)
    )
    return NOTICES[NoticeKind.MOOD_CONFIRMED].render(where)


def test_the_author_is_told_what_was_logged_and_who_sees_it() -> None:
    text, labels = shown(confirmed(MOOD))
    assert text == (
        "✓ Logged: 🙁 *ACME: client mood 2, unhappy* · today's call\n“Asked twice who decides scope.”\n"
        "Only your own team can see it, never a client or a guest."
    )
    assert labels == ["Edit", "Delete"]
    text, _ = shown(confirmed(replace(MOOD, insight="", visibility=Visibility.RESTRICTED)))
    assert text.endswith("Only the project's leads, delivery managers and you can see it.")
    assert confirmed(replace(MOOD, is_withdrawn=True)) is None


def test_what_people_typed_is_never_markup() -> None:
    markup = "<!channel> *x*"
    person = replace(DANA, name=markup)
    mood = replace(MOOD, insight=markup, author=person)
    alert = replace(ALERT, told=(DANA, replace(PRIYA, name=markup)), taken_by=person)
    for post in (alarm(alert, mood, operation=Operation.UPDATE), confirmed(mood)):
        text, _ = shown(post)
        assert "&lt;!channel&gt;" in text
        assert "<!channel>" not in text
        assert "*x*" not in text

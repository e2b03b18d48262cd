"""How a client's mood reads in Slack; every message and modal takes its words from here."""

from datetime import date, datetime

from handlers.blocks import day, escape
from models.read_models import MoodState, MoodView
from models.rules.moods.mood import MOOD_MARKS, MOOD_WORDS, MoodDay, MoodTrend, figure
from models.rules.moods.words import HeardKind, MoodSource, near_day, when_learned
from models.rules.risks.words import Visibility

SOURCE_WORDS = {
    MoodSource.MEETING: "A meeting",
    MoodSource.CALL: "A call",
    MoodSource.CHAT: "A chat",
    MoodSource.EMAIL: "An email",
    MoodSource.CSAT: "A survey answer",
    MoodSource.THIRD_PARTY: "Somebody else told me",
}
HEARD_WORDS = {HeardKind.REQUEST: "Request", HeardKind.OPPORTUNITY: "Opportunity"}
VISIBILITY_WORDS = {
    Visibility.TEAM: "The whole team",
    Visibility.RESTRICTED: "Only project leads, delivery managers and me",
}
WHO_SEES_IT = "Only your own team can see it, never a client or a guest."
LEADS_SEE_IT = "Only the project's leads, delivery managers and you can see it."


def choice(value: int) -> str:
    """Return "😡 1 Angry", as a form offers it."""
    return f"{MOOD_MARKS[value]} {value} {MOOD_WORDS[value]}"


def label(value: int) -> str:
    """Return "😡 Angry", as a button says it."""
    return f"{MOOD_MARKS[value]} {MOOD_WORDS[value]}"


def spoken(value: int) -> str:
    """Return "2, unhappy"."""
    return f"{value}, {MOOD_WORDS[value].lower()}"


def headline(mood: MoodView) -> str:
    """Return "🙁 *ACME: client mood 2, unhappy*"."""
    return f"{MOOD_MARKS[mood.value]} *{mood.project_key}: client mood {spoken(mood.value)}*"


def day_of(mood: MoodView, now: datetime) -> str:
    """Return the reading's day, as near as it is where the project is."""
    return near_day(mood.observed_on, mood.local_day(now))


def who_and_when(mood: MoodView, now: datetime) -> str:
    """Return "Dana Ortiz, today's call", safe as mrkdwn."""
    return f"{escape(mood.author.name)}, {when_learned(mood.source, mood.observed_on, mood.local_day(now))}"


def sentence(mood: MoodView) -> str:
    """Return what was said of it in quotes, safe as mrkdwn; "" where nothing was."""
    return f"“{escape(mood.insight)}”" if mood.insight else ""


def of_day(one: MoodDay, today: date) -> str:
    """Return "14 Oct: 2 unhappy"; a mean between two values has no word."""
    word = f" {MOOD_WORDS[int(one.mean)].lower()}" if one.mean.denominator == 1 else ""
    return f"{day(one.day, today)}: {figure(one.mean)}{word}"


def going(state: MoodState) -> str:
    """Return "average 3.3, falling ↓"; "" where nothing recent is there to average."""
    if state.average is None:
        return ""
    trend = state.trend
    told = f"average {figure(state.average)}"
    return told if trend is MoodTrend.NOT_KNOWN else f"{told}, {trend.word} {trend.arrow}"


def silence(state: MoodState) -> str:
    """Return for how long nobody has said anything; "" while the mood is known."""
    if state.last is None:
        return "nobody has said yet"
    return f"no reading for {(state.today - state.last.day).days} days" if state.is_unknown else ""

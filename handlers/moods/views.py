"""The mood's messages to whoever asked: what was logged, and where a client's mood is going."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from handlers.answers import Answer, again, say
from handlers.blocks import Block, Element, actions, button, context, day, escape, section
from handlers.ids import ActionId
from handlers.moods import words
from handlers.moods.list_values import encode
from handlers.moods.questions import WHAT_DELETING_DOES, five_buttons
from handlers.views.taking_back import asked
from models.read_models import (
    LoggedMood,
    MoodAlertView,
    MoodFilter,
    MoodOfProject,
    MoodState,
    MoodTrendView,
    MoodView,
)
from models.rules.moods.mood import LOW, MOOD_MARKS, MoodTrend
from models.rules.moods.words import near_day
from models.rules.risks.words import Visibility

DAYS_SHOWN = 8
FOLLOWS = " The picture follows in our direct messages."
PROJECTS_SHOWN = 20


def logged(found: LoggedMood, now: datetime, *, what: str = "Logged") -> Answer:
    """Confirm a reading to whoever logged or changed it."""
    mood = found.reading
    first = f"✓ {what}: {words.headline(mood)} · {words.day_of(mood, now)}"
    if found.before is not None and found.before.value != mood.value:
        first += f" (was {words.spoken(found.before.value)})"
    elif found.is_repeated:
        first += "\nThe same as you logged a minute ago. Once is enough? *Delete* takes this one back."
    lines = [first, words.sentence(mood), *heard(mood)]
    return Answer(
        text=f"{what}: {mood.project_key}'s client, {words.spoken(mood.value)}.",
        blocks=(
            section("\n".join(filter(None, lines))),
            context(words.LEADS_SEE_IT if mood.visibility is Visibility.RESTRICTED else words.WHO_SEES_IT),
            actions(
                [
                    button("Edit", ActionId.MOOD_EDIT, str(mood.id)),
                    button("Delete", ActionId.MOOD_DELETE, str(mood.id)),
                    button("Trend", ActionId.MOOD_TREND, str(mood.project_id)),
                ]
            ),
        ),
        again=again(ActionId.MOOD_LIST, encode(MoodFilter(project_id=mood.project_id))),
    )


def heard(mood: MoodView) -> Iterator[str]:
    """Yield a line for each thing that the client let fall, safe as mrkdwn."""
    for kind, text in mood.heard.items():
        yield f"{words.HEARD_WORDS[kind]}: {escape(text)}"


def asked_to_delete(mood: MoodView, now: datetime) -> Answer:
    """Ask before a reading is deleted."""
    reading = f"{words.headline(mood)} · {words.day_of(mood, now)}\n{words.sentence(mood)}".strip()
    return asked(
        f"*Delete this reading?* {WHAT_DELETING_DOES}\n{reading}",
        button("Delete it", ActionId.MOOD_DELETE_IT, str(mood.id), style="danger"),
        button("Edit", ActionId.MOOD_EDIT, str(mood.id)),
    )


def deleted(mood: MoodView) -> Answer:
    """Confirm that a reading is gone."""
    return say(f"Deleted: {words.headline(mood)}. It counts nowhere any more.", replaces=True)


def trend(found: MoodTrendView, now: datetime) -> Answer:
    """Show how a project's client is, how that came about, and ask how they are now."""
    key, state = found.project.key, found.state
    if found.last is None:
        text = f"*{key}: client mood unknown.* Nobody has said yet. One press, then one sentence:"
        first = (section(text), actions(five_buttons(str(found.project.id))))
        return Answer(text=f"{key}: client mood unknown", blocks=first)
    blocks = (
        section("\n".join(_standing(found, found.last, now))),
        *_alert(found.alert, state.today),
        context(" → ".join(words.of_day(each, state.today) for each in state.days[-DAYS_SHOWN:])),
        context(f"How are they now?{FOLLOWS if state.makes_a_line else ''}"),
        actions(five_buttons(str(found.project.id))),
        actions(_ways_on(found)),
    )
    return Answer(text=f"{key}: {_summary(state, found.last)}", blocks=blocks)


def _summary(state: MoodState, last: MoodView) -> str:
    return "client mood unknown" if state.is_unknown else f"client mood {words.spoken(last.value)}"


def _standing(found: MoodTrendView, last: MoodView, now: datetime) -> Iterator[str]:
    state, key = found.state, found.project.key
    if state.is_unknown:
        then = words.spoken(last.value)
        yield f"*{key}: client mood unknown* · {words.silence(state)}, the last was {then}"
    else:
        told = [words.headline(last), near_day(last.observed_on, state.today), words.going(state)]
        yield " · ".join(filter(None, told))
    said = words.sentence(last)
    yield f"{said} {words.who_and_when(last, now)}".strip()
    if state.trend is MoodTrend.NOT_KNOWN and not state.is_unknown:
        yield "_Four days with a reading make a trend._"


def _alert(alert: MoodAlertView | None, today: date) -> Iterator[Block]:
    if alert is None:
        return
    since = f"❗ Alert since {day(alert.opened_on, today)}"
    if alert.taken_by is not None:
        yield section(f"{since} · {escape(alert.taken_by.name)} is calling them")
        return
    call = button("I'll call them", ActionId.MOOD_ALERT_TAKE, str(alert.id), style="primary")
    yield section(f"{since} · nobody is calling them yet", call)


def _ways_on(found: MoodTrendView) -> list[Element]:
    readings = MoodFilter(project_id=found.project.id)
    return [
        button("Readings", ActionId.MOOD_LIST, encode(readings)),
        button("All projects", ActionId.MOOD_OVERVIEW),
    ]


def overview(found: Sequence[MoodOfProject]) -> Answer:
    """Show how all clients are, those first who need somebody."""
    if not found:
        return say("There is no project yet. Type `/mood` in its channel, and I'll offer to make it one.")
    ordered = sorted(found, key=_urgency)
    blocks = [section("*How the clients are*")]
    blocks += [
        section(_line(one), button("Trend", ActionId.MOOD_TREND, str(one.project.id)))
        for one in ordered[:PROJECTS_SHOWN]
    ]
    if more := len(ordered[PROJECTS_SHOWN:]):
        blocks.append(context(f"… and {more} more: `/mood trend ACME` shows any of them"))
    return Answer(text="How the clients are", blocks=tuple(blocks))


def _urgency(one: MoodOfProject) -> tuple[object, ...]:
    state = one.state
    latest = state.last.latest if state.last else 0
    falling = state.trend is MoodTrend.FALLING
    return (not state.has_alert, state.is_unknown, latest > LOW, not falling, latest, one.project.key)


def _line(one: MoodOfProject) -> str:
    state, key = one.state, one.project.key
    if state.last is None or state.is_unknown:
        told = [f"❔ *{key}* unknown", words.silence(state)]
    else:
        value = state.last.latest
        told = [
            f"{MOOD_MARKS[value]} *{key}* {words.spoken(value)}",
            near_day(state.last.day, state.today),
            words.going(state),
        ]
    if state.has_alert:
        told.insert(1, "❗ alert")
    return " · ".join(filter(None, told))

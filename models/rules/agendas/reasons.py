"""The reasons for talking about a project, as an agenda words them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from models.rules.actions import days_late
from models.rules.agendas.entries import Cause, Reason
from models.rules.days import near_words
from models.rules.moods.alerts import CLEARED_BY, CLEARED_FROM
from models.rules.moods.mood import MOOD_WORDS
from models.rules.sentences import due_word
from models.rules.statuses.periods import Cadence
from models.rules.statuses.rag import Colour
from models.rules.statuses.words import ordinal, slip_words
from models.value import replace

NAMED = 3
_TITLE_LENGTH = 60
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def due_words(on: date, today: date) -> str:
    """Return "due 22 Oct", or "was due 22 Oct" where that has passed.

    An agenda stands for days and is read in many zones, so it counts no days: that is done for one reader.
    """
    return f"{due_word(on, today)} {near_words(on)}"


def brief(text: str) -> str:
    """Return a text as part of a line: short, without its full stop."""
    line = " ".join(text.split()).removesuffix(".")
    return cut_between_words(line, _TITLE_LENGTH)


def cut_between_words(text: str, room: int) -> str:
    """Return a text that has room, cut between two words if need be; within one where it is that long."""
    if len(text) <= room:
        return text
    kept = text[: room - 1]
    whole = kept if text[room - 1] == " " else kept.rpartition(" ")[0] or kept
    return whole.rstrip(" ,·") + "…"


def colour_reason(
    colour: Colour, periods: int, cadence: Cadence, headline: str, *, stale_since: str = ""
) -> Reason:
    """Return that a project is red or amber, and for how long.

    Of one that nobody has spoken of since, as ``stale_since`` "week 47", nobody knows for how long.
    """
    unit = "week" if cadence is Cadence.WEEKLY else "month"
    since = f"stale, {stale_since}" if stale_since else f"{ordinal(periods)} {unit}"
    return Reason(
        Cause.RED if colour is Colour.RED else Cause.AMBER,
        f"{since}, {brief(headline)}" if headline else since,
        also=f"{colour.word.lower()}, {since}",
        detail=headline,
    )


def slipped_reason(dimension: str, slips: int, target_on: date, today: date) -> Reason:
    """Return that the way back to green moved again."""
    now = "was due" if target_on < today else "now"
    return Reason(
        Cause.PLAN_SLIPPED, f"{dimension.lower()} plan {slip_words(slips)}, {now} {near_words(target_on)}"
    )


def topic_reason(title: str, author: str) -> Reason:
    """Return that somebody wants to talk about something."""
    return Reason(Cause.TOPIC, f"{title} ({author})", detail=title)


def decision_reason(what: str, who: str = "", due: str = "", record_id: UUID | None = None) -> Reason:
    """Return that somebody waits for a decision; a status may ask for one that is no record yet."""
    said = followed(brief(what), ", ".join(filter(None, (who, due))))
    return Reason(Cause.DECISION, said, also=f"decide: {said}", detail=what, record_id=record_id)


def question_reason(what: str, asker: str, on: date, record_id: UUID | None = None) -> Reason:
    """Return that a status asks for a decision; who asked, and when, the line leaves to the details."""
    return replace(decision_reason(what, record_id=record_id), asked=f"asked by {asker} {near_words(on)}")


def followed(asked: str, more: str) -> str:
    """Return a question, or what else is to be decided, with what is said behind it."""
    return f"{asked}{'' if asked.endswith('?') else ','} {more}" if more else asked


def risk_reason(cause: Cause, name: str, title: str, score: str, state: str) -> Reason:
    """Return that a grave risk needs the meeting; ``state`` is such as "new"."""
    text = " ".join(filter(None, (f"{name} {brief(title)},", score + ("," if state else ""), state)))
    return Reason(cause, text, also=" ".join(filter(None, (name, score, state))), detail=title)


def late_reason(oldest: date, today: date, titles: Sequence[str]) -> Reason:
    """Return that actions are late; ``oldest`` is the day of the one that is late for longest."""
    count, due = len(titles), due_words(oldest, today)
    text = due if count == 1 else f"{count}, oldest {due}"
    also = f"{count} late action{'' if count == 1 else 's'}"
    days = days_late(oldest, today)
    return Reason(Cause.LATE_ACTION, text, also=also, detail="; ".join(titles), days=days)


def carried_reason(titles: Sequence[str]) -> Reason:
    """Return that actions were put off twice or more."""
    text = f"put off twice: {'; '.join(map(brief, titles[:NAMED]))}"
    return Reason(Cause.CARRIED_OVER, text, detail="; ".join(titles))


def milestone_reason(name: str, title: str, on: date, today: date) -> Reason:
    """Return that a milestone is near, or late."""
    when = _when(on, today)
    text, days = f"{name} {brief(title)}, {when}", days_late(on, today)
    return Reason(Cause.MILESTONE, text, also=f"{name} {when}", detail=title, days=days)


def gate_reason(phase: str, on: date | None, unaccepted: int, today: date) -> Reason:
    """Return that a phase ends with its last milestone, or could end since all are reached."""
    verb = "was to end" if on is not None and on < today else "ends"
    ends = f"{phase} {verb} {near_words(on)}" if on else f"{phase} can end"
    still = f"{unaccepted} deliverable{'' if unaccepted == 1 else 's'} not accepted yet" if unaccepted else ""
    why = still or ("its last milestone" if on else "all milestones are reached")
    return Reason(Cause.GATE, f"{ends}, {why}", also=ends, days=days_late(on, today) if on else 0)


def deliverable_reason(name: str, title: str, due: date, today: date) -> Reason:
    """Return that a deliverable is due, or late."""
    text, when = f"{name} {brief(title)}, {_when(due, today)}", _when(due, today)
    return Reason(Cause.DELIVERABLE, text, also=f"{name} {when}", detail=title, days=days_late(due, today))


def rejected_reason(name: str, title: str) -> Reason:
    """Return that the client rejected a deliverable."""
    when = "rejected"
    return Reason(Cause.DELIVERABLE, f"{name} {brief(title)}, {when}", also=f"{name} {when}")


def opportunity_reason(title: str, name: str = "", score: str = "") -> Reason:
    """Return that there is a new opportunity; one without a name is what a client let fall."""
    said = f"{name} {brief(title)}, {score}" if name else f"heard from the client: {brief(title)}"
    return Reason(
        Cause.OPPORTUNITY, said, also=f"opportunity {name}" if name else "opportunity", detail=title
    )


def _when(due: date, today: date) -> str:
    return due_words(due, today) if due < today else near_words(due)


def no_status_reason(missing: int, last: Colour | None) -> Reason:
    """Return that nobody has said for so many periods how a project is."""
    seen = f", last {last.word.lower()}" if last else ""
    count = _NUMBERS[missing] if missing < len(_NUMBERS) else f"more than {_NUMBERS[-1]}"
    text = f"{count} in a row missing{seen}"
    return Reason(Cause.NO_STATUS, text, also=f"{count} statuses missing{seen}")


def client_waits_reason(days: int) -> Reason:
    """Return that a client waits for a call; what they said is for the project's leads alone."""
    waits = f"the client has waited {days} day{'' if days == 1 else 's'} for our call"
    return Reason(Cause.CLIENT_WAITS, waits)


def check_due_reason(since: date) -> Reason:
    """Return that a project owes its delivery health check."""
    return Reason(
        Cause.CHECK_DUE, f"delivery health check, due since {near_words(since)}", also="health check due"
    )


def client_to_ask_reason() -> Reason:
    """Return that nobody has asked the client yet how satisfied they are, though it is time."""
    return Reason(
        Cause.CLIENT_TO_ASK, "the client is still to be asked how satisfied they are", also="client to ask"
    )


def no_measure_reason() -> Reason:
    """Return that nobody has said what tells whether a project does well."""
    return Reason(Cause.NO_MEASURE, "no measure of success yet")


def mood_reason(value: int, before: int | None, on: date | None = None) -> Reason:
    """Return that a client's mood needs somebody; ``on`` is the day before, where that is what alarmed."""
    was = f", was {before}" if before is not None and before != value else ""
    since = f" on {near_words(on)}" if was and on else ""
    is_better = on is not None and value >= CLEARED_FROM
    ends = f"{CLEARED_BY} days in a row of {CLEARED_FROM} or better end the alert" if is_better else ""
    text = f"client mood {value}, {MOOD_WORDS[value].lower()}{was}{since}"
    return Reason(Cause.MOOD_ALERT, text, detail=ends)

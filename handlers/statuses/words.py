"""How a status reads in Slack; every message and modal about statuses takes its words from here."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from handlers.blocks import day, escape, moment
from handlers.forms import reading
from models.read_models import DimensionView, Finding, OwedStatus, StatusInRow, StatusStart, StatusView
from models.rules.days import near_words
from models.rules.moods.mood import MOOD_MARKS, MOOD_WORDS, VALUES
from models.rules.projects.kinds import ProjectKind
from models.rules.projects.turns import turn_words
from models.rules.statuses.periods import Cadence, Period, Timeliness
from models.rules.statuses.rag import DIMENSION_WORDS, Colour, Dimension
from models.rules.statuses.words import (
    NOT_EXPLAINED,
    criteria_words,
    finding_words,
    in_a_row_words,
    movement_words,
    slip_words,
)

NO_CONTACT = "no_contact"
COLOUR_CHOICES = (Colour.AMBER, Colour.RED, Colour.NOT_APPLICABLE)
OVERALL_CHOICES = (Colour.GREEN, Colour.AMBER, Colour.RED)
MOOD_CHOICES = {
    **{str(value): f"{MOOD_MARKS[value]} {value} {MOOD_WORDS[value]}" for value in VALUES},
    NO_CONTACT: "No contact",
}
COLOUR_HINTS = {
    Colour.AMBER: "at risk, and we can recover",
    Colour.RED: "not achievable on the current plan",
    Colour.NOT_APPLICABLE: "",
}

_STATE_WORDS = {
    Timeliness.NOT_ASKED: "nobody asks for it",
    Timeliness.OPEN: "due {at}",
    Timeliness.OVERDUE: "was due {on}",
    Timeliness.MISSING: "missing, was due {on}",
    Timeliness.IN_TIME: "✓ in",
    Timeliness.LATE: "✓ in, late",
}


def colour(value: Colour) -> str:
    """Return "🟠 Amber"."""
    return f"{value.mark} {value.word}"


def choice(value: Colour) -> str:
    """Return a colour as a form offers it: with what it means."""
    hint = COLOUR_HINTS[value]
    return f"{colour(value)}: {hint}" if hint else colour(value)


def name(kind: ProjectKind, dimension: Dimension) -> str:
    """Return what a dimension is called in projects of that kind."""
    return DIMENSION_WORDS[kind].get(dimension, dimension.value)


def title(key: str, period: Period) -> str:
    """Return "ACME, week 41"."""
    return f"{key}, {period.name}"


def headline(status: StatusView, *, with_restricted: bool = False) -> str:
    """Return "*ACME, week 41: 🟠 Amber*"; a green that nobody has explained says so."""
    rag = status.rag
    told = unexplained(rag.words) if status.is_unexplained(with_restricted=with_restricted) else rag.words
    return f"*{title(status.project_key, status.period)}: {rag.declared.mark} {told}*"


def unexplained(colour_words: str) -> str:
    """Return "Green, but not explained yet"."""
    return f"{colour_words}, {NOT_EXPLAINED}"


def moved(found: StatusInRow) -> str:
    """Return "↓ from Green"; "" where there is nothing to compare with."""
    return movement_words(found.movement, found.before, found.periods_at_colour, found.status.period.cadence)


def plan(kind: ProjectKind, said: DimensionView, today: date) -> str:
    """Return one line about a dimension that isn't green, safe as mrkdwn."""
    told = f"{said.colour.mark} *{name(kind, said.dimension)}* {said.colour.word}"
    if not said.colour.wants_plan:
        return told
    step = f"{escape(said.step.rstrip('.'))}, by {_day(said.due_on, today)}"
    owner = f" ({escape(said.owner.name)})" if said.owner else ""
    slips = f" ({slip_words(said.slips)})" if said.slips else ""
    green_by = f", {_day(said.green_by, today)}" if said.green_by else ""
    until = f"Green when {escape(criteria_words(said.criteria))}{green_by}{slips}."
    return f"{told}: {step}{owner}. {until}"


def findings(status: StatusView, *, with_restricted: bool) -> str:
    """Return what is found behind a green status, as "green, but …" goes on; "" where nothing is."""
    return findings_told(each for each in status.found if with_restricted or not each.is_restricted)


def findings_told(found: Iterable[Finding]) -> str:
    """Return all of what is found, as "green, but …" goes on."""
    return "; ".join(finding_words(each.look, each.figure, each.names) for each in found)


def owed(each: OwedStatus) -> str:
    """Return "*ACME*, week 41 · due Thursday 17:00 · last 🟢 Green": which status waits, or is in."""
    state = standing(each)
    state = f"*{state}*" if each.is_late else state
    last = colour(each.last) if each.last else ""
    last = unexplained(last) if each.unexplained_id else last
    shown = last if each.is_in else f"last {last}" if last else ""
    return " · ".join(filter(None, [f"*{each.project_key}*, {each.period.name}", state, shown]))


def missing(each: OwedStatus) -> str:
    """Return which status was due and isn't in, for how long nobody has said it, and whose turn it is."""
    is_stale = each.state is Timeliness.MISSING or each.missed > 1
    told = [f"*{each.project_key}*, {each.period.name}", standing(each)]
    if in_a_row := in_a_row_words(each.missed):
        told.append(in_a_row)
    if each.last is not None:
        told.append(f"last {colour(each.last)}{', stale' if is_stale else ''}")
    told.append(turn(each))
    return " · ".join(told)


def standing(each: OwedStatus | StatusStart) -> str:
    """Return "due today, 17:00" by the reader's clock, or "was due Thu 26 Nov", the project's day."""
    at = moment(each.due_at) if each.due_at else ""
    return _STATE_WORDS[each.state].format(
        at=at, on=near_words(each.due_on, weekday=True) if each.due_on else ""
    )


def turn(each: OwedStatus) -> str:
    """Return who is to send it, and who is away whom they stand in for."""
    until = day(each.turn.until, each.period.starts_on) if each.turn.until else ""
    names = [escape(person.name) for person in each.turn.asked]
    return turn_words(names, [escape(holder.person.name) for holder in each.turn.absent], until)


def encode(project_id: UUID, period: Period, headline: str = "") -> str:
    """Return what a button carries to open the form of a project's period, with a headline typed before."""
    return " ".join([str(project_id), period.cadence, period.starts_on.isoformat(), headline]).rstrip()


@reading()
def decode(carried: str) -> tuple[UUID, Period, str]:
    """Return which form a button opens, and the headline that was typed before. Raises Unreadable."""
    project_id, cadence, starts_on, *headline = carried.split(" ", 3)
    return UUID(project_id), Period(date.fromisoformat(starts_on), Cadence(cadence)), " ".join(headline)


def _day(on: date | None, today: date) -> str:
    return day(on, today) if on else "?"

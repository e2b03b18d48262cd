"""How a home's lines read."""

from datetime import date

from handlers.blocks import day, escape
from handlers.moods import words as mood_words
from handlers.risks.words import mark
from models.read_models import OwedStatus, RiskView
from models.read_models.home import HomeProject, LatePlan, ProjectStanding
from models.rules.moods.mood import MOOD_MARKS, MoodTrend
from models.rules.statuses.words import NOT_EXPLAINED, movement_words


def subject(risk: RiskView) -> str:
    """Return what a line is about, safe as mrkdwn."""
    return f"*{risk.reference}* {mark(risk)}{escape(risk.title)}"


def gravity(project: HomeProject) -> str:
    """Return "*1 critical*, 2 high", or that there is nothing grave."""
    counts = [f"*{project.critical} critical*"] if project.critical else []
    counts += [f"{project.high} high"] if project.high else []
    return f"risks: {', '.join(counts)}" if counts else "no high risk"


def late_plan(plan: LatePlan, today: date) -> str:
    """Return "M2 Pilot 12 working days late, D2 Designs rejected, health check due since 3 Nov"."""
    told = [
        f"{escape(name)} *{days} working {'day' if days == 1 else 'days'} late*"
        for name, days in plan.overdue
    ]
    told += [f"{escape(name)} *rejected*" for name in plan.rejected]
    if plan.checked_since is not None:
        told.append(f"health check due since {day(plan.checked_since, today)}")
    return ", ".join(told)


def client(project: HomeProject | ProjectStanding) -> str:
    """Return how the client is: the last day's mood with its word, and where it is going."""
    state = project.mood
    if state.last is None or state.is_unknown:
        return f"client: {mood_words.silence(state)}"
    value = state.last.latest
    told = f"client: {MOOD_MARKS[value]} {mood_words.spoken(value)}"
    if state.trend is not MoodTrend.NOT_KNOWN:
        told += f", {state.trend.word} {state.trend.arrow}"
    return f"*{told}, mood alert*" if project.has_alert else told


def manager(project: HomeProject) -> str:
    """Return who manages the project."""
    return escape(project.manager) if project.manager else "*nobody manages it*"


def standing(project: HomeProject | ProjectStanding) -> str:
    """Return "🟠 Amber ↓ from Green", and how old that is where it says little about now."""
    found = project.status
    if found is None:
        return "no status yet"
    told = f"{found.colour.mark} {found.colour.word}"
    if found.is_unexplained:
        told += f", {NOT_EXPLAINED}"
    elif found.is_flagged:
        told += ", but …"
    if found.is_stale:
        return f"{told} in {found.period.name}, *stale*"
    moved = movement_words(found.movement, found.before, found.periods_at_colour, found.period.cadence)
    return f"{told} {moved}".strip()


def unexplained(owed: OwedStatus) -> str:
    """Return whose green waits for a word."""
    mark = f"{owed.last.mark} {owed.last.word}" if owed.last else ""
    return f"*{owed.project_key}* · {mark}, {NOT_EXPLAINED}"

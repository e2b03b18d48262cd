"""How a home's lines read."""

from handlers.blocks import escape
from handlers.moods import words as mood_words
from handlers.risks.words import mark
from models.read_models import RiskView
from models.read_models.home import HomeProject
from models.rules.mood import MOOD_MARKS, MoodTrend


def subject(risk: RiskView) -> str:
    """Return what a line is about, safe as mrkdwn."""
    return f"*{risk.reference}* {mark(risk)}{escape(risk.title)}"


def gravity(project: HomeProject) -> str:
    """Return "*1 critical*, 2 high", or that there is nothing grave."""
    counts = [f"*{project.critical} critical*"] if project.critical else []
    counts += [f"{project.high} high"] if project.high else []
    return f"risks: {', '.join(counts)}" if counts else "no high risk"


def client(project: HomeProject) -> str:
    """Return how the client is: the last day's mood with its word, and where it is going."""
    state = project.mood
    if state.last is None or state.is_unknown:
        return f"client: {mood_words.silence(state)}"
    value = state.last.lowest
    told = f"client: {MOOD_MARKS[value]} {mood_words.spoken(value)}"
    if state.trend is not MoodTrend.NOT_KNOWN:
        told += f", {state.trend.word} {state.trend.arrow}"
    return f"*{told}, mood alert*" if project.has_alert else told


def manager(project: HomeProject) -> str:
    """Return who manages the project."""
    return escape(project.manager.name) if project.manager else "*nobody manages it*"

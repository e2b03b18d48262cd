"""How a risk's values read in Slack; every message and modal takes its words from here."""

from collections.abc import Callable
from datetime import date

from handlers.blocks import day, escape
from handlers.views.histories import HistoryWords
from models.read_models import RiskView
from models.rules.risks.moves import ACTIONS
from models.rules.risks.scoring import PROBABILITY_WORDS, SeverityBand
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import (
    STRATEGY_WORDS,
    Proximity,
    ResponseStrategy,
    RiskCategory,
    RiskKind,
    Visibility,
    band_word,
    status_word,
)

CATEGORY_WORDS = {category: category.value.replace("_", " and ").capitalize() for category in RiskCategory}
PROXIMITY_WORDS = {
    Proximity.IMMINENT: "Any day now",
    Proximity.WITHIN_A_MONTH: "Within a month",
    Proximity.WITHIN_A_QUARTER: "Within a quarter",
    Proximity.LATER: "Later",
}
VISIBILITY_WORDS = {
    Visibility.TEAM: "The whole team",
    Visibility.RESTRICTED: "Only project leads, owner and raiser",
}
KIND_WORDS = {
    RiskKind.THREAT: "It would hurt: a threat",
    RiskKind.OPPORTUNITY: "It would help: an opportunity",
}
HOW_MUCH = {RiskKind.THREAT: "How bad", RiskKind.OPPORTUNITY: "How good"}
_ACTION_WORDS = {
    "logged": "logged it",
    "edited": "changed it",
    "scored": "scored it",
    "owned": "said whose it is",
    "responded": "planned a response",
    "reassessed": "reassessed it",
    "unjudged": "took back what was done, so its first score counts again",
    "closed": "closed it",
    "accepted": "accepted it",
    "escalated": "escalated it",
    "happened": "marked it as happened",
    "reopened": "opened it again",
    "reviewed": "found it still right",
    "undone": "took it back",
    "acceptance_asked": "asked a delivery manager to accept it",
    "acceptance_refused": "said not yet to accepting it",
}
_FIELD_WORDS = {
    "title": "what might happen",
    "probability": "",
    "impact": "",
    "residual_probability": "how likely now",
    "residual_impact": "impact now",
    "proximity": "how soon",
    "cause": "why",
    "effect": "effect",
    "category": "category",
    "owner_id": "owner",
    "strategy": "what we'll do",
    "due_on": "due",
    "visibility": "who sees it",
    "kind": "kind",
    "next_review_on": "review",
    "closing_reason": "reason",
    "source_url": "message",
}
_UNSHOWN = frozenset({"next_review_on", "closing_reason", "acceptance_asked_by_id"})
_LONG = frozenset({"cause", "effect"})


def severity(risk: RiskView) -> str:
    """Return "*High 12*", or "*Not scored*"."""
    if risk.band is None:
        return "*Not scored*"
    return f"*{band_word(risk.kind, risk.band)} {risk.score}*"


def levels(risk: RiskView) -> str:
    """Return "likely 4 × impact 3" with whatever of the two is known."""
    parts = []
    if risk.active_probability is not None:
        parts.append(f"{PROBABILITY_WORDS[risk.active_probability].lower()} {risk.active_probability}")
    if risk.active_impact is not None:
        parts.append(f"impact {risk.active_impact}")
    return " × ".join(parts)


def not_said_yet(risk: RiskView) -> str:
    """Return which half of the score is missing, where only one is known; "" otherwise."""
    if risk.probability is None and risk.impact is not None:
        return "how likely isn't said yet"
    if risk.impact is None and risk.probability is not None:
        return f"{HOW_MUCH[risk.kind].lower()} isn't said yet"
    return ""


def before_response(risk: RiskView) -> str:
    """Return how it was scored before something was done about it; "" where that is its score still."""
    if not risk.has_residual or risk.probability is None or risk.impact is None:
        return ""
    if (risk.probability, risk.impact) == (risk.residual_probability, risk.residual_impact):
        return ""
    levels = f"{PROBABILITY_WORDS[risk.probability].lower()} {risk.probability} × impact {risk.impact}"
    return f"{levels} before we did something about it"


def mark(risk: RiskView) -> str:
    """Return what tells an opportunity from the threats that most risks are."""
    return "💡 " if risk.kind is RiskKind.OPPORTUNITY else ""


def headline(risk: RiskView) -> str:
    """Return the reference and the title, safe as mrkdwn."""
    return f"{mark(risk)}*{risk.reference} {escape(risk.title)}*"


def owner(risk: RiskView) -> str:
    """Return who owns it; "" where nobody did and it is over."""
    if risk.owner is None:
        return "No owner yet" if risk.is_live else ""
    return f"{escape(risk.owner.name)} owns it"


def when(risk: RiskView, today: date) -> str:
    """Return what is next: how late it is, when it is due, or looked at again; "" where nothing is."""
    if not risk.is_live:
        return ""
    unreviewed = risk.days_unreviewed(today)
    told = []
    if risk.due_on is not None and risk.due_on < today:
        told.append(f"*{_days((today - risk.due_on).days)} late*")
    elif risk.due_on is not None:
        told.append(f"due {day(risk.due_on, today)}")
    elif risk.next_review_on is not None and not unreviewed:
        told.append(f"review {day(risk.next_review_on, today)}")
    if unreviewed:
        told.append(f"*review {_days(unreviewed)} overdue*")
    return " · ".join(told)


def _days(number: int) -> str:
    return f"{number} day{'s' if number != 1 else ''}"


def state(risk: RiskView) -> str:
    """Return "open", or what a proposed risk waits for."""
    if risk.lacks_owner:
        return "waiting for an owner"
    return status_word(risk.kind, risk.status)


def band_count(band: SeverityBand | None, count: int) -> str:
    """Return "3 moderate", or "2 not scored"."""
    return f"{count} {band.value if band else 'not scored'}"


_Shown = dict[str, Callable[[str], str]]
_SHOWN: _Shown = {
    "probability": lambda value: f"{PROBABILITY_WORDS[int(value)].lower()} {value}",
    "residual_probability": lambda value: f"{PROBABILITY_WORDS[int(value)].lower()} {value}",
    "impact": lambda value: f"impact {value}",
    "proximity": lambda value: PROXIMITY_WORDS[Proximity(value)].lower(),
    "category": lambda value: CATEGORY_WORDS[RiskCategory(value)].lower(),
    "strategy": lambda value: STRATEGY_WORDS[ResponseStrategy(value)].lower(),
    "visibility": lambda value: VISIBILITY_WORDS[Visibility(value)].lower(),
    "due_on": lambda value: day(date.fromisoformat(value)),
    "next_review_on": lambda value: day(date.fromisoformat(value)),
    "title": lambda value: f"“{escape(value)}”",
}


def _history_of(kind: RiskKind) -> HistoryWords:
    shown = _SHOWN | {"status": lambda value: status_word(kind, RiskStatus(value))}
    actions = _ACTION_WORDS | {"rejected": f"said it is {status_word(kind, RiskStatus.REJECTED)}"}
    telling = frozenset(ACTIONS.values())
    return HistoryWords(actions, _FIELD_WORDS, shown, unshown=_UNSHOWN, long=_LONG, telling=telling)


HISTORY = {kind: _history_of(kind) for kind in RiskKind}
"""How a risk's history reads, and each field of it that changed, safe as mrkdwn."""

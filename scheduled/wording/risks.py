"""How risks read in messages; templates take these values as ``risk``."""

from datetime import date
from zoneinfo import ZoneInfo

from models.read_models import RiskView
from models.rules.risks.scoring import PROBABILITY_WORDS
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import STRATEGY_WORDS, RiskKind, Visibility, band_word, status_word
from models.value import Value
from scheduled.wording import brief, plain_day

MARKS = {RiskKind.THREAT: "⚠️", RiskKind.OPPORTUNITY: "💡"}

OVER = frozenset({RiskStatus.CLOSED, RiskStatus.REJECTED})
"""States in which nobody needs to do anything any more."""


class RiskWords(Value):
    """A risk in words. None where something is not known, for the template to ask."""

    reference: str
    title: str
    mark: str
    is_opportunity: bool
    status: str
    state: str
    is_over: bool
    is_restricted: bool
    is_withdrawn: bool
    score: str | None
    """Such as "High 12"."""
    levels: str | None
    """Such as "likely 4 × impact 3"."""
    strategy: str | None
    """What we'll do about it, such as "reduce"."""
    owner: str | None
    lacks_owner: bool
    """Whether all that it waits for is somebody to own it."""
    raiser: str
    raised: str
    """The day on which it was raised."""
    review: str | None
    is_stale: bool
    """Whether the day of its review has passed."""
    due: str | None
    is_late: bool
    """Whether that day has passed."""
    reason: str | None
    project: str
    channel: str
    """The channel's id, for the filter of that name."""


def risk_words(risk: RiskView, today: date) -> RiskWords:
    """Return the risk in words."""
    return RiskWords(
        reference=str(risk.reference),
        title=risk.title,
        mark=MARKS[risk.kind],
        is_opportunity=risk.kind is RiskKind.OPPORTUNITY,
        status=risk.status.value,
        state=status_word(risk.kind, risk.status),
        is_over=risk.status in OVER,
        is_restricted=risk.visibility is Visibility.RESTRICTED,
        is_withdrawn=risk.is_withdrawn,
        score=None if risk.band is None else f"{band_word(risk.kind, risk.band)} {risk.score}",
        levels=levels(risk.active_probability, risk.active_impact),
        strategy=STRATEGY_WORDS[risk.strategy].lower() if risk.strategy else None,
        owner=risk.owner.name if risk.owner else None,
        lacks_owner=risk.lacks_owner,
        raiser=risk.raised_by.name,
        raised=plain_day(risk.raised_at.astimezone(ZoneInfo(risk.timezone)).date(), today),
        review=plain_day(risk.next_review_on, today) if risk.next_review_on else None,
        is_stale=risk.is_stale(today),
        due=plain_day(risk.due_on, today) if risk.due_on else None,
        is_late=risk.is_late(today),
        reason=brief(risk.closing_reason) or None,
        project=risk.project_name,
        channel=risk.channel_id,
    )


def levels(probability: int | None, impact: int | None) -> str | None:
    """Return "likely 4 × impact 3"; None while either is not known."""
    if probability is None or impact is None:
        return None
    return f"{PROBABILITY_WORDS[probability].lower()} {probability} × impact {impact}"

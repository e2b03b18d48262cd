"""Works out the risk that follows from what people say of it; touches no database."""

from datetime import date, datetime, timedelta

from models.commands import RiskFields
from models.errors import Invalid
from models.read_models import FieldChange, PersonRef, ProjectView, RiskView
from models.rules.risks.scoring import GRAVE_FROM, REVIEW_DAYS
from models.rules.risks.states import (
    LIVE,
    STATUS_WORDS,
    TRANSITIONS,
    RiskStatus,
)
from models.rules.risks.words import ResponseStrategy
from models.services.risks.transitions import require_transition, settled
from models.services.zones import today_of
from models.value import replace

AUDITED = (
    "status",
    "title",
    "kind",
    "probability",
    "impact",
    "cause",
    "effect",
    "residual_probability",
    "residual_impact",
    "proximity",
    "category",
    "owner_id",
    "strategy",
    "due_on",
    "visibility",
    "next_review_on",
    "acceptance_asked_by_id",
    "closing_reason",
    "source_url",
)
"""The fields whose changes the audit trail keeps."""

_NEW_DATE = "The day it was due has passed. Say by when now, or close it."


def with_fields(
    risk: RiskView, fields: RiskFields, owner: PersonRef | None, *, may_escalate: bool
) -> RiskView:
    """Return the risk with everything that a person may set, opened if it is ready.

    To escalate as what we'll do about it escalates it, where the person may; else it is a wish.
    """
    rescored = _rescored(risk, fields.probability, fields.impact)
    changed = _settled_after(
        risk,
        replace(
            rescored,
            title=fields.title,
            kind=fields.kind,
            cause=fields.cause,
            effect=fields.effect,
            category=fields.category,
            owner=owner,
            strategy=fields.strategy,
            due_on=fields.due_on,
            proximity=fields.proximity,
            visibility=fields.visibility,
        ),
    )
    return _escalated_if_chosen(risk, changed) if may_escalate else changed


def begun(risk: RiskView, *, may_escalate: bool) -> RiskView:
    """Return a new risk, proposed with all that was said of it: opened or escalated likewise."""
    opened = settled(risk)
    return _escalated_if_chosen(risk, opened) if may_escalate else opened


def _escalated_if_chosen(before: RiskView, after: RiskView) -> RiskView:
    is_new = before.strategy is not ResponseStrategy.ESCALATE or before.status is RiskStatus.PROPOSED
    is_chosen = is_new and after.strategy is ResponseStrategy.ESCALATE
    if is_chosen and RiskStatus.ESCALATED in TRANSITIONS[after.status]:
        return replace(after, status=RiskStatus.ESCALATED, acceptance_asked_by=None)
    return after


def with_score(
    risk: RiskView, probability: int, impact: int, owner: PersonRef | None, due_on: date | None = None
) -> RiskView:
    """Return the risk scored, and opened if it is ready; ``due_on`` None leaves its day alone.

    Raises RefusedTransition for one that is over.
    """
    if risk.status not in LIVE:
        require_transition(risk, RiskStatus.OPEN)
    rescored = _rescored(risk, probability, impact)
    return _settled_after(risk, replace(rescored, owner=owner, due_on=due_on or risk.due_on))


def _rescored(risk: RiskView, probability: int | None, impact: int | None) -> RiskView:
    """Return the risk with these levels; judged anew, nothing is known of what is left of it."""
    if (risk.probability, risk.impact) == (probability, impact):
        return risk
    return replace(
        risk, probability=probability, impact=impact, residual_probability=None, residual_impact=None
    )


def with_residual(risk: RiskView, probability: int, impact: int) -> RiskView:
    """Return the risk with what is left of it after what was done."""
    if risk.status not in LIVE:
        require_transition(risk, RiskStatus.OPEN)
    # Whoever judges it has looked at it, whatever they find: ``reviewed`` sets the next review anew.
    left = replace(risk, residual_probability=probability, residual_impact=impact, next_review_on=None)
    return _settled_after(risk, left)


def confirmed(risk: RiskView, due_on: date | None, today: date) -> RiskView:
    """Return the risk without its next review, which ``reviewed`` sets anew. Raises Invalid.

    It is not all right while the day has passed by which it was due: ``due_on`` is the new one.
    """
    require_reviewable(risk)
    due = due_on or risk.due_on
    if due is not None and due < today:
        raise Invalid({"due_on": "That day has passed. Pick today or later." if due_on else _NEW_DATE})
    return replace(risk, next_review_on=None, due_on=due)


def require_reviewable(risk: RiskView) -> None:
    """Raise Invalid where nobody needs to look at the risk again."""
    if risk.status not in LIVE:
        raise Invalid({"risk": f"It is {STATUS_WORDS[risk.status]}, so nobody needs to look at it again."})
    if risk.band is None:
        raise Invalid({"risk": "Nobody has said yet how likely and how bad it is. Score it instead."})


def _settled_after(before: RiskView, after: RiskView) -> RiskView:
    """Return the changed risk settled; who accepted a smaller risk did not accept this one."""
    is_graver = after.band is not None and before.band is not None and after.band.rank > before.band.rank
    if after.status is RiskStatus.ACCEPTED and is_graver and after.reaches(GRAVE_FROM):
        after = replace(after, status=RiskStatus.OPEN, strategy=None)
    if is_graver:
        # Whoever asked for leave to accept the smaller risk did not ask about this one.
        after = replace(after, acceptance_asked_by=None)
    return settled(after)


def reviewed(before: RiskView | None, risk: RiskView, project: ProjectView, now: datetime) -> RiskView:
    """Return the risk with the day it is looked at next: by its band, from today where the project is.

    Who only words it otherwise has not judged it, and leaves that day alone; ``before`` None means it is new.
    """
    if risk.status not in LIVE or risk.band is None:
        return replace(risk, next_review_on=None)
    if before is not None and risk.next_review_on is not None and is_judged_alike(before, risk):
        return risk
    days = REVIEW_DAYS[risk.band]
    return replace(risk, next_review_on=today_of(project, now) + timedelta(days=days))


def is_judged_alike(before: RiskView, after: RiskView) -> bool:
    """Tell whether neither its state nor how likely and how bad it is changed."""
    return (before.status, before.active_probability, before.active_impact) == (
        after.status,
        after.active_probability,
        after.active_impact,
    )


def changes(before: RiskView | None, after: RiskView) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it; ``before`` None means that the risk is new."""
    old = _plain(before) if before is not None else dict.fromkeys(AUDITED)
    new = _plain(after)
    return tuple(FieldChange(name, old[name], new[name]) for name in AUDITED if old[name] != new[name])


def _plain(risk: RiskView) -> dict[str, str | None]:
    people = {"owner_id": risk.owner, "acceptance_asked_by_id": risk.acceptance_asked_by}
    values = {name: getattr(risk, name) for name in AUDITED if name not in people}
    values |= {name: person.id if person else None for name, person in people.items()}
    return {name: None if value is None or value == "" else str(value) for name, value in values.items()}

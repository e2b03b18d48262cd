"""Checks what people say of a risk, and works out the risk that follows; touches no database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from models.commands import TEXT_LENGTH, TITLE_LENGTH, URL_LENGTH, RiskFields
from models.errors import IncompleteTransition, Invalid, RefusedTransition
from models.read_models import FieldChange, PersonRef, ProjectView, RiskView
from models.rules.risks.moves import RiskMove, target_of
from models.rules.risks.scoring import GRAVE_FROM, LEVELS, REVIEW_DAYS, SeverityBand
from models.rules.risks.states import (
    LIVE,
    STATUS_WORDS,
    TRANSITIONS,
    Missing,
    RiskFacts,
    RiskStatus,
    allowed_next,
    missing_for,
)
from models.rules.risks.words import ResponseStrategy, RiskKind, fits
from models.services.texts import clean, clean_line, is_address, too_long
from models.services.zones import today_of

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

_ANSWERS = {RiskMove.ACCEPT: ResponseStrategy.ACCEPT, RiskMove.ESCALATE: ResponseStrategy.ESCALATE}
_KINDS = {RiskKind.THREAT: "a threat", RiskKind.OPPORTUNITY: "an opportunity"}
_FIELD_OF = {Missing.PROBABILITY: "probability", Missing.IMPACT: "impact", Missing.OWNER: "owner_id"}
_STILL_NEEDED = {
    Missing.PROBABILITY: "Say how likely it is; only a proposed risk can go without.",
    Missing.IMPACT: "Say how bad it would be; only a proposed risk can go without.",
    Missing.OWNER: "Choose an owner; only a proposed risk can go without.",
}


def checked(fields: RiskFields) -> RiskFields:
    """Return the fields as they are kept. Raises Invalid with a sentence for each that can't stand."""
    cleaned = replace(
        fields, title=clean_line(fields.title), cause=clean(fields.cause), effect=clean(fields.effect)
    )
    problems = dict(_problems(cleaned))
    if problems:
        raise Invalid(problems)
    return cleaned


def checked_reason(reason: str) -> str:
    """Return a reason as it is kept. Raises Invalid."""
    cleaned = clean(reason)
    for problem in too_long(cleaned, TEXT_LENGTH):
        raise Invalid({"reason": problem})
    return cleaned


def check_levels(probability: int | None, impact: int | None) -> None:
    """Raise Invalid unless each is 1 to 5 or not known."""
    problems = dict(_level_problems(probability, impact))
    if problems:
        raise Invalid(problems)


def _problems(fields: RiskFields) -> Iterator[tuple[str, str]]:
    if not fields.title:
        yield "title", "Say in a few words what might happen."
    texts = (
        ("title", fields.title, TITLE_LENGTH),
        ("cause", fields.cause, TEXT_LENGTH),
        ("effect", fields.effect, TEXT_LENGTH),
    )
    for name, text, longest in texts:
        for problem in too_long(text, longest):
            yield name, problem
    if fields.source_url is not None and not is_address(fields.source_url, URL_LENGTH):
        yield "source_url", "I can't read where this came from. Log it without, or try again."
    yield from _level_problems(fields.probability, fields.impact)
    if fields.strategy is not None and not fits(fields.kind, fields.strategy):
        yield "strategy", f"That doesn't answer {_KINDS[fields.kind]}. Choose another."


def _level_problems(probability: int | None, impact: int | None) -> Iterator[tuple[str, str]]:
    for name, level in (("probability", probability), ("impact", impact)):
        if level is not None and level not in LEVELS:
            yield name, "Choose a number from 1 to 5."


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


def with_score(risk: RiskView, probability: int, impact: int, owner: PersonRef | None) -> RiskView:
    """Return the risk scored, and opened if it is ready. Raises RefusedTransition for one that is over."""
    if risk.status not in LIVE:
        require_transition(risk, RiskStatus.OPEN)
    return _settled_after(risk, replace(_rescored(risk, probability, impact), owner=owner))


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


def responded(risk: RiskView, strategy: ResponseStrategy, *, has_dated_action: bool) -> RiskView:
    """Return the risk being worked on. Raises Invalid, RefusedTransition, IncompleteTransition."""
    check_strategy(risk.kind, strategy)
    after = replace(risk, strategy=strategy, next_review_on=None, acceptance_asked_by=None)
    if risk.status is RiskStatus.TREATING:
        return after
    require_transition(after, RiskStatus.TREATING, has_dated_action=has_dated_action)
    return replace(after, status=RiskStatus.TREATING)


def check_strategy(kind: RiskKind, strategy: ResponseStrategy) -> None:
    """Raise Invalid where the strategy does not answer that kind of risk."""
    if not fits(kind, strategy):
        raise Invalid({"strategy": f"That doesn't answer {_KINDS[kind]}. Choose another."})


def moved(risk: RiskView, move: RiskMove, reason: str, *, is_approved: bool) -> RiskView:
    """Return the risk after the move; ``is_approved`` says that a delivery manager stands behind it.

    Raises RefusedTransition, IncompleteTransition.
    """
    target = target_of(move, risk.status)
    require_transition(risk, target, reason, is_approved=is_approved)
    return settled(
        replace(
            risk,
            status=target,
            strategy=_strategy_after(risk, move),
            closing_reason="" if target in LIVE else reason,
            acceptance_asked_by=None,
        )
    )


def _strategy_after(risk: RiskView, move: RiskMove) -> ResponseStrategy | None:
    """Return what we'll do about it: accepting and escalating are answers, and reopening takes them back."""
    if move in _ANSWERS:
        return _ANSWERS[move]
    is_taken_back = move is RiskMove.REOPEN and risk.strategy in _ANSWERS.values()
    return None if is_taken_back else risk.strategy


def confirmed(risk: RiskView) -> RiskView:
    """Return the risk without its next review, which ``reviewed`` sets anew. Raises Invalid."""
    if risk.status not in LIVE:
        raise Invalid({"risk": f"It is {STATUS_WORDS[risk.status]}, so nobody needs to look at it again."})
    if risk.band is None:
        raise Invalid({"risk": "Nobody has said yet how likely and how bad it is. Score it instead."})
    return replace(risk, next_review_on=None)


def _settled_after(before: RiskView, after: RiskView) -> RiskView:
    """Return the changed risk settled; who accepted a smaller risk did not accept this one."""
    is_graver = after.band is not None and before.band is not None and after.band.rank > before.band.rank
    if after.status is RiskStatus.ACCEPTED and is_graver and reaches(after, GRAVE_FROM):
        after = replace(after, status=RiskStatus.OPEN, strategy=None)
    if is_graver:
        # Whoever asked for leave to accept the smaller risk did not ask about this one.
        after = replace(after, acceptance_asked_by=None)
    return settled(after)


def settled(risk: RiskView) -> RiskView:
    """Return the risk in the state that follows from its fields: a proposed one is open once it is complete.

    Raises Invalid when a risk beyond that lost what it needs.
    """
    missing = missing_for(RiskStatus.PROPOSED, RiskStatus.OPEN, _facts(risk))
    if risk.status is RiskStatus.PROPOSED:
        return risk if missing else replace(risk, status=RiskStatus.OPEN)
    if risk.status is not RiskStatus.REJECTED and missing:
        raise Invalid({_FIELD_OF[lack]: _STILL_NEEDED[lack] for lack in missing})
    return risk


def require_transition(
    risk: RiskView,
    target: RiskStatus,
    reason: str = "",
    *,
    is_approved: bool = False,
    has_dated_action: bool = False,
) -> None:
    """Raise RefusedTransition or IncompleteTransition unless the risk may become ``target``."""
    if target not in TRANSITIONS[risk.status]:
        raise RefusedTransition(risk.status, target, allowed_next(risk.status))
    facts = replace(
        _facts(risk),
        reason=reason,
        approved_by_delivery_manager=is_approved,
        has_dated_action=has_dated_action,
    )
    missing = missing_for(risk.status, target, facts)
    if missing:
        raise IncompleteTransition(target, missing)


def reviewed(risk: RiskView, project: ProjectView, now: datetime) -> RiskView:
    """Return the risk with the day it is looked at next: by its band, from today where the project is."""
    if risk.status not in LIVE or risk.band is None:
        return replace(risk, next_review_on=None)
    days = REVIEW_DAYS[risk.band]
    return replace(risk, next_review_on=today_of(project, now) + timedelta(days=days))


def reaches(risk: RiskView, lowest: SeverityBand) -> bool:
    """Tell whether the risk is scored at that band or above."""
    return risk.band is not None and risk.band.rank >= lowest.rank


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


def _facts(risk: RiskView) -> RiskFacts:
    return RiskFacts(
        probability=risk.probability,
        impact=risk.impact,
        has_owner=risk.owner is not None,
        has_strategy=risk.strategy is not None,
        is_high_or_critical=reaches(risk, GRAVE_FROM),
    )

"""The one way in which a risk changes: locked, decided upon, written, kept in the history, and told."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from models.database import Database
from models.read_models import Actor, Origin, PersonRef, RiskView
from models.rules.risks.scoring import GRAVE_FROM
from models.rules.risks.states import LIVE
from models.services import audit
from models.services.actions.following import cancel_open
from models.services.actions.rows import show_to
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.receipts import claim
from models.services.risks import fields as risk_fields
from models.services.risks import notices as risk_notices
from models.services.risks.escalating import Occasion, escalated, of_change, of_time
from models.services.risks.found import Found, find, required_risk
from models.services.risks.rows import RISK, update_risk
from models.services.zones import here_at
from models.value import Value, replace


def _nothing_else(_found: Found, _after: RiskView) -> tuple[PersonRef, ...]:
    return ()


def _nothing_more(_found: Found, _after: RiskView) -> None:
    """Write nothing after it."""


_OVER = "{} is over"


class Change(Value):
    """What a person does to a risk. ``action`` is what the history calls it.

    ``decide`` returns what becomes of the risk, or raises; ``also`` writes what belongs to the change beside
    the risk itself, and returns who hears of that; ``then`` writes what must come last.
    """

    action: str
    decide: Callable[[Found], RiskView]
    also: Callable[[Found, RiskView], tuple[PersonRef, ...]] = _nothing_else
    reason: str = ""
    then: Callable[[Found, RiskView], None] = _nothing_more
    unscored: str = ""
    """What the history calls it instead where it leaves the score as it was."""
    is_ending: bool = False
    """Whether it only ends the risk, as may be done although the project is over."""


def change(
    database: Database, actor: Actor, risk_id: UUID, what: Change, *, origin: Origin, now: datetime
) -> RiskView:
    """Carry a change out in one transaction. Raises NotFound, NotAllowed, and what ``decide`` raises."""
    with database.write() as session:
        earlier = claim(session, actor.workspace_id, origin, risk_id, now)
        if earlier is not None:
            return required_risk(session, actor.workspace_id, earlier)
        found = find(session, actor, risk_id)
        if not what.is_ending:
            found.require_active()
        return carry_out(found, actor, what, origin=origin, now=now)


def carry_out(found: Found, actor: Actor, what: Change, *, origin: Origin, now: datetime) -> RiskView:
    """Write what is decided about a risk that is locked, and all that follows from it."""
    session, before = found.session, found.risk
    decided = what.decide(found)
    knowing = what.also(found, decided)
    if decided == before:
        return decided
    after = replace(
        risk_fields.reviewed(before, decided, found.project, now), version=decided.version + 1, updated_at=now
    )
    update_risk(session, after)
    changes = risk_fields.changes(before, after)
    is_rescored = (before.probability, before.impact) != (after.probability, after.impact)
    action = what.action if is_rescored else what.unscored or what.action
    entry = audit.Entry(RISK, after.id, after.version, action, changes, what.reason)
    audit.record(session, actor, entry, origin=origin, now=now)
    posted = risk_notices.posted_about(session, actor.workspace_id, after.id)
    occasions = (*of_change(before, after), *_of_time(found, after, now))
    above = escalated(session, after, occasions, actor.person, now)
    said = tuple(risk_notices.of_changed_risk(before, after, actor.person, posted, above, knowing))
    said += _about_acceptance(found, after, actor)
    enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)
    _take_along(found, actor, after, origin=origin, now=now)
    what.then(found, after)
    return after


def _of_time(found: Found, after: RiskView, now: datetime) -> tuple[Occasion, ...]:
    """Return what time has brought about meanwhile; only a grave risk's actions can be of interest."""
    if not after.reaches(GRAVE_FROM):
        return ()
    return tuple(of_time(found.session, after, found.actions(), here_at(found.project, now)))


def _about_acceptance(found: Found, after: RiskView, actor: Actor) -> tuple[Outgoing, ...]:
    """Return what is said where somebody asked for leave to accept it, or waits for the answer."""
    if found.risk.acceptance_asked_by is None and after.acceptance_asked_by is not None:
        return tuple(risk_notices.of_acceptance_asked(after, found.delivery_managers()))
    return tuple(risk_notices.of_acceptance_answered(found.risk, after, actor.person))


def _take_along(found: Found, actor: Actor, after: RiskView, *, origin: Origin, now: datetime) -> None:
    """Let what was promised follow: nobody does anything about what is over, or sees what they must not."""
    if after.visibility is not found.risk.visibility:
        show_to(found.session, found.actions(), after.visibility)
    is_over = after.status not in LIVE
    if is_over or after.is_withdrawn:
        cancel_open(
            found.session,
            actor,
            found.actions(),
            _OVER.format(after.reference),
            is_removed=after.is_withdrawn,
            origin=origin,
            now=now,
        )

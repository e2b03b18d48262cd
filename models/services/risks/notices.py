"""Decides what each event in a risk's life says to whom; the outbox carries it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.read_models import PersonRef, RiskView
from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.scoring import ANNOUNCED_FROM
from models.rules.risks.states import LIVE, RiskStatus
from models.rules.risks.words import Visibility
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.posted import Posted, posted_with
from models.services.risks.fields import is_judged_alike
from models.value import replace


def posted_about(session: Session, workspace_id: UUID, risk_id: UUID) -> tuple[Posted, ...]:
    """Return the posts and replies about a risk that were enqueued so far, oldest first."""
    return posted_with(session, workspace_id, _key(risk_id, ""))


def of_new_risk(
    risk: RiskView,
    leads: Sequence[PersonRef],
    confirm_in: str | None,
    told_above: Sequence[Outgoing] = (),
) -> Iterator[Outgoing]:
    """Yield what is said when a risk is logged; ``leads`` are those whom the project's news is for.

    Who is ``told_above`` the project is told nothing else of it.
    """
    above = {message.channel_id for message in told_above}
    if _is_announced(risk):
        yield _post(NoticeKind.RISK_ANNOUNCED, risk, risk.channel_id, _key(risk.id, "announced"))
    if risk.status is RiskStatus.PROPOSED or risk.visibility is Visibility.RESTRICTED:
        for lead in leads:
            if lead.id != risk.raised_by.id:
                key = _key(risk.id, "proposed", lead.slack_user_id)
                yield _post(NoticeKind.RISK_PROPOSED, risk, lead.slack_user_id, key)
    asked = {lead.id for lead in leads} if risk.status is RiskStatus.PROPOSED else set()
    if risk.owner is None or risk.owner.slack_user_id not in above:
        yield from _to_new_owner(None, risk, {risk.raised_by.id, *asked})
    yield from told_above
    if confirm_in is not None:
        yield _confirmation(risk, confirm_in)


def of_changed_risk(
    before: RiskView,
    after: RiskView,
    by: PersonRef,
    posted: Sequence[Posted],
    told_above: Sequence[Outgoing] = (),
    knowing: Sequence[PersonRef] = (),
) -> Iterator[Outgoing]:
    """Yield what is said when a risk changed, given what was said before.

    Who is ``told_above`` the project, or is ``knowing`` already, is told nothing else of it.
    """
    above = {message.channel_id for message in told_above} | {each.slack_user_id for each in knowing}
    if after.is_withdrawn or after.visibility is Visibility.RESTRICTED:
        # Replies outlive the message they answer, so each is removed by itself.
        for post in posted:
            if post.kind in _IN_CHANNEL and not post.is_removed:
                yield _about(Operation.DELETE, after, post)
    else:
        yield from _in_channel(before, after, posted)
    yield from _corrections(after, posted)
    is_told = by.id == after.raised_by.id or after.raised_by.slack_user_id in above
    hears_outcome = not is_told and not is_judged_alike(before, after)
    if after.owner is None or after.owner.slack_user_id not in above:
        # Whoever raised it reads in what became of it that it is theirs.
        told = {by.id, after.raised_by.id} if hears_outcome else {by.id}
        yield from _to_new_owner(before.owner, after, told)
    yield from told_above
    if hears_outcome:
        key = _key(after.id, "outcome", f"v{after.version}")
        yield _post(NoticeKind.RISK_OUTCOME, after, after.raised_by.slack_user_id, key)


def of_acceptance_asked(risk: RiskView, managers: Sequence[PersonRef]) -> Iterator[Outgoing]:
    """Yield what the delivery managers are asked: whether a risk may be accepted."""
    for person in managers:
        key = _key(risk.id, "acceptance", person.slack_user_id, f"v{risk.version}")
        yield _post(NoticeKind.RISK_ACCEPTANCE, risk, person.slack_user_id, key)


def of_acceptance_answered(before: RiskView, after: RiskView, by: PersonRef) -> Iterator[Outgoing]:
    """Yield the answer to whoever asked, unless they gave it, or hear of it as the one who raised it."""
    asker = before.acceptance_asked_by
    if asker is None or after.acceptance_asked_by is not None or after.is_withdrawn or asker.id == by.id:
        return
    if asker.id == after.raised_by.id and not is_judged_alike(before, after):
        return
    key = _key(after.id, "answered", f"v{after.version}")
    yield _post(NoticeKind.RISK_ANSWERED, after, asker.slack_user_id, key)


def _corrections(after: RiskView, posted: Sequence[Posted]) -> Iterator[Outgoing]:
    """Yield what brings the messages to single people up to date, or takes them back."""
    for post in posted:
        if post.kind is NoticeKind.RISK_PROPOSED:
            yield _about(Operation.UPDATE, after, post)
        elif post.kind in _TOLD_DIRECTLY and after.is_withdrawn and not post.is_removed:
            yield _about(Operation.DELETE, after, post)
        elif post.kind is NoticeKind.RISK_ACCEPTANCE and not post.is_removed:
            yield _about(Operation.UPDATE, after, post)
        elif post.kind is NoticeKind.RISK_ESCALATED and not post.is_removed:
            # It stays about the change that caused it.
            yield replace(_about(Operation.UPDATE, after, post), ids=dict(post.ids))


def _to_new_owner(before: PersonRef | None, after: RiskView, knowing: Collection[UUID]) -> Iterator[Outgoing]:
    """Yield what somebody is told who now owns the risk, unless they know already."""
    owner = after.owner
    if owner is None or owner == before or owner.id in knowing or after.is_withdrawn:
        return
    key = _key(after.id, "owned", f"v{after.version}")
    ids = _ids(after) | {"owner": owner.slack_user_id}
    yield Outgoing(NoticeKind.RISK_OWNED, Operation.POST, owner.slack_user_id, key, ids)


def _in_channel(before: RiskView, after: RiskView, posted: Sequence[Posted]) -> Iterator[Outgoing]:
    announcements = [post for post in posted if post.kind is NoticeKind.RISK_ANNOUNCED]
    announced = next((post for post in announcements if not post.is_removed), None)
    if announced is not None:
        yield _about(Operation.UPDATE, after, announced)
        if not is_judged_alike(before, after):
            key = _key(after.id, "changed", f"v{after.version}")
            yield Outgoing(
                NoticeKind.RISK_CHANGED,
                Operation.REPLY,
                announced.channel_id,
                key,
                _ids(after),
                depends_on_id=announced.id,
            )
    elif _is_announced(after):
        # A name is used once: what was removed keeps it.
        anew = ("anew", f"v{after.version}") if announcements else ()
        key = _key(after.id, "announced", *anew)
        yield _post(NoticeKind.RISK_ANNOUNCED, after, after.channel_id, key)


_TOLD_DIRECTLY = frozenset({NoticeKind.RISK_OWNED, NoticeKind.RISK_ESCALATED, NoticeKind.RISK_ACCEPTANCE})
_IN_CHANNEL = frozenset({NoticeKind.RISK_ANNOUNCED, NoticeKind.RISK_CHANGED})


def _is_announced(risk: RiskView) -> bool:
    return (
        risk.visibility is Visibility.TEAM
        and risk.status in LIVE
        and not risk.is_withdrawn
        and risk.reaches(ANNOUNCED_FROM)
    )


def _post(kind: NoticeKind, risk: RiskView, channel_id: str, key: str) -> Outgoing:
    return Outgoing(kind, Operation.POST, channel_id, key, _ids(risk))


def _confirmation(risk: RiskView, channel_id: str) -> Outgoing:
    """Return the confirmation; in the raiser's own direct messages nobody else could see it anyway."""
    key = _key(risk.id, "confirmed")
    raiser = risk.raised_by.slack_user_id
    if channel_id == raiser:
        return _post(NoticeKind.RISK_CONFIRMED, risk, channel_id, key)
    return Outgoing(
        NoticeKind.RISK_CONFIRMED, Operation.EPHEMERAL, channel_id, key, _ids(risk), recipient_id=raiser
    )


def _about(operation: Operation, risk: RiskView, post: Posted) -> Outgoing:
    key = f"{post.unique_key}:v{risk.version}"
    return Outgoing(
        post.kind,
        operation,
        post.channel_id,
        key,
        _ids(risk),
        depends_on_id=post.id,
        not_before=post.due_at,
    )


def _ids(risk: RiskView) -> dict[str, Any]:
    return {"risk_id": str(risk.id), "version": risk.version}


def _key(risk_id: UUID, *parts: str) -> str:
    return ":".join(("risk", str(risk_id), *parts))

"""Decides what a reading and an alert say to whom; the outbox carries it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.read_models import MoodAlertView, MoodView, PersonRef, ProjectView
from models.rules.access import ALERTED_ROLES
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.posted import Posted, posted_with
from models.services.standing import holders


def concerned(project: ProjectView, managers: Sequence[PersonRef], on: date) -> tuple[PersonRef, ...]:
    """Return whom an alert is told to: its project manager, account manager, delivery managers.

    Deputies stand in for those who are away on that day.
    """
    theirs = [person for role in ALERTED_ROLES for person in holders(project.roles, role, on)]
    return tuple({person.id: person for person in (*theirs, *managers)}.values())


def of_new_mood(mood: MoodView, confirm_in: str | None) -> Iterator[Outgoing]:
    """Yield what the author is told when they logged a reading in the form."""
    if confirm_in is None:
        return
    author = mood.author.slack_user_id
    ids: dict[str, Any] = {"reading_id": str(mood.id)}
    key = f"mood:{mood.id}:confirmed"
    if confirm_in == author:
        yield Outgoing(NoticeKind.MOOD_CONFIRMED, Operation.POST, author, key, ids)
    else:
        yield Outgoing(
            NoticeKind.MOOD_CONFIRMED, Operation.EPHEMERAL, confirm_in, key, ids, recipient_id=author
        )


def of_new_alert(alert_id: UUID, told: Sequence[PersonRef]) -> Iterator[Outgoing]:
    """Yield what an alert says, once to each."""
    for person in told:
        key = f"{_beginning(alert_id)}{person.slack_user_id}"
        ids = {"alert_id": str(alert_id)}
        yield Outgoing(NoticeKind.MOOD_ALERT, Operation.POST, person.slack_user_id, key, ids)


def of_changed_alert(session: Session, alert: MoodAlertView) -> Iterator[Outgoing]:
    """Yield the corrections of what was said about an alert."""
    for post in posted_with(session, alert.workspace_id, _beginning(alert.id)):
        yield _corrected(alert, post)


def _corrected(alert: MoodAlertView, post: Posted) -> Outgoing:
    key = f"{post.unique_key}:v{alert.version}"
    ids = {"alert_id": str(alert.id)}
    return Outgoing(post.kind, Operation.UPDATE, post.channel_id, key, ids, depends_on_id=post.id)


def _beginning(alert_id: UUID) -> str:
    return f"mood_alert:{alert_id}:"

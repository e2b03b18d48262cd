"""Actions as their sources' services make and end them, inside those services' own transactions."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.commands import NewAction
from models.errors import Invalid
from models.read_models import ActionOrigin, ActionView, Actor, Origin, PersonRef, ProjectView
from models.rules.actions import ActionStatus
from models.rules.risks.words import Visibility
from models.services import audit
from models.services.actions import fields, notices
from models.services.actions.rows import ACTION, find_action, insert_action, update_action
from models.services.outbox.enqueue import enqueue
from models.services.projects.rows import colleague
from models.value import Value, replace

NO_OWNER = {"owner_id": "Choose somebody of your own team; a guest or a bot can't do it for us."}


class Following(Value):
    """What an action follows from: a record, who may see it, and its project where it has one."""

    source: ActionOrigin
    visibility: Visibility = Visibility.TEAM
    project: ProjectView | None = None


def add(
    session: Session,
    actor: Actor,
    wanted: NewAction,
    following: Following,
    *,
    quietly: bool = False,
    origin: Origin,
    now: datetime,
) -> ActionView:
    """Make an action of a record. Whether the person may is the source's matter. Raises Invalid.

    ``quietly`` tells its owner nothing: the source itself does.
    """
    wanted = fields.checked(wanted, now)
    if wanted.owner_id is None or wanted.due_on is None:
        raise Invalid(NO_OWNER)
    project = following.project
    action = ActionView(
        id=uuid4(),
        workspace_id=actor.workspace_id,
        source=following.source,
        version=1,
        status=ActionStatus.OPEN,
        title=wanted.title,
        owner=owner_of(session, actor.workspace_id, wanted.owner_id),
        due_on=wanted.due_on,
        raised_by=actor.person,
        raised_at=now,
        updated_at=now,
        project_id=project.id if project else None,
        project_key=project.key if project else "",
        project_name=project.name if project else "",
        visibility=following.visibility,
    )
    insert_action(session, action)
    audit.record(
        session,
        actor,
        audit.Entry(ACTION, action.id, action.version, "added", fields.changes(None, action)),
        origin=origin,
        now=now,
    )
    said = () if quietly else tuple(notices.of_new_action(action, actor.person))
    enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)
    return action


def move(
    session: Session,
    actor: Actor,
    action_id: UUID,
    to: tuple[PersonRef, date],
    *,
    title: str | None = None,
    origin: Origin,
    now: datetime,
) -> None:
    """Move an action to another owner and day, because its source says so; one that is settled stays.

    A ``title`` says what is left to do by then.
    """
    before = find_action(session, actor.workspace_id, action_id, lock=True)
    if before is None or not before.is_open:
        return
    owner, due_on = to
    said_to_do = before.title if title is None else title
    version = before.version + 1
    after = replace(before, title=said_to_do, owner=owner, due_on=due_on, version=version, updated_at=now)
    write(session, actor, before, after, ("changed", ""), origin=origin, now=now)
    said = tuple(notices.of_changed_action(session, before, after, actor.person))
    enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)


def cancel_open(
    session: Session,
    actor: Actor,
    actions: Sequence[ActionView],
    reason: str,
    *,
    is_removed: bool = False,
    origin: Origin,
    now: datetime,
) -> None:
    """End what is still open, because its source is over; ``is_removed`` takes back what was said of it."""
    for action in actions:
        if not action.is_open:
            continue
        after = replace(
            fields.settled(action, ActionStatus.CANCELLED, reason, now),
            version=action.version + 1,
            updated_at=now,
        )
        write(session, actor, action, after, ("cancelled", reason), origin=origin, now=now)
        said = tuple(
            notices.removals(session, after)
            if is_removed
            else notices.of_changed_action(session, action, after, actor.person, quietly=True)
        )
        enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)


def write(
    session: Session,
    actor: Actor,
    before: ActionView,
    after: ActionView,
    did: tuple[str, str],
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Write a changed action and its line of history; ``did`` is what was done, and why."""
    action, reason = did
    update_action(session, after)
    entry = audit.Entry(ACTION, after.id, after.version, action, fields.changes(before, after), reason)
    audit.record(session, actor, entry, origin=origin, now=now)


def owner_of(session: Session, workspace_id: UUID, owner_id: UUID) -> PersonRef:
    """Return who may own an action. Raises Invalid."""
    owner = colleague(session, workspace_id, owner_id)
    if owner is None:
        raise Invalid(NO_OWNER)
    return owner

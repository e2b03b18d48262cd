"""Channels that the bot was invited to: each is offered once to become a project's."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import Origin, ProjectView
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.projects.rows import project_by
from models.services.receipts import claim
from models.tables import outbox_messages


class Channels:
    """Knows what to say where the bot has just arrived."""

    def __init__(self, database: Database) -> None:
        """Take where projects and messages are kept."""
        self._database = database

    def joined(
        self, workspace_id: UUID, channel_id: str, invited_by: str | None, *, origin: Origin, now: datetime
    ) -> None:
        """Offer to make the channel a project, unless it is one or was offered before.

        ``invited_by`` is the Slack id of a colleague, who is told should the channel be no place for it.
        """
        with self._database.write() as session:
            if claim(session, workspace_id, origin, uuid4(), now) is not None:
                return
            if project_by(session, workspace_id, "internal_channel_id", channel_id) is not None:
                return
            offer = Outgoing(
                NoticeKind.CHANNEL_JOINED,
                Operation.POST,
                channel_id,
                offer_key(channel_id),
                {"channel_id": channel_id, "invited_by": invited_by},
            )
            enqueue(session, workspace_id, [offer], correlation_id=origin.correlation_id, now=now)

    def project_in(self, workspace_id: UUID, channel_id: str) -> ProjectView | None:
        """Return the channel's project, for the message that offered to make one."""
        with self._database.look() as session:
            return project_by(session, workspace_id, "internal_channel_id", channel_id)

    def project(self, workspace_id: UUID, project_id: UUID) -> ProjectView | None:
        """Return a project, for a message about it."""
        with self._database.look() as session:
            return project_by(session, workspace_id, "id", project_id)


def offer_key(channel_id: str) -> str:
    """Return the offer's name for ever: a channel gets one, however often the bot is invited."""
    return f"channel:{channel_id}:offered"


def offer_taken_up(session: Session, project: ProjectView, workspace_id: UUID) -> Iterator[Outgoing]:
    """Yield the change of the offer in the channel of a new project, if there was one."""
    channel_id = project.internal_channel_id
    offered: int | None = session.scalar(
        select(outbox_messages.c.id).where(
            outbox_messages.c.workspace_id == workspace_id,
            outbox_messages.c.unique_key == offer_key(channel_id),
        )
    )
    if offered is not None:
        yield Outgoing(
            NoticeKind.CHANNEL_JOINED,
            Operation.UPDATE,
            channel_id,
            f"{offer_key(channel_id)}:taken:{project.id}",
            {"channel_id": channel_id},
            depends_on_id=offered,
        )

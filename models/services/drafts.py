"""What people write to the bot itself: answered once, and kept where it may become a record."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import NotFound
from models.read_models import Actor, DraftView, Origin
from models.rules.access import Capability
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.texts import clean_line
from models.tables import drafts

DRAFT = "line"
KEPT_FOR = timedelta(days=7)
"""How long a line waits for its writer to say what it is."""
LONGEST = 3000
"""Characters kept of a line; a title takes far fewer."""


class Drafts:
    """Keeps lines, and has them answered."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def answer(self, actor: Actor, line: str | None, *, origin: Origin, now: datetime) -> None:
        """Have a person's line answered in their direct messages, keeping it where it may become a record.

        ``line`` is None where there is nothing in it to keep. Raises NotAllowed.
        """
        require(standing(actor), Capability.LOG_RISK)
        draft_id = uuid4()
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, draft_id, now) is not None:
                return
            ids = {}
            if line is not None:
                _keep(session, actor, draft_id, line, now)
                ids = {"draft_id": str(draft_id)}
            to = actor.person.slack_user_id
            said = Outgoing(NoticeKind.LINE_ANSWERED, Operation.POST, to, f"line:{draft_id}:answered", ids)
            enqueue(session, actor.workspace_id, [said], correlation_id=origin.correlation_id, now=now)

    def get(self, actor: Actor, draft_id: UUID) -> DraftView:
        """Return a line of the person's own. Raises NotFound."""
        with self._database.look() as session:
            found = _find(session, actor.workspace_id, draft_id, drafts.c.person_id == actor.person.id)
        if found is None:
            raise NotFound(DRAFT, str(draft_id))
        return found

    def for_notice(self, workspace_id: UUID, draft_id: UUID) -> DraftView | None:
        """Return the line, for the message that goes to its writer alone."""
        with self._database.look() as session:
            return _find(session, workspace_id, draft_id)

    def forget_old(self, *, now: datetime) -> None:
        """Forget the lines that nobody came back to."""
        with self._database.write() as session:
            session.execute(delete(drafts).where(drafts.c.kept_at < now - KEPT_FOR))


def _keep(session: Session, actor: Actor, draft_id: UUID, line: str, now: datetime) -> None:
    draft = {
        "id": draft_id,
        "workspace_id": actor.workspace_id,
        "person_id": actor.person.id,
        "text": clean_line(line)[:LONGEST],
        "kept_at": now,
    }
    session.execute(insert(drafts), draft)


def _find(
    session: Session, workspace_id: UUID, draft_id: UUID, *more: ColumnElement[bool]
) -> DraftView | None:
    row = session.execute(
        select(drafts.c.id, drafts.c.text).where(
            drafts.c.workspace_id == workspace_id, drafts.c.id == draft_id, *more
        )
    ).one_or_none()
    return DraftView(row.id, row.text) if row else None

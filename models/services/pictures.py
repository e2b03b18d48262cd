"""Pictures that people ask for: each goes to whoever asked, and is drawn from what they may see by then."""

from datetime import datetime
from uuid import UUID, uuid4

from models.database import Database
from models.read_models import Actor, Origin
from models.rules.access import Capability
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.receipts import claim
from models.services.standing import require, standing

_SHOW_MOODS = frozenset({NoticeKind.MOOD_TREND})
"""Pictures of clients' moods; all others show risks."""


class Pictures:
    """Takes wishes for pictures; the outbox carries them out."""

    def __init__(self, database: Database) -> None:
        """Take where the outbox is."""
        self._database = database

    def send(
        self, actor: Actor, kind: NoticeKind, project_id: UUID | None, *, origin: Origin, now: datetime
    ) -> None:
        """Have a picture sent to the person directly; ``project_id`` None means of all projects.

        Raises NotAllowed. Nothing is said of the project here: what they may see is asked when it is drawn.
        """
        needed = Capability.SEE_MOOD if kind in _SHOW_MOODS else Capability.SEE_RISK
        require(standing(actor), needed)
        picture_id = uuid4()
        recipient = actor.person.slack_user_id
        ids = {"person": recipient, "project_id": str(project_id) if project_id else None}
        picture = Outgoing(kind, Operation.FILE, recipient, f"picture:{kind}:{picture_id}", ids)
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, picture_id, now) is not None:
                return
            enqueue(session, actor.workspace_id, [picture], correlation_id=origin.correlation_id, now=now)

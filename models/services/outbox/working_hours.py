"""Which messages wait until the people they are for are at work: nobody can do anything about them before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.rules.mornings.quiet import next_at_work
from models.rules.rituals.workdays import USUAL
from models.services.outbox.enqueue import Outgoing
from models.tables import people, person_settings
from models.value import replace


def at_work(
    session: Session, workspace_id: UUID, messages: Sequence[Outgoing], now: datetime
) -> Sequence[Outgoing]:
    """Return these direct messages, each due in its person's next working hour."""
    if not messages:
        return ()
    rows = session.connection().execute(
        select(people.c.slack_user_id, people.c.timezone, person_settings.c.week)
        .outerjoin(person_settings, person_settings.c.person_id == people.c.id)
        .where(
            people.c.workspace_id == workspace_id,
            people.c.slack_user_id.in_({message.channel_id for message in messages}),
        )
    )
    begins = {row.slack_user_id: next_at_work(now, ZoneInfo(row.timezone), row.week or USUAL) for row in rows}
    return [
        replace(message, not_before=begins[message.channel_id]) if message.channel_id in begins else message
        for message in messages
    ]

"""Which messages wait until the people they are for are at work: nobody can do anything about them before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.rules.mornings.quiet import next_at_work
from models.services.outbox.enqueue import Outgoing
from models.tables import Person
from models.tables.base import table_of

_people = table_of(Person).c


def at_work(
    session: Session, workspace_id: UUID, messages: Sequence[Outgoing], now: datetime
) -> Sequence[Outgoing]:
    """Return these direct messages, each due in its person's next working hour."""
    if not messages:
        return ()
    rows = session.connection().execute(
        select(_people.slack_user_id, _people.timezone).where(
            _people.workspace_id == workspace_id,
            _people.slack_user_id.in_({message.channel_id for message in messages}),
        )
    )
    zones = {row.slack_user_id: ZoneInfo(row.timezone) for row in rows}
    return [
        replace(message, not_before=next_at_work(now, zones[message.channel_id]))
        if message.channel_id in zones
        else message
        for message in messages
    ]

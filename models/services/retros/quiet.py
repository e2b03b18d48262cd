"""Retrospectives in which nobody writes: whoever owns them hears, once, what may help."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import RetroView
from models.rules.delivery import NoticeKind, Operation
from models.rules.retros.life import QUIET, falls_quiet
from models.rules.rituals.steps import RitualState
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.working_hours import at_work
from models.services.projects.rows import IS_ACTIVE, required_project
from models.services.retros.rows import RITUAL, cards_before
from models.services.standing import leads
from models.services.zones import today_of
from models.tables import people, rituals


def of_empty(session: Session, retro: RetroView, now: datetime) -> Iterator[Outgoing]:
    """Yield what is said of a retrospective that closed without a card, where it is the second in a row.

    A third is not told again, and one with a card begins the count anew.
    """
    if not falls_quiet(cards_before(session, retro, QUIET)):
        return
    ritual = _ritual(session, retro)
    ids = {"retro_id": str(retro.id), **({"ritual_id": str(ritual.id)} if ritual else {})}
    said = [
        Outgoing(NoticeKind.RETRO_QUIET, Operation.POST, person, f"retro:{retro.id}:quiet:{person}", ids)
        for person in ([ritual.owner] if ritual else _who_runs_it(session, retro, now))
    ]
    yield from at_work(session, retro.workspace_id, said, now)


def _ritual(session: Session, retro: RetroView) -> Any:  # noqa: ANN401 - a row.
    """Return the ritual that starts the project's retrospectives, with its owner who is still here."""
    return session.execute(
        select(rituals.c.id, people.c.slack_user_id.label("owner"))
        .join(people, people.c.id == rituals.c.owner_id)
        .where(
            rituals.c.workspace_id == retro.workspace_id,
            rituals.c.project_id == retro.project_id,
            rituals.c.kind == RITUAL,
            rituals.c.state == RitualState.ACTIVE,
            IS_ACTIVE,
        )
        .order_by(rituals.c.created_at)
        .limit(1)
    ).one_or_none()


def _who_runs_it(session: Session, retro: RetroView, now: datetime) -> list[str]:
    """Return who started it, or else runs the project."""
    if retro.started_by is not None:
        return [retro.started_by.slack_user_id]
    project = required_project(session, retro.workspace_id, retro.project_id)
    return [each.slack_user_id for each in leads(project.roles, today_of(project, now))]

"""What a form drafts its Done and Next from: the actions of its period, and each in one of the two."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_
from sqlalchemy.orm import Session

from models.read_models import ActionView, Actor, ProjectView, StatusView
from models.rules.actions import ActionSource, ActionStatus
from models.rules.risks.words import Visibility
from models.rules.statuses.periods import Period
from models.services.actions.rows import actions_where
from models.tables import action_items

DRAFTED = 8
"""Actions that a form drafts what was done, or comes next, from."""
_TELLING = 3
"""Fewer words say too little for what goes on from them to be the same work."""
_WORD, _POSSESSIVE = re.compile(r"\w+"), re.compile(r"['’]s\b")


def drafted(
    session: Session, actor: Actor, project: ProjectView, period: Period, last: StatusView | None
) -> tuple[tuple[ActionView, ...], tuple[ActionView, ...]]:
    """Return what was done in the period, and what came next once it was over."""
    since, until = _span(project, period, last)
    done = _done(session, actor, project, since, until)
    coming = _coming(session, actor, project, period.next.ends_on, until)
    return tuple(each for each in done if not _goes_on(each, coming)), coming


def _span(project: ProjectView, period: Period, last: StatusView | None) -> tuple[datetime, datetime]:
    """Return between which instants that was done of which the period tells.

    It goes on where the status of the period before left off.
    """
    zone = ZoneInfo(project.timezone)
    starts, until = (
        datetime.combine(each.starts_on, time(), zone).astimezone(UTC) for each in (period, period.next)
    )
    follows = last is not None and last.period == period.previous
    return (min(last.written_at, starts) if last and follows else starts), until


def _done(
    session: Session, actor: Actor, project: ProjectView, since: datetime, until: datetime
) -> tuple[ActionView, ...]:
    finished = and_(
        action_items.c.project_id == project.id,
        action_items.c.visibility == Visibility.TEAM,
        action_items.c.status == ActionStatus.DONE,
        action_items.c.settled_at > since,
        action_items.c.settled_at < until,
    )
    return actions_where(session, actor.workspace_id, finished, DRAFTED)


def _coming(
    session: Session, actor: Actor, project: ProjectView, due_until: date, seen_at: datetime
) -> tuple[ActionView, ...]:
    """Return what was due soon once the period was over; the plans' own steps stand with their dimensions."""
    done_since = and_(action_items.c.status == ActionStatus.DONE, action_items.c.settled_at >= seen_at)
    ahead = and_(
        action_items.c.project_id == project.id,
        action_items.c.visibility == Visibility.TEAM,
        or_(action_items.c.status == ActionStatus.OPEN, done_since),
        action_items.c.source_kind != ActionSource.PLAN,
        action_items.c.due_on <= due_until,
        action_items.c.raised_at < seen_at,
    )
    return actions_where(session, actor.workspace_id, ahead, DRAFTED)


def _goes_on(done: ActionView, coming: Sequence[ActionView]) -> bool:
    """Tell whether what is still to come says the same again, or says it and more."""
    said = _words(done.title)
    begun = len(said) if len(said) >= _TELLING else None
    return any(_words(each.title)[:begun] == said for each in coming)


def _words(title: str) -> list[str]:
    return _WORD.findall(_POSSESSIVE.sub("", title.casefold()))

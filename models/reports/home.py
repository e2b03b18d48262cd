"""A person's home: read-only, of what they may see, in as many statements however many projects there are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import Actor, MoodState, RaidView, RiskView
from models.read_models.home import Debt, HomePages, HomeView, Owed, OwedActions
from models.reports.colours import colours_of
from models.reports.home_statuses import home_statuses
from models.reports.home_work import late_plans, missing_minutes
from models.reports.ranked_projects import IS_EXCEPTIONAL, away_until, is_mine, number_of_projects, ranked
from models.reports.waiting_clients import managed_by, waiting_clients
from models.rules.access import Capability, OrganisationRole, may
from models.rules.actions import ActionStatus
from models.rules.raid.states import RAID_LIVE
from models.rules.risks.states import LIVE, RiskStatus
from models.services.actions.rows import SELECT as ACTIONS
from models.services.actions.rows import action_of
from models.services.actions.rows import visible_to as may_see_action
from models.services.moods.days import days_of
from models.services.moods.screens import SHOWN_FOR
from models.services.raid.rows import SELECT as RECORDS
from models.services.raid.rows import is_kept as is_kept_item
from models.services.raid.rows import item_of
from models.services.raid.rows import visible_to as may_see_item
from models.services.risks.rows import BAND_RANK, LACKS_OWNER, SELECT, is_kept, risk_of
from models.services.risks.sight import visible_to
from models.services.standing import require, standing
from models.tables import action_items, projects, raid_items, risks

SHOWN = 5
"""Things of one sort that the home names; its counts tell of the others."""
SOON = timedelta(days=7)
"""An action is owed once it is due within that time."""

_PORTFOLIO = frozenset({OrganisationRole.DELIVERY_MANAGER, OrganisationRole.LEADER})
"""Who looks after more than their own projects."""


class Homes:
    """Looks at everything that concerns one person, and changes nothing."""

    def __init__(self, database: Database) -> None:
        """Take where it is all kept."""
        self._database = database

    def of(self, actor: Actor, pages: HomePages, *, now: datetime) -> HomeView:
        """Return the person's home. Raises NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        today = now.astimezone(ZoneInfo(actor.timezone)).date()
        leads = not actor.organisation_roles.isdisjoint(_PORTFOLIO)
        with self._database.read() as session:
            lists = [(is_mine(actor), pages.mine), *([(IS_EXCEPTIONAL, pages.portfolio)] if leads else [])]
            mine, *others = ranked(session, actor, lists, today)
            elsewhere = others[0] if others else None
            rows = {row.id: row for found in (mine, elsewhere) if found for row in found.rows}
            moods = _moods(session, actor, rows, today)
            statuses = home_statuses(session, actor, rows, SHOWN, now)
            colours = colours_of(actor, list(rows.values()), statuses.submitted, now)
            beside = _beside(session, actor, list(rows.values()))
            is_away = beside.away_until is not None and beside.away_until >= today
            alerts, surveys, calls = waiting_clients(session, actor, today, SHOWN, now)
            return HomeView(
                actor=actor,
                now=now,
                today=today,
                away_until=beside.away_until if is_away else None,
                statuses=statuses.asked,
                unexplained=statuses.unexplained,
                missing=statuses.missing,
                alerts=alerts,
                actions=_actions(session, actor, today),
                records=_records(session, actor, today),
                minutes=missing_minutes(session, actor, today, SHOWN, now),
                plans=late_plans(session, actor, today, SHOWN),
                surveys=surveys,
                calls=calls,
                owed=_owed(session, actor, today),
                mine=mine.drawn(moods, colours),
                portfolio=elsewhere.drawn(moods, colours) if elsewhere else None,
                everywhere=int(beside.everywhere),
            )


def _moods(session: Session, actor: Actor, rows: Mapping[UUID, Any], today: date) -> Mapping[UUID, MoodState]:
    """Return how the clients of the ranked projects are; whether there is an alert, their rows say."""
    if not rows:
        return {}
    days = days_of(session, actor.workspace_id, rows, actor=actor, since=today - SHOWN_FOR)
    return {each: MoodState(days[each], today, has_alert=bool(row.alarmed)) for each, row in rows.items()}


def _actions(session: Session, actor: Actor, today: date) -> OwedActions:
    """Return what the person has to do soon, the earliest due first."""
    theirs = (
        # A person is of one workspace: asked for that as well, SQLite would look through all of its actions.
        action_items.c.owner_id == actor.person.id,
        action_items.c.status == ActionStatus.OPEN,
        or_(projects.c.id.is_(None), projects.c.archived_at.is_(None)),
        may_see_action(actor),
    )
    is_owed = action_items.c.due_on <= today + SOON
    # Counted beside the few that are shown: counted over them, the database would first read all in full.
    counted = (
        select(
            func.count().label("open"),
            func.sum(case((is_owed, 1), else_=0)).label("owed"),
            func.sum(case((action_items.c.due_on < today, 1), else_=0)).label("late"),
        )
        .select_from(action_items.outerjoin(projects, projects.c.id == action_items.c.project_id))
        .where(*theirs)
        .subquery()
    )
    order = (action_items.c.due_on, action_items.c.raised_at, action_items.c.id)
    first = (
        select(action_items.c.id)
        .outerjoin(projects, projects.c.id == action_items.c.project_id)
        .where(*theirs)
        .order_by(*order)
        .limit(SHOWN)
    )
    rows = (
        session.connection()
        .execute(
            ACTIONS.add_columns(counted.c.open, counted.c.owed, counted.c.late)
            .join(counted, true())
            .where(action_items.c.id.in_(first))
            .order_by(*order)
        )
        .all()
    )
    if not rows:
        return OwedActions()
    counts = rows[0]
    return OwedActions(
        first=tuple(action_of(row) for row in rows[: int(counts.owed)]),
        total=int(counts.owed),
        late=int(counts.late),
        open=int(counts.open),
    )


def _records(session: Session, actor: Actor, today: date) -> Owed[RaidView]:
    """Return the issues, assumptions, dependencies and decisions that the person has to see to soon."""
    rows = (
        session.connection()
        .execute(
            RECORDS.add_columns(
                func.count().over().label("total"),
                func.sum(case((raid_items.c.due_on < today, 1), else_=0)).over().label("late"),
            )
            .where(
                raid_items.c.workspace_id == actor.workspace_id,
                raid_items.c.owner_id == actor.person.id,
                raid_items.c.status.in_(sorted(RAID_LIVE)),
                raid_items.c.due_on <= today + SOON,
                is_kept_item(),
                may_see_item(actor),
            )
            .order_by(raid_items.c.due_on, raid_items.c.raised_at, raid_items.c.id)
            .limit(SHOWN)
        )
        .all()
    )
    if not rows:
        return Owed()
    return Owed(rows[0].total, tuple(map(item_of, rows)), int(rows[0].late))


def _owed(session: Session, actor: Actor, today: date) -> Mapping[Debt, Owed[RiskView]]:
    """Return the risks that wait for the person, sort by sort, the gravest first."""
    why = case(
        (_waits_for_leave(actor), Debt.ACCEPTANCE.value),
        (and_(_waits_for_judgement(actor, today), LACKS_OWNER), Debt.OWNER.value),
        (_waits_for_judgement(actor, today), Debt.SCORE.value),
        (_waits_for_review(actor, today), Debt.REVIEW.value),
    )
    concerned = select(risks.c.id, why.label("why"), BAND_RANK.label("rank"), risks.c.raised_at).where(
        risks.c.workspace_id == actor.workspace_id,
        risks.c.status.in_(sorted(LIVE)),
        risks.c.withdrawn_at.is_(None),
        why.is_not(None),
    )
    debts = (
        concerned.join(projects, projects.c.id == risks.c.project_id)
        .where(is_kept(), visible_to(actor))
        .subquery()
    )
    first = (func.coalesce(debts.c.rank, -1).desc(), debts.c.raised_at, debts.c.id)
    placed = select(
        debts,
        func.count().over(partition_by=debts.c.why).label("total"),
        func.row_number().over(partition_by=debts.c.why, order_by=first).label("place"),
    ).subquery()
    rows = session.connection().execute(
        SELECT.add_columns(placed.c.why, placed.c.total)
        .join(placed, placed.c.id == risks.c.id)
        .where(placed.c.place <= SHOWN)
        .order_by(placed.c.place)
    )
    found: dict[Debt, Owed[RiskView]] = {}
    for row in rows:
        debt = Debt(row.why)
        before = found[debt].first if debt in found else ()
        found[debt] = Owed(row.total, (*before, risk_of(row)))
    return found


def _waits_for_leave(actor: Actor) -> ColumnElement[bool]:
    may_answer = may(standing(actor), Capability.ACCEPT_GRAVE_RISK)
    return and_(true() if may_answer else false(), risks.c.acceptance_asked_by_id.is_not(None))


def _waits_for_judgement(actor: Actor, today: date) -> ColumnElement[bool]:
    return and_(risks.c.status == RiskStatus.PROPOSED, risks.c.project_id.in_(managed_by(actor, today)))


def _waits_for_review(actor: Actor, today: date) -> ColumnElement[bool]:
    is_overdue = or_(risks.c.next_review_on < today, risks.c.due_on < today)
    return and_(risks.c.owner_id == actor.person.id, is_overdue)


def _beside(session: Session, actor: Actor, rows: Sequence[Any]) -> Any:  # noqa: ANN401 - a row.
    """Return how many active projects there are and until when the person is away: any row says so."""
    if rows:
        return rows[0]
    wanted = select(number_of_projects(actor).label("everywhere"), away_until(actor).label("away_until"))
    return session.connection().execute(wanted).one()

"""Days on which nobody works: a project's own, or everybody's; rituals that mind them follow."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from models.commands import RITUAL_NAME_LENGTH
from models.database import Database
from models.errors import Invalid, NotFound
from models.read_models import Actor, DayOffView, FieldChange, Origin
from models.rules.access import Capability
from models.rules.days import day_words
from models.rules.rituals.steps import RitualSort, RitualState
from models.services import audit
from models.services.projects.changing import find_project
from models.services.receipts import claim
from models.services.rituals.correcting import Correct, correcting
from models.services.standing import require, standing
from models.services.statements import dialect_of, insert_new
from models.services.texts import clean_line, too_long
from models.tables import days_off, projects, rituals

DAY_OFF = "day off"
"""What the audit trail and refusals call it."""

_SHOWN = 80
_TWICE = "{} is a day off already."


class DaysOff:
    """Keeps the days off."""

    def __init__(
        self,
        database: Database,
        sorts: Mapping[str, RitualSort],
        corrections: Mapping[str, Correct] | None = None,
    ) -> None:
        """Take where they are kept, what each kind of ritual is, and what corrects what it said."""
        self._database = database
        self._sorts = sorts
        self._corrections = corrections or {}

    def coming(self, actor: Actor, project_id: UUID | None, *, today: date) -> tuple[DayOffView, ...]:
        """Return the project's and everybody's days off from today on; all there are where it is None."""
        require(standing(actor), Capability.SEE_RITUAL)
        of_project = or_(days_off.c.project_id.is_(None), days_off.c.project_id == project_id)
        with self._database.look() as session:
            rows = session.connection().execute(
                select(days_off, projects.c.key)
                .outerjoin(projects, projects.c.id == days_off.c.project_id)
                .where(
                    days_off.c.workspace_id == actor.workspace_id,
                    days_off.c.day >= today,
                    *([of_project] if project_id else []),
                )
                .order_by(days_off.c.day, projects.c.key)
                .limit(_SHOWN)
            )
            return tuple(map(_view, rows))

    def add(
        self,
        actor: Actor,
        project_id: UUID | None,
        days: Collection[date],
        name: str,
        *,
        origin: Origin,
        now: datetime,
    ) -> tuple[DayOffView, ...]:
        """Add days off, of a project or of everybody, and return those that were none yet.

        Raises NotFound, NotAllowed, and Invalid where they all are already.
        """
        name = clean_line(name) or "Day off"
        for problem in too_long(name, RITUAL_NAME_LENGTH):
            raise Invalid({"name": problem})
        batch_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, batch_id, now)
            if earlier is not None:
                return _days_of(session, actor, [_day_id(earlier, day) for day in days])
            self._require(session, actor, project_id)
            with self._correcting(session, actor, project_id, origin, now):
                values = [
                    {
                        "id": _day_id(batch_id, day),
                        "workspace_id": actor.workspace_id,
                        "project_id": project_id,
                        "day": day,
                        "name": name,
                    }
                    for day in days
                ]
                made = insert_new(dialect_of(session), days_off).values(values).returning(days_off.c.id)
                added = session.connection().execute(made).scalars().all()
                if not added:
                    raise Invalid({"day": _TWICE.format(day_words(min(days)))})
            found = _days_of(session, actor, added)
            for off in found:
                change = FieldChange("day", None, off.day.isoformat())
                entry = audit.Entry(DAY_OFF, off.id, 1, "added", (change,), name)
                audit.record(session, actor, entry, origin=origin, now=now)
            return found

    def remove(
        self, actor: Actor, day_ids: Collection[UUID], *, origin: Origin, now: datetime
    ) -> tuple[DayOffView, ...]:
        """Take days off back, all of them one project's or everybody's. Raises NotFound, NotAllowed."""
        with self._database.write() as session:
            gone = _days_of(session, actor, day_ids)
            if not gone:
                raise NotFound(DAY_OFF, ", ".join(map(str, day_ids)))
            for project_id in {off.project_id for off in gone}:
                self._require(session, actor, project_id)
                with self._correcting(session, actor, project_id, origin, now):
                    theirs = [off.id for off in gone if off.project_id == project_id]
                    session.connection().execute(delete(days_off).where(days_off.c.id.in_(theirs)))
            for off in gone:
                change = FieldChange("day", off.day.isoformat(), None)
                entry = audit.Entry(DAY_OFF, off.id, 2, "removed", (change,), off.name)
                audit.record(session, actor, entry, origin=origin, now=now)
            return gone

    def _correcting(
        self, session: Session, actor: Actor, project_id: UUID | None, origin: Origin, now: datetime
    ) -> AbstractContextManager[None]:
        """Let the rituals that mind these days follow, and have corrected what they said before."""
        concerned = _concerned(actor, project_id)
        return correcting(session, self._sorts, self._corrections, concerned, origin, now)

    @staticmethod
    def _require(session: Session, actor: Actor, project_id: UUID | None) -> None:
        if project_id is None:
            require(standing(actor), Capability.CHANGE_DAYS_OFF)
            return
        found = find_project(session, actor, project_id)
        found.require(Capability.CHANGE_DAYS_OFF)
        found.require_active()


def _concerned(actor: Actor, project_id: UUID | None) -> ColumnElement[bool]:
    """Return what is true of the rituals that a day off may move."""
    concerned = and_(rituals.c.workspace_id == actor.workspace_id, rituals.c.state != RitualState.ENDED)
    return concerned if project_id is None else and_(concerned, rituals.c.project_id == project_id)


def _day_id(batch_id: UUID, day: date) -> UUID:
    """Return the id of a day that is added with others: the same however often Slack brings it."""
    return uuid5(batch_id, day.isoformat())


def _days_of(session: Session, actor: Actor, ids: Collection[UUID]) -> tuple[DayOffView, ...]:
    rows = session.connection().execute(
        select(days_off, projects.c.key)
        .outerjoin(projects, projects.c.id == days_off.c.project_id)
        .where(days_off.c.workspace_id == actor.workspace_id, days_off.c.id.in_(ids))
        .order_by(days_off.c.day)
    )
    return tuple(map(_view, rows))


def _view(row: Any) -> DayOffView:  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    return DayOffView(row.id, row.day, row.name, row.project_id, row.key or "")

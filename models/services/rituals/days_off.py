"""Days on which nobody works: a project's own, or everybody's; rituals that mind them follow."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from models.commands import RITUAL_NAME_LENGTH
from models.database import Database
from models.errors import Invalid, NotFound
from models.read_models import Actor, DayOffView, FieldChange, Origin
from models.rules.access import Capability
from models.rules.rituals import RitualSort, RitualState
from models.services import audit
from models.services.projects.changing import find_project
from models.services.projects.rows import projects
from models.services.receipts import claim
from models.services.rituals.realigning import realigning
from models.services.rituals.rows import rituals
from models.services.standing import require, standing
from models.services.statements import dialect_of, insert_new
from models.services.texts import clean_line, too_long
from models.tables import DayOff
from models.tables.base import table_of

DAY_OFF = "day off"
"""What the audit trail and refusals call it."""

_days = table_of(DayOff)
_SHOWN = 40
_TWICE = "{:%d %b %Y} is a day off already."


class DaysOff:
    """Keeps the days off."""

    def __init__(self, database: Database, sorts: Mapping[str, RitualSort]) -> None:
        """Take where they are kept, and what each kind of ritual is."""
        self._database = database
        self._sorts = sorts

    def coming(self, actor: Actor, project_id: UUID | None, *, today: date) -> tuple[DayOffView, ...]:
        """Return the project's and everybody's days off from today on; all there are where it is None."""
        require(standing(actor), Capability.SEE_RITUAL)
        of_project = or_(_days.c.project_id.is_(None), _days.c.project_id == project_id)
        with self._database.look() as session:
            rows = session.connection().execute(
                select(_days, projects.c.key)
                .outerjoin(projects, projects.c.id == _days.c.project_id)
                .where(
                    _days.c.workspace_id == actor.workspace_id,
                    _days.c.day >= today,
                    *([of_project] if project_id else []),
                )
                .order_by(_days.c.day, projects.c.key)
                .limit(_SHOWN)
            )
            return tuple(map(_view, rows))

    def add(
        self,
        actor: Actor,
        project_id: UUID | None,
        day: date,
        name: str,
        *,
        origin: Origin,
        now: datetime,
    ) -> DayOffView:
        """Add a day off, of a project or of everybody. Raises NotFound, NotAllowed, Invalid."""
        name = clean_line(name) or "Day off"
        for problem in too_long(name, RITUAL_NAME_LENGTH):
            raise Invalid({"name": problem})
        day_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, day_id, now)
            if earlier is not None:
                return _required(session, actor, earlier)
            self._require(session, actor, project_id)
            with realigning(session, self._sorts, _concerned(actor, project_id), now):
                values = {
                    "id": day_id,
                    "workspace_id": actor.workspace_id,
                    "project_id": project_id,
                    "day": day,
                    "name": name,
                }
                made = insert_new(dialect_of(session), DayOff).returning(_days.c.id)
                if session.connection().execute(made, values).one_or_none() is None:
                    raise Invalid({"day": _TWICE.format(day)})
            entry = audit.Entry(
                DAY_OFF, day_id, 1, "added", (FieldChange("day", None, day.isoformat()),), name
            )
            audit.record(session, actor, entry, origin=origin, now=now)
            return _required(session, actor, day_id)

    def remove(self, actor: Actor, day_id: UUID, *, origin: Origin, now: datetime) -> DayOffView:
        """Take a day off back. Raises NotFound, NotAllowed."""
        with self._database.write() as session:
            gone = _required(session, actor, day_id)
            project_id = (
                session.connection()
                .execute(select(_days.c.project_id).where(_days.c.id == day_id))
                .scalar_one()
            )
            self._require(session, actor, project_id)
            with realigning(session, self._sorts, _concerned(actor, project_id), now):
                session.connection().execute(delete(_days).where(_days.c.id == day_id))
            entry = audit.Entry(
                DAY_OFF, day_id, 2, "removed", (FieldChange("day", gone.day.isoformat(), None),), gone.name
            )
            audit.record(session, actor, entry, origin=origin, now=now)
            return gone

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


def _required(session: Session, actor: Actor, day_id: UUID) -> DayOffView:
    row = (
        session.connection()
        .execute(
            select(_days, projects.c.key)
            .outerjoin(projects, projects.c.id == _days.c.project_id)
            .where(_days.c.workspace_id == actor.workspace_id, _days.c.id == day_id)
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound(DAY_OFF, str(day_id))
    return _view(row)


def _view(row: Any) -> DayOffView:  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    return DayOffView(row.id, row.day, row.name, row.key or "")

"""Shows rituals: in a list, one by one with its next times and how well it was kept, and beforehand."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.commands import RitualFields
from models.database import Database
from models.read_models import (
    Actor,
    Adherence,
    RitualCard,
    RitualLine,
    RitualName,
    RitualPage,
    RitualSetup,
    TimesAhead,
)
from models.rules.access import Capability, may
from models.rules.rituals.steps import (
    RitualSort,
    RitualState,
    Timetable,
)
from models.services import audit
from models.services.projects.rows import required_project, required_projects
from models.services.rituals.adherence import OutcomeOf, adherence
from models.services.rituals.changing import find_ritual, standing_of
from models.services.rituals.correcting import Correct
from models.services.rituals.fields import checked
from models.services.rituals.next_times import next_times, require_timing, upcoming_by_rule
from models.services.rituals.only_one import present_one
from models.services.rituals.put_off import put_off_under
from models.services.rituals.rows import changed_to_come
from models.services.rituals.setups import Row, followed_by, is_paused, required_row, rows_of, setup_of
from models.services.rituals.timetables import timetables
from models.services.standing import require, standing
from models.tables import projects, rituals

PAGE = 10
SHOWN = 5
"""Times to come that are shown."""

_HISTORY_SHOWN = 5


class Previews:
    """Reads; what it returns has left the session."""

    def __init__(
        self,
        database: Database,
        sorts: Mapping[str, RitualSort],
        outcomes: Mapping[str, OutcomeOf] | None = None,
        corrections: Mapping[str, Correct] | None = None,
    ) -> None:
        """Take where they are kept, what each kind is, and what of some tells and corrects its times."""
        self._database = database
        self._sorts = sorts
        self._outcomes = outcomes or {}
        self._corrections = corrections or {}

    def preview(
        self, actor: Actor, fields: RitualFields, ritual_id: UUID | None = None, *, now: datetime
    ) -> TimesAhead:
        """Return when a ritual, or that one if it were so, would take place. Raises Invalid, NotFound."""
        wanted = checked(fields, self._sorts, {}, only_timing=True)
        with self._database.read() as session:
            timetable = require_timing(session, actor, wanted, fields.project_id, now)
            found = dict(upcoming_by_rule(timetable, now, SHOWN))
            if ritual_id is None:
                return TimesAhead(tuple(found.values()))
            row = required_row(session, actor.workspace_id, ritual_id)
            put_off = put_off_under(session, row, wanted.sort, timetable, now)
        times = tuple(sorted({**found, **put_off.stays}.values())[:SHOWN])
        skipped = frozenset(at for name, at in found.items() if name in put_off.skipped)
        return TimesAhead(times, put_off.falls_away, skipped)

    def present_one(
        self, actor: Actor, kind: str, project_id: UUID | None, *, now: datetime
    ) -> RitualSetup | None:
        """Return the ritual that is on, or paused, where one of that kind is enough."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            row = present_one(session, actor.workspace_id, self._sorts[kind], project_id)
            return setup_of(row, followed_by(session, [row]), now) if row is not None else None

    def page(
        self,
        actor: Actor,
        project_id: UUID | None = None,
        number: int = 1,
        *,
        is_ended: bool = False,
        now: datetime,
    ) -> RitualPage:
        """Return a page of a project's rituals; None means all, the organisation's own first.

        Raises NotFound, NotAllowed.
        """
        require(standing(actor), Capability.SEE_RITUAL)
        with self._database.read() as session:
            project = required_project(session, actor.workspace_id, project_id) if project_id else None
            of_project = [rituals.c.project_id == project.id] if project else []
            found = rows_of(session, rituals.c.workspace_id == actor.workspace_id, *of_project)
            shown = [row for row in found if (row.state is RitualState.ENDED) == is_ended]
            shown.sort(key=lambda row: (row.project_key or "", row.name.casefold()))
            pages = max(1, -(-len(shown) // PAGE))
            number = min(max(1, number), pages)
            rows = shown[(number - 1) * PAGE : number * PAGE]
            return RitualPage(
                tuple(self._lines(session, actor, rows, now)),
                number,
                pages,
                len(shown),
                project_key=project.key if project else "",
                is_ended=is_ended,
                ended=sum(row.state is RitualState.ENDED for row in found),
                may_switch_on=may(standing(actor, project), Capability.SWITCH_ON_RITUAL),
            )

    def card(self, actor: Actor, ritual_id: UUID, *, now: datetime) -> RitualCard:
        """Return the ritual with its next times. Raises NotFound, NotAllowed."""
        require(standing(actor), Capability.SEE_RITUAL)
        with self._database.read() as session:
            found = find_ritual(session, actor, ritual_id, now)
            tables = timetables(session, [found.row], now)
            coming = next_times(session, [found.row], tables, now, SHOWN)[ritual_id]
            is_known = found.row.kind in self._sorts
            return RitualCard(
                found.setup,
                coming if is_known else (),
                self._kept(session, [found.row], tables, now)[ritual_id],
                audit.history(session, actor.workspace_id, ritual_id)[:_HISTORY_SHOWN],
                may_change=found.setup.ritual.state is not RitualState.ENDED
                and may(found.standing, Capability.CHANGE_RITUAL),
                may_switch_on_again=is_known
                and found.setup.ritual.state is RitualState.ENDED
                and may(found.standing, Capability.SWITCH_ON_RITUAL),
                is_known=is_known,
            )

    def names(self, actor: Actor, *, now: datetime, is_ended: bool = False) -> tuple[RitualName, ...]:
        """Return the rituals that did not end, or those that did, as people call them. Raises NotAllowed."""
        has_ended = rituals.c.state == RitualState.ENDED
        require(standing(actor), Capability.SEE_RITUAL)
        with self._database.look() as session:
            rows = session.connection().execute(
                select(
                    rituals.c.id,
                    rituals.c.name,
                    func.coalesce(projects.c.key, "").label("project_key"),
                    rituals.c.project_id,
                    rituals.c.state,
                    rituals.c.resumes_on,
                    rituals.c.timezone,
                    changed_to_come(now).label("has_changed_time"),
                )
                .outerjoin(projects, projects.c.id == rituals.c.project_id)
                .where(rituals.c.workspace_id == actor.workspace_id, has_ended if is_ended else ~has_ended)
                .order_by(rituals.c.name, rituals.c.id)
            )
            return tuple(
                RitualName(
                    row.id,
                    row.name,
                    row.project_key,
                    row.project_id,
                    is_paused(row, now),
                    row.has_changed_time,
                )
                for row in rows
            )

    def _lines(
        self, session: Session, actor: Actor, rows: Sequence[Row], now: datetime
    ) -> Iterator[RitualLine]:
        followed, tables = followed_by(session, rows), timetables(session, rows, now)
        coming = next_times(session, rows, tables, now, 1)
        kept = self._kept(session, rows, tables, now)
        ids = list({row.project_id: None for row in rows if row.project_id is not None})
        found = {each.id: each for each in required_projects(session, actor.workspace_id, ids)}
        for row in rows:
            setup, is_known = setup_of(row, followed, now), row.kind in self._sorts
            theirs = standing_of(actor, setup, found.get(row.project_id))
            yield RitualLine(
                setup,
                coming[row.id][0].starts_at if coming[row.id] and is_known else None,
                kept[row.id],
                may_change=may(theirs, Capability.CHANGE_RITUAL),
                is_known=is_known,
            )

    def _kept(
        self, session: Session, rows: Sequence[Row], tables: Mapping[UUID, Timetable], now: datetime
    ) -> Mapping[UUID, Adherence]:
        return adherence(session, rows, self._sorts, self._outcomes, tables, now)

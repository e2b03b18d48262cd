"""What people wish of the bot: when it keeps quiet, until when they are away, and how much they hear."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, FieldChange, Origin, PersonalSettings
from models.rules.access import Capability
from models.rules.mornings.paces import Pace
from models.rules.mornings.quiet import DAY, QuietHours
from models.rules.rituals.workdays import USUAL, WorkingWeek
from models.services.audit import Entry, record
from models.services.mornings.touching import touch_theirs
from models.services.people import PERSON
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.statements import dialect_of, upsert_into
from models.tables import person_settings
from models.value import Value

LONGEST_ABSENCE = timedelta(days=366)


class Wishes(Value):
    """All that a person may set; None means "not at all"."""

    quiet: QuietHours | None
    away_until: date | None
    pace: Pace = Pace.STANDARD
    week: WorkingWeek = USUAL

    @classmethod
    def of(cls, settings: PersonalSettings) -> "Wishes":
        """Return what is wished already, to wish one thing differently."""
        return cls(settings.quiet, settings.away_until, settings.pace, settings.week)


class Settings:
    """Keeps each person's settings; nobody sees or changes another's."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def of(self, actor: Actor, *, now: datetime) -> PersonalSettings:
        """Return the person's own settings; an absence that is over is none. Raises NotAllowed."""
        require(standing(actor), Capability.SEE_PEOPLE)
        with self._database.look() as session:
            return _read(_row(session, actor), actor, now)

    def change(self, actor: Actor, wishes: Wishes, *, origin: Origin, now: datetime) -> PersonalSettings:
        """Set all to what is wished. Raises NotAllowed, Invalid for "quiet_until" and "away_until"."""
        require(standing(actor), Capability.SEE_PEOPLE)
        problems = dict(_problems(wishes, now.astimezone(ZoneInfo(actor.timezone)).date()))
        if problems:
            raise Invalid(problems)
        with self._database.write() as session:
            before = _row(session, actor)
            if claim(session, actor.workspace_id, origin, actor.person.id, now) is not None:
                return _read(before, actor, now)
            wanted = {
                "quiet_from": wishes.quiet.start if wishes.quiet else None,
                "quiet_until": wishes.quiet.end if wishes.quiet else None,
                "away_until": wishes.away_until,
                "pace": None if wishes.pace is Pace.STANDARD else wishes.pace,
                "week": None if wishes.week is USUAL else wishes.week,
            }
            changes = tuple(_changes(before, wanted))
            if changes:
                version = before.version + 1 if before else 1
                _write(session, actor, wanted | {"version": version})
                entry = Entry(PERSON, actor.person.id, version, "settings changed", changes)
                record(session, actor, entry, origin=origin, now=now)
                if any(change.field == "away_until" for change in changes):
                    _redraw(session, actor, f"settings {version}", origin, now)
            return _read(_row(session, actor), actor, now)


def _redraw(session: Session, actor: Actor, token: str, origin: Origin, now: datetime) -> None:
    """Have what stands in the person's messages follow that they left, or came back."""
    touch_theirs(
        session,
        actor.workspace_id,
        actor.person.id,
        token,
        correlation_id=origin.correlation_id,
        now=now,
    )


def _problems(wishes: Wishes, today: date) -> Iterator[tuple[str, str]]:
    quiet = wishes.quiet
    if quiet is not None and not (0 <= quiet.start < DAY and 0 <= quiet.end < DAY):
        yield "quiet_until", "Choose hours of one day, such as 18:00 to 08:00."
    elif quiet is not None and quiet.start == quiet.end:
        yield "quiet_until", "Choose another hour: quiet hours end after they begin."
    if wishes.away_until is not None and wishes.away_until < today:
        yield "away_until", "Choose today or a later day; it is the last day on which you are away."
    elif wishes.away_until is not None and wishes.away_until > today + LONGEST_ABSENCE:
        yield "away_until", "Choose a day within a year."


def _row(session: Session, actor: Actor) -> Row[Any] | None:
    return session.execute(
        select(person_settings).where(
            person_settings.c.workspace_id == actor.workspace_id,
            person_settings.c.person_id == actor.person.id,
        )
    ).one_or_none()


def _read(row: Row[Any] | None, actor: Actor, now: datetime) -> PersonalSettings:
    if row is None:
        return PersonalSettings(actor.timezone)
    today = now.astimezone(ZoneInfo(actor.timezone)).date()
    return PersonalSettings(
        timezone=actor.timezone,
        quiet=None if row.quiet_from is None else QuietHours(row.quiet_from, row.quiet_until),
        away_until=row.away_until if row.away_until is not None and row.away_until >= today else None,
        pace=row.pace or Pace.STANDARD,
        week=row.week or USUAL,
    )


def _changes(before: Row[Any] | None, wanted: dict[str, Any]) -> Iterator[FieldChange]:
    for name, after in wanted.items():
        earlier = getattr(before, name) if before is not None else None
        if earlier != after:
            yield FieldChange(
                name, None if earlier is None else str(earlier), None if after is None else str(after)
            )


def _write(session: Session, actor: Actor, wanted: dict[str, Any]) -> None:
    who = {"person_id": actor.person.id, "workspace_id": actor.workspace_id}
    session.execute(
        upsert_into(dialect_of(session), person_settings)
        .values(who | wanted)
        .on_conflict_do_update(index_elements=["person_id"], set_=wanted)
    )

"""What comes round by itself at Studio North: all that feeds people's mornings is switched on."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from models.database import Database
from models.read_models import Actor, Origin, ProjectView
from models.rules.rituals.recurrence import Weekly
from models.services.rituals.days_off import DaysOff
from models.services.rituals.past import PastRitual, PastRituals

_SINCE = timedelta(weeks=8)
_FIRST_SURVEY = timedelta(weeks=6)
_TUESDAY, _THURSDAY = 1, 3
_WORKING_DAYS = frozenset(range(5))
_DAILY = (
    ("action_reminders", "Action reminders"),
    ("risk_review", "Risk review"),
    ("health_checks", "Delivery health checks"),
)
_HOLIDAYS = ((12, 25, "Christmas Day"), (12, 26, "Boxing Day"), (1, 1, "New Year's Day"))


def take_days_off(database: Database, jo: Actor, *, origin: Origin, now: datetime) -> None:
    """Have nobody work on the next of each of these holidays."""
    # Nothing comes round yet that would move with them.
    days_off = DaysOff(database, {})
    for month, day, name in _HOLIDAYS:
        this_year = date(now.year, month, day)
        coming = this_year if this_year >= now.date() else date(now.year + 1, month, day)
        days_off.add(jo, None, [coming], name, origin=origin, now=now)


def first_survey(now: datetime) -> date:
    """Return a Tuesday: counted from a later day of its week, the first would be half a year away."""
    day = (now + _FIRST_SURVEY).date()
    return day + timedelta(days=(_TUESDAY - day.weekday()) % 7)


def switch_on_rituals(
    database: Database,
    actors: Mapping[str, Actor],
    projects: Mapping[str, ProjectView],
    *,
    now: datetime,
) -> None:
    """Ask how projects stand, have clients asked and Acme's team look back, remind all of what is to do."""
    past, since = PastRituals(database), now - _SINCE
    jo = actors["jo"]
    for project in projects.values():
        weekly = Weekly(frozenset({_THURSDAY}), time(17), since.date())
        name = f"Weekly status {project.key}"
        past.take_over(
            jo, PastRitual("weekly_status", name, weekly, project.timezone, since, project.id), now=now
        )
        half_yearly = Weekly(frozenset({_TUESDAY}), time(10), first_survey(now), interval=26)
        name = f"Client survey {project.key}"
        past.take_over(
            jo, PastRitual("csat_request", name, half_yearly, project.timezone, since, project.id), now=now
        )
    acme = projects["ACME"]
    fortnightly = Weekly(frozenset({_THURSDAY}), time(10), since.date(), interval=2)
    retros = PastRitual("retrospective", "Retro ACME", fortnightly, acme.timezone, since, acme.id)
    past.take_over(actors["dana"], retros, now=now)
    for kind, name in _DAILY:
        daily = Weekly(_WORKING_DAYS, time(9), since.date())
        mornings = PastRitual(kind, name, daily, "Europe/Berlin", since, country="DE")
        past.take_over(jo, mornings, now=now)

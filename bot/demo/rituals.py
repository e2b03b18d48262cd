"""What comes round by itself at Studio North: all that feeds people's mornings is switched on."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from models.database import Database
from models.read_models import Actor, ProjectView
from models.rules.recurrence import Weekly
from models.services.rituals.past import PastRitual, PastRituals

_SINCE = timedelta(weeks=8)
_THURSDAY = 3
_WORKING_DAYS = frozenset(range(5))
_DAILY = (("action_reminders", "Action reminders"),)


def switch_on_rituals(
    database: Database,
    actors: Mapping[str, Actor],
    projects: Mapping[str, ProjectView],
    *,
    now: datetime,
) -> None:
    """Ask projects how they stand on Thursdays, have Acme's team look back, remind all of what is to do."""
    past, since = PastRituals(database), now - _SINCE
    jo = actors["jo"]
    for project in projects.values():
        weekly = Weekly(frozenset({_THURSDAY}), time(17), since.date())
        name = f"Weekly status {project.key}"
        past.take_over(
            jo, PastRitual("weekly_status", name, weekly, project.timezone, since, project.id), now=now
        )
    acme = projects["ACME"]
    fortnightly = Weekly(frozenset({_THURSDAY}), time(10), since.date(), interval=2)
    retros = PastRitual("retrospective", "Retro ACME", fortnightly, acme.timezone, since, acme.id)
    past.take_over(actors["dana"], retros, now=now)
    for kind, name in _DAILY:
        daily = Weekly(_WORKING_DAYS, time(9), since.date())
        past.take_over(jo, PastRitual(kind, name, daily, "Europe/Berlin", since), now=now)

"""The delivery meeting of Studio North, and what people want to talk about there."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.commands import TopicFields
from models.database import Database
from models.read_models import Actor, Origin, ProjectView
from models.rules.rituals.recurrence import OnHoliday, Weekly
from models.services.agendas.book import Agendas
from models.services.rituals.past import PastRitual, PastRituals
from models.value import Value

_WEDNESDAY = 2
_LOS_ANGELES = "America/Los_Angeles"
_ROLES = {"roles": ["project_manager", "product_owner"]}


class _Topic(Value):
    """Something that somebody brings, by handle; about a project or about none."""

    who: str
    title: str
    project: str = ""


_TOPICS = (
    _Topic("ines", "Who covers the store reviews over the holidays?"),
    _Topic("alex", "Share the payment code with a second team", "ACME"),
)


def hold_meetings(
    database: Database,
    actors: Mapping[str, Actor],
    projects: Mapping[str, ProjectView],
    channel_id: str,
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Switch the delivery meeting on, and bring topics to it."""
    agendas = Agendas(database)
    meeting = PastRitual(
        "meeting_agenda",
        "Delivery – PM",
        Weekly(frozenset({_WEDNESDAY}), time(15), _first_day(now), interval=2),
        _LOS_ANGELES,
        now,
        channel_id=channel_id,
        duration_minutes=60,
        on_holiday=OnHoliday.KEEP,
        settings=_ROLES,
    )
    ritual_id = PastRituals(database).take_over(actors["jo"], meeting, now=now)
    for ago, topic in enumerate(_TOPICS, start=1):
        project = projects[topic.project].id if topic.project else None
        fields = TopicFields(topic.title, project)
        at = now - timedelta(hours=ago)
        agendas.add_topic(actors[topic.who], ritual_id, fields, origin=origin, now=at)


def _first_day(now: datetime) -> date:
    """Return the next Wednesday there on which the meeting is still to come."""
    there = now.astimezone(ZoneInfo(_LOS_ANGELES))
    days = (there.date() + timedelta(days=ahead) for ahead in range(there.time() >= time(15), 8))
    return next(day for day in days if day.weekday() == _WEDNESDAY)

"""The delivery meeting of Studio North, and what people want to talk about there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models.commands import TopicFields
from models.database import Database
from models.read_models import Actor, Origin, ProjectView
from models.rules.rituals import Preset
from models.services.agendas.book import Agendas
from models.services.agendas.setting_up import NewMeeting

_WEDNESDAY = 2
_DELIVERY = Preset(
    "Delivery – PM",
    "the project managers, every second Wednesday",
    frozenset({_WEDNESDAY}),
    time(15),
    interval=2,
    timezone="America/Los_Angeles",
    duration_minutes=60,
    settings={"roles": ["project_manager", "product_owner"]},
)


@dataclass(frozen=True)
class _Topic:
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
    meeting = agendas.set_up(actors["jo"], NewMeeting(_DELIVERY, channel_id), origin=origin, now=now)
    for ago, topic in enumerate(_TOPICS, start=1):
        project = projects[topic.project].id if topic.project else None
        fields = TopicFields(topic.title, project)
        at = now - timedelta(hours=ago)
        agendas.add_topic(actors[topic.who], meeting.ritual.id, fields, origin=origin, now=at)

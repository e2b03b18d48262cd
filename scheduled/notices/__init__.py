"""What can be said because something happened: one file for each kind, found by its name."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib import import_module
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from models.reports.home import Homes
from models.reports.risks import RiskReports
from models.reports.statuses import StatusReports
from models.rules.delivery import NoticeKind, Operation
from models.services.actions.readings import ActionReadings
from models.services.agendas.readings import AgendaReadings
from models.services.channels import Channels
from models.services.drafts import Drafts
from models.services.moods.readings import MoodReadings
from models.services.mornings.readings import MorningReadings
from models.services.outbox.enqueue import Outgoing
from models.services.people import People
from models.services.plans.behind import PlanReadings
from models.services.projects.health_check_rows import HealthCheckReadings
from models.services.raid.readings import RaidReadings
from models.services.retros.readings import RetroReadings
from models.services.risks.readings import RiskReadings
from models.services.rituals.readings import RitualReadings
from models.services.statuses.readings import StatusReadings
from models.services.surveys.readings import SurveyReadings
from models.value import Value
from scheduled.ports import Refusal
from scheduled.posts import File, Gone, Post
from scheduled.templating import Templates, Words

Drawn = Post | File | Gone
"""What a message becomes when it is sent; a file where the operation is to hand one over."""


class Desk(Value):
    """What every notice works with, put together by the wiring."""

    risks: RiskReadings
    raid: RaidReadings
    moods: MoodReadings
    actions: ActionReadings
    people: People
    reports: RiskReports
    templates: Templates
    channels: Channels
    drafts: Drafts
    statuses: StatusReadings
    surveys: SurveyReadings
    status_reports: StatusReports
    rituals: RitualReadings
    mornings: MorningReadings
    homes: Homes
    health_checks: HealthCheckReadings
    plans: PlanReadings
    agendas: AgendaReadings
    retros: RetroReadings


class Occasion(Value):
    """The message that is about to be sent: what it is about, where it goes, and the desk to draw it at."""

    desk: Desk
    kind: NoticeKind
    operation: Operation
    workspace_id: UUID
    channel_id: str
    ids: Mapping[str, Any]
    now: datetime

    @property
    def today(self) -> date:
        """Return the day it is, in UTC."""
        return self.now.date()

    def day_at(self, timezone: str) -> date:
        """Return the day it is in a zone, such as a project's."""
        return self.now.astimezone(ZoneInfo(timezone)).date()

    def words(self, **values: object) -> Words:
        """Fill in this kind's template."""
        return self.desk.templates.render(self.kind.value, values)


def _nobody(_: Occasion, __: Refusal) -> tuple[Outgoing, ...]:
    return ()


class Notice(Value):
    """One kind of message."""

    kind: NoticeKind
    confidential: bool
    """Whether a client or guest must not read it, so that its channel is looked at before it is sent."""
    render: Callable[[Occasion], Drawn | None]
    """Draws the message as things stand; None when there is nothing left to say."""
    instead: Callable[[Occasion, Refusal], tuple[Outgoing, ...]] = _nobody
    """Whom to tell directly when the channel must not see it."""


def discover() -> dict[NoticeKind, Notice]:
    """Return every kind's notice: the module of the kind's name has it as ``NOTICE``."""
    found: dict[NoticeKind, Notice] = {}
    for kind in NoticeKind:
        notice = import_module(f"{__name__}.{kind.value}").NOTICE
        if not isinstance(notice, Notice) or notice.kind is not kind:
            msg = f"{__name__}.{kind.value} has no NOTICE of its own kind"
            raise TypeError(msg)
        found[kind] = notice
    return found

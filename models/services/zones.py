"""Which day and time it is where a project is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.read_models import ProjectView


def today_of(project: ProjectView, now: datetime) -> date:
    """Return the day it is where the project is."""
    return here_at(project, now).date()


def here_at(project: ProjectView, now: datetime) -> datetime:
    """Return the instant as the clock shows it where the project is."""
    return now.astimezone(ZoneInfo(project.timezone))

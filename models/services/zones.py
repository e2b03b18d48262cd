"""Which day it is where a project is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.read_models import ProjectView


def today_of(project: ProjectView, now: datetime) -> date:
    """Return the day it is where the project is."""
    return now.astimezone(ZoneInfo(project.timezone)).date()

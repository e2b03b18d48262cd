"""Delivery health checks that are due, to whoever manages the project."""

from datetime import date

from models.rules.projects.health_check import KIND, HealthCheck, Reason
from models.services.mornings.planning import Contribution
from models.services.projects.health_check_mornings import gather
from models.services.projects.health_check_rows import CheckedProject, owed_by
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent
from scheduled.wording import plain_day


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show what is still to be checked, and name what was since."""
    message = occasion.message
    found = message.desk.health_checks.of(message.workspace_id, [item.entity_id for item in occasion.items])
    named = [found[item.entity_id] for item in occasion.items if item.entity_id in found]
    waiting = [(project, check) for project in named if (check := owed_by(project, occasion.today))]
    checked = [project.key for project in named if project.checked_on == occasion.today]
    heading = occasion.words("heading", count=len(waiting)).text if waiting else ""
    done = occasion.words("done", projects=checked).text if checked else ""
    return MorningPart(heading, tuple(_line(occasion, *each) for each in waiting), done)


def _line(occasion: MorningOccasion, project: CheckedProject, check: HealthCheck) -> MorningLine:
    words = occasion.words(
        "line",
        project=project.key,
        days=_days(project.starts_on, occasion.today),
        is_red=check.reason is Reason.RED,
        is_amber=check.reason is Reason.AMBER,
        until=plain_day(check.until, occasion.today),
    )
    return MorningLine(words.text, Button("Health check …", Intent.HEALTH_CHECK, project.id))


def _days(starts_on: date, today: date) -> int:
    return (today - starts_on).days


MORNING = MorningPiece(Contribution("health_checks", gather, ritual=KIND), rank=60, draw=draw)

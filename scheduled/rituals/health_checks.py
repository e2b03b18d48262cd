"""Delivery health checks: whoever manages a project is asked to look at it with somebody from outside."""

from models.rules.projects.health_check import CLOSES_AFTER, KIND, OPENS_AFTER
from scheduled.rituals import for_mornings

RITUAL = for_mornings(
    KIND,
    "Delivery health check",
    "Asks whoever manages a project to look at it with somebody from outside: once between day "
    f"{OPENS_AFTER.days} and day {CLOSES_AFTER.days} after its start, and again after a red week or three "
    "amber ones. Managed projects only, and those whose start I know.",
    when="from each project's 120th day, in its manager's morning message",
)

"""People: is there somebody to give roles, to approve what is grave, and to run each project."""

from collections.abc import Generator

from bot.doctor.findings import Finding, Subject, ok, warning
from models.services.diagnosis import Diagnosis, Installed

NAMED = 5
"""Projects named in one line."""


def examine_people(
    diagnosis: Diagnosis, installed: Installed, admins: frozenset[str]
) -> Generator[Finding, None, None]:
    """Yield a line for each role that nobody fills. ``admins`` are those of the settings."""
    staff = diagnosis.staff(installed.id)
    strangers = sorted(admins - staff.members)
    found = False
    if strangers:
        found = True
        yield warning(
            Subject.PEOPLE,
            f"DRUMBEAT_ADMINS names ids of which nobody has used Drumbeat yet: {', '.join(strangers)}",
            "Right for a new installation; otherwise compare the ids with Slack: profile, ⋮, Copy member ID",
        )
    if installed.projects and not staff.has_delivery_manager:
        found = True
        yield warning(
            Subject.PEOPLE,
            "there is no delivery manager, so nobody may accept a grave risk, and none is told of one",
            "An admin types `/drumbeat role add @jo delivery manager`",
        )
    if staff.unmanaged:
        found = True
        more = f" and {len(staff.unmanaged) - NAMED} more" if len(staff.unmanaged) > NAMED else ""
        yield warning(
            Subject.PEOPLE,
            f"projects without a manager in Slack: {', '.join(staff.unmanaged[:NAMED])}{more}",
            "Somebody left or became a guest; make another person the project's manager",
        )
    if not found:
        yield ok(Subject.PEOPLE, "every project has a manager, and somebody approves what is grave")

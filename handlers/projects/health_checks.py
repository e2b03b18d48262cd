"""The delivery health check: what a project's card says of it, and the form in which it is done."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from handlers.access import identify
from handlers.answers import ClickAnswer, OpenModal, SubmissionAnswer, UpdateModal
from handlers.asks import Click, Submission
from handlers.blocks import Block, day, modal, plain, section
from handlers.callback_ids import CallbackId
from handlers.forms import beside_fields, identifier, metadata, pack, raw_values, reading
from handlers.inputs import field, text_input
from handlers.kit import Kit
from handlers.origins import origin
from handlers.projects import words
from models.commands import TEXT_LENGTH
from models.errors import Invalid
from models.read_models import ProjectCard, ProjectView
from models.rules.projects.health_check import HealthCheck, Reason, opens_on, owed

_WHY = {
    Reason.AGE: "it has run for {days} days and was never checked",
    Reason.RED: "a week since the last check was red",
    Reason.AMBER: "three weeks in a row since the last check were amber",
}


def check_of(found: ProjectCard, today: date) -> HealthCheck | None:
    """Return the check that the project owes."""
    project = found.project
    if not project.is_inspected:
        return None
    return owed(project.starts_on, today, project.health_checked_on, found.weeks)


def told(found: ProjectCard, today: date) -> str:
    """Return what the card says of the project's health checks; "" where it has none."""
    project = found.project
    if not project.is_inspected:
        return ""
    check = check_of(found, today)
    if check is not None and project.starts_on is not None:
        why = _WHY[check.reason].format(days=(today - project.starts_on).days)
        since, until = day(check.since, today), day(check.until, today)
        return f"🩺 *Delivery health check due* since {since}, by {until}: {why}"
    if project.health_checked_on is not None:
        return f"Delivery health check: done {day(project.health_checked_on, today)}"
    if project.starts_on is None:
        return "Delivery health check: *name the start under Edit*, so that I know when it is due"
    opens = opens_on(project.starts_on)
    return f"Delivery health check: due from {day(opens, today)}" if today < opens else ""


def asked(kit: Kit, click: Click) -> ClickAnswer:
    """Ask what was found, for whoever may say so."""
    project = kit.health_checks.owing(identify(kit, click), identifier(click.value), now=kit.clock())
    return OpenModal(_modal(project))


def submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Take down that it was done."""
    actor = identify(kit, sent)
    project_id, finding = _written(sent.view)
    came_from, now = origin(kit, sent), kit.clock()
    try:
        project = kit.health_checks.done(actor, project_id, finding, origin=came_from, now=now)
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    text = (
        f"✓ *The delivery health check of {project.key} is done.* What you found is in the project's history."
    )
    return UpdateModal(
        {"type": "modal", "title": plain("Done"), "close": plain("Close"), "blocks": [section(text)]}
    )


def _modal(project: ProjectView) -> Block:
    finding = text_input(
        "finding",
        max_length=TEXT_LENGTH,
        multiline=True,
        placeholder="Scope and plan agree; the test environment is the weak spot",
    )
    blocks = [
        section(
            f"{words.headline(project)}\n"
            "Look at scope, plan, quality, team and client together with somebody from outside."
        ),
        field("finding", "What did you find?", finding, optional=False),
    ]
    return modal(
        CallbackId.HEALTH_CHECK,
        "Health check",
        blocks,
        submit="Done",
        metadata=pack({"project": str(project.id)}),
    )


@reading()
def _written(view: Mapping[str, Any]) -> tuple[UUID, str]:
    """Return which project, and what was found. Raises Unreadable."""
    return UUID(metadata(view)["project"]), raw_values(view).get("finding") or ""

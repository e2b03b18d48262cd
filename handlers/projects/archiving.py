"""Archiving a project with a reason, and bringing it back: typed, clicked, submitted."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, CommandAnswer, OpenModal, SubmissionAnswer, UpdateModal
from handlers.asks import Ask, Click, Submission
from handlers.blocks import Block, modal, plain, section
from handlers.callback_ids import CallbackId
from handlers.forms import beside_fields, identifier, metadata, pack, raw_values, reading
from handlers.inputs import field, text_input
from handlers.kit import Kit
from handlers.origins import origin
from handlers.projects import words
from handlers.projects.cards import archived, shown
from handlers.projects.finding import find, stranger, unknown
from handlers.projects.lists import elsewhere
from models.commands import TEXT_LENGTH
from models.errors import Invalid
from models.read_models import Actor, ProjectCard


def archive_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Archive the project with the reason typed; ask for one where there is none."""
    project, reason = find(kit, ask, actor, rest)
    if project is None:
        return elsewhere(kit, ask, actor, verb="archive")
    if not reason:
        return OpenModal(_modal(kit.profiles.archivable(actor, project.id)))
    return archived(kit.profiles.archive(actor, project.id, reason, origin=origin(kit, ask), now=kit.clock()))


def asked(kit: Kit, actor: Actor, project_id: UUID) -> OpenModal:
    """Ask why, for whoever may archive it."""
    return OpenModal(_modal(kit.profiles.archivable(actor, project_id)))


def submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Archive the project with the reason that was written."""
    actor = identify(kit, sent)
    project_id, reason = _written(sent.view)
    try:
        project = kit.profiles.archive(actor, project_id, reason, origin=origin(kit, sent), now=kit.clock())
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    text = f"✓ *{project.key} is archived.* `/project reopen {project.key}` brings it back."
    return UpdateModal(
        {"type": "modal", "title": plain("Archived"), "close": plain("Close"), "blocks": [section(text)]}
    )


def reopen_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Bring the project back."""
    project, reason = find(kit, ask, actor, rest)
    if other := stranger(reason):
        return unknown(kit, actor, other, "project reopen", hint="Try `/project list archived`.")
    if project is None:
        return elsewhere(kit, ask, actor, verb="reopen")
    return _reopened(kit, ask, actor, project.id, reason)


def reopen_clicked(kit: Kit, click: Click) -> ClickAnswer:
    """Bring the project back."""
    return _reopened(kit, click, identify(kit, click), identifier(click.value), "", replaces=True)


def _reopened(
    kit: Kit, ask: Ask, actor: Actor, project_id: UUID, reason: str, *, replaces: bool = False
) -> Answer:
    project = kit.profiles.reopen(actor, project_id, reason, origin=origin(kit, ask), now=kit.clock())
    return shown(kit, actor, project_id, note=f"✓ *{project.key} is back.*", replaces=replaces)


def _modal(found: ProjectCard) -> Block:
    project = found.project
    told = f"{words.headline(project)}\nIt leaves every list and takes no new risks. All that was kept stays."
    if found.per_band:
        told += f"\n*Still open:* {words.open_risks(found.per_band)}."
    if waiting := [each.name for each in found.deliverables if not each.is_accepted]:
        told += f"\n*Not accepted yet:* {', '.join(waiting)}."
    reason = text_input("reason", max_length=TEXT_LENGTH, placeholder="Delivered and accepted")
    blocks = [section(told), field("reason", "Why is it over?", reason, optional=False)]
    return modal(
        CallbackId.PROJECT_ARCHIVE,
        f"Archive {project.key}",
        blocks,
        submit="Archive",
        metadata=pack({"project": str(project.id)}),
    )


@reading()
def _written(view: Mapping[str, Any]) -> tuple[UUID, str]:
    """Return which project, and why. Raises Unreadable."""
    return UUID(metadata(view)["project"]), raw_values(view).get("reason") or ""

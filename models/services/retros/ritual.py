"""What a project's own ritual does when it comes round: a retrospective begins."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commands import NewRetro
from models.read_models import DueStep, Origin, ProjectView
from models.rules.retros.formats import RetroFormat, format_named
from models.services.outbox.enqueue import Outgoing
from models.services.projects.rows import required_project
from models.services.retros import notices
from models.services.retros.living import Turn, begin
from models.services.retros.rows import RITUAL, collecting
from models.tables import projects

KIND = RITUAL

FORMAT, NAMES, SAFETY = "format", "names", "safety"
"""What a ritual's settings say: which questions it asks, whether cards have names, what it asks first."""

ANONYMOUS, NAMED = "anonymous", "named"
AT_ONCE, ASKED_FIRST = "no", "yes"


def open_due(session: Session, due: DueStep, now: datetime) -> Sequence[Outgoing]:
    """Begin to collect cards; where the project does so already, say in the prompt's thread until when."""
    project_id = due.ritual.project_id
    if project_id is None:
        return ()
    project = _locked(session, due.ritual.workspace_id, project_id)
    if project.is_archived:
        return ()
    running = collecting(session, due.ritual.workspace_id, project_id)
    if running is not None:
        return tuple(notices.came_round(session, running, due.id))
    turn = Turn(session, due.ritual.workspace_id, None, Origin(f"ritual {now:%Y-%m-%d %H:%M}"), now)
    begin(turn, project, wanted(project_id, due.ritual.settings))
    return ()


def wanted(project_id: UUID, settings: Mapping[str, Any]) -> NewRetro:
    """Return what the ritual's settings say; what they don't say, or say no more, is as usual."""
    kind = format_named(str(settings.get(FORMAT, ""))) or RetroFormat.START_STOP_CONTINUE
    asks_safety = settings.get(SAFETY) == ASKED_FIRST
    return NewRetro(project_id, kind, is_anonymous=settings.get(NAMES) != NAMED, asks_safety=asks_safety)


def _locked(session: Session, workspace_id: UUID, project_id: UUID) -> ProjectView:
    """Return the project; nobody else begins anything for it until this transaction ends."""
    session.execute(select(projects.c.id).where(projects.c.id == project_id).with_for_update())
    return required_project(session, workspace_id, project_id)

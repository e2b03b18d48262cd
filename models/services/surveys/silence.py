"""A question that ends without an answer: whoever asked hears of it, at work."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.read_models import InvitationView
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.working_hours import at_work
from models.services.projects.rows import delivery_managers, required_project
from models.services.surveys.askers import askers
from models.services.surveys.loop import still_concerned
from models.services.surveys.notices import of_unanswered
from models.services.zones import today_of


def of_silence(session: Session, invitation: InvitationView, now: datetime) -> Sequence[Outgoing]:
    """Return what is said to whoever asked, or to those who would ask now, once nobody will answer."""
    workspace_id = invitation.workspace_id
    project = required_project(session, workspace_id, invitation.project_id)
    told = still_concerned(invitation.sender, project, delivery_managers(session, workspace_id))
    unanswered = of_unanswered(invitation, told or askers(project.roles, today_of(project, now)))
    return tuple(at_work(session, workspace_id, tuple(unanswered), now))

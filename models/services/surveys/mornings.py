"""Which clients people's mornings name to be asked: the first after it is suggested, then once a week."""

from collections.abc import Iterable, Iterator

from sqlalchemy import and_, false, select
from sqlalchemy.orm import Session

from models.read_models import SurveyView
from models.rules.access import ProjectRole
from models.rules.csat_asking import SurveyState
from models.rules.mornings import Stage
from models.services.mornings.contributions import Batch, Item, Recipient
from models.services.projects.rows import memberships, projects
from models.services.surveys.rows import surveys
from models.services.surveys.survey_rows import surveys_where

_EVERY = 7
"""Days between two mornings that name the same one."""


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the occasions to ask a client that wait for the managers of the projects."""
    managed = (
        session.connection()
        .execute(
            select(memberships.c.person_id, memberships.c.project_id)
            .join(projects, projects.c.id == memberships.c.project_id)
            .where(
                memberships.c.workspace_id == batch.workspace_id,
                memberships.c.person_id.in_(batch.people),
                memberships.c.role == ProjectRole.PROJECT_MANAGER,
                memberships.c.is_deputy == false(),
                projects.c.archived_at.is_(None),
            )
            .order_by(projects.c.key)
        )
        .all()
    )
    project_ids = {row.project_id for row in managed}
    waits = and_(surveys.c.state == SurveyState.OPEN, surveys.c.project_id.in_(project_ids))
    found = surveys_where(session, waits) if project_ids else ()
    people = [(batch.people[row.person_id], row.project_id) for row in managed]
    return [
        item
        for recipient, project_id in people
        for item in _items(recipient, (each for each in found if each.project_id == project_id))
    ]


def _items(recipient: Recipient, found: Iterable[SurveyView]) -> Iterator[Item]:
    for survey in found:
        stage = _stage(recipient, survey)
        if stage is not None:
            yield Item(recipient.person.id, survey.id, stage)


def _stage(recipient: Recipient, survey: SurveyView) -> Stage | None:
    """Return how it is said, if it is said today."""
    if survey.made_at > recipient.morning.since:
        return Stage.TODAY
    days = (recipient.today - survey.made_at.astimezone(recipient.zone).date()).days
    return Stage.LATE if days % _EVERY == 0 else None

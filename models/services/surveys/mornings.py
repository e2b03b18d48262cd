"""Which clients people's mornings name to be asked: the first after it is suggested, then once a week."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.read_models import SurveyView
from models.rules.access import ALERTED_ROLES, OrganisationRole
from models.rules.mornings.paces import Stage
from models.rules.surveys.asking import SurveyState
from models.services.mornings.contributions import Batch, Item, Recipient
from models.services.projects.role_holders import holders_of
from models.services.surveys.askers import askers
from models.services.surveys.survey_rows import surveys_where
from models.tables import memberships, projects, surveys

_MANAGER = OrganisationRole.DELIVERY_MANAGER
_EVERY = 7
"""Days between two mornings that name the same one."""


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the occasions to ask a client that wait for these people, who are to ask that day."""
    managers = {each.person.id for each in batch.recipients if _MANAGER in each.organisation_roles}
    found = surveys_where(session, _may_concern(batch, is_for_managers=bool(managers)))
    holders = holders_of(session, {each.project_id for each in found}, ALERTED_ROLES) if found else {}
    items = []
    for survey in sorted(found, key=lambda each: each.project_key):
        held = holders.get(survey.project_id, ())
        for recipient in batch.recipients:
            stage = _stage(recipient, survey)
            theirs = {person.id for person in askers(held, recipient.today)} or managers
            if stage is not None and recipient.person.id in theirs:
                items.append(Item(recipient.person.id, survey.id, stage))
    return items


def _may_concern(batch: Batch, *, is_for_managers: bool) -> ColumnElement[bool]:
    """Return the condition on occasions that may wait for one of these people."""
    theirs = select(memberships.c.project_id).where(
        memberships.c.person_id.in_(batch.people), memberships.c.role.in_(ALERTED_ROLES)
    )
    return and_(
        surveys.c.workspace_id == batch.workspace_id,
        surveys.c.state == SurveyState.OPEN,
        projects.c.archived_at.is_(None),
        *([] if is_for_managers else [surveys.c.project_id.in_(theirs)]),
    )


def _stage(recipient: Recipient, survey: SurveyView) -> Stage | None:
    """Return how it is said, if it is said today."""
    if survey.made_at > recipient.morning.since:
        return Stage.TODAY
    days = (recipient.today - survey.made_at.astimezone(recipient.zone).date()).days
    return Stage.LATE if days % _EVERY == 0 else None

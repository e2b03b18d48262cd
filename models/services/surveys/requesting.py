"""Occasions to ask a client: a project's end, an accepted milestone, half a year gone by.

Each asks whoever runs the project to ask, once, and only where somebody has switched client surveys on. Where
nobody of the project may, the delivery managers are asked.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commands import NewAction
from models.commands.surveys import ABOUT_LENGTH
from models.read_models import (
    ActionOrigin,
    Actor,
    ContactView,
    DueStep,
    FieldChange,
    MilestoneView,
    Origin,
    PersonRef,
    PhaseStay,
    ProjectView,
    SurveyView,
)
from models.rules.actions import ActionSource
from models.rules.plans.phases import Phase
from models.rules.risks.words import Visibility
from models.rules.rituals.workdays import moved_by_working_days
from models.rules.surveys.asking import Hindrance, SurveyState, SurveyTrigger, hindrance
from models.services import audit
from models.services.actions.following import Following, add
from models.services.actions.rows import actions_of
from models.services.changes import Change
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.projects.rows import delivery_managers, required_project
from models.services.rituals.switched_on import is_switched_on
from models.services.surveys.askers import askers
from models.services.surveys.contact_rows import contacts_of
from models.services.surveys.notices import of_changed_request, of_request
from models.services.surveys.survey_rows import (
    KIND,
    SURVEY,
    insert_survey,
    required_survey,
    update_survey,
)
from models.services.zones import today_of
from models.tables import surveys
from models.value import Value, replace

_FIND_OUT = "Find out whether we may ask {} how satisfied they are"
_SPEAK = "Ask {} in person how satisfied they are: we may not write to them"
_TASKS = {Hindrance.UNKNOWN_BASIS: _FIND_OUT, Hindrance.NO_BASIS: _SPEAK}
_TAKEN_BACK = "That was taken back."
_WITHIN = 5
"""Working days in which whoever runs the project sees to a contact who can't be asked."""


class Occasion(Value):
    """Why a client is to be asked, and about what."""

    trigger: SurveyTrigger
    subject: str
    about: str


def at_close(change: Change, project: ProjectView, entered: PhaseStay) -> None:
    """Have the client asked when a project enters Close: once and for all."""
    if entered.phase is Phase.CLOSE:
        _request(change.session, project, Occasion(SurveyTrigger.PROJECT_END, "", project.name), change)


def at_milestone(change: Change, project: ProjectView, milestone: MilestoneView) -> None:
    """Have the client asked once they have accepted a milestone."""
    occasion = Occasion(SurveyTrigger.MILESTONE, str(milestone.id), milestone.title)
    _request(change.session, project, occasion, change)


def close_taken_back(change: Change, project: ProjectView) -> None:
    """Hold what nobody has asked yet: the project is not in Close after all."""
    _hold(change, project, SurveyTrigger.PROJECT_END, "")


def milestone_taken_back(change: Change, project: ProjectView, milestone: MilestoneView) -> None:
    """Hold what nobody has asked yet: they have not accepted the milestone after all."""
    _hold(change, project, SurveyTrigger.MILESTONE, str(milestone.id))


def request_due(session: Session, due: DueStep, now: datetime) -> Sequence[Outgoing]:
    """Have the client asked when the ritual comes round."""
    if due.ritual.project_id is None:
        return ()
    project = required_project(session, due.ritual.workspace_id, due.ritual.project_id)
    if project.is_archived or _are_all_in_peace(session, project, due.ritual.workspace_id, now):
        return ()
    owner = Actor(due.ritual.owner, due.ritual.workspace_id, project.timezone, is_full_member=True)
    change = Change(session, owner, Origin(f"ritual {now:%Y-%m-%d %H:%M}"), now)
    subject = due.occurrence.name.date().isoformat()
    _request(session, project, Occasion(SurveyTrigger.PERIODIC, subject, project.name), change)
    return ()


def _are_all_in_peace(session: Session, project: ProjectView, workspace_id: UUID, now: datetime) -> bool:
    """Tell whether whoever could be asked was asked so lately that it is nobody's turn."""
    today = today_of(project, now)
    known = contacts_of(session, workspace_id, project.client.id)
    why = {hindrance(each.askable, SurveyTrigger.PERIODIC, today) for each in known}
    return Hindrance.ASKED_LATELY in why and None not in why


def _request(session: Session, project: ProjectView, occasion: Occasion, change: Change) -> None:
    """Write the occasion down and have somebody ask; nothing where it is there already."""
    if not is_switched_on(session, KIND, project.id):
        return
    survey_id, workspace_id = uuid4(), change.actor.workspace_id
    values = {
        "id": survey_id,
        "workspace_id": workspace_id,
        "project_id": project.id,
        "trigger": occasion.trigger,
        "subject": occasion.subject,
        "about": occasion.about[:ABOUT_LENGTH],
        "version": 1,
        "state": SurveyState.OPEN,
        "held_because": "",
        "made_at": change.now,
    }
    if not insert_survey(session, values):
        _resume(change, project, occasion)
        return
    audit.record(
        session,
        change.actor,
        audit.Entry(SURVEY, survey_id, 1, "requested"),
        origin=change.origin,
        now=change.now,
    )
    told = askers(project.roles, today_of(project, change.now))
    told = told or delivery_managers(session, workspace_id) or (change.actor.person,)
    _see_to_unclear(change, project, survey_id, told[0], occasion.trigger)
    said = tuple(of_request(survey_id, told))
    enqueue(session, workspace_id, said, correlation_id=change.origin.correlation_id, now=change.now)


def _hold(change: Change, project: ProjectView, trigger: SurveyTrigger, subject: str) -> None:
    found = _there(change, project, trigger, subject)
    if found is not None and found.state is SurveyState.OPEN:
        in_state(change, found, SurveyState.HELD, _TAKEN_BACK)


def _resume(change: Change, project: ProjectView, occasion: Occasion) -> None:
    """Ask after all where that was held because the occasion was taken back."""
    found = _there(change, project, occasion.trigger, occasion.subject)
    if found is not None and found.state is SurveyState.HELD and found.held_because == _TAKEN_BACK:
        in_state(change, found, SurveyState.OPEN)


def _there(change: Change, project: ProjectView, trigger: SurveyTrigger, subject: str) -> SurveyView | None:
    """Return the occasion, kept to this change alone."""
    session, workspace_id = change.session, change.actor.workspace_id
    wanted = (surveys.c.project_id == project.id, surveys.c.trigger == trigger, surveys.c.subject == subject)
    survey_id = session.scalar(select(surveys.c.id).where(*wanted))
    return required_survey(session, workspace_id, survey_id, lock=True) if survey_id else None


def _see_to_unclear(
    change: Change, project: ProjectView, survey_id: UUID, lead: PersonRef, trigger: SurveyTrigger
) -> None:
    """Write down who must not be asked and why, and have whoever runs the project see to them, once each."""
    today = today_of(project, change.now)
    for contact in contacts_of(change.session, change.actor.workspace_id, project.client.id):
        why = hindrance(contact.askable, trigger, today)
        if why is None:
            continue
        left_out = FieldChange("contact_id", None, str(contact.id))
        entry = audit.Entry(SURVEY, survey_id, 1, "left out", (left_out,), why.value)
        audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
        if why in _TASKS:
            _give(change, project, contact, lead, _TASKS[why])


def _give(change: Change, project: ProjectView, contact: ContactView, lead: PersonRef, task: str) -> None:
    workspace_id = change.actor.workspace_id
    promised = actions_of(change.session, workspace_id, ActionSource.CSAT, contact.id)
    if any(action.is_open for action in promised):
        return
    due = moved_by_working_days(today_of(project, change.now), _WITHIN)
    asker = Actor(lead, workspace_id, project.timezone, is_full_member=True)
    following = Following(ActionOrigin(ActionSource.CSAT, contact.id), Visibility.RESTRICTED, project)
    wanted = NewAction(task.format(contact.name), lead.id, due)
    add(change.session, asker, wanted, following, quietly=True, origin=change.origin, now=change.now)


def in_state(change: Change, survey: SurveyView, state: SurveyState, reason: str = "") -> SurveyView:
    """Write that the occasion is held, open again or done; what was said of it says so."""
    if survey.state is state and survey.held_because == reason:
        return survey
    after = replace(survey, state=state, held_because=reason, version=survey.version + 1)
    update_survey(change.session, after)
    entry = audit.Entry(SURVEY, survey.id, after.version, state.value, (), reason)
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    said = tuple(of_changed_request(change.session, after))
    workspace_id, correlation_id = survey.workspace_id, change.origin.correlation_id
    enqueue(change.session, workspace_id, said, correlation_id=correlation_id, now=change.now)
    return required_survey(change.session, workspace_id, survey.id)

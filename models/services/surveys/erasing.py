"""Forgets a client's contact: who they are and what they said goes for good, and their marks still count."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, false, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import (
    Actor,
    ContactPage,
    ContactTrace,
    ContactView,
    InvitationView,
    Origin,
    PersonRef,
)
from models.rules.access import Capability
from models.rules.actions import ActionSource
from models.rules.surveys.asking import FORMER
from models.services import audit
from models.services.actions.following import cancel_open
from models.services.actions.rows import actions_of
from models.services.changes import Change
from models.services.mornings.rows import erase_mornings
from models.services.mornings.touching import touch
from models.services.outbox.enqueue import enqueue
from models.services.projects.changing import find_project, look_at
from models.services.receipts import claim
from models.services.surveys.contact_rows import (
    CONTACT,
    all_contacts_of,
    contact_of,
    erase_contact,
    required_contact,
    twins_of,
)
from models.services.surveys.notices import of_changed_request, of_forgotten
from models.services.surveys.rows import ANSWER, INVITATION, invitations_of, update_answer, update_invitation
from models.services.surveys.survey_rows import surveys_naming
from models.tables import action_items, people, survey_answers, survey_invitations, workspaces
from models.value import replace

_FORGOTTEN = "Whom it is about was forgotten."


class ContactErasure:
    """Erases what is known of a contact; nothing of it can be brought back."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def page(self, actor: Actor, project_id: UUID) -> ContactPage:
        """Return whom of a client one may forget, removed ones as well. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            found.require(Capability.FORGET_CONTACT)
            known = all_contacts_of(session, actor.workspace_id, found.project.client.id)
        return ContactPage(found.project, known, may_forget=True)

    def trace(self, actor: Actor, project_id: UUID, contact_id: UUID, *, now: datetime) -> ContactTrace:
        """Return what there is of a contact, to look at before it goes. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            found.require(Capability.FORGET_CONTACT)
            contact = contact_of(session, actor.workspace_id, found.project, contact_id)
            return _trace(session, contact, twins_of(session, contact), now)

    def forget(
        self, actor: Actor, project_id: UUID, contact_id: UUID, *, origin: Origin, now: datetime
    ) -> ContactTrace:
        """Erase a contact, under every row in which their client has them, and return what there was.

        Raises NotFound, NotAllowed.
        """
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, contact_id, now) is not None:
                gone = required_contact(session, actor.workspace_id, contact_id)
                return _trace(session, gone, (), now)
            found = find_project(session, actor, project_id)
            found.require(Capability.FORGET_CONTACT)
            contact = contact_of(session, actor.workspace_id, found.project, contact_id, lock=True)
            twins = twins_of(session, contact)
            trace = _trace(session, contact, twins, now)
            change = Change(session, actor, origin, now)
            for each in _same_client(contact, twins):
                _erase(change, each)
            if contact.person is not None:
                _forget_person(session, contact.person)
            return trace


def _trace(
    session: Session, contact: ContactView, twins: Sequence[ContactView], now: datetime
) -> ContactTrace:
    asked = invitations_of(session, [each.id for each in _same_client(contact, twins)])
    answered = [each.answer for each in asked if each.answer is not None]
    return ContactTrace(
        contact,
        answers=len(answered),
        waiting=sum(each.is_open(now) for each in asked),
        calls=sum(answer.next_due_at is not None for answer in answered),
        elsewhere=tuple(sorted({twin.client_name for twin in twins if twin.client_id != contact.client_id})),
    )


def _same_client(contact: ContactView, twins: Iterable[ContactView]) -> Sequence[ContactView]:
    return [contact, *(twin for twin in twins if twin.client_id == contact.client_id)]


def _erase(change: Change, contact: ContactView) -> None:
    """Empty a contact's row, what they answered, and all that was written down of either."""
    session, workspace_id = change.session, change.actor.workspace_id
    naming, asked = surveys_naming(session, contact), invitations_of(session, [contact.id])
    for each in asked:
        _end(change, each)
    records = {
        contact.id,
        *(each.id for each in asked),
        *_emptied(change, contact),
        *_renamed(change, contact),
    }
    audit.redact(session, workspace_id, records, by=contact.person)
    after = replace(contact, version=contact.version + 1, updated_at=change.now)
    erase_contact(session, after, change.now)
    entry = audit.Entry(CONTACT, contact.id, after.version, "forgotten")
    audit.record(session, change.actor, entry, origin=change.origin, now=change.now)
    name, correlation_id = f"forgot:{contact.id.hex}", change.origin.correlation_id
    for survey in naming:
        said = tuple(of_changed_request(session, survey, name))
        enqueue(session, workspace_id, said, correlation_id=correlation_id, now=change.now)
        touch(session, workspace_id, survey.id, name, correlation_id=correlation_id, now=change.now)


def _end(change: Change, invitation: InvitationView) -> None:
    """Close a question, empty its answer of words, and take back or correct what was said of either."""
    actor, origin, now = change.actor, change.origin, change.now
    if invitation.is_open(now):
        closed = replace(
            invitation, closes_at=now, next_due_at=None, version=invitation.version + 1, updated_at=now
        )
        update_invitation(change.session, closed)
        entry = audit.Entry(INVITATION, closed.id, closed.version, "closed")
        audit.record(change.session, actor, entry, origin=origin, now=now)
    answer = invitation.answer
    if answer is not None:
        emptied = replace(answer, next_due_at=None, version=answer.version + 1, updated_at=now)
        update_answer(change.session, emptied)
        entry = audit.Entry(ANSWER, emptied.id, emptied.version, "emptied")
        audit.record(change.session, actor, entry, origin=origin, now=now)
    actions = actions_of(change.session, actor.workspace_id, ActionSource.CSAT, invitation.id, lock=True)
    cancel_open(change.session, actor, actions, _FORGOTTEN, is_removed=True, origin=origin, now=now)
    said = tuple(of_forgotten(change.session, invitation))
    enqueue(change.session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)


def _emptied(change: Change, contact: ContactView) -> Sequence[UUID]:
    """Empty the words of all their answers, also of those that were taken back; return which these are."""
    theirs = select(survey_invitations.c.id).where(survey_invitations.c.contact_id == contact.id)
    emptied = update(survey_answers).where(survey_answers.c.invitation_id.in_(theirs)).values(reason="")
    return change.session.connection().scalars(emptied.returning(survey_answers.c.id)).all()


def _renamed(change: Change, contact: ContactView) -> Sequence[UUID]:
    """End the actions about whether they may be asked, take their name out, and return which these are."""
    session, origin = change.session, change.origin
    workspace_id = change.actor.workspace_id
    found = actions_of(session, workspace_id, ActionSource.CSAT, contact.id, lock=True)
    cancel_open(session, change.actor, found, _FORGOTTEN, is_removed=True, origin=origin, now=change.now)
    for each in found:
        title = each.title.replace(contact.name, FORMER)
        session.connection().execute(
            update(action_items).where(action_items.c.id == each.id).values(title=title)
        )
    return [each.id for each in found]


def _forget_person(session: Session, person: PersonRef) -> None:
    """Drop what we know of somebody from outside, unless something else of ours still names them."""
    is_of_ours = session.connection().scalar(
        select(people.c.id)
        .join(workspaces, workspaces.c.id == people.c.workspace_id)
        .where(
            people.c.id == person.id,
            people.c.team_id == workspaces.c.team_id,
            people.c.is_guest == false(),
        )
    )
    if is_of_ours is None:
        with suppress(IntegrityError), session.begin_nested():
            erase_mornings(session, person.id)
            session.connection().execute(delete(people).where(people.c.id == person.id))

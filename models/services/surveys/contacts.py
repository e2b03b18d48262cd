"""Clients' contacts: added, changed, removed and brought back, each with why we may ask them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from models.commands import ContactFields
from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, ContactPage, ContactView, Origin, PersonRef, ProjectView
from models.rules.access import Capability, may
from models.services import audit
from models.services.owning import require_version
from models.services.projects.changing import FoundProject, find_project, look_at
from models.services.receipts import claim
from models.services.surveys import contact_fields
from models.services.surveys.contact_rows import (
    CONTACT,
    contact_of,
    contacts_of,
    insert_contact,
    required_contact,
    twins_of,
    update_contact,
)
from models.services.surveys.opt_outs import lift, since
from models.services.zones import today_of
from models.tables import people
from models.value import replace

MOST = 50
"""Contacts of one client: more than that is a directory, and nobody's to keep here."""

_TOO_MANY = "{} has {} contacts already. Remove some first."
_TWICE = "{} is a contact of {} already, with this {}."
_NOBODY = "Slack doesn't know that person here. Leave this empty; they can answer by mail."

Decide = Callable[[FoundProject, ContactView], ContactView]


class ClientContacts:
    """Keeps whom to ask. Contacts are a client's; who may change them, a project of theirs decides."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def page(self, actor: Actor, project_id: UUID) -> ContactPage:
        """Return the contacts of the project's client. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            found = _looked_at(session, actor, project_id, Capability.SEE_SURVEYS)
            may_keep = not found.project.is_archived and may(found.standing, Capability.KEEP_CONTACT)
            theirs = contacts_of(session, actor.workspace_id, found.project.client.id)
        may_forget = may_keep and may(found.standing, Capability.FORGET_CONTACT)
        return ContactPage(found.project, theirs, may_keep, may_forget)

    def addable(self, actor: Actor, project_id: UUID) -> ProjectView:
        """Return the project if the person may add a contact of its client. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            found = _looked_at(session, actor, project_id, Capability.KEEP_CONTACT)
            found.require_active()
        return found.project

    def editable(self, actor: Actor, project_id: UUID, contact_id: UUID) -> ContactView:
        """Return a contact if the person may change them. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            found = _looked_at(session, actor, project_id, Capability.KEEP_CONTACT)
            found.require_active()
            return contact_of(session, actor.workspace_id, found.project, contact_id)

    def add(
        self, actor: Actor, project_id: UUID, fields: ContactFields, *, origin: Origin, now: datetime
    ) -> ContactView:
        """Add a contact of the project's client; who asked not to be asked stays so, however they come back.

        Raises NotFound, NotAllowed, Invalid.
        """
        contact_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, contact_id, now)
            if earlier is not None:
                return required_contact(session, actor.workspace_id, earlier)
            found = find_project(session, actor, project_id)
            found.require(Capability.KEEP_CONTACT)
            found.require_active()
            project = found.project
            if len(contacts_of(session, actor.workspace_id, project.client.id)) >= MOST:
                raise Invalid({"name": _TOO_MANY.format(project.client.name, MOST)})
            checked = contact_fields.checked(fields, today_of(project, now))
            new = ContactView(
                id=contact_id,
                workspace_id=actor.workspace_id,
                client_id=project.client.id,
                client_name=project.client.name,
                version=1,
                name=checked.name,
                added_by=actor.person,
                added_at=now,
                updated_at=now,
            )
            contact = _settled(session, new, checked)
            insert_contact(session, contact)
            entry = audit.Entry(CONTACT, contact.id, 1, "added", contact_fields.changes(None, contact))
            audit.record(session, actor, entry, origin=origin, now=now)
            return contact

    def edit(
        self,
        actor: Actor,
        project_id: UUID,
        contact_id: UUID,
        fields: ContactFields,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> ContactView:
        """Change what is known of a contact.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """

        def decide(found: FoundProject, contact: ContactView) -> ContactView:
            require_version(found.session, contact, version)
            checked = contact_fields.checked(fields, today_of(found.project, now))
            return _settled(found.session, contact, checked)

        return self._change(actor, project_id, contact_id, "edited", decide, origin=origin, now=now)

    def remove(
        self, actor: Actor, project_id: UUID, contact_id: UUID, *, origin: Origin, now: datetime
    ) -> ContactView:
        """Take a contact off the list; what they answered stays. Raises NotFound, NotAllowed."""

        def decide(_: FoundProject, contact: ContactView) -> ContactView:
            return replace(contact, removed_at=contact.removed_at or now)

        return self._change(actor, project_id, contact_id, "removed", decide, origin=origin, now=now)

    def restore(
        self, actor: Actor, project_id: UUID, contact_id: UUID, *, origin: Origin, now: datetime
    ) -> ContactView:
        """Bring a removed contact back. Raises NotFound, NotAllowed, Invalid where they were added anew."""

        def decide(found: FoundProject, contact: ContactView) -> ContactView:
            _require_single(contact, twins_of(found.session, contact))
            return replace(contact, removed_at=None)

        return self._change(actor, project_id, contact_id, "restored", decide, origin=origin, now=now)

    def opt_out(
        self, actor: Actor, project_id: UUID, contact_id: UUID, *, origin: Origin, now: datetime
    ) -> ContactView:
        """Note that a contact does not want to be asked any more. Raises NotFound, NotAllowed."""

        def decide(found: FoundProject, contact: ContactView) -> ContactView:
            return replace(contact, opted_out_on=contact.opted_out_on or today_of(found.project, now))

        return self._change(actor, project_id, contact_id, "opted out", decide, origin=origin, now=now)

    def opt_in(
        self, actor: Actor, project_id: UUID, contact_id: UUID, *, origin: Origin, now: datetime
    ) -> ContactView:
        """Note that they may be asked again after all. Raises NotFound, NotAllowed."""

        def decide(found: FoundProject, contact: ContactView) -> ContactView:
            lift(found.session, actor.workspace_id, (contact, *twins_of(found.session, contact)))
            return replace(contact, opted_out_on=None)

        return self._change(actor, project_id, contact_id, "opted in", decide, origin=origin, now=now)

    def _change(
        self,
        actor: Actor,
        project_id: UUID,
        contact_id: UUID,
        did: str,
        decide: Decide,
        *,
        origin: Origin,
        now: datetime,
    ) -> ContactView:
        """Lock the contact, let ``decide`` say what becomes of them, and write that down."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, contact_id, now)
            if earlier is not None:
                return required_contact(session, actor.workspace_id, earlier)
            found = find_project(session, actor, project_id)
            found.require(Capability.KEEP_CONTACT)
            found.require_active()
            before = contact_of(session, actor.workspace_id, found.project, contact_id, lock=True)
            decided = decide(found, before)
            if decided == before:
                return before
            after = replace(decided, version=before.version + 1, updated_at=now)
            update_contact(session, after)
            entry = audit.Entry(CONTACT, after.id, after.version, did, contact_fields.changes(before, after))
            audit.record(session, actor, entry, origin=origin, now=now)
            return after


def _looked_at(session: Session, actor: Actor, project_id: UUID, capability: Capability) -> FoundProject:
    found = look_at(session, actor, project_id)
    found.require(capability)
    return found


def _settled(session: Session, contact: ContactView, fields: ContactFields) -> ContactView:
    """Return the contact with the checked fields, who they are in Slack, and if such a person has opted out.

    Raises Invalid where the client has the same person already.
    """
    after = contact_fields.with_fields(contact, fields)
    after = replace(after, person=_person(session, contact.workspace_id, fields.person_id))
    _require_single(after, twins_of(session, after))
    known = since(session, contact.workspace_id, [after])
    return replace(after, opted_out_on=after.opted_out_on or known.get(after.id))


def _require_single(contact: ContactView, twins: Sequence[ContactView]) -> None:
    for twin in twins:
        if twin.client_id != contact.client_id or twin.removed_at is not None:
            continue
        if contact.email and twin.email == contact.email:
            raise Invalid({"email": _TWICE.format(twin.name, twin.client_name, "address")})
        raise Invalid({"person_id": _TWICE.format(twin.name, twin.client_name, "person in Slack")})


def _person(session: Session, workspace_id: UUID, person_id: UUID | None) -> PersonRef | None:
    """Return who they are in Slack. Raises Invalid."""
    if person_id is None:
        return None
    row = session.execute(
        select(people.c.id, people.c.slack_user_id, people.c.name).where(
            people.c.workspace_id == workspace_id, people.c.id == person_id, people.c.is_bot == false()
        )
    ).one_or_none()
    if row is None:
        raise Invalid({"person_id": _NOBODY})
    return PersonRef(row.id, row.slack_user_id, row.name)

"""Reads and writes contacts' rows, each with who they are, when they were last asked, if they opted out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import ContactView, PersonRef, ProjectView
from models.rules.surveys.asking import FORMER, InvitationState, Way
from models.services.surveys import opt_outs
from models.tables import client_contacts, clients, people, survey_invitations
from models.value import replace

CONTACT = "contact"
"""What refusals and the audit trail call it."""

_persons = people.alias("contact_persons")
_adders = people.alias("contact_adders")
_same = client_contacts.alias("same_contacts")

_IS_SAME = or_(
    _same.c.id == client_contacts.c.id,
    and_(client_contacts.c.email != "", _same.c.email == client_contacts.c.email),
    _same.c.person_id == client_contacts.c.person_id,
)
"""The same human being, who may be another client's contact as well, or was added anew."""

_ASKED_ON = (
    select(func.max(survey_invitations.c.asked_on))
    .join(_same, _same.c.id == survey_invitations.c.contact_id)
    .where(
        _same.c.workspace_id == client_contacts.c.workspace_id,
        _IS_SAME,
        survey_invitations.c.way != Way.UNASKED,
        survey_invitations.c.state != InvitationState.WITHDRAWN,
    )
    .correlate(client_contacts)
    .scalar_subquery()
)

_SELECT: Select[Any] = (
    select(
        client_contacts,
        clients.c.name.label("client_name"),
        _persons.c.slack_user_id.label("person_slack_id"),
        _persons.c.name.label("person_name"),
        _adders.c.slack_user_id.label("adder_slack_id"),
        _adders.c.name.label("adder_name"),
        _ASKED_ON.label("asked_on"),
    )
    .join(clients, clients.c.id == client_contacts.c.client_id)
    .join(_adders, _adders.c.id == client_contacts.c.added_by_id)
    .outerjoin(_persons, _persons.c.id == client_contacts.c.person_id)
)


def contacts_of(session: Session, workspace_id: UUID, client_id: UUID) -> tuple[ContactView, ...]:
    """Return a client's contacts by name, in three statements."""
    rows = session.connection().execute(
        _SELECT.where(
            client_contacts.c.workspace_id == workspace_id,
            client_contacts.c.client_id == client_id,
            client_contacts.c.removed_at.is_(None),
        ).order_by(func.lower(client_contacts.c.name), client_contacts.c.id)
    )
    return _contacts_of(session, workspace_id, rows.all())


def all_contacts_of(session: Session, workspace_id: UUID, client_id: UUID) -> tuple[ContactView, ...]:
    """Return the same, with those who were removed, and without those who were forgotten."""
    rows = session.connection().execute(
        _SELECT.where(
            client_contacts.c.workspace_id == workspace_id,
            client_contacts.c.client_id == client_id,
            client_contacts.c.forgotten_at.is_(None),
        ).order_by(func.lower(client_contacts.c.name), client_contacts.c.id)
    )
    return _contacts_of(session, workspace_id, rows.all())


def contact_of(
    session: Session, workspace_id: UUID, project: ProjectView, contact_id: UUID | None, *, lock: bool = False
) -> ContactView:
    """Return a contact of the project's client of whom we still know. Raises NotFound."""
    contact = required_contact(session, workspace_id, contact_id, lock=lock) if contact_id else None
    if contact is None or contact.client_id != project.client.id or contact.forgotten_at is not None:
        raise NotFound(CONTACT, str(contact_id))
    return contact


def required_contact(
    session: Session, workspace_id: UUID, contact_id: UUID, *, lock: bool = False
) -> ContactView:
    """Return the workspace's contact, whatever became of them; ``lock`` keeps others off. Raises NotFound."""
    is_it = and_(client_contacts.c.workspace_id == workspace_id, client_contacts.c.id == contact_id)
    if lock:
        session.connection().execute(select(client_contacts.c.id).where(is_it).with_for_update())
    found = _contacts_of(session, workspace_id, session.connection().execute(_SELECT.where(is_it)).all())
    if not found:
        raise NotFound(CONTACT, str(contact_id))
    return found[0]


def twins_of(session: Session, contact: ContactView) -> tuple[ContactView, ...]:
    """Return the rows of the same human being, removed ones as well; this one is not among them."""
    same = [client_contacts.c.email == contact.email] if contact.email else []
    same += [client_contacts.c.person_id == contact.person.id] if contact.person else []
    if not same:
        return ()
    rows = session.connection().execute(
        _SELECT.where(
            client_contacts.c.workspace_id == contact.workspace_id,
            or_(*same),
            client_contacts.c.id != contact.id,
        )
    )
    return _contacts_of(session, contact.workspace_id, rows.all())


def insert_contact(session: Session, contact: ContactView) -> None:
    """Write a new contact, who may have opted out before."""
    identity = {
        "id": contact.id,
        "workspace_id": contact.workspace_id,
        "client_id": contact.client_id,
        "added_by_id": contact.added_by.id,
        "added_at": contact.added_at,
    }
    session.connection().execute(insert(client_contacts), identity | _values(contact))
    opt_outs.keep(session, contact)


def update_contact(session: Session, contact: ContactView) -> None:
    """Write a changed contact over the one that was locked for it."""
    session.connection().execute(
        update(client_contacts).where(
            client_contacts.c.id == contact.id, client_contacts.c.version == contact.version - 1
        ),
        _values(contact),
    )
    opt_outs.keep(session, contact)


def erase_contact(session: Session, contact: ContactView, now: datetime) -> None:
    """Empty a contact's row; that they don't want to be asked is kept elsewhere."""
    emptied = replace(
        contact,
        name=FORMER,
        role="",
        email="",
        person=None,
        basis=None,
        evidence="",
        basis_on=None,
        country="",
        removed_at=contact.removed_at or now,
    )
    session.connection().execute(
        update(client_contacts).where(client_contacts.c.id == contact.id),
        _values(emptied) | {"forgotten_at": now},
    )


def _values(contact: ContactView) -> dict[str, Any]:
    return {
        "version": contact.version,
        "name": contact.name,
        "role": contact.role,
        "email": contact.email,
        "person_id": contact.person.id if contact.person else None,
        "basis": contact.basis,
        "evidence": contact.evidence,
        "basis_on": contact.basis_on,
        "country": contact.country,
        "updated_at": contact.updated_at,
        "removed_at": contact.removed_at,
    }


def _contacts_of(session: Session, workspace_id: UUID, rows: Sequence[Row[Any]]) -> tuple[ContactView, ...]:
    found = [_contact_of(row) for row in rows]
    opted_out = opt_outs.since(session, workspace_id, found)
    return tuple(replace(contact, opted_out_on=opted_out.get(contact.id)) for contact in found)


def _contact_of(row: Row[Any]) -> ContactView:
    person = PersonRef(row.person_id, row.person_slack_id, row.person_name) if row.person_id else None
    return ContactView(
        id=row.id,
        workspace_id=row.workspace_id,
        client_id=row.client_id,
        client_name=row.client_name,
        version=row.version,
        name=row.name,
        added_by=PersonRef(row.added_by_id, row.adder_slack_id, row.adder_name),
        added_at=row.added_at,
        updated_at=row.updated_at,
        role=row.role,
        email=row.email,
        person=person,
        basis=row.basis,
        evidence=row.evidence,
        basis_on=row.basis_on,
        country=row.country,
        removed_at=row.removed_at,
        forgotten_at=row.forgotten_at,
        asked_on=row.asked_on,
    )

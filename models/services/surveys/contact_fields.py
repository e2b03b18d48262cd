"""Checks what people say of a client's contact; touches no database."""

import re
from collections.abc import Iterator
from datetime import date

from models.commands import ContactFields
from models.commands.surveys import CONTACT_NAME_LENGTH, COUNTRY_LENGTH, EMAIL_LENGTH, EVIDENCE_LENGTH
from models.errors import Invalid
from models.read_models import ContactView, FieldChange
from models.rules.surveys.asking import LAWFUL
from models.services.texts import clean_line, too_long
from models.value import replace

AUDITED = (
    "name",
    "role",
    "email",
    "contact_person_id",
    "basis",
    "evidence",
    "basis_on",
    "country",
    "opted_out_on",
)
"""The fields whose changes the audit trail keeps."""

_ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+")
_LONGEST = (
    ("name", CONTACT_NAME_LENGTH),
    ("role", CONTACT_NAME_LENGTH),
    ("email", EMAIL_LENGTH),
    ("evidence", EVIDENCE_LENGTH),
    ("country", COUNTRY_LENGTH),
)


def checked(fields: ContactFields, today: date) -> ContactFields:
    """Return the fields as they are kept. Raises Invalid with a sentence for each that can't stand."""
    cleaned = replace(
        fields,
        name=clean_line(fields.name),
        role=clean_line(fields.role),
        email=clean_line(fields.email).lower(),
        evidence=clean_line(fields.evidence),
        country=clean_line(fields.country),
    )
    problems = dict(_problems(cleaned, today))
    if problems:
        raise Invalid(problems)
    return cleaned


def _problems(fields: ContactFields, today: date) -> Iterator[tuple[str, str]]:
    if not fields.name:
        yield "name", "Say who it is."
    if fields.email and _ADDRESS.fullmatch(fields.email) is None:
        yield "email", "That is no mail address, as in robin@example.com."
    if fields.basis in LAWFUL:
        if not fields.evidence:
            yield "evidence", "Say where that stands: without it, nobody can show that we may ask."
        if fields.basis_on is None:
            yield "basis_on", "Pick the day since when we may."
        if not fields.country:
            yield "country", "Say where they work: the law there applies."
    if fields.basis_on is not None and fields.basis_on > today:
        yield "basis_on", "That day is still to come. Pick today or an earlier one."
    for name, longest in _LONGEST:
        for problem in too_long(getattr(fields, name), longest):
            yield name, problem


def with_fields(contact: ContactView, fields: ContactFields) -> ContactView:
    """Return the contact with everything that a person may say; who they are in Slack is looked up apart."""
    return replace(
        contact,
        name=fields.name,
        role=fields.role,
        email=fields.email,
        basis=fields.basis,
        evidence=fields.evidence,
        basis_on=fields.basis_on,
        country=fields.country,
    )


def changes(before: ContactView | None, after: ContactView) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it; ``before`` None means that the contact is new."""
    old = _plain(before) if before is not None else dict.fromkeys(AUDITED)
    new = _plain(after)
    return tuple(FieldChange(name, old[name], new[name]) for name in AUDITED if old[name] != new[name])


def _plain(contact: ContactView) -> dict[str, str | None]:
    values = {name: getattr(contact, name) for name in AUDITED if name != "contact_person_id"}
    values["contact_person_id"] = contact.person.id if contact.person else None
    return {name: str(value) if value else None for name, value in values.items()}

"""The contact's modal, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any
from uuid import UUID

from handlers.forms import NOTE_LENGTH, Raw, day_in, metadata, raw_values, reading
from models.commands import ContactFields
from models.commands.surveys import CONTACT_NAME_LENGTH
from models.read_models import ContactView, ProjectView
from models.rules.surveys.asking import LawfulBasis
from models.value import Value

UNKNOWN = "unknown"
"""What the form says where nobody knows yet whether we may ask."""
FIELD_OF_PROBLEM = {"person_id": "person"}
"""Where a service's name for a field is not the modal's."""


class ContactForm(Value):
    """The contact's modal with what is filled in so far; raw values as Slack names them."""

    project_id: UUID
    client_name: str
    values: Mapping[str, Raw] = field(default_factory=dict)
    contact_id: UUID | None = None
    version: int = 0
    note: str = ""

    @classmethod
    def blank(cls, project: ProjectView, name: str = "") -> "ContactForm":
        """Return the form that adds a contact of the project's client."""
        return cls(project.id, project.client.name, {"name": name[:CONTACT_NAME_LENGTH]})

    @classmethod
    def of_contact(cls, project_id: UUID, contact: ContactView) -> "ContactForm":
        """Return the form that changes a contact."""
        values: dict[str, Raw] = {
            "name": contact.name,
            "role": contact.role,
            "email": contact.email,
            "person": contact.person.slack_user_id if contact.person else None,
            "basis": contact.basis or UNKNOWN,
            "evidence": contact.evidence,
            "basis_on": contact.basis_on.isoformat() if contact.basis_on else None,
            "country": contact.country,
        }
        return cls(project_id, contact.client_name, values, contact.id, contact.version)

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "ContactForm":
        """Read a modal of ours as it came back. Raises Unreadable, as everything does that reads a field."""
        carried = metadata(view)
        contact_id = carried.get("contact")
        return cls(
            project_id=UUID(carried["project"]),
            client_name=str(carried.get("client", "")),
            values=raw_values(view),
            contact_id=UUID(contact_id) if contact_id else None,
            version=int(carried.get("version", 0)),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "project": str(self.project_id),
            "client": self.client_name,
            "contact": str(self.contact_id) if self.contact_id else None,
            "version": self.version,
            "note": self.note[:NOTE_LENGTH],
        }

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    @reading()
    def fields(self, person_id: UUID | None) -> ContactFields:
        """Return what the services take; who they are in Slack was looked up before."""
        basis = self.get("basis")
        return ContactFields(
            name=self.get("name"),
            role=self.get("role"),
            email=self.get("email"),
            person_id=person_id,
            basis=LawfulBasis(basis) if basis and basis != UNKNOWN else None,
            evidence=self.get("evidence"),
            basis_on=day_in(self.get("basis_on")),
            country=self.get("country"),
        )

"""The modal in which an answer is recorded, read: state in, values or sentences beside the fields out."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Any
from uuid import UUID

from handlers.forms import NOTE_LENGTH, Raw, day_in, metadata, raw_values, reading
from models.commands import AnswerFields
from models.read_models import ContactView, InvitationView, RecordStart
from models.value import Value, replace

FIELD_OF_PROBLEM = {"contact": "who", "contact_id": "who", "invitation_id": "who"}
"""Where a service's name for a field is not the modal's."""
ASKED, UNASKED = "asked", "contact"
"""What the choice of who it was carries before an id: a question that waits, or a contact."""


class What(StrEnum):
    """What the modal writes down."""

    ANSWER = "answer"
    MAIL = "mail"
    """That somebody asked by mail, and the answer where it is there already."""
    CORRECTION = "correction"


class RecordForm(Value):
    """The modal with what is filled in so far; raw values as Slack names them."""

    what: What
    project_id: UUID
    project_key: str
    values: Mapping[str, Raw] = field(default_factory=dict)
    invitation_id: UUID | None = None
    """The question whose answer is changed."""
    subject: str = ""
    """Whose answer it is, and on what, where that cannot be chosen."""
    version: int = 0
    note: str = ""
    survey_id: UUID | None = None
    """The occasion for which somebody was asked, where there is one."""

    @classmethod
    def of_start(cls, start: RecordStart, what: What, invitation_id: UUID | None = None) -> "RecordForm":
        """Return the form for a project, with a question that waits chosen already, if given."""
        chosen = f"{ASKED}:{invitation_id}" if invitation_id else None
        if chosen is None and len(start.contacts) == 1 and not start.asked:
            chosen = f"{UNASKED}:{start.contacts[0].id}"
        survey_id = start.survey.id if start.survey else None
        return cls(what, start.project.id, start.project.key, {"who": chosen}, survey_id=survey_id)

    def about(self, named: Sequence[ContactView], start: RecordStart) -> "RecordForm":
        """Return it with the one contact who was named chosen, by the question that waits for them."""
        if len(named) != 1:
            return self
        [contact] = named
        asked = [each for each in start.asked if each.contact_id == contact.id]
        if self.what is What.ANSWER and len(asked) > 1:
            # Which of them was answered is theirs to choose.
            return self
        is_asked = self.what is What.ANSWER and bool(asked)
        chosen = f"{ASKED}:{asked[0].id}" if is_asked else f"{UNASKED}:{contact.id}"
        return replace(self, values={**self.values, "who": chosen})

    @classmethod
    def of_invitation(cls, invitation: InvitationView) -> "RecordForm":
        """Return the form that changes what was recorded."""
        answer = invitation.answer
        values: dict[str, Raw] = {}
        if answer is not None:
            values = {
                "rating": str(answer.rating),
                "reason": answer.reason,
                "on": answer.answered_on.isoformat(),
            }
        return cls(
            What.CORRECTION,
            invitation.project_id,
            invitation.project_key,
            values,
            invitation.id,
            f"{invitation.contact_name} on {invitation.about}",
            answer.version if answer else 0,
        )

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "RecordForm":
        """Read a modal of ours as it came back. Raises Unreadable, as everything does that reads a field."""
        carried = metadata(view)
        invitation_id = carried.get("invitation")
        return cls(
            what=What(carried["what"]),
            project_id=UUID(carried["project"]),
            project_key=str(carried.get("key", "")),
            values=raw_values(view),
            invitation_id=UUID(invitation_id) if invitation_id else None,
            subject=str(carried.get("subject", "")),
            version=int(carried.get("version", 0)),
            survey_id=UUID(carried["survey"]) if carried.get("survey") else None,
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "what": self.what.value,
            "project": str(self.project_id),
            "key": self.project_key,
            "invitation": str(self.invitation_id) if self.invitation_id else None,
            "subject": self.subject,
            "version": self.version,
            "note": self.note[:NOTE_LENGTH],
            "survey": str(self.survey_id) if self.survey_id else None,
        }

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    @reading()
    def fields(self) -> AnswerFields:
        """Return what the services take; nothing chosen is left to them to refuse."""
        kind, _, chosen = self.get("who").partition(":")
        return AnswerFields(
            rating=int(self.get("rating")) if self.get("rating") else None,
            reason=self.get("reason"),
            on=day_in(self.get("on")),
            about=self.get("about"),
            contact_id=UUID(chosen) if kind == UNASKED else None,
            invitation_id=UUID(chosen) if kind == ASKED else None,
            was_asked=self.what is What.MAIL,
            survey_id=self.survey_id,
        )

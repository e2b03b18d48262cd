"""What people say of a client's contacts, of asking them, and of what they answered."""

from datetime import date
from uuid import UUID

from models.rules.surveys.asking import LawfulBasis
from models.value import Value

CONTACT_NAME_LENGTH = 80
"""Characters of a contact's name, and of what they are at the client."""
EMAIL_LENGTH = 254
"""Characters of an address, as mail itself limits them."""
COUNTRY_LENGTH = 60
EVIDENCE_LENGTH = 300
"""Characters of where it stands why we may ask them."""
ABOUT_LENGTH = 100
"""Characters of what a question is about."""
REASON_LENGTH = 500
"""Characters of the sentence that goes with an answer, and of a reason to wait."""


class ContactFields(Value):
    """All that may be said of a contact. ``basis`` is None where nobody knows yet whether we may ask."""

    name: str
    role: str = ""
    email: str = ""
    person_id: UUID | None = None
    """Who they are in Slack."""
    basis: LawfulBasis | None = None
    evidence: str = ""
    basis_on: date | None = None
    country: str = ""


class AskFields(Value):
    """Whom to ask in the channel with the client, and about what; "" means the project as a whole."""

    contact_id: UUID
    about: str = ""
    survey_id: UUID | None = None
    """The occasion for which they are asked, where there is one."""


class AnswerFields(Value):
    """What a contact said. Without a rating there is only the question that they were asked.

    ``invitation_id`` names the question that it answers; without one, the contact told us by themselves.
    """

    rating: int | None = None
    reason: str = ""
    on: date | None = None
    """When they said so, or were asked; None means today."""
    about: str = ""
    contact_id: UUID | None = None
    invitation_id: UUID | None = None
    was_asked: bool = False
    """Whether somebody asked them by mail."""
    survey_id: UUID | None = None
    """The occasion for which they were."""

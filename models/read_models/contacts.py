"""Those at clients who may be asked, or not, as services return them."""

from datetime import date, datetime
from uuid import UUID

from models.read_models.people import PersonRef
from models.read_models.projects import ProjectView
from models.rules.surveys.asking import Askable, LawfulBasis
from models.value import Value


class ContactView(Value):
    """Somebody at a client. ``asked_on`` is when they were last asked, on whichever project."""

    id: UUID
    workspace_id: UUID
    client_id: UUID
    client_name: str
    version: int
    name: str
    added_by: PersonRef
    added_at: datetime
    updated_at: datetime
    role: str = ""
    email: str = ""
    person: PersonRef | None = None
    basis: LawfulBasis | None = None
    evidence: str = ""
    basis_on: date | None = None
    country: str = ""
    opted_out_on: date | None = None
    removed_at: datetime | None = None
    forgotten_at: datetime | None = None
    asked_on: date | None = None

    @property
    def reference(self) -> str:
        """Return what refusals call it."""
        return "This contact"

    @property
    def askable(self) -> Askable:
        """Return what decides whether they may be asked."""
        return Askable(self.basis, self.opted_out_on is not None, self.asked_on)


class Reachable(Value):
    """Somebody at a client by name, and when they were last asked, on whichever project."""

    name: str
    asked_on: date | None = None


class ContactPage(Value):
    """A client's contacts, as one of their projects shows them."""

    project: ProjectView
    contacts: tuple[ContactView, ...] = ()
    may_keep: bool = False
    may_forget: bool = False


class ContactTrace(Value):
    """What there is of a contact, as somebody is told before it goes for good."""

    contact: ContactView
    answers: int = 0
    """How many of theirs count, and go on counting."""
    waiting: int = 0
    """Questions that wait for their answer."""
    calls: int = 0
    """Answers about which somebody is still to speak with them."""
    elsewhere: tuple[str, ...] = ()
    """Other clients who have the same person as a contact."""

"""The error tree: everything the model may refuse, in one place.

    DrumbeatError
    ├── NotFound            there is no such thing, or not for this person
    ├── NotAllowed          the policy table says no
    ├── Invalid             a field's value cannot stand; says which field and why
    ├── RefusedTransition   that state may not follow; says which may
    ├── IncompleteTransition the state may follow, but something is missing first
    ├── Conflict            somebody else changed it meanwhile; says what they changed
    ├── AlreadyExists       a name or key is taken
    ├── LastAdmin           nobody would be left who may give roles
    ├── DatabaseNotReady    the schema is older or newer than this program
    └── DatabaseBusy        others did not come to an end in time; nothing was written
        └── DatabaseMoved   SQLite's file is gone from its place; nothing was written

``handlers/errors.py`` turns them into words; nothing else does.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from models.read_models import FieldChange, PersonRef
    from models.rules.access import Capability
    from models.rules.risks.states import Missing


class Versioned(Protocol):
    """A record that two people may change at the same time."""

    @property
    def reference(self) -> object:
        """Return its public name."""

    @property
    def version(self) -> int:
        """Return how often it was changed, counted from 1."""


class DrumbeatError(Exception):
    """Anything Drumbeat refuses for a reason it can explain."""


class NotFound(DrumbeatError):
    """There is no such thing here, or the person may not know of it."""

    def __init__(self, what: str, name: str) -> None:
        """Say what was looked for ("risk", "project") and by which name."""
        super().__init__(f"no {what} {name}")
        self.what = what
        self.name = name


class NotAllowed(DrumbeatError):
    """The policy table does not let this person do that."""

    def __init__(self, capability: "Capability", ask: tuple[str, ...] = ()) -> None:
        """Say which capability is missing, and the names of people who have it."""
        super().__init__(f"not allowed: {capability}")
        self.capability = capability
        self.ask = ask


class Invalid(DrumbeatError):
    """One or more fields cannot stand as they are."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Take the problems as field name → sentence for the person."""
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = dict(problems)


class RefusedTransition(DrumbeatError):
    """That state may not follow the present one."""

    def __init__(self, current: StrEnum, target: StrEnum, allowed: tuple[StrEnum, ...]) -> None:
        """Say from where, to where, and which states may follow instead."""
        super().__init__(f"{current} may not become {target}")
        self.current = current
        self.target = target
        self.allowed = allowed


class IncompleteTransition(DrumbeatError):
    """That state may follow, once something that is missing is there."""

    def __init__(self, target: StrEnum, missing: "tuple[Missing, ...]") -> None:
        """Say to where, and what is missing."""
        super().__init__(f"{target} still needs {', '.join(missing)}")
        self.target = target
        self.missing = missing


class Conflict(DrumbeatError):
    """Somebody else changed the record after this person opened it; nothing was written."""

    def __init__(
        self, current: Versioned, changes: "tuple[FieldChange, ...]", by: "PersonRef | None" = None
    ) -> None:
        """Carry the record as it is now, what changed since this person's version, and who did it."""
        super().__init__(f"{current.reference} is now at version {current.version}")
        self.current = current
        self.changes = changes
        self.by = by


class AlreadyExists(DrumbeatError):
    """A name that must be unique is taken."""

    def __init__(self, field: str, value: str) -> None:
        """Say which field and which value."""
        super().__init__(f"{field} {value} is taken")
        self.field = field
        self.value = value


class LastAdmin(DrumbeatError):
    """Without this person nobody would be left who may give roles."""


class DatabaseNotReady(DrumbeatError):
    """The database's schema does not fit this program; the message says what to run."""


class DatabaseBusy(DrumbeatError):
    """Others did not come to an end in time; nothing was written, and trying again may help."""


class DatabaseMoved(DatabaseBusy):
    """SQLite's file is gone, or another lies in its place; what was written now would be lost."""

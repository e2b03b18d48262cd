"""Roles in the whole organisation, as services return them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.read_models.people import PersonRef
from models.rules.access import OrganisationRole
from models.rules.organisation import RoleReason


@dataclass(frozen=True)
class RoleHeld:
    """One person in one role; ``since`` is known where it was given."""

    person: PersonRef
    role: OrganisationRole
    reason: RoleReason
    since: datetime | None = None


@dataclass(frozen=True)
class OrganisationView:
    """Who holds which role, admins first, and what the person asking may do about it."""

    held: tuple[RoleHeld, ...]
    may_grant: bool
    unmet_admins: tuple[str, ...] = ()
    """Slack ids that the settings name as admins and that Drumbeat has not met yet."""


class RoleOutcome(StrEnum):
    """What became of giving or taking a role."""

    GIVEN = "given"
    HAD_ALREADY = "had_already"
    TAKEN = "taken"
    NOT_HELD = "not_held"
    INNATE = "innate"
    """It was not given, so it can't be taken: the settings or Slack make the person an admin."""


@dataclass(frozen=True)
class RoleChange:
    """A role that was to be given or taken."""

    person: PersonRef
    role: OrganisationRole
    outcome: RoleOutcome

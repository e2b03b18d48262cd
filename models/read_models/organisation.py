"""Roles in the whole organisation, as services return them."""

from datetime import datetime
from enum import StrEnum

from models.read_models.people import PersonRef
from models.rules.access import OrganisationRole
from models.rules.organisation import RoleReason
from models.value import Value


class RoleHeld(Value):
    """One person in one role; ``since`` is known where it was given."""

    person: PersonRef
    role: OrganisationRole
    reason: RoleReason
    since: datetime | None = None


class OrganisationView(Value):
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


class RoleChange(Value):
    """A role that was to be given or taken."""

    person: PersonRef
    role: OrganisationRole
    outcome: RoleOutcome

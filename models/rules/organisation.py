"""Roles in the whole organisation: how people say them, and who is an admin without having been made one.

Source: the first admin is whoever runs Drumbeat names; where nobody is named, Slack's own admins are.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from models.rules.access import OrganisationRole


class RoleReason(StrEnum):
    """Why somebody has a role."""

    GIVEN = "given"
    """An admin gave it to them, and an admin can take it away."""
    NAMED = "named"
    """Whoever runs Drumbeat named them as an admin, in its settings."""
    SLACK = "slack"
    """They administer the workspace in Slack, and the settings name nobody."""


ROLE_WORDS: Mapping[OrganisationRole, str] = {
    OrganisationRole.ADMIN: "admin",
    OrganisationRole.DELIVERY_MANAGER: "delivery manager",
    OrganisationRole.LEADER: "leader",
}

ROLE_MEANING: Mapping[OrganisationRole, str] = {
    OrganisationRole.ADMIN: "gives and takes these roles, and runs the doctor",
    OrganisationRole.DELIVERY_MANAGER: "leads on every project, and approves what is grave",
    OrganisationRole.LEADER: "answers for the company's delivery",
}

_SYNONYMS: Mapping[str, OrganisationRole] = {
    "admin": OrganisationRole.ADMIN,
    "admins": OrganisationRole.ADMIN,
    "administrator": OrganisationRole.ADMIN,
    "delivery manager": OrganisationRole.DELIVERY_MANAGER,
    "delivery managers": OrganisationRole.DELIVERY_MANAGER,
    "delivery lead": OrganisationRole.DELIVERY_MANAGER,
    "dm": OrganisationRole.DELIVERY_MANAGER,
    "leader": OrganisationRole.LEADER,
    "leaders": OrganisationRole.LEADER,
    "leadership": OrganisationRole.LEADER,
    "director": OrganisationRole.LEADER,
}
ROLE_NAMES = tuple(_SYNONYMS)
"""All that a role may be called."""


def read_role(text: str) -> OrganisationRole | None:
    """Return the role that people call so: ``delivery manager``, ``Delivery_Manager``, ``a leader``."""
    words = text.lower().replace("_", " ").replace("-", " ").split()
    if words and words[0] in {"a", "an", "as", "the"}:
        words = words[1:]
    return _SYNONYMS.get(" ".join(words))


def innate_admin(
    slack_user_id: str, named: Collection[str], *, is_workspace_admin: bool
) -> RoleReason | None:
    """Return why somebody is an admin without having been made one; None where they are not.

    ``named`` are the admins of the settings, by their Slack ids.
    """
    if named:
        return RoleReason.NAMED if slack_user_id in named else None
    return RoleReason.SLACK if is_workspace_admin else None

"""Roles on a project: how people say them.

Source: the roles of a delivery organisation; the synonyms are what people type.
"""

from collections.abc import Mapping

from models.rules.access import ProjectRole
from models.value import Value

ROLE_WORDS: Mapping[ProjectRole, str] = {
    ProjectRole.PROJECT_MANAGER: "project manager",
    ProjectRole.PRODUCT_OWNER: "product owner",
    ProjectRole.ENGINEERING_LEAD: "engineering lead",
    ProjectRole.ACCOUNT_MANAGER: "account manager",
    ProjectRole.MEMBER: "member",
}

_SYNONYMS: Mapping[str, ProjectRole] = {
    **{words: role for role, words in ROLE_WORDS.items()},
    "pm": ProjectRole.PROJECT_MANAGER,
    "manager": ProjectRole.PROJECT_MANAGER,
    "project lead": ProjectRole.PROJECT_MANAGER,
    "po": ProjectRole.PRODUCT_OWNER,
    "owner": ProjectRole.PRODUCT_OWNER,
    "product manager": ProjectRole.PRODUCT_OWNER,
    "el": ProjectRole.ENGINEERING_LEAD,
    "lead": ProjectRole.ENGINEERING_LEAD,
    "tech lead": ProjectRole.ENGINEERING_LEAD,
    "technical lead": ProjectRole.ENGINEERING_LEAD,
    "engineering manager": ProjectRole.ENGINEERING_LEAD,
    "am": ProjectRole.ACCOUNT_MANAGER,
    "account lead": ProjectRole.ACCOUNT_MANAGER,
    "account": ProjectRole.ACCOUNT_MANAGER,
    "members": ProjectRole.MEMBER,
    "team member": ProjectRole.MEMBER,
}
ROLE_NAMES = tuple(_SYNONYMS)
"""All that a role may be called."""

_DEPUTY = frozenset({"deputy", "deputies", "deputising", "acting", "vice", "backup"})
_FILLERS = frozenset({"a", "an", "as", "the", "for", "of", "to", "from", "is", "role", "our", "their"})


class SaidRole(Value):
    """What words say of a role: ``role`` None where they name none; ``words`` are those left to name it."""

    role: ProjectRole | None
    is_deputy: bool
    words: str


def read_project_role(text: str) -> SaidRole:
    """Read ``engineering lead deputy``, ``as a product-owner``; ``deputy`` alone is the manager's."""
    said = text.lower().replace("_", " ").replace("-", " ").replace("'s", "").split()
    words = " ".join(word for word in said if word not in _DEPUTY | _FILLERS)
    is_deputy = not _DEPUTY.isdisjoint(said)
    alone = ProjectRole.PROJECT_MANAGER if is_deputy and not words else None
    return SaidRole(_SYNONYMS.get(words, alone), is_deputy, words)

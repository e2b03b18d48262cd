"""That somebody has a role in the whole organisation now, to them, when an admin gave it."""

from uuid import UUID

from models.rules.access import OrganisationRole
from models.rules.delivery import NoticeKind
from models.rules.organisation import ROLE_MEANING, ROLE_WORDS
from scheduled.notices import Notice, Occasion
from scheduled.posts import Post, Text


def render(occasion: Occasion) -> Post | None:
    """Say which role, and what it is for; nothing once it was taken away again."""
    role, by_id = OrganisationRole(str(occasion.ids["role"])), UUID(str(occasion.ids["by_id"]))
    holder = occasion.desk.people.find(occasion.workspace_id, occasion.channel_id)
    if holder is None or role not in holder.organisation_roles:
        return None
    by = occasion.desk.people.names(occasion.workspace_id, [by_id])[by_id]
    words = occasion.words(role=ROLE_WORDS[role], meaning=ROLE_MEANING[role], by=by.name)
    return Post(words.summary, (Text(words.text),))


NOTICE = Notice(NoticeKind.ROLE_GIVEN, confidential=True, render=render)

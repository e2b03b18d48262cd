"""That a project has lost its manager, who left Slack or became a guest, to the delivery managers."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Post, Text


def render(occasion: Occasion) -> Post | None:
    """Say who left which project; nothing once it is managed again, or over."""
    person_id = UUID(str(occasion.ids["person_id"]))
    project = occasion.desk.channels.project(occasion.workspace_id, UUID(str(occasion.ids["project_id"])))
    people = occasion.desk.people.names(occasion.workspace_id, [person_id])
    if project is None or project.is_archived or project.is_managed or person_id not in people:
        return None
    words = occasion.words(
        who=people[person_id].name,
        project=project.name,
        key=project.key,
        channel=project.internal_channel_id,
    )
    return Post(words.summary, (Text(words.text),))


NOTICE = Notice(NoticeKind.MANAGER_LEFT, confidential=True, render=render)

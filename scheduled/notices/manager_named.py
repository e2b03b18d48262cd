"""That somebody manages a project now, to them and to whoever did before, when another person arranged it."""

from uuid import UUID

from models.read_models import ProjectView
from models.rules.access import ProjectRole
from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.posts import Button, Intent, Post, Text


def render(occasion: Occasion) -> Post | None:
    """Say who manages which project; nothing once that is no longer so, or the project is over."""
    project = occasion.desk.channels.project(occasion.workspace_id, UUID(str(occasion.ids["project_id"])))
    manager_id, by_id = (UUID(str(occasion.ids[name])) for name in ("manager_id", "by_id"))
    if project is None or project.is_archived or not _manages(project, manager_id):
        return None
    former_id = UUID(str(occasion.ids["former_id"])) if occasion.ids["former_id"] else None
    wanted = [manager_id, by_id, *([former_id] if former_id else [])]
    names = {
        each: ref.name for each, ref in occasion.desk.people.names(occasion.workspace_id, wanted).items()
    }
    words = occasion.words(
        is_new=occasion.ids["reader_id"] == str(manager_id),
        manager=names[manager_id],
        by=names[by_id],
        former=names[former_id] if former_id else None,
        is_handed_over=former_id == by_id,
        project=project.name,
        key=project.key,
        channel=project.internal_channel_id,
    )
    return Post(words.summary, (Text(words.text),), (Button("Show it", Intent.PROJECT_SHOW, project.id),))


def _manages(project: ProjectView, person_id: UUID) -> bool:
    return any(
        holder.person.id == person_id
        for holder in project.roles
        if holder.role is ProjectRole.PROJECT_MANAGER and not holder.is_deputy
    )


NOTICE = Notice(NoticeKind.MANAGER_NAMED, confidential=True, render=render)

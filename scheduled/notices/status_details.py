"""What was done and what comes next, in the thread of a status."""

from collections.abc import Iterator

from models.read_models import StatusView
from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_statuses import status_of
from scheduled.posts import Post, Quote, Section, Text
from scheduled.wording.statuses import status_words


def render(occasion: Occasion) -> Post | None:
    """Say it in the writer's own lines; nothing where nothing is said any more."""
    found = status_of(occasion)
    if found is None:
        return None
    sections = tuple(_sections(found.status)) or (Text("_Nothing is said of done and next any more._"),)
    return Post(
        occasion.words(status=status_words(found, occasion.day_at(found.status.timezone))).summary, sections
    )


def _sections(status: StatusView) -> Iterator[Section]:
    for title, text in (("Done", status.done), ("Next", status.coming)):
        if text:
            yield Text(f"*{title}*")
            yield Quote(text)


NOTICE = Notice(NoticeKind.STATUS_DETAILS, confidential=True, render=render)

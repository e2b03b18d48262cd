"""How the tests of notices draw one, and look at it."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Occasion, discover
from scheduled.posts import Post

NOTICES = discover()


def drawn(kind: NoticeKind, where: Occasion) -> Post:
    """Return the post, which must be there."""
    post = NOTICES[kind].render(where)
    assert isinstance(post, Post)
    return post


def labels(post: Post | None) -> list[str]:
    """Return the buttons' labels; none where there is no post."""
    return [button.label for button in post.buttons] if post else []

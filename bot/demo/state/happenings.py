"""What happens in the workspace of which an app may want to hear."""

from enum import StrEnum

from bot.demo.values import Conversation, Message, Person
from models.value import Value


class What(StrEnum):
    """The sorts of happenings."""

    POSTED = "posted"
    EDITED = "edited"
    DELETED = "deleted"
    JOINED = "joined"
    LEFT = "left"
    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    SHARED = "shared"
    UNSHARED = "unshared"
    PERSON_CHANGED = "person changed"
    HOME_OPENED = "home opened"


class Happening(Value, kw_only=True):
    """One thing that happened.

    ``person`` is whom it is about, ``by`` who did it; ``before`` is what a message said until then,
    and ``word`` what else there is to say: the other company's team, or the tab of the app's home.
    """

    what: What
    conversation: Conversation | None = None
    person: Person | None = None
    by: Person | None = None
    message: Message | None = None
    before: Message | None = None
    word: str = ""

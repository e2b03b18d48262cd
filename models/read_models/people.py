"""People as services return them."""

from uuid import UUID

from models.value import Value


class PersonRef(Value):
    """A person as other records mention them."""

    id: UUID
    slack_user_id: str
    name: str


class Profile(Value):
    """What Slack says of a person, before Drumbeat remembers it."""

    slack_user_id: str
    team_id: str
    name: str
    timezone: str
    is_guest: bool = False
    is_bot: bool = False
    is_deleted: bool = False
    is_workspace_admin: bool = False


class GuestCheck(Value):
    """Which of some people, by their Slack ids, are not of the team itself.

    ``unknown`` are those whom Slack must be asked about first: never seen, or not lately enough.
    """

    guests: frozenset[str]
    unknown: frozenset[str]


class StandIns(Value):
    """Who is asked on a project while its manager is away."""

    names: tuple[str, ...] = ()
    may_submit: bool = True
    """Whether they may say how it stands, too."""

"""What Slack knows of people and channels."""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.kit import Channel, DirectoryDown, NobodyThere
from models.read_models import Profile
from models.value import Value

MEMBERS_A_PAGE = 200
CHANNELS_A_PAGE = 500
UNKNOWN_ZONE = "UTC"
_NOBODY = frozenset({"user_not_found", "user_not_visible"})


class SlackDirectory:
    """The handlers' directory; a person waits while it is asked, so its client needs a short deadline."""

    def __init__(self, client: WebClient) -> None:
        """Take one workspace's client."""
        self._client = client

    def profile(self, slack_user_id: str) -> Profile:
        """Return what Slack says of the person. Raises DirectoryDown, NobodyThere."""
        try:
            return as_profile(self._client.users_info(user=slack_user_id)["user"])
        except SlackApiError as error:
            raise (NobodyThere if error.response.get("error") in _NOBODY else DirectoryDown) from error
        except OSError as error:
            raise DirectoryDown from error

    def described(self, user: Mapping[str, Any]) -> Profile:
        """Read Slack's description of a person, asking nobody."""
        return as_profile(user)

    def channel(self, channel_id: str) -> Channel:
        """Return what Slack says of the channel; one the bot can't see has no name. Raises DirectoryDown."""
        try:
            facts: dict[str, Any] = self._client.conversations_info(channel=channel_id)["channel"]
        except SlackApiError as error:
            if error.response.get("error") == "channel_not_found":
                return Channel(id=channel_id, name="")
            raise DirectoryDown from error
        except OSError as error:
            raise DirectoryDown from error
        is_direct = bool(facts.get("is_im"))
        return Channel(
            id=channel_id,
            name="" if is_direct else str(facts.get("name", "")),
            is_direct=is_direct,
            is_shared=bool(facts.get("is_ext_shared") or facts.get("is_pending_ext_shared")),
            has_bot=is_direct or bool(facts.get("is_member")),
        )


def members(client: WebClient, channel_id: str) -> frozenset[str]:
    """Return the ids of everybody in the channel, page by page. Raises what the client raises."""
    found: set[str] = set()
    cursor = ""
    while True:
        asked = {"cursor": cursor} if cursor else {}
        page = client.conversations_members(channel=channel_id, limit=MEMBERS_A_PAGE, **asked)
        found.update(page["members"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return frozenset(found)


class OwnChannel(Value):
    """A channel that the bot is in."""

    is_archived: bool
    is_shared: bool


def own_channels(client: WebClient) -> Mapping[str, OwnChannel]:
    """Return the channels that the bot is in, by id. Raises what the client raises."""
    found: dict[str, OwnChannel] = {}
    cursor: str | None = None
    while cursor != "":
        page = client.users_conversations(
            types="public_channel,private_channel", limit=CHANNELS_A_PAGE, cursor=cursor
        )
        for facts in page["channels"]:
            is_shared = bool(facts.get("is_ext_shared") or facts.get("is_pending_ext_shared"))
            found[str(facts["id"])] = OwnChannel(bool(facts.get("is_archived")), is_shared)
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
    return found


def as_profile(user: Mapping[str, Any]) -> Profile:
    """Read Slack's user object."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return Profile(
        slack_user_id=str(user["id"]),
        team_id=str(user.get("team_id") or profile.get("team") or ""),
        name=next((name for name in names if name and isinstance(name, str)), str(user["id"])),
        timezone=str(user.get("tz") or UNKNOWN_ZONE),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_bot=bool(user.get("is_bot")),
        is_deleted=bool(user.get("deleted")),
        is_workspace_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )

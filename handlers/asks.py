"""What came in from Slack, read once into plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext


@dataclass(frozen=True)
class Ask:
    """Who is asking, from where; shared by commands, clicks and submitted modals.

    ``team_id`` is the installation's team; ``home_team_id`` the person's own, None where Slack does not say.
    In a channel shared with another company they differ.
    """

    enterprise_id: str
    team_id: str
    home_team_id: str | None
    user_id: str
    channel_id: str | None
    trigger_id: str
    receipt: str


@dataclass(frozen=True)
class Click(Ask):
    """A button pressed or a choice made, in a message or in a modal."""

    action_id: str
    value: str
    view: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Submission(Ask):
    """A modal sent."""

    view: Mapping[str, Any]


def read_command(body: Mapping[str, Any], context: BoltContext) -> Ask:
    """Read a slash command."""
    return Ask(
        **_installation(context),
        home_team_id=body.get("team_id"),
        user_id=body["user_id"],
        channel_id=body.get("channel_id"),
        trigger_id=body["trigger_id"],
        receipt=body["trigger_id"],
    )


def read_click(body: Mapping[str, Any], context: BoltContext) -> Click:
    """Read a block action."""
    action = body["actions"][0]
    chosen = action.get("selected_option") or {}
    channel = body.get("channel") or {}
    return Click(
        **_installation(context),
        home_team_id=body["user"].get("team_id"),
        user_id=body["user"]["id"],
        channel_id=channel.get("id"),
        trigger_id=body["trigger_id"],
        receipt=body["trigger_id"],
        action_id=action["action_id"],
        value=str(action.get("value") or chosen.get("value") or ""),
        view=body.get("view"),
    )


def read_submission(body: Mapping[str, Any], context: BoltContext) -> Submission:
    """Read a submitted modal; its view id survives validation errors, so it names the whole attempt."""
    return Submission(
        **_installation(context),
        home_team_id=body["user"].get("team_id"),
        user_id=body["user"]["id"],
        channel_id=None,
        trigger_id=body.get("trigger_id", ""),
        receipt=body["view"]["id"],
        view=body["view"],
    )


def _installation(context: BoltContext) -> dict[str, str]:
    result = context.authorize_result
    if result is None or result.team_id is None:
        return {"enterprise_id": context.enterprise_id or "", "team_id": context.team_id or ""}
    return {"enterprise_id": result.enterprise_id or "", "team_id": result.team_id}

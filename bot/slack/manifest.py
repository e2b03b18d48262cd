"""The app manifest, from which Slack makes the app: it names what works, and asks for what is in use."""

from typing import Any

from handlers.events.subscriptions import SUBSCRIPTIONS
from handlers.grammar import COMMANDS, SHORTCUTS, Command, Shortcut
from models.value import Value

NAME = "Drumbeat"
DESCRIPTION = (
    "Keeps a delivery team's risks, statuses, clients' moods and rituals, and says what needs somebody."
)
BACKGROUND = "#2f3a56"
EVENTS_PATH = "/slack/events"


class Scope(Value):
    """A permission the bot asks for: what for, and what a team goes without by leaving it out."""

    name: str
    why: str
    without: str


SCOPES = (
    Scope(
        "commands",
        "people reach Drumbeat by its slash commands and its forms",
        "nothing works: Slack offers no command and opens no form",
    ),
    Scope(
        "chat:write",
        "announces risks in channels it was invited to, and writes to people directly",
        "risks are kept, but nobody is told: no announcement, no message to the project manager",
    ),
    Scope(
        "users:read",
        "reads a person's name and time zone, and whether they are a guest or of another company",
        "nobody can be told apart from a guest, so every command is refused",
    ),
    Scope(
        "channels:read",
        "looks at a public channel before posting: is it shared with a client, is a guest in it",
        "announcements meant for public channels go to the project's leads by direct message instead",
    ),
    Scope(
        "groups:read",
        "looks at a private channel before posting, in the same way",
        "announcements meant for private channels go to the project's leads by direct message instead",
    ),
    Scope(
        "im:history",
        "answers what people write to Drumbeat in its own direct messages; it can read no others",
        "Drumbeat stays mute when somebody writes to it, and may lose a message of its own to a person",
    ),
    Scope(
        "channels:history",
        "looks for its own post in a public channel when Slack's reply was lost, before it posts again",
        "where Slack's reply to a post was lost, the post is given up, and the log and the doctor say so",
    ),
    Scope(
        "groups:history",
        "looks for its own post in a private channel, in the same way",
        "as above, for posts in private channels",
    ),
    Scope(
        "files:write",
        "sends the pictures that somebody asked for, such as the risk matrix, to that person alone",
        "the matrix and the burn-down come in words only",
    ),
    Scope(
        "im:write",
        "opens a person's direct message, where a picture of theirs goes and a lost message is looked for",
        "the matrix and the burn-down come in words only, and a message to a person may be lost",
    ),
)


def before_name(prefix: str) -> str:
    """Return what stands before a command's name: "x-" for the prefix "x", nothing for none."""
    return f"{prefix}-" if prefix else ""


def manifest(public_url: str | None, prefix: str = "") -> dict[str, Any]:
    """Return the manifest as Slack's schema has it.

    ``public_url`` is where Slack reaches the bot, and None in Socket Mode, where the bot reaches Slack;
    ``prefix`` "x" makes ``/risk`` into ``/x-risk``, for a workspace where another app has the name already.
    """
    events = None if public_url is None else public_url.rstrip("/") + EVENTS_PATH
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": NAME, "description": DESCRIPTION, "background_color": BACKGROUND},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [_shortcut(shortcut) for shortcut in SHORTCUTS],
            "slash_commands": [_slash_command(command, events, prefix) for command in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": [scope.name for scope in SCOPES]}},
        "settings": {
            "interactivity": {"is_enabled": True}
            | ({"request_url": events, "message_menu_options_url": events} if events else {}),
            "event_subscriptions": {"bot_events": sorted(each.name for each in SUBSCRIPTIONS)}
            | ({"request_url": events} if events else {}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": events is None,
            "token_rotation_enabled": False,
        },
    }


def _slash_command(command: Command, url: str | None, prefix: str) -> dict[str, Any]:
    declared = {
        "command": f"/{before_name(prefix)}{command.name}",
        "description": command.summary,
        "usage_hint": command.usage_hint,
        "should_escape": True,
    }
    return declared | ({"url": url} if url else {})


def _shortcut(shortcut: Shortcut) -> dict[str, Any]:
    return {
        "name": shortcut.name,
        "type": "message" if shortcut.is_on_message else "global",
        "callback_id": shortcut.id.value,
        "description": shortcut.summary,
    }


def explanation() -> str:
    """Return what each scope and each event is for, for whoever approves the app."""
    scopes = [f"{scope.name}\n  for:     {scope.why}\n  without: {scope.without}" for scope in SCOPES]
    events = [f"{each.name}\n  for:     {each.why}" for each in SUBSCRIPTIONS]
    return "\n\n".join([*scopes, "Slack tells Drumbeat of:", *events])

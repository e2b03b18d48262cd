"""What the bot receives: slash commands and interactions, field by field as Slack sends them."""

from bot.demo.outward.tickets import ResponseUrls, Triggers
from bot.demo.state.block_ids import Placed
from bot.demo.state.objects import channel_name_for_app, message_object, view_object
from bot.demo.state.state_values import chosen, state
from bot.demo.state.workspace import Workspace
from bot.demo.values import (
    Conversation,
    JsonObject,
    Message,
    OpenView,
    Person,
    RawValue,
    RawValues,
    Shortcut,
    Team,
)

_LEGACY_TOKEN = "verification-token"  # noqa: S105 - Slack still sends one; signatures took its place.


class Payloads:
    """Words what a person did, with a fresh trigger id and response url each time."""

    def __init__(self, workspace: Workspace, triggers: Triggers, urls: ResponseUrls) -> None:
        """Take the state, and where trigger ids and response urls come from."""
        self._workspace = workspace
        self._triggers = triggers
        self._urls = urls

    def command(self, person: Person, conversation: Conversation, command: str, text: str) -> dict[str, str]:
        """Return the form of a slash command; its team is the one that installed the app."""
        return {
            "token": _LEGACY_TOKEN,
            "team_id": self._workspace.team.id,
            "team_domain": self._workspace.team.domain,
            "channel_id": conversation.id,
            "channel_name": channel_name_for_app(conversation),
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": self._workspace.app.id,
            "is_enterprise_install": "false",
            "response_url": self._urls.issue(conversation.id, person.id),
            "trigger_id": self._triggers.issue(person.id),
        }

    def click_in_message(
        self,
        person: Person,
        conversation: Conversation,
        message: Message,
        action: JsonObject,
        values: RawValues,
    ) -> JsonObject:
        """Return the interaction of an element in a message; an ephemeral one is not itself sent along."""
        container: JsonObject = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": conversation.id,
            "is_ephemeral": message.ephemeral_to is not None,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        url = self._urls.issue(conversation.id, person.id, message.ts, message.thread_ts)
        payload = self._interaction("block_actions", person) | {
            "team": _team_object(self._workspace.team),
            "container": container,
            "channel": {"id": conversation.id, "name": channel_name_for_app(conversation)},
            "state": state(message.blocks, values),
            "response_url": url,
            "trigger_id": self._triggers.issue(person.id),
            "actions": [action],
        }
        if message.ephemeral_to is None:
            payload["message"] = message_object(message, self._workspace)
        return payload

    def click_in_view(self, person: Person, opened: OpenView, action: JsonObject) -> JsonObject:
        """Return the interaction of an element in a modal."""
        return self._interaction("block_actions", person) | {
            "container": {"type": "view", "view_id": opened.id},
            "view": view_object(opened, self._workspace),
            "trigger_id": self._triggers.issue(person.id),
            "actions": [action],
        }

    def submission(self, person: Person, opened: OpenView) -> JsonObject:
        """Return the interaction of a submitted modal."""
        return self._interaction("view_submission", person) | {
            "view": view_object(opened, self._workspace),
            "trigger_id": self._triggers.issue(person.id),
            "response_urls": [],
        }

    def suggestion(self, person: Person, opened: OpenView, placed: Placed, typed: str) -> JsonObject:
        """Return the question what a select has on offer for what was typed; it opens no modal."""
        return self._interaction("block_suggestion", person) | {
            "container": {"type": "view", "view_id": opened.id},
            "view": view_object(opened, self._workspace),
            "block_id": placed.block_id,
            "action_id": placed.action_id,
            "value": typed,
        }

    def closing(self, person: Person, opened: OpenView, *, is_cleared: bool) -> JsonObject:
        """Return the interaction of a closed modal, which does not tell what was typed."""
        return self._interaction("view_closed", person) | {
            "view": view_object(opened, self._workspace, with_values=False),
            "is_cleared": is_cleared,
        }

    def shortcut_on_message(
        self, person: Person, conversation: Conversation, message: Message, shortcut: Shortcut
    ) -> JsonObject:
        """Return the interaction of a shortcut in a message's menu, which brings the whole message."""
        return self._shortcut("message_action", person, shortcut) | {
            "channel": {"id": conversation.id, "name": channel_name_for_app(conversation)},
            "message": message_object(message, self._workspace),
            "message_ts": message.ts,
            "response_url": self._urls.issue(conversation.id, person.id, thread_ts=message.thread_ts),
        }

    def shortcut_anywhere(self, person: Person, shortcut: Shortcut) -> JsonObject:
        """Return the interaction of a shortcut that knows neither a message nor a place."""
        payload = self._shortcut("shortcut", person, shortcut)
        del payload["user"]["name"]
        return payload

    def action(self, placed: Placed, raw: RawValue) -> JsonObject:
        """Return what was clicked or chosen; raises UnknownChoice."""
        element = placed.element
        action = {
            "type": element["type"],
            "block_id": placed.block_id,
            "action_id": placed.action_id,
            "action_ts": f"{self._workspace.clock():.6f}",
        }
        if element["type"] == "button":
            said = {name: element[name] for name in ("text", "value", "style", "url") if name in element}
            return action | said
        return action | chosen(element, raw)

    def _shortcut(self, kind: str, person: Person, shortcut: Shortcut) -> JsonObject:
        payload = self._interaction(kind, person) | {
            "callback_id": shortcut.callback_id,
            "trigger_id": self._triggers.issue(person.id),
            "action_ts": f"{self._workspace.clock():.6f}",
        }
        del payload["api_app_id"]  # Alone of all interactions, these do not say whose they are.
        return payload

    def _interaction(self, kind: str, person: Person) -> JsonObject:
        """Return what all interactions have; in a modal the team is that of the person in front of it."""
        return {
            "type": kind,
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": person.team_id,
            },
            "team": _team_object(self._team(person)),
            "api_app_id": self._workspace.app.id,
            "token": _LEGACY_TOKEN,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _team(self, person: Person) -> Team:
        return self._workspace.teams.get(person.team_id, self._workspace.team)


def _team_object(team: Team) -> JsonObject:
    return {"id": team.id, "domain": team.domain}

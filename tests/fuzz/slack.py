"""Slack's side for a bot under fire: answers what the bot asks, and keeps all that it says."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any

from bot.demo.errors import SlackError
from bot.demo.limits import check_home, check_message, check_view
from bot.demo.state.app_manifest import BOT_USER_ID
from bot.demo.state.objects import user_object
from bot.demo.story import TEAM, Story
from bot.demo.values import ConversationKind
from tests.bot.slack.server import Answer, Api, saying, text, web_api

Json = dict[str, Any]
MESSAGES = ("chat.postMessage", "chat.update", "chat.postEphemeral")
VIEWS = ("views.open", "views.push", "views.update")
HOME = "views.publish"
RESPOND = "respond"
NO_TRIGGER = str(None)
"""What the bot has where a delivery carries none; Slack knows no such trigger."""
THEIRS = ("C09INITECH", "U09PETER", "U_BILL")
"""Where the other workspace is told what time brings."""
_STRUCTURED = ("blocks", "metadata", "view", "files")


class _Answers(dict[str, Answer]):
    """What is answered by method; others are unknown to Slack."""

    def __missing__(self, _method: str) -> Answer:
        return saying(_refused("unknown_method"))


class Slack:
    """A workspace that takes what Slack takes, and notes what it refuses.

    ``views`` are the modals that were opened, as they are now; ``messages`` what has blocks to click on;
    ``refusals`` what Slack had to say against the form of either.
    """

    def __init__(self, story: Story, api: Api) -> None:
        """Answer at that server."""
        self._story, self._api = story, api
        self._numbers = count(1)
        self._spent: set[str] = set()
        self.views: list[Json] = []
        self.messages: list[Json] = []
        self.refusals: list[str] = []
        self._refused: set[int] = set()
        self._first: list[Json] = []
        answers: Mapping[str, Json] = {
            "auth.test": {
                "ok": True,
                "url": "https://studio-north.slack.com/",
                "team": TEAM.name,
                "team_id": TEAM.id,
                "user_id": BOT_USER_ID,
                "bot_id": "B01DRUMBEAT",
            },
            "conversations.history": {"ok": True, "messages": [], "has_more": False},
            "conversations.replies": {"ok": True, "messages": [], "has_more": False},
            "chat.delete": {"ok": True},
            "files.getUploadURLExternal": {"ok": True, "upload_url": f"{api.url}upload", "file_id": "F1"},
            "files.completeUploadExternal": {"ok": True, "files": []},
            "conversations.open": {"ok": True, "channel": {"id": "D01ANYBODY"}},
        }
        api.answers = _Answers(
            {name: saying(answer) for name, answer in answers.items()}
            | {
                "users.info": self._answered(self._user),
                "conversations.info": self._answered(self._conversation),
                "conversations.members": self._answered(self._members),
                "views.open": self._answered(self._open),
                "views.push": self._answered(self._open),
                HOME: self._answered(self._publish),
                "views.update": self._answered(self._update),
                **{method: self._answered(self._say) for method in MESSAGES},
                RESPOND: self._answered(self._responded),
                "upload": text("OK", 200),
            }
        )

    @property
    def api_url(self) -> str:
        """Return the address that methods' names are added to."""
        return self._api.url

    @property
    def response_url(self) -> str:
        """Return where answers to clicks go."""
        return f"{self._api.url}{RESPOND}"

    def begin(self, messages: list[Json]) -> None:
        """Keep these messages as those with which every story begins."""
        self._first = messages
        self.begin_again()

    def begin_again(self) -> None:
        """Forget all that was said since."""
        self._api.asked.clear()
        for kept in (self._spent, self._refused, self.views, self.messages, self.refusals):
            kept.clear()
        self.messages.extend(self._first)

    def number(self) -> int:
        """Return a number that was never used."""
        return next(self._numbers)

    def said(self, since: int = 0) -> list[tuple[str, Mapping[str, Any]]]:
        """Return every call of the bot's from then on that Slack did not refuse."""
        calls = enumerate(self._api.asked[since:], start=since)
        return [(asked.method, _read(asked.arguments)) for at, asked in calls if at not in self._refused]

    def said_to_us(self, since: int) -> list[tuple[str, Mapping[str, Any]]]:
        """Return likewise what was not said to the other workspace's people."""
        return [(name, asked) for name, asked in self.said(since) if asked.get("channel") not in THEIRS]

    @property
    def heard(self) -> int:
        """Return how many calls there were."""
        return len(self._api.asked)

    def _answered(self, answer: Callable[[Json], Json]) -> Answer:
        def reply(handler: BaseHTTPRequestHandler) -> None:
            try:
                answered = answer(_read(self._api.asked[-1].arguments))
            except (SlackError, AttributeError, TypeError) as refusal:
                self.refusals.append(str(refusal))
                answered = _refused("invalid_arguments")
            if not answered["ok"]:
                self._refused.add(self.heard - 1)
            saying(answered)(handler)

        return reply

    def _responded(self, asked: Json) -> Json:
        self._keep_message(asked)
        return {"ok": True}

    def _keep_message(self, said: Json) -> str:
        """Keep what can be clicked on, and return its name."""
        blocks = said.get("blocks") or []
        check_message(str(said.get("text") or ""), blocks)
        ts = f"1760432400.{self.number():06d}"
        self.messages.append({"blocks": blocks, "ts": ts})
        return ts

    def _user(self, asked: Json) -> Json:
        if asked["user"] == BOT_USER_ID:
            return {
                "ok": True,
                "user": {"id": BOT_USER_ID, "team_id": TEAM.id, "name": "drumbeat", "is_bot": True},
            }
        known = [person for person in self._story.people if person.id == asked["user"]]
        return {"ok": True, "user": user_object(known[0])} if known else _refused("user_not_found")

    def _conversation(self, asked: Json) -> Json:
        known = [each for each in self._story.conversations if each.id == asked["channel"]]
        if not known:
            return _refused("channel_not_found")
        channel = known[0]
        return {
            "ok": True,
            "channel": {
                "id": channel.id,
                "name": channel.name,
                "is_channel": True,
                "is_im": False,
                "is_private": channel.kind is ConversationKind.PRIVATE,
                "is_archived": channel.is_archived,
                "is_ext_shared": channel.is_ext_shared,
                "is_member": BOT_USER_ID in channel.member_ids,
            },
        }

    def _members(self, asked: Json) -> Json:
        members = [each.member_ids for each in self._story.conversations if each.id == asked["channel"]]
        return {"ok": True, "members": list(members[0])} if members else _refused("channel_not_found")

    def _open(self, asked: Json) -> Json:
        check_view(asked["view"])
        if asked["trigger_id"] == NO_TRIGGER:
            return _refused("invalid_trigger_id")
        if asked["trigger_id"] in self._spent:
            return _refused("exchanged_trigger_id")
        self._spent.add(asked["trigger_id"])
        opened = self._drawn(f"V{self.number()}", asked["view"])
        self.views.append(opened)
        return {"ok": True, "view": opened}

    def _publish(self, asked: Json) -> Json:
        check_home(asked["view"])
        return {"ok": True, "view": asked["view"]}

    def _update(self, asked: Json) -> Json:
        check_view(asked["view"])
        for position, opened in enumerate(self.views):
            if opened["id"] == asked.get("view_id"):
                if asked.get("hash") not in (None, opened["hash"]):
                    return _refused("hash_conflict")
                self.views[position] = self._drawn(opened["id"], asked["view"])
                return {"ok": True, "view": self.views[position]}
        return _refused("not_found")

    def _drawn(self, view_id: str, view: Json) -> Json:
        return {**view, "id": view_id, "hash": f"h{self.number()}", "app_installed_team_id": TEAM.id}

    def _say(self, asked: Json) -> Json:
        return {"ok": True, "channel": asked["channel"], "ts": self._keep_message(asked)}


@contextmanager
def slack(story: Story) -> Iterator[Slack]:
    """Run Slack for one company."""
    with web_api() as api:
        yield Slack(story, api)


def _read(arguments: Mapping[str, Any]) -> Json:
    """Read what the SDK sends as JSON inside a form."""
    return {
        name: json.loads(value) if name in _STRUCTURED and isinstance(value, str) else value
        for name, value in arguments.items()
    }


def _refused(code: str) -> Json:
    return {"ok": False, "error": code}

"""What is delivered: half of it as people make it, the rest oddly filled in or bent out of shape."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from bot.demo.story import TEAM
from handlers.grammar import COMMANDS
from handlers.grammar.vocabulary import Command
from tests.fuzz.house import PREFIX, House, Sent
from tests.fuzz.vocabulary import (
    ACTIONS,
    CALLBACKS,
    CHANNELS,
    DAYS,
    ELSEWHERE,
    EVENTS,
    JUNK,
    LEADERS,
    ORDINARY,
    SHORTCUTS,
    STRANGERS,
    TEAMS,
    TEXTS,
    TYPED_INTO,
    USERS,
    VERBS,
    WORDS,
)

Json = Any
LAST_FEW = 3
_OPTIONAL = re.compile(r"\[(.*?)\]")
_NUMBER = re.compile(r"(?<=ACME-[A-Z])\d+|(?<=ACME-D..)\d+")
_MENTION = re.compile("[@#][a-z]+")
_MEANT = {
    "@dana": "<@U01DANA>",
    "@priya": "<@U01PRIYA>",
    "@lee": "<@U01LEE>",
    "@jo": "<@U01JO|jo>",
    "@guest": "<@U01YUKI>",
    "#acme": "<#C01ACME|acme>",
    "#channel": "<#C01NEWPROJECTTALK>",
}
"""Whom and what the lines of the help name, as Slack writes it."""


class Kind(StrEnum):
    """What is delivered."""

    COMMAND = "command"
    CLICK = "click"
    SUBMISSION = "submission"
    SHORTCUT = "shortcut"
    EVENT = "event"
    OTHER = "other"
    REPLAY = "replay"


@dataclass(frozen=True)
class Wish:
    """One delivery to be: its kind, a text that somebody typed, and what all else follows from.

    What ``goes_on`` comes from the same person as the last one, and is about what they were shown.
    """

    kind: Kind
    text: str
    seed: int
    goes_on: bool


def any_text(chance: Random) -> str:
    """Return what somebody might type: one of the texts that are known to be odd, or any characters."""
    if chance.random() < 0.5:
        return chance.choice(TEXTS)
    return "".join(
        chr(chance.choice((chance.randrange(0x100), chance.randrange(0x110000))))
        for _ in range(chance.randrange(20))
    )


def send(house: House, wish: Wish) -> tuple[Sent | None, bool]:
    """Deliver it; None where there is nothing to deliver. And tell whether it is bent out of shape."""
    deal = _Dealer(house, wish)
    sent = _SENDERS[wish.kind](deal)
    return sent, deal.has_bent or wish.kind is Kind.REPLAY


class _Dealer:
    """Deals out the parts of a payload, mostly as they should be."""

    def __init__(self, house: House, wish: Wish) -> None:
        self.house, self.wish, self.random = house, wish, Random(wish.seed)  # noqa: S311 - chance, no secret.
        self.has_bent = False
        self.is_sane = self.random.random() < 0.5
        """Whether it is as people make it."""

    def rarely(self) -> bool:
        return not self.is_sane and self.random.random() < 0.2

    def one(self, usual: Any, unusual: Any) -> Json:  # noqa: ANN401 - sequences of anything.
        return self.random.choice(unusual if self.rarely() else usual)

    def recent(self, shown: list[Json]) -> Json:
        """Return one of those: what goes on is about the last, and most else about the last few."""
        most = 1 if self.wish.goes_on else LAST_FEW
        return self.random.choice(shown[-most:] if self.random.random() < 0.7 else shown)

    def text(self) -> str:
        """Return what somebody typed, half the time something ordinary."""
        chance = self.random.random()
        return (
            ORDINARY
            if self.is_sane or chance < 0.3
            else self.wish.text
            if chance < 0.8
            else self.random.choice(TEXTS)
        )

    def value(self) -> str:
        """Return what a button may carry."""
        pools = (self.house.ours, self.house.ours, self.house.theirs, TEXTS)
        found: str = self.random.choice(self.random.choice(pools))
        prefix = self.random.choice(
            (
                *("", "", "", "accept:", "reviewed:", "ask:", "all:", "history:", "admin:"),
                *("milestones:done:", "milestones:move:", "deliverables:accept:", "measures:edit:"),
            )
        )
        return prefix + found

    def trigger(self) -> str:
        return f"{self.house.slack.number()}.1.abc"

    def user_id(self) -> str:
        """Return who it is, half the time somebody who may do most."""
        last = self.house.sent[-1].user_id if self.wish.goes_on and self.house.sent else None
        found: str = last or self.one((*USERS, *LEADERS * 3), STRANGERS)
        return found

    def user(self) -> Json:
        user_id = self.user_id()
        team = "T02ACME" if user_id == "U02ROBIN" else self.one((TEAM.id,), TEAMS)
        return {"id": user_id, "username": "x", "name": "x", "team_id": team}

    def team(self) -> Json:
        return {"id": self.one((TEAM.id,), TEAMS), "domain": "studio-north"}

    def channel(self) -> str:
        found: str = self.one(CHANNELS, ELSEWHERE)
        return found

    def interaction(self, kind: str) -> Json:
        return {
            "type": kind,
            "user": self.user(),
            "team": self.team(),
            "api_app_id": "A01DRUMBEAT",
            "token": "verification-token",
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self.trigger(),
        }

    def bent(self, payload: Json) -> Json:
        """Bend the payload out of shape, two times in three, unless it is as people make it."""
        if self.is_sane or self.random.random() < 0.33:
            return payload
        payload, self.has_bent = json.loads(json.dumps(payload)), True
        for _ in range(self.random.choice((1, 1, 2))):
            places = list(_places(payload))
            if not places:
                return payload
            inside, at = self.random.choice(places)
            if self.random.random() < 0.4:
                del inside[at]
            else:
                inside[at] = deepcopy(self.random.choice(JUNK))
        return payload


def _places(value: Json) -> Iterator[tuple[Json, Any]]:
    """Walk through every place in a payload where something stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for at, part in inner:
        yield value, at
        yield from _places(part)


def _command(deal: _Dealer) -> Sent:
    command = deal.one(COMMANDS, COMMANDS)
    name = deal.one((f"/{PREFIX}-{command.name}",), ("/nothing", "/risk", ""))
    line = _line_of_the_help(deal, command) if deal.is_sane else _odd_line(deal, command)
    form = {
        "token": "verification-token",
        "team_id": deal.one((TEAM.id,), TEAMS),
        "team_domain": "studio-north",
        "channel_id": deal.channel(),
        "channel_name": "acme",
        "user_id": deal.user_id(),
        "user_name": "x",
        "command": name,
        "text": line,
        "api_app_id": "A01DRUMBEAT",
        "is_enterprise_install": "false",
        "response_url": deal.house.slack.response_url,
        "trigger_id": deal.trigger(),
    }
    if deal.rarely():
        form[deal.random.choice(tuple(form))] = deal.text()
    if deal.rarely():
        del form[deal.random.choice(tuple(form))]
    return deal.house.command(form)


def _line_of_the_help(deal: _Dealer, command: Command) -> str:
    """Return a line as the help has it, with some of what may be left out, and of what may be chosen."""
    usage = deal.random.choice(command.verbs).usage
    line = _OPTIONAL.sub(lambda found: deal.random.choice((*found[1].split(" | "), "")), usage)
    line = _NUMBER.sub(lambda _: str(deal.random.randint(1, 4)), line)
    return _MENTION.sub(lambda found: _MEANT[found[0]], line)


def _odd_line(deal: _Dealer, command: Command) -> str:
    own = [each for verb in command.verbs for each in verb.names]
    words = [deal.one(own, VERBS)] if deal.random.random() < 0.7 else []
    words += [deal.random.choice(WORDS) for _ in range(deal.random.choice((0, 1, 1, 2, 3, 5)))]
    words += [deal.text()] if deal.random.random() < 0.6 else []
    return " ".join(words)


def _click(deal: _Dealer) -> Sent:
    slack, payload = deal.house.slack, deal.interaction("block_actions")
    if slack.views and deal.random.random() < 0.4:
        view = deal.recent(slack.views)
        elements = list(_elements(view["blocks"]))
        payload |= {"view": _as_sent(deal, view), "container": {"type": "view", "view_id": view["id"]}}
    else:
        message = deal.recent(slack.messages) if slack.messages else {"blocks": [], "ts": "1.1"}
        elements = list(_elements(message["blocks"]))
        channel = deal.channel()
        payload |= {
            "channel": {"id": channel, "name": "acme"},
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel},
            "message": {"type": "message", "user": "U01DRUMBEAT", "text": deal.text(), **message},
            "response_url": slack.response_url,
        }
    if elements and (deal.is_sane or deal.random.random() < 0.7):
        payload["actions"] = [_pressed(deal, deal.random.choice(elements))]
    else:
        action_id = deal.random.choice(ACTIONS)
        payload["actions"] = [
            {"type": "button", "action_id": action_id, "block_id": "b", "value": deal.value()}
        ]
    return deal.house.interaction(deal.bent(payload))


def _elements(blocks: Json) -> Iterator[Json]:
    """Walk through what tells the bot at once when it is pressed or chosen."""
    for block in blocks:
        if block["type"] == "input" and not block.get("dispatch_action"):
            continue
        beside = [block[name] for name in ("accessory", "element") if name in block]
        for element in (*block.get("elements", ()), *beside):
            if "action_id" in element:
                yield {**element, "block_id": block.get("block_id", "b")}


def _pressed(deal: _Dealer, element: Json) -> Json:
    said = {name: element[name] for name in ("type", "action_id", "block_id", "value") if name in element}
    if element["type"] in ("button", "overflow"):
        return said | (
            {"selected_option": deal.random.choice(element["options"])} if "options" in element else {}
        )
    return said | _filled(deal, element)


def _submission(deal: _Dealer) -> Sent:
    payload = deal.interaction(deal.one(("view_submission",), ("view_closed",)))
    views = [view for view in deal.house.slack.views if "submit" in view]
    if deal.is_sane and not views:
        return _command(deal)
    if views and (deal.is_sane or deal.random.random() < 0.8):
        view = _as_sent(deal, deal.recent(views))
        view["callback_id"] = deal.one((view.get("callback_id"),), CALLBACKS)
    else:
        field = {"type": "input", "block_id": "title", "element": {"type": "plain_text_input"}}
        state = {"values": {"title": {"title": {"type": "plain_text_input", "value": deal.text()}}}}
        callback = deal.random.choice(CALLBACKS)
        view = {"id": "V0", "type": "modal", "callback_id": callback, "blocks": [field], "state": state}
    return deal.house.interaction(deal.bent({**payload, "view": view, "response_urls": []}))


def _as_sent(deal: _Dealer, view: Json) -> Json:
    """Return an open modal as Slack would send it, with something filled in."""
    values: Json = {}
    for block in view["blocks"]:
        if "block_id" in block and "action_id" in block.get("element", ()):
            element = block["element"]
            values[block["block_id"]] = {element["action_id"]: _filled(deal, element)}
    sent = {**view, "type": "modal", "team_id": TEAM.id, "state": {"values": values}}
    if deal.rarely():
        sent["hash"] = "stale"
    if deal.rarely():
        sent["private_metadata"] = deal.random.choice((deal.text(), "{}", "[1]", '{"version": 1e400}'))
    elif deal.rarely():
        sent["private_metadata"] = json.dumps(deal.bent(deal.bent(_carried(view))))
    return sent


def _carried(view: Json) -> Json:
    try:
        return json.loads(view["private_metadata"])
    except (KeyError, ValueError):
        return {}


_PICKED = {
    "users_select": ("user", (*USERS,), (None, *STRANGERS)),
    "datepicker": ("date", ("2026-10-14", "2026-10-14", "2026-10-16", "2026-11-30"), DAYS),
    "timepicker": ("time", ("09:00", "16:30"), (None, "24:61", "")),
    "conversations_select": ("conversation", CHANNELS, (None, *ELSEWHERE)),
}
"""What the elements in which one picks call what is picked, what it may be, and what it may not."""


def _filled(deal: _Dealer, element: Json) -> Json:
    """Fill an element in, or leave what stands in it."""
    kind, choose = element["type"], deal.random.choice
    forged = {"text": {"type": "plain_text", "text": "?"}, "value": deal.value()}
    left = _left(element) if choose((True, False)) else None
    if kind in ("static_select", "radio_buttons", "external_select"):
        options = element.get("options") or [_left(element)]
        return {"type": kind, "selected_option": deal.one((left or choose(options),), (None, forged))}
    if kind in ("checkboxes", "multi_static_select"):
        ticked = [option for option in element["options"] if deal.random.random() < 0.3]
        return {"type": kind, "selected_options": deal.one((left or ticked,), ([forged], []))}
    if kind in _PICKED:
        name, usual, unusual = _PICKED[kind]
        return {"type": kind, f"selected_{name}": deal.one((left or choose(usual),), unusual)}
    return {
        "type": kind,
        "value": deal.one((left or TYPED_INTO.get(element["action_id"]) or deal.text(),), (None,)),
    }


def _left(element: Json) -> Json:
    """Return what stands in a field that nobody touches."""
    return next((value for name, value in element.items() if name.startswith("initial_")), None)


def _shortcut(deal: _Dealer) -> Sent:
    kind = deal.random.choice(("shortcut", "message_action"))
    payload = deal.interaction(kind) | {"callback_id": deal.random.choice(SHORTCUTS)}
    if kind == "message_action":
        payload |= {
            "channel": {"id": deal.channel(), "name": "acme"},
            "message": {"type": "message", "user": "U01SAM", "ts": "1760432400.000100", "text": deal.text()},
            "response_url": deal.house.slack.response_url,
        }
    return deal.house.interaction(deal.bent(payload))


def _event(deal: _Dealer) -> Sent:
    user, channel = deal.one(USERS, STRANGERS), deal.channel()
    event: Json = {"type": deal.random.choice(EVENTS), "user": user, "channel": channel, "text": deal.text()}
    if event["type"] == "message":
        event |= {"channel_type": deal.one(("im",), ("channel",)), "ts": "1760432400.000100"}
    if event["type"] == "user_change":
        profile = {"real_name": deal.text(), "display_name": deal.text()}
        event["user"] = {"id": user, "team_id": TEAM.id, "tz": deal.text(), "profile": profile}
    event |= {"inviter": user, "tokens": {"bot": [], "oauth": [user]}}
    team = deal.one((TEAM.id,), TEAMS)
    return deal.house.event(
        deal.bent(
            {
                "type": "event_callback",
                "team_id": team,
                "api_app_id": "A01DRUMBEAT",
                "event": event,
                "event_id": f"Ev{deal.house.slack.number()}",
                "event_time": 1760432400,
                "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": "U01DRUMBEAT"}],
            }
        )
    )


def _other(deal: _Dealer) -> Sent:
    """Deliver what is no payload at all, or of a kind that nobody here knows."""
    kind = deal.random.choice(
        ("block_suggestion", "dialog_submission", "interactive_message", "workflow_step_edit")
    )
    known = deal.interaction(kind) | {"callback_id": deal.text(), "action_id": deal.text(), "value": "x"}
    known |= {"block_id": "b", "actions": [{"name": "x", "type": "button"}]}
    body = deal.random.choice(
        (None, None, "", "{", "[]", "payload=", "payload=%7B", "payload=[]", "ssl_check=1")
    )
    if body is None:
        return deal.house.interaction(deal.bent(deal.random.choice((known, deal.random.choice(JUNK)))))
    return deal.house.deliver(body, "application/x-www-form-urlencoded", None)


def _replay(deal: _Dealer) -> Sent | None:
    return deal.house.again(deal.random.choice(deal.house.sent)) if deal.house.sent else None


_SENDERS: dict[Kind, Callable[[_Dealer], Sent | None]] = {
    Kind.COMMAND: _command,
    Kind.CLICK: _click,
    Kind.SUBMISSION: _submission,
    Kind.SHORTCUT: _shortcut,
    Kind.EVENT: _event,
    Kind.OTHER: _other,
    Kind.REPLAY: _replay,
}

"""What is delivered: as Slack words it, then bent out of shape in some places."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from bot.demo.story import TEAM
from handlers.grammar import COMMANDS
from tests.fuzz.house import PREFIX, House, Sent
from tests.fuzz.vocabulary import (
    ACTIONS,
    CALLBACKS,
    CHANNELS,
    DAYS,
    ELSEWHERE,
    EVENTS,
    JUNK,
    ORDINARY,
    SHORTCUTS,
    STRANGERS,
    TEAMS,
    TEXTS,
    USERS,
    VERBS,
    WORDS,
)

Json = Any


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
    """One delivery to be: its kind, a text that somebody typed, and what all else follows from."""

    kind: Kind
    text: str
    seed: int


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

    def rarely(self) -> bool:
        return self.random.random() < 0.1

    def one(self, usual: Any, unusual: Any) -> Json:  # noqa: ANN401 - sequences of anything.
        return self.random.choice(unusual if self.rarely() else usual)

    def text(self) -> str:
        """Return what somebody typed, half the time something ordinary."""
        chance = self.random.random()
        return ORDINARY if chance < 0.5 else self.wish.text if chance < 0.8 else self.random.choice(TEXTS)

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

    def user(self) -> Json:
        user_id = self.one(USERS, STRANGERS)
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
        """Bend the payload out of shape, one time in three."""
        if self.random.random() < 0.66:
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
    own = [each for verb in command.verbs for each in verb.names]
    words = [deal.one(own, VERBS)] if deal.random.random() < 0.7 else []
    words += [deal.random.choice(WORDS) for _ in range(deal.random.choice((0, 1, 1, 2, 3, 5)))]
    words += [deal.text()] if deal.random.random() < 0.6 else []
    form = {
        "token": "verification-token",
        "team_id": deal.one((TEAM.id,), TEAMS),
        "team_domain": "studio-north",
        "channel_id": deal.channel(),
        "channel_name": "acme",
        "user_id": deal.one(USERS, STRANGERS),
        "user_name": "x",
        "command": name,
        "text": " ".join(words),
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


def _click(deal: _Dealer) -> Sent:
    slack, payload = deal.house.slack, deal.interaction("block_actions")
    if slack.views and deal.random.random() < 0.4:
        view = deal.random.choice(slack.views)
        elements = list(_elements(view["blocks"]))
        payload |= {"view": _as_sent(deal, view), "container": {"type": "view", "view_id": view["id"]}}
    else:
        message = deal.random.choice(slack.messages) if slack.messages else {"blocks": [], "ts": "1.1"}
        elements = list(_elements(message["blocks"]))
        channel = deal.channel()
        payload |= {
            "channel": {"id": channel, "name": "acme"},
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel},
            "message": {"type": "message", "user": "U01DRUMBEAT", "text": deal.text(), **message},
            "response_url": slack.response_url,
        }
    if elements and deal.random.random() < 0.8:
        payload["actions"] = [_pressed(deal, deal.random.choice(elements))]
    else:
        action_id = deal.random.choice(ACTIONS)
        payload["actions"] = [
            {"type": "button", "action_id": action_id, "block_id": "b", "value": deal.value()}
        ]
    return deal.house.interaction(deal.bent(payload))


def _elements(blocks: Json) -> Iterator[Json]:
    for block in blocks:
        beside = [block[name] for name in ("accessory", "element") if name in block]
        for element in (*block.get("elements", ()), *beside):
            if "action_id" in element:
                yield {**element, "block_id": block.get("block_id", "b")}


def _pressed(deal: _Dealer, element: Json) -> Json:
    said = {name: element[name] for name in ("type", "action_id", "block_id", "value") if name in element}
    if element.get("options"):
        said["selected_option"] = deal.random.choice(element["options"])
    return said


def _submission(deal: _Dealer) -> Sent:
    payload = deal.interaction(deal.one(("view_submission",), ("view_closed",)))
    views = [view for view in deal.house.slack.views if "submit" in view]
    if views and deal.random.random() < 0.9:
        view = _as_sent(deal, deal.random.choice(views))
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


def _filled(deal: _Dealer, element: Json) -> Json:
    choose, kind = deal.random.choice, element["type"]
    if kind in ("static_select", "radio_buttons"):
        option = choose(element["options"]) if element["options"] else None
        forged = {"text": {"type": "plain_text", "text": "?"}, "value": deal.value()}
        return {"type": kind, "selected_option": deal.one((option,), (None, forged))}
    if kind == "users_select":
        return {"type": kind, "selected_user": deal.one(USERS, (None, *STRANGERS))}
    if kind == "datepicker":
        return {"type": kind, "selected_date": deal.one((None, "2026-11-30"), DAYS)}
    if kind == "conversations_select":
        return {"type": kind, "selected_conversation": deal.one(CHANNELS, (None, *ELSEWHERE))}
    return {"type": kind, "value": deal.one((deal.text(),), (None,))}


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

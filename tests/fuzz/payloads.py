"""Payloads as Slack makes them, one way for each kind of delivery."""

import json
import re
from collections.abc import Callable, Iterator

from bot.demo.story import TEAM
from handlers.grammar import COMMANDS
from handlers.grammar.vocabulary import Command
from tests.fuzz.dealer import Dealer, Json, Kind, Wish
from tests.fuzz.house import PREFIX, House, Sent
from tests.fuzz.vocabulary import (
    ACTIONS,
    CALLBACKS,
    CHANNELS,
    DAYS,
    ELSEWHERE,
    EVENTS,
    JUNK,
    SHORTCUTS,
    STRANGERS,
    TEAMS,
    TYPED_INTO,
    USERS,
    VERBS,
    WORDS,
)

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


def send(house: House, wish: Wish) -> tuple[Sent | None, bool]:
    """Deliver it; None where there is nothing to deliver. And tell whether it is bent out of shape."""
    deal = Dealer(house, wish)
    sent = _SENDERS[wish.kind](deal)
    return sent, deal.has_bent or wish.kind is Kind.REPLAY


def _command(deal: Dealer) -> Sent:
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


def _line_of_the_help(deal: Dealer, command: Command) -> str:
    """Return a line as the help has it, with some of what may be left out, and of what may be chosen."""
    usage = deal.random.choice(command.verbs).usage
    line = _OPTIONAL.sub(lambda found: deal.random.choice((*found[1].split(" | "), "")), usage)
    line = _NUMBER.sub(lambda _: str(deal.random.randint(1, 4)), line)
    return _MENTION.sub(lambda found: _MEANT[found[0]], line)


def _odd_line(deal: Dealer, command: Command) -> str:
    own = [each for verb in command.verbs for each in verb.names]
    words = [deal.one(own, VERBS)] if deal.random.random() < 0.7 else []
    words += [deal.random.choice(WORDS) for _ in range(deal.random.choice((0, 1, 1, 2, 3, 5)))]
    words += [deal.text()] if deal.random.random() < 0.6 else []
    return " ".join(words)


def _click(deal: Dealer) -> Sent:
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


def _pressed(deal: Dealer, element: Json) -> Json:
    said = {name: element[name] for name in ("type", "action_id", "block_id", "value") if name in element}
    if element["type"] in ("button", "overflow"):
        return said | (
            {"selected_option": deal.random.choice(element["options"])} if "options" in element else {}
        )
    return said | _filled(deal, element)


def _submission(deal: Dealer) -> Sent:
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


def _as_sent(deal: Dealer, view: Json) -> Json:
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


def _filled(deal: Dealer, element: Json) -> Json:
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


def _shortcut(deal: Dealer) -> Sent:
    kind = deal.random.choice(("shortcut", "message_action"))
    payload = deal.interaction(kind) | {"callback_id": deal.random.choice(SHORTCUTS)}
    if kind == "message_action":
        payload |= {
            "channel": {"id": deal.channel(), "name": "acme"},
            "message": {"type": "message", "user": "U01SAM", "ts": "1760432400.000100", "text": deal.text()},
            "response_url": deal.house.slack.response_url,
        }
    return deal.house.interaction(deal.bent(payload))


def _event(deal: Dealer) -> Sent:
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


def _other(deal: Dealer) -> Sent:
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


def _replay(deal: Dealer) -> Sent | None:
    return deal.house.again(deal.random.choice(deal.house.sent)) if deal.house.sent else None


_SENDERS: dict[Kind, Callable[[Dealer], Sent | None]] = {
    Kind.COMMAND: _command,
    Kind.CLICK: _click,
    Kind.SUBMISSION: _submission,
    Kind.SHORTCUT: _shortcut,
    Kind.EVENT: _event,
    Kind.OTHER: _other,
    Kind.REPLAY: _replay,
}

"""Events: which ones the bot hears, in Slack's envelope, again and again until it acknowledges them."""

import base64
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from slack_sdk.signature import Clock, SignatureVerifier

from bot.demo.people.membership import Account
from bot.demo.server import Demo
from models.value import replace
from tests.conftest import SetClock
from tests.demo.company import (
    ACME,
    DANA,
    LUNCH,
    MANIFEST,
    ROBIN,
    SAM,
    SECRET,
    SHARED,
    YUKI,
    FakeBot,
    Pauses,
    open_company,
)
from tests.demo.running import at_once

BOT = "U01DRUMBEAT"
LEADS, JO = "C01LEADS", "U01JO"
EVERY = [
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "user_change",
    "channel_shared",
    "channel_unshared",
    "channel_archive",
    "channel_unarchive",
]
SCOPES = ["commands", "chat:write", "users:read", "channels:read", "groups:read", "im:history"]


def subscribed(*events: str, scopes: list[str] | None = None) -> dict[str, object]:
    return {
        **MANIFEST,
        "settings": {"event_subscriptions": {"bot_events": list(events)}},
        "oauth_config": {"scopes": {"bot": SCOPES if scopes is None else scopes}},
    }


@pytest.fixture
def demo(bot: FakeBot, clock: SetClock) -> Demo:
    """Return a workspace whose app hears all there is to hear."""
    return open_company(bot, clock, manifest=subscribed(*EVERY))


def heard(demo: Demo, bot: FakeBot) -> list[dict[str, Any]]:
    """Deliver what waits and return the inner events, without the moment at which each happened."""
    at_once(demo.events.deliver_waiting())
    events = [json.loads(request.content)["event"] for request in bot.requests]
    bot.requests.clear()
    for event in events:
        assert event.pop("event_ts")
    return events


def type_in(demo: Demo, text: str, person: str = SAM, where: str = ACME) -> str:
    outcome = at_once(demo.gestures.say(person, where, text))
    said = demo.workspace.timeline(where, person)
    return "" if outcome.ok else said[-1].text


def test_the_envelope_is_slacks(demo: Demo, bot: FakeBot, clock: SetClock) -> None:
    class At(Clock):
        def now(self) -> float:
            return clock().timestamp()

    type_in(demo, "/invite @drumbeat", where=LUNCH)
    at_once(demo.events.deliver_waiting())
    [request] = bot.requests
    assert request.headers["content-type"] == "application/json"
    assert SignatureVerifier(SECRET, At()).is_valid_request(request.content, dict(request.headers))
    assert "x-slack-retry-num" not in request.headers
    envelope = json.loads(request.content)
    assert envelope.pop("event_id").startswith("Ev")
    context = envelope.pop("event_context").removeprefix("4-")
    assert json.loads(base64.urlsafe_b64decode(context + "=" * (-len(context) % 4))) == {
        "et": "member_joined_channel",
        "tid": "T01STUDIO",
        "aid": "A01DRUMBEAT",
        "cid": LUNCH,
    }
    assert envelope.pop("event")["type"] == "member_joined_channel"
    assert envelope == {
        "token": "verification-token",
        "team_id": "T01STUDIO",
        "context_team_id": "T01STUDIO",
        "context_enterprise_id": None,
        "api_app_id": "A01DRUMBEAT",
        "type": "event_callback",
        "event_time": int(clock().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": "T01STUDIO",
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def test_inviting_the_app_is_told_and_shown(demo: Demo, bot: FakeBot) -> None:
    assert type_in(demo, "/invite @Drumbeat", where=LUNCH) == ""
    assert heard(demo, bot) == [
        {
            "type": "member_joined_channel",
            "user": BOT,
            "channel": LUNCH,
            "channel_type": "C",
            "team": "T01STUDIO",
            "inviter": SAM,
        }
    ]
    last = demo.workspace.timeline(LUNCH, SAM)[-1]
    assert (last.subtype, last.text, last.inviter_id) == (
        "channel_join",
        f"<@{BOT}> has joined the channel",
        SAM,
    )


def test_the_app_hears_of_nobody_where_it_is_not(demo: Demo, bot: FakeBot) -> None:
    type_in(demo, "/invite @yuki", where=LUNCH)
    type_in(demo, "/invite @sam", JO, LEADS)
    assert heard(demo, bot) == []
    type_in(demo, "/invite @yuki")
    [joined] = heard(demo, bot)
    assert (joined["user"], joined["channel"]) == (YUKI, ACME)


def test_removing_the_app_is_the_last_it_hears(demo: Demo, bot: FakeBot) -> None:
    type_in(demo, "/remove @drumbeat")
    type_in(demo, "/remove @dana")
    [left] = heard(demo, bot)
    assert (left["type"], left["user"]) == ("member_left_channel", BOT)


@pytest.mark.parametrize(
    ("typed", "person", "where", "answer"),
    [
        ("/invite @dana", SAM, ACME, "Dana Ortiz is already in this channel."),
        ("/invite @nobody", SAM, ACME, "No one was found by that name. Try @ and a name."),
        ("/invite", SAM, ACME, "No one was found by that name. Try @ and a name."),
        ("/invite @robin", SAM, ACME, "Robin Vale is from another company; share the channel."),
        ("/invite @dana", YUKI, "C01COBALT", "Guests can't do this."),
        ("/remove @yuki", SAM, ACME, "They are not in this channel."),
        ("/remove @dana", SAM, "C01GENERAL", "Nobody can be removed from #general."),
        ("/archive", SAM, "C01GENERAL", "#general can't be archived."),
        ("/archive", SAM, "D01SAM", "This works in channels only."),
    ],
)
def test_slackbot_says_why_not(demo: Demo, typed: str, person: str, where: str, answer: str) -> None:
    assert type_in(demo, typed, person, where) == answer


def test_a_line_to_the_app_and_its_answer_are_both_told(demo: Demo, bot: FakeBot, clock: SetClock) -> None:
    type_in(demo, "risk: certs & <keys> for @dana", where="D01SAM")
    [event] = heard(demo, bot)
    assert event.pop("client_msg_id")
    assert event == {
        "type": "message",
        "user": SAM,
        "ts": f"{clock().timestamp():.6f}",
        "text": f"risk: certs &amp; &lt;keys&gt; for <@{DANA}>",
        "team": "T01STUDIO",
        "blocks": [
            {
                "type": "rich_text",
                "block_id": "typed",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "risk: certs & <keys> for "},
                            {"type": "user", "user_id": DANA},
                        ],
                    }
                ],
            }
        ],
        "channel": "D01SAM",
        "channel_type": "im",
    }
    answer = demo.workspace.post("D01SAM", BOT, "Noted.")
    [own] = heard(demo, bot)
    assert (own["user"], own["bot_id"], own["text"]) == (BOT, "B01DRUMBEAT", "Noted.")
    demo.workspace.edit(answer, "Noted: certs.", [], None)
    [edited] = heard(demo, bot)
    assert (edited["subtype"], edited["message"]["text"], edited["previous_message"]["text"]) == (
        "message_changed",
        "Noted: certs.",
        "Noted.",
    )
    demo.workspace.delete(answer)
    [deleted] = heard(demo, bot)
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", answer.ts)


def test_what_only_one_person_sees_is_no_event(demo: Demo, bot: FakeBot) -> None:
    demo.workspace.post("D01SAM", BOT, "Only you", ephemeral_to=SAM)
    demo.workspace.post(ACME, SAM, "In a channel, to which nobody subscribed")
    assert heard(demo, bot) == []


def test_a_changed_account_is_told_whole(demo: Demo, bot: FakeBot) -> None:
    account = Account("Asia/Tokyo", is_guest=True)
    assert demo.gestures.membership.change_account(SAM, account).ok
    [event] = heard(demo, bot)
    user = event["user"]
    assert (event["type"], user["id"], user["tz"], user["tz_offset"], user["is_restricted"]) == (
        "user_change",
        SAM,
        "Asia/Tokyo",
        9 * 3600,
        True,
    )
    refused = demo.gestures.membership.change_account(SAM, replace(account, timezone="Mars/Base"))
    assert refused.error == "There is no time zone Mars/Base."


def test_channels_are_shared_archived_and_opened_again(demo: Demo, bot: FakeBot) -> None:
    workspace, membership = demo.workspace, demo.gestures.membership
    sam = workspace.person(SAM)
    assert sam
    for step in (membership.share, membership.archive, membership.archive):
        conversation = workspace.conversation(ACME)
        assert conversation
        assert step(sam, conversation).ok
    shared, archived, opened = heard(demo, bot)
    assert shared == {"type": "channel_shared", "connected_team_id": "T02ACME", "channel": ACME}
    assert archived == {"type": "channel_archive", "channel": ACME, "user": SAM, "is_moved": 0}
    assert opened["type"] == "channel_unarchive"
    assert type_in(demo, "/invite @robin") == ""
    assert heard(demo, bot)[0]["user"] == ROBIN
    conversation = workspace.conversation(ACME)
    assert conversation
    assert membership.share(sam, conversation).ok
    [unshared] = heard(demo, bot)
    assert unshared == {
        "type": "channel_unshared",
        "previously_connected_team_id": "T02ACME",
        "channel": ACME,
        "is_ext_shared": False,
    }
    assert workspace.conversations_of(ROBIN)[0].id == SHARED


def test_only_what_the_manifest_subscribes_to(bot: FakeBot, clock: SetClock) -> None:
    demo = open_company(bot, clock, manifest=subscribed("message.im"))
    type_in(demo, "/invite @yuki", where=SHARED)
    assert heard(demo, bot) == []


def test_only_what_the_token_may_read(bot: FakeBot, clock: SetClock) -> None:
    demo = open_company(bot, clock, manifest=subscribed("message.im", scopes=["commands"]))
    type_in(demo, "Hello", where="D01SAM")
    assert heard(demo, bot) == []


def test_an_event_is_repeated_at_once_after_one_and_after_five_minutes(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer("down", 500)
    bot.answers += [httpx.Response(302, headers={"location": "/"}), httpx.Response(503)]
    type_in(demo, "Hello", where="D01SAM")
    at_once(demo.events.deliver_waiting())
    first, *again = bot.requests
    assert "x-slack-retry-num" not in first.headers
    assert [each.headers["x-slack-retry-num"] for each in again] == ["1", "2", "3"]
    assert {each.headers["x-slack-retry-reason"] for each in again} == {"http_error"}
    assert {each.content for each in again} == {first.content}


def test_the_pauses_between_repetitions(bot: FakeBot, clock: SetClock) -> None:
    pauses = Pauses()
    demo = open_company(bot, clock, manifest=subscribed(*EVERY), pause=pauses)
    bot.answers += [httpx.Response(500)] * 9
    type_in(demo, "Hello", where="D01SAM")
    at_once(demo.events.deliver_waiting())
    assert pauses.seconds == [0, 60, 300]
    assert len(bot.requests) == 4


def test_a_bot_that_cannot_be_reached_is_told_why_it_hears_again(demo: Demo, bot: FakeBot) -> None:
    def refuses() -> None:
        bot.during = lambda: None
        msg = "refused"
        raise httpx.ConnectError(msg)

    bot.during = refuses
    type_in(demo, "Hello", where="D01SAM")
    at_once(demo.events.deliver_waiting())
    assert bot.requests[1].headers["x-slack-retry-reason"] == "connection_failed"


def test_a_bot_may_ask_for_no_repetition(demo: Demo, bot: FakeBot) -> None:
    bot.answers.append(httpx.Response(500, headers={"X-Slack-No-Retry": "1"}))
    type_in(demo, "Hello", where="D01SAM")
    at_once(demo.events.deliver_waiting())
    assert len(bot.requests) == 1


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
def test_a_repeated_challenge_verifies_the_address(demo: Demo, bot: FakeBot, *, as_json: bool) -> None:
    def repeats() -> None:
        asked = json.loads(bot.requests[-1].content)
        assert asked["type"] == "url_verification"
        bot.will_answer({"challenge": asked["challenge"]} if as_json else asked["challenge"])

    bot.during = repeats
    assert at_once(demo.events.verify())


def test_an_address_that_is_not_verified_gets_no_events(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer({"challenge": "something else"})
    assert not at_once(demo.events.verify())
    type_in(demo, "Hello", where="D01SAM")
    bot.requests.clear()
    assert heard(demo, bot) == []


def test_nobody_is_asked_to_verify_who_wants_no_events(bot: FakeBot, clock: SetClock) -> None:
    assert at_once(open_company(bot, clock).events.verify())
    assert bot.requests == []


def test_a_changed_moment_changes_the_events_time(demo: Demo, bot: FakeBot, clock: SetClock) -> None:
    clock.forward(timedelta(hours=1))
    type_in(demo, "Hello", where="D01SAM")
    at_once(demo.events.deliver_waiting())
    assert json.loads(bot.requests[0].content)["event_time"] == int(clock().timestamp())

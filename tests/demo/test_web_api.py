"""The Web API, called with Slack's own client over loopback."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.demo.values import ChangeKind, Message
from tests.conftest import SetClock
from tests.demo.company import ACME, DANA, LUNCH, ROBIN, SAM, SHARED, FakeBot, button, modal, section
from tests.demo.running import RunningDemo


def refused(call: Any, **arguments: object) -> str:  # noqa: ANN401 - any method of the client.
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    error: str = caught.value.response["error"]
    return error


def last_message(served: RunningDemo, conversation_id: str, viewer: str = SAM) -> Message:
    return served.demo.workspace.timeline(conversation_id, viewer)[-1]


def test_the_token_says_who_the_bot_is(served: RunningDemo) -> None:
    answer = served.client().auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (
        "T01STUDIO",
        "U01DRUMBEAT",
        "B01DRUMBEAT",
    )
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


def test_a_stranger_is_kept_out(served: RunningDemo) -> None:
    assert refused(served.client("xoxb-other").auth_test) == "invalid_auth"
    assert refused(served.client("").auth_test) == "not_authed"


def test_a_method_the_product_does_not_use_is_unknown(served: RunningDemo) -> None:
    assert refused(served.client().conversations_list) == "unknown_method"


def test_a_mistake_of_the_bot_is_shown_on_every_page(served: RunningDemo) -> None:
    page = served.demo.workspace.subscribe(SAM)
    refused(served.client().conversations_list)
    change = served.do(anext(page))
    assert change.kind is ChangeKind.NOTICE
    assert "conversations.list is refused: unknown_method" in change.text


def test_a_client_is_of_another_team_and_no_stranger(served: RunningDemo) -> None:
    user = served.client().users_info(user=ROBIN)["user"]
    assert (user["team_id"], user["is_stranger"], user["is_restricted"]) == ("T02ACME", False, False)
    assert refused(served.client().users_info, user="U09NOBODY") == "user_not_found"


def test_a_guest_is_restricted_and_lives_in_a_zone(served: RunningDemo) -> None:
    user = served.client().users_info(user="U01YUKI")["user"]
    assert (user["is_restricted"], user["tz"], user["tz_offset"]) == (True, "Asia/Tokyo", 9 * 3600)


def test_a_shared_channel_says_so(served: RunningDemo) -> None:
    client = served.client()
    assert client.conversations_info(channel=SHARED)["channel"]["is_ext_shared"] is True
    assert client.conversations_info(channel=ACME)["channel"]["is_ext_shared"] is False


def test_a_private_channel_without_the_bot_does_not_exist_for_it(served: RunningDemo) -> None:
    assert refused(served.client().conversations_info, channel="C01LEADS") == "channel_not_found"


def test_members_come_in_pages(served: RunningDemo) -> None:
    client, members, cursor = served.client(), list[str](), ""
    while True:
        answer = client.conversations_members(channel=ACME, limit=3, cursor=cursor)
        members += answer["members"]
        cursor = answer["response_metadata"]["next_cursor"]
        if not cursor:
            break
    conversation = served.demo.workspace.conversation(ACME)
    assert conversation is not None
    assert tuple(members) == conversation.member_ids
    assert refused(client.conversations_members, channel=ACME, cursor="no") == "invalid_cursor"


def test_a_message_is_stored_as_sent_with_its_metadata(served: RunningDemo) -> None:
    metadata = {"event_type": "drumbeat", "event_payload": {"key": "1"}}
    text = "<!channel> ask <@U01DANA>"
    answer = served.client().chat_postMessage(channel=ACME, text=text, blocks=[button()], metadata=metadata)
    message = last_message(served, ACME)
    assert (answer["ts"], answer["channel"]) == (message.ts, ACME)
    assert (message.text, message.metadata, message.user_id) == (text, metadata, "U01DRUMBEAT")
    assert message.blocks[0]["elements"][0]["action_id"] == "go"


def test_a_person_as_channel_means_the_direct_message(served: RunningDemo) -> None:
    answer = served.client().chat_postMessage(channel=DANA, text="Good morning")
    assert answer["channel"] == "D01DANA"
    assert last_message(served, "D01DANA", DANA).text == "Good morning"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C09NONE", "channel_not_found"),
        ("#acme", "channel_not_found"),
        ("U09NOBODY", "channel_not_found"),
        ("C01LEADS", "channel_not_found"),
        (LUNCH, "not_in_channel"),
        ("C01ACMEPITCH", "is_archived"),
    ],
)
def test_where_the_bot_may_not_post(served: RunningDemo, channel: str, error: str) -> None:
    assert refused(served.client().chat_postMessage, channel=channel, text="Hello") == error


def test_a_missing_argument_is_named(served: RunningDemo) -> None:
    with pytest.raises(SlackApiError) as caught:
        served.client().api_call("chat.postMessage", json={"text": "Hello"})
    response = caught.value.response
    assert response["error"] == "invalid_arguments"
    assert response["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_an_argument_the_product_does_not_use_is_refused(served: RunningDemo) -> None:
    assert (
        refused(served.client().chat_postMessage, channel=ACME, text="Hi", icon_emoji=":wave:")
        == "invalid_arguments"
    )


def test_invalid_blocks_come_with_a_pointer(served: RunningDemo) -> None:
    with pytest.raises(SlackApiError) as caught:
        served.client().chat_postMessage(channel=ACME, text="x", blocks=[section("x" * 3001)])
    response = caught.value.response
    assert response["error"] == "invalid_blocks"
    assert response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_a_thread_keeps_its_replies_out_of_the_timeline(served: RunningDemo) -> None:
    client, workspace = served.client(), served.demo.workspace
    root = client.chat_postMessage(channel=ACME, text="Risk")["ts"]
    client.chat_postMessage(channel=ACME, text="Scored", thread_ts=root)
    assert last_message(served, ACME).ts == root
    assert last_message(served, ACME).reply_count == 1
    assert [each.text for each in workspace.thread(ACME, root, SAM)] == ["Risk", "Scored"]
    refusal = refused(client.chat_postMessage, channel=ACME, text="x", thread_ts="1.000001")
    assert refusal == "cannot_reply_to_message"


def test_a_reply_does_not_go_to_the_channel_as_well(served: RunningDemo) -> None:
    client = served.client()
    root = client.chat_postMessage(channel=ACME, text="Risk")["ts"]
    reply = {"channel": ACME, "text": "Scored", "thread_ts": root}
    assert refused(client.chat_postMessage, **reply, reply_broadcast=True) == "invalid_arguments"
    assert last_message(served, ACME).reply_count == 0


def test_an_ephemeral_message_is_for_one_member(served: RunningDemo) -> None:
    client = served.client()
    client.chat_postEphemeral(channel=ACME, user=SAM, text="Only you")
    assert last_message(served, ACME, SAM).text == "Only you"
    assert last_message(served, ACME, DANA).text != "Only you"
    assert refused(client.chat_postEphemeral, channel=ACME, user="U01LEE", text="x") == "user_not_in_channel"


def test_an_update_marks_the_message_edited(served: RunningDemo) -> None:
    client = served.client()
    ts = client.chat_postMessage(channel=ACME, text="Open", blocks=[section("Open")])["ts"]
    client.chat_update(channel=ACME, ts=ts, text="Closed", blocks=[section("Closed")])
    message = last_message(served, ACME)
    assert (message.ts, message.text, message.edited) == (ts, "Closed", True)
    assert message.blocks[0]["text"]["text"] == "Closed"


def test_only_own_messages_that_exist_can_be_changed(served: RunningDemo) -> None:
    client = served.client()
    said = last_message(served, ACME).ts
    hidden = client.chat_postEphemeral(channel=ACME, user=SAM, text="Only you")["message_ts"]
    assert refused(client.chat_update, channel=ACME, ts=said, text="x") == "cant_update_message"
    assert refused(client.chat_update, channel=ACME, ts=hidden, text="x") == "message_not_found"
    assert refused(client.chat_update, channel=ACME, ts="1.000001", text="x") == "message_not_found"
    assert refused(client.chat_update, channel=DANA, ts=said, text="x") == "channel_not_found"
    assert refused(client.chat_delete, channel=ACME, ts=said) == "cant_delete_message"
    assert refused(client.chat_delete, channel=ACME, ts="1.000001") == "message_not_found"


def test_a_text_for_an_update_is_shorter(served: RunningDemo) -> None:
    client = served.client()
    ts = client.chat_postMessage(channel=ACME, text="x" * 4001)["ts"]
    assert refused(client.chat_update, channel=ACME, ts=ts, text="x" * 4001) == "msg_too_long"


def test_a_deleted_message_is_gone_unless_a_thread_hangs_on_it(served: RunningDemo) -> None:
    client = served.client()
    before = last_message(served, ACME).ts
    lone = client.chat_postMessage(channel=ACME, text="Oops")["ts"]
    client.chat_delete(channel=ACME, ts=lone)
    assert last_message(served, ACME).ts == before
    root = client.chat_postMessage(channel=ACME, text="Risk")["ts"]
    client.chat_postMessage(channel=ACME, text="Scored", thread_ts=root)
    client.chat_delete(channel=ACME, ts=root)
    assert last_message(served, ACME).text == "This message was deleted."


def test_a_scope_the_manifest_lacks_is_missed(served: RunningDemo) -> None:
    served.demo.workspace.app = served.demo.workspace.app.__class__(
        "A", "Drumbeat", "B", "U01DRUMBEAT", frozenset()
    )
    with pytest.raises(SlackApiError) as caught:
        served.client().chat_postMessage(channel=ACME, text="x")
    assert (caught.value.response["error"], caught.value.response["needed"]) == (
        "missing_scope",
        "chat:write",
    )


def test_a_view_update_wants_an_open_view(served: RunningDemo) -> None:
    assert refused(served.client().views_update, view_id="V404", view=modal()) == "not_found"
    assert refused(served.client().views_open, trigger_id="1.2.x", view=modal()) == "invalid_trigger_id"


def test_a_trigger_opens_one_modal_in_three_seconds(
    served: RunningDemo, bot: FakeBot, clock: SetClock
) -> None:
    client, gestures = served.client(), served.demo.gestures
    served.do(gestures.say(SAM, ACME, "/risk"))
    trigger_id = bot.form["trigger_id"]
    opened = client.views_open(trigger_id=trigger_id, view=modal())["view"]
    assert [view.id for view in served.demo.workspace.views_of(SAM)] == [opened["id"]]
    assert refused(client.views_open, trigger_id=trigger_id, view=modal()) == "exchanged_trigger_id"
    served.do(gestures.say(SAM, ACME, "/risk"))
    clock.forward(timedelta(seconds=4))
    late = bot.form["trigger_id"]
    assert refused(client.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"


def test_a_modal_is_laid_on_others_three_deep(served: RunningDemo, bot: FakeBot) -> None:
    client, gestures = served.client(), served.demo.gestures

    def trigger() -> str:
        served.do(gestures.say(SAM, ACME, "/risk"))
        return bot.form["trigger_id"]

    assert refused(client.views_push, trigger_id=trigger(), view=modal()) == "not_found"
    root = client.views_open(trigger_id=trigger(), view=modal())["view"]
    pushed = client.views_push(trigger_id=trigger(), view=modal(external_id="second"))["view"]
    assert (pushed["root_view_id"], pushed["previous_view_id"]) == (root["id"], root["id"])
    assert refused(client.views_push, trigger_id=trigger(), view=modal(external_id="second")) == (
        "duplicate_external_id"
    )
    client.views_push(trigger_id=trigger(), view=modal())
    assert refused(client.views_push, trigger_id=trigger(), view=modal()) == "push_limit_reached"
    assert refused(client.views_push, trigger_id="1.2.x", view=modal()) == "invalid_trigger_id"


def test_a_modal_is_updated_by_either_id_and_only_from_what_was_seen(
    served: RunningDemo, bot: FakeBot
) -> None:
    client = served.client()
    served.do(served.demo.gestures.say(SAM, ACME, "/risk"))
    trigger_id = bot.form["trigger_id"]
    opened = client.views_open(trigger_id=trigger_id, view=modal(external_id="mine"))["view"]
    second = client.views_update(external_id="mine", view=modal(), hash=opened["hash"])["view"]
    assert (second["id"], second["root_view_id"]) == (opened["id"], opened["id"])
    refusal = refused(client.views_update, view_id=opened["id"], view=modal(), hash=opened["hash"])
    assert refusal == "hash_conflict"


def test_an_invalid_modal_is_refused_before_its_trigger_is_used(served: RunningDemo, bot: FakeBot) -> None:
    client = served.client()
    served.do(served.demo.gestures.say(SAM, ACME, "/risk"))
    trigger_id = bot.form["trigger_id"]
    with pytest.raises(SlackApiError) as caught:
        client.views_open(trigger_id=trigger_id, view=modal(section("x" * 3001)))
    response = caught.value.response
    assert response["error"] == "invalid_arguments"
    assert "[json-pointer:/view/blocks/0/text/text]" in response["response_metadata"]["messages"][0]
    assert client.views_open(trigger_id=trigger_id, view=modal())["ok"]

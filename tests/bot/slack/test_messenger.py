"""The messenger: what it asks of Slack, and what it makes of Slack's answers."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from uuid import UUID

import pytest

from bot.slack.failures import PATIENCE
from bot.slack.messenger import SlackMessenger
from models.read_models import Profile
from models.services.outbox.turns import SentMessage
from models.value import replace
from scheduled.ports import (
    ChannelFacts,
    MessengerError,
    Method,
    NotSent,
    RateLimited,
    Refusal,
    Refused,
    Unclear,
)
from scheduled.posts import Button, Document, Intent, Picture, Post, Text
from tests.bot.slack.server import Answer, Api, hanging_up, saying, sleeping, text

POST = Post("hello", (Text("*hello*"),), (Button("Details", Intent.RISK_DETAILS, UUID(int=1)),))
BLOCKS = [
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*hello*", "verbatim": True},
        "block_id": "section-0",
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": "Details", "emoji": False},
                "action_id": "risk_details",
                "value": str(UUID(int=1)),
            }
        ],
        "block_id": "actions-1",
    },
]
UPLOAD = "upload/v1/abc"
PICTURE = Picture("ACME: risk matrix", "Three risks.", "*ACME*", b"png")
ABOUT = SentMessage("D1", "1.5")
SENT = saying({"ok": True, "channel": "D1", "ts": "2.5"})


def test_a_post_carries_text_blocks_and_its_key_and_unfolds_no_links(
    api: Api, messenger: SlackMessenger
) -> None:
    api.answers["chat.postMessage"] = SENT
    assert messenger.post("U1", POST, key="risk:1") == SentMessage("D1", "2.5")
    assert api.asked[0].arguments == {
        "channel": "U1",
        "text": "hello",
        "blocks": BLOCKS,
        "metadata": {"event_type": "drumbeat", "event_payload": {"key": "risk:1"}},
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_a_reply_goes_to_the_thread_where_the_message_is(api: Api, messenger: SlackMessenger) -> None:
    api.answers["chat.postMessage"] = SENT
    messenger.reply(ABOUT, POST, key="risk:1:v2")
    asked = api.asked[0].arguments
    assert (asked["channel"], asked["thread_ts"]) == ("D1", "1.5")


def test_an_update_leaves_the_key_alone(api: Api, messenger: SlackMessenger) -> None:
    api.answers["chat.update"] = SENT
    messenger.update(ABOUT, POST)
    assert api.asked[0].arguments == {"channel": "D1", "ts": "1.5", "text": "hello", "blocks": BLOCKS}


def test_a_deletion_names_the_message(api: Api, messenger: SlackMessenger) -> None:
    api.answers["chat.delete"] = SENT
    messenger.delete(ABOUT)
    assert dict(api.asked[0].arguments) == {"channel": "D1", "ts": "1.5"}


def test_a_message_that_is_gone_counts_as_deleted(api: Api, messenger: SlackMessenger) -> None:
    api.answers["chat.delete"] = saying({"ok": False, "error": "message_not_found"})
    messenger.delete(ABOUT)
    api.answers["chat.delete"] = saying({"ok": False, "error": "cant_delete_message"})
    with pytest.raises(Refused):
        messenger.delete(ABOUT)


def test_an_ephemeral_message_is_for_one_person(api: Api, messenger: SlackMessenger) -> None:
    api.answers["chat.postEphemeral"] = saying({"ok": True, "message_ts": "1.0"})
    messenger.ephemeral("C1", "U1", POST)
    assert api.asked[0].arguments == {"channel": "C1", "user": "U1", "text": "hello", "blocks": BLOCKS}


UPLOAD_STEPS = ("conversations.open", "files.getUploadURLExternal", UPLOAD, "files.completeUploadExternal")


def ready_to_upload(api: Api, *, without: str = "") -> None:
    """Let every step of an upload succeed but one."""
    address = f"{api.url}{UPLOAD}?ticket=7"
    steps = {
        "conversations.open": saying({"ok": True, "channel": {"id": "D1"}}),
        "files.getUploadURLExternal": saying({"ok": True, "upload_url": address, "file_id": "F1"}),
        f"{UPLOAD}?ticket=7": text("OK - 3", 200),
        "files.completeUploadExternal": saying({"ok": True, "files": [{"id": "F1"}]}),
    }
    api.answers |= {
        step: answer for step, answer in steps.items() if not without or not step.startswith(without)
    }


def test_a_document_goes_into_the_thread_that_it_belongs_to(api: Api, messenger: SlackMessenger) -> None:
    ready_to_upload(api)
    document = Document("Meeting.ics", "For your calendar", "ics", b"ics")
    messenger.upload("C1", document, key="step:7", thread=ABOUT)
    ticket, bytes_sent, completing = (asked.arguments for asked in api.asked)
    assert (ticket["filename"], ticket.get("alt_txt")) == ("step-7.ics", None)
    assert bytes_sent == {"raw": b"ics"}
    assert (completing["channel_id"], completing["thread_ts"]) == (ABOUT.channel_id, ABOUT.ts)


def test_a_picture_goes_to_a_persons_direct_message_under_its_key(
    api: Api, messenger: SlackMessenger
) -> None:
    ready_to_upload(api)
    messenger.upload("U1", PICTURE, key="picture:risk_matrix:7")
    opening, ticket, bytes_sent, completing = (asked.arguments for asked in api.asked)
    assert opening["users"] == "U1"
    assert (ticket["filename"], ticket["length"]) == ("picture-risk_matrix-7.png", "3")
    assert ticket["alt_txt"] == "Three risks."
    assert bytes_sent == {"raw": b"png"}
    assert completing["channel_id"] == "D1"
    assert json.loads(completing["files"]) == [{"id": "F1", "title": "ACME: risk matrix"}]
    assert completing["initial_comment"] == "*ACME*"


def test_our_token_does_not_go_with_the_bytes(api: Api, messenger: SlackMessenger) -> None:
    ready_to_upload(api)
    messenger.upload("D1", PICTURE, key="k")
    assert [asked.method for asked in api.asked] == [
        "files.getUploadURLExternal",
        f"{UPLOAD}?ticket=7",
        "files.completeUploadExternal",
    ]
    assert [asked.has_token for asked in api.asked] == [True, False, True]


def test_a_long_description_is_cut_to_what_slack_takes(api: Api, messenger: SlackMessenger) -> None:
    ready_to_upload(api)
    messenger.upload("D1", replace(PICTURE, alt_text="🙂" * 900, comment="x" * 5000), key="k")
    ticket, _, completing = (asked.arguments for asked in api.asked)
    assert len(ticket["alt_txt"].encode("utf-16-le")) // 2 <= 1000
    assert len(completing["initial_comment"]) == 4000


@pytest.mark.parametrize("step", UPLOAD_STEPS)
@pytest.mark.parametrize("kind", ["500", "lost reply", "silence"])
def test_only_the_last_step_of_an_upload_can_be_unclear(
    api: Api, messenger: SlackMessenger, step: str, kind: str
) -> None:
    ready_to_upload(api, without=step)
    answers = {"500": text("<h1>Oops</h1>", 500), "lost reply": hanging_up, "silence": sleeping(api)}
    api.answers[f"{UPLOAD}?ticket=7" if step == UPLOAD else step] = answers[kind]
    with pytest.raises(MessengerError) as raised:
        messenger.upload("U1", PICTURE, key="k")
    assert type(raised.value) is (Unclear if step == UPLOAD_STEPS[-1] else NotSent)


@pytest.mark.parametrize("step", UPLOAD_STEPS)
def test_a_limit_on_any_step_of_an_upload_pauses_uploads(
    api: Api, messenger: SlackMessenger, step: str
) -> None:
    ready_to_upload(api, without=step)
    api.answers[f"{UPLOAD}?ticket=7" if step == UPLOAD else step] = LIMITED
    with pytest.raises(RateLimited) as raised:
        messenger.upload("U1", PICTURE, key="k")
    assert raised.value.method is Method.UPLOAD
    assert raised.value.retry_after == (PATIENCE if step == UPLOAD else 7)


def test_bytes_that_are_refused_are_given_up(api: Api, messenger: SlackMessenger) -> None:
    ready_to_upload(api)
    api.answers[f"{UPLOAD}?ticket=7"] = text("too large", 413)
    with pytest.raises(Refused, match="HTTP 413"):
        messenger.upload("U1", PICTURE, key="k")


@pytest.mark.parametrize("step", [step for step in UPLOAD_STEPS if step != UPLOAD])
def test_a_picture_does_not_wait_for_a_permission_that_was_left_out(
    api: Api, messenger: SlackMessenger, step: str
) -> None:
    ready_to_upload(api, without=step)
    api.answers[step] = saying({"ok": False, "error": "missing_scope"})
    with pytest.raises(Refused, match="missing_scope"):
        messenger.upload("U1", PICTURE, key="k")
    api.answers[step] = saying({"ok": False, "error": "token_revoked"})
    with pytest.raises(NotSent):
        messenger.upload("U1", PICTURE, key="k")


LIMITED = saying({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "7"})
CALLS: dict[str, tuple[Method, Callable[[SlackMessenger], object]]] = {
    "chat.postMessage": (Method.POST, lambda messenger: messenger.post("C1", POST, key="k")),
    "chat.update": (Method.UPDATE, lambda messenger: messenger.update(ABOUT, POST)),
    "chat.delete": (Method.DELETE, lambda messenger: messenger.delete(ABOUT)),
    "chat.postEphemeral": (Method.EPHEMERAL, lambda messenger: messenger.ephemeral("C1", "U1", POST)),
    "conversations.info": (Method.LOOK_UP, lambda messenger: messenger.channel_facts("C1")),
    "users.info": (Method.LOOK_UP, lambda messenger: messenger.profile("U1")),
}


def failure(api: Api, messenger: SlackMessenger, method: str, answer: Answer) -> MessengerError:
    """Return how the call of that method ends."""
    api.answers[method] = answer
    with pytest.raises(MessengerError) as raised:
        CALLS[method][1](messenger)
    assert api.methods == [method], "a call is never repeated"
    return raised.value


@pytest.mark.parametrize("method", CALLS)
def test_a_limit_names_its_method_and_how_long(api: Api, messenger: SlackMessenger, method: str) -> None:
    limited = failure(api, messenger, method, LIMITED)
    assert isinstance(limited, RateLimited)
    assert (limited.method, limited.retry_after) == (CALLS[method][0], 7)


@pytest.mark.parametrize(
    ("method", "seconds", "in_channel_alone"),
    [
        ("chat.postMessage", "1", True),
        ("chat.postMessage", "3", True),
        ("chat.postMessage", "4", False),
        ("chat.postMessage", "", False),
        ("chat.update", "1", False),
        ("chat.postEphemeral", "1", False),
        ("conversations.info", "1", False),
    ],
)
def test_a_short_limit_on_posts_is_the_channels_own(
    api: Api, messenger: SlackMessenger, method: str, seconds: str, *, in_channel_alone: bool
) -> None:
    answer = saying({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": seconds})
    limited = failure(api, messenger, method, answer)
    assert isinstance(limited, RateLimited)
    assert limited.in_channel_alone is in_channel_alone


def test_a_limit_that_names_no_time_has_one(api: Api, messenger: SlackMessenger) -> None:
    limited = failure(api, messenger, "chat.update", saying({"ok": False, "error": "ratelimited"}, 200))
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == PATIENCE


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize("kind", ["500", "503", "half done", "lost reply", "silence", "not Slack", "no word"])
def test_what_may_have_happened_is_unclear(
    api: Api, messenger: SlackMessenger, method: str, kind: str
) -> None:
    answers = {
        "500": text("<h1>Oops</h1>", 500),
        "503": saying({"ok": False, "error": "service_unavailable"}, 503),
        "half done": saying({"ok": False, "error": "internal_error"}),
        "lost reply": hanging_up,
        "silence": sleeping(api),
        "not Slack": text("<h1>Please log in to our network</h1>", 200),
        "no word": saying({"ok": False}),
    }
    assert isinstance(failure(api, messenger, method, answers[kind]), Unclear)


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "missing_scope", "service_unavailable"])
def test_what_somebody_can_put_right_waits_for_it(api: Api, messenger: SlackMessenger, code: str) -> None:
    failed = failure(api, messenger, "chat.postMessage", saying({"ok": False, "error": code}))
    assert isinstance(failed, NotSent)
    assert str(failed) == code


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("not_in_channel", Refusal.NOT_IN_CHANNEL),
        ("channel_not_found", Refusal.CHANNEL_NOT_FOUND),
        ("is_archived", Refusal.ARCHIVED),
        ("msg_too_long", None),
    ],
)
def test_a_refusal_says_whether_the_channel_is_the_reason(
    api: Api, messenger: SlackMessenger, code: str, refusal: Refusal | None
) -> None:
    refused = failure(api, messenger, "chat.postMessage", saying({"ok": False, "error": code}))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.refusal) == (code, refusal)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"is_member": True, "is_ext_shared": True}, Refusal.EXTERNAL),
        ({"is_member": True, "is_pending_ext_shared": True}, Refusal.PENDING_EXTERNAL),
        ({"is_member": True, "is_archived": True}, Refusal.ARCHIVED),
        ({"is_member": False}, Refusal.NOT_IN_CHANNEL),
        ({}, Refusal.NOT_IN_CHANNEL),
        ({"is_member": False, "is_ext_shared": True}, Refusal.EXTERNAL),
    ],
)
def test_a_channel_that_is_no_place_for_secrets_is_told_from_its_facts(
    api: Api, messenger: SlackMessenger, facts: dict[str, bool], refusal: Refusal
) -> None:
    api.answers["conversations.info"] = saying({"ok": True, "channel": {"id": "C1", **facts}})
    assert messenger.channel_facts("C1") == ChannelFacts(refusal)
    assert api.methods == ["conversations.info"]


def test_a_channels_members_are_read_to_the_last_page(api: Api, messenger: SlackMessenger) -> None:
    api.answers["conversations.info"] = saying({"ok": True, "channel": {"id": "C1", "is_member": True}})
    pages = [
        saying({"ok": True, "members": ["U1", "U2"], "response_metadata": {"next_cursor": "next"}}),
        saying({"ok": True, "members": ["U3"], "response_metadata": {"next_cursor": ""}}),
    ]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        pages.pop(0)(handler)

    api.answers["conversations.members"] = answer
    assert messenger.channel_facts("C1") == ChannelFacts(None, frozenset({"U1", "U2", "U3"}))
    assert [asked.arguments.get("cursor") for asked in api.asked[1:]] == [None, "next"]


def test_a_person_is_told_from_a_channel_by_the_id(messenger: SlackMessenger) -> None:
    assert [messenger.is_direct(id_) for id_ in ("U1", "W1", "D1", "C1", "G1")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_person_is_read_as_slack_describes_them(api: Api, messenger: SlackMessenger) -> None:
    user = {
        "id": "U1",
        "team_id": "T1",
        "name": "dana",
        "tz": "Europe/Berlin",
        "is_ultra_restricted": True,
        "is_owner": True,
        "profile": {"display_name": "", "real_name": "Dana Ortiz"},
    }
    api.answers["users.info"] = saying({"ok": True, "user": user})
    assert messenger.profile("U1") == Profile(
        "U1", "T1", "Dana Ortiz", "Europe/Berlin", is_guest=True, is_workspace_admin=True
    )

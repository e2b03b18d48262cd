"""Files: announced, sent and shared with Slack's own client, and seen by those who can read the message."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from bot.demo.state.files import File
from bot.demo.state.snapshot import restore, save
from bot.demo.values import Message
from tests.browser.fakes import open_with_page
from tests.conftest import SetClock
from tests.demo.company import ACME, DANA, LUNCH, MANIFEST, SAM, FakeBot, open_company
from tests.demo.running import RunningDemo, running
from tests.demo.test_web_api import refused

DIRECT = "D01DANA"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4)
SCOPES = ["chat:write", "channels:read", "files:write", "im:write", "im:history", "users:read"]
WITH_FILES: dict[str, object] = {
    **MANIFEST,
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
}


@pytest.fixture
def slack(bot: FakeBot, clock: SetClock) -> Iterator[RunningDemo]:
    """Serve a workspace whose app may write files."""
    with running(lambda url: open_company(bot, clock, base_url=url, manifest=WITH_FILES)) as served:
        yield served


def announce(client: WebClient, content: bytes = PNG, **rest: Any) -> tuple[str, str]:  # noqa: ANN401 - arguments.
    asked = {"filename": "matrix.png", "length": len(content), **rest}
    answer = client.files_getUploadURLExternal(**asked)
    return answer["upload_url"], answer["file_id"]


def send(address: str, content: bytes = PNG) -> tuple[int, str]:
    answer = httpx.post(address, content=content, headers={"Content-Type": "application/octet-stream"})
    return answer.status_code, answer.text


def upload(served: RunningDemo, place: str | None = DIRECT, **rest: Any) -> str:  # noqa: ANN401 - arguments.
    client = served.client()
    address, file_id = announce(client, **rest)
    assert send(address) == (200, f"OK - {len(PNG)}")
    answer = client.files_completeUploadExternal(
        files=[{"id": file_id, "title": "The matrix"}], channel_id=place, initial_comment="*Look*"
    )
    assert answer.data == {"ok": True, "files": [{"id": file_id, "title": "The matrix"}]}, "no ts"
    served.do(served.demo.files.settled())
    return file_id


def newest(served: RunningDemo, who: str = DANA, where: str = DIRECT) -> Message | None:
    said = served.demo.workspace.timeline(where, who)
    return said[-1] if said else None


def test_a_file_is_seen_only_once_all_is_done_and_the_bot_hears_of_it(
    slack: RunningDemo, bot: FakeBot
) -> None:
    client = slack.client()
    address, file_id = announce(client, alt_txt="Nine risks")
    assert newest(slack) is None
    send(address)
    assert newest(slack) is None
    opened = client.conversations_open(users=DANA)
    assert opened["channel"]["id"] == DIRECT
    client.files_completeUploadExternal(
        files=[{"id": file_id, "title": "The matrix"}], channel_id=DIRECT, initial_comment="*Look*"
    )
    slack.do(slack.demo.files.settled())
    message = newest(slack)
    assert message is not None
    assert (message.text, message.file_ids, message.user_id) == ("*Look*", [file_id], "U01DRUMBEAT")
    file = slack.demo.workspace.file_seen_by(DANA, file_id)
    assert file is not None
    assert (file.title, file.alt_text, file.content, file.pixels) == (
        "The matrix",
        "Nine risks",
        PNG,
        (640, 480),
    )
    slack.do(slack.demo.events.settled())
    event = httpx.Response(200, content=bot.requests[-1].content).json()["event"]
    assert (event["subtype"], event["text"], event["bot_id"]) == ("file_share", "*Look*", "B01DRUMBEAT")
    assert (
        event["files"][0].items() >= {"id": file_id, "mimetype": "image/png", "alt_txt": "Nine risks"}.items()
    )
    assert not any("url" in name for name in event["files"][0]), "that would need files:read"


def test_without_a_place_nobody_sees_it(slack: RunningDemo) -> None:
    file_id = upload(slack, None)
    assert slack.demo.workspace.file_seen_by(DANA, file_id) is None


def test_only_who_can_read_the_message_sees_the_file_and_not_once_it_is_deleted(slack: RunningDemo) -> None:
    file_id = upload(slack)
    workspace = slack.demo.workspace
    assert workspace.file_seen_by(SAM, file_id) is None
    message = newest(slack)
    assert message is not None
    slack.client().chat_delete(channel=DIRECT, ts=message.ts)
    assert workspace.file_seen_by(DANA, file_id) is None


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"filename": "", "length": 3}, "invalid_arguments"),
        ({"filename": "a.png", "length": 0}, "missing_argument"),
        ({"filename": "a.png", "length": 1_000_000_001}, "file_upload_size_restricted"),
        ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.png", "length": 3, "snippet_type": "text"}, "invalid_arguments"),
    ],
)
def test_what_is_refused_before_any_byte(slack: RunningDemo, asked: dict[str, Any], error: str) -> None:
    assert refused(slack.client().files_getUploadURLExternal, **asked) == error


def test_bytes_are_taken_again_but_only_as_many_as_were_announced(slack: RunningDemo) -> None:
    address, file_id = announce(slack.client())
    assert send(address, PNG[:-1])[0] == 400
    assert send(f"{slack.address}/upload/guessed")[0] == 400
    complete = slack.client().files_completeUploadExternal
    assert refused(complete, files=[{"id": file_id}], channel_id=DIRECT) == "file_not_found"
    assert send(address) == send(address) == (200, f"OK - {len(PNG)}")
    complete(files=[{"id": file_id}], channel_id=DIRECT)
    assert send(address)[0] == 400
    assert refused(complete, files=[{"id": file_id}], channel_id=DIRECT) == "file_not_found"


@pytest.mark.parametrize(
    ("place", "error"),
    [(DANA, "invalid_arguments"), (LUNCH, "channel_not_found"), ("C09NOWHERE", "channel_not_found")],
    ids=["a person", "a channel without the bot", "nowhere"],
)
def test_where_files_cannot_go(slack: RunningDemo, place: str, error: str) -> None:
    address, file_id = announce(slack.client())
    send(address)
    complete = slack.client().files_completeUploadExternal
    assert refused(complete, files=[{"id": file_id}], channel_id=place) == error
    assert refused(complete, files=[], channel_id=ACME) == "invalid_arguments"
    assert slack.client().files_completeUploadExternal(files=[{"id": file_id}], channel_id=ACME)["ok"]


def test_each_step_wants_its_scope(served: RunningDemo) -> None:
    client = served.client()
    assert refused(client.files_getUploadURLExternal, filename="a.png", length=3) == "missing_scope"
    assert refused(client.files_completeUploadExternal, files=[{"id": "F1"}]) == "missing_scope"
    assert refused(client.conversations_open, users=DANA) == "missing_scope"


def test_whose_direct_message_can_be_opened(slack: RunningDemo) -> None:
    open_one = slack.client().conversations_open
    assert open_one(users=DANA).data == {
        "ok": True,
        "no_op": True,
        "already_open": True,
        "channel": {"id": DIRECT},
    }
    assert refused(open_one, users="U09NOBODY") == "user_not_found"
    assert refused(open_one, users="U01DRUMBEAT") == "cannot_dm_bot"
    assert refused(open_one, users=f"{DANA},{SAM}") == "missing_scope"
    assert refused(open_one, users="") == "users_list_not_supplied"


def test_a_later_run_has_the_files(slack: RunningDemo, clock: SetClock, tmp_path: Path) -> None:
    file_id = upload(slack)
    path = tmp_path / "workspace.json"
    save(slack.demo.workspace, path)
    later = open_company(FakeBot(), clock).workspace
    assert restore(later, path)
    assert later.file_seen_by(DANA, file_id) == slack.demo.workspace.file_seen_by(DANA, file_id)


@pytest.mark.parametrize(
    ("name", "shown"), [("a.png", "inline"), ("a.svg", "attachment"), ("a.html", "attachment")]
)
def test_the_page_shows_pictures_and_only_hands_over_all_else(clock: SetClock, name: str, shown: str) -> None:
    file = File(id="F1", name=name, title="T", alt_text="", user_id=SAM, created=1, content=b"<b>")
    with running(lambda url: open_with_page(FakeBot(), clock, url)) as served:
        served.demo.workspace.files.share(file)
        served.demo.workspace.post_files(DIRECT, "U01DRUMBEAT", "", ["F1"])
        address = f"{served.address}/files/{DANA}/F1"
        answer, saved = httpx.get(address), httpx.get(f"{address}?download")
        assert httpx.get(f"{served.address}/files/{SAM}/F1").status_code == 404
    assert answer.content == saved.content == b"<b>"
    assert answer.headers["content-disposition"] == f"{shown}; filename*=UTF-8''{name}"
    assert saved.headers["content-disposition"].startswith("attachment")
    kind = "image/png" if shown == "inline" else "application/octet-stream"
    assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == (kind, "nosniff")

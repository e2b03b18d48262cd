"""The directory: what the handlers learn of people and channels."""

import pytest

from bot.slack.client import SlackClient
from bot.slack.directory import SlackDirectory
from handlers.kit import Channel, DirectoryDown, NobodyThere
from tests.bot.slack.server import Answer, Api, hanging_up, saying, sleeping, text


@pytest.fixture
def directory(client: SlackClient) -> SlackDirectory:
    """Return a directory over the test's API."""
    return SlackDirectory(client)


@pytest.mark.parametrize(
    ("facts", "channel"),
    [
        ({"name": "acme", "is_member": True}, Channel("C1", "acme", has_bot=True)),
        ({"name": "acme", "is_ext_shared": True}, Channel("C1", "acme", is_shared=True)),
        ({"name": "acme", "is_pending_ext_shared": True}, Channel("C1", "acme", is_shared=True)),
        ({"is_im": True}, Channel("C1", "", is_direct=True, has_bot=True)),
    ],
)
def test_a_channel_is_told_from_its_facts(
    api: Api, directory: SlackDirectory, facts: dict[str, object], channel: Channel
) -> None:
    api.answers["conversations.info"] = saying({"ok": True, "channel": {"id": "C1", **facts}})
    assert directory.channel("C1") == channel


def test_a_channel_that_the_bot_cannot_see_has_no_name(api: Api, directory: SlackDirectory) -> None:
    api.answers["conversations.info"] = saying({"ok": False, "error": "channel_not_found"})
    assert directory.channel("C1") == Channel("C1", "")


@pytest.mark.parametrize("kind", ["limited", "broken", "lost", "silent"])
def test_a_slack_that_does_not_answer_is_a_directory_that_is_down(
    api: Api, directory: SlackDirectory, kind: str
) -> None:
    answers: dict[str, Answer] = {
        "limited": saying({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"}),
        "broken": text("Oops", 502),
        "lost": hanging_up,
        "silent": sleeping(api),
    }
    api.answers["conversations.info"] = api.answers["users.info"] = answers[kind]
    with pytest.raises(DirectoryDown):
        directory.channel("C1")
    with pytest.raises(DirectoryDown):
        directory.profile("U1")


@pytest.mark.parametrize("code", ["user_not_found", "user_not_visible"])
def test_somebody_whom_slack_does_not_know_is_nobody(api: Api, directory: SlackDirectory, code: str) -> None:
    api.answers["users.info"] = saying({"ok": False, "error": code})
    with pytest.raises(NobodyThere):
        directory.profile("U1")

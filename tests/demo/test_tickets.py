"""Trigger ids and response urls run out."""

from datetime import timedelta

import pytest

from bot.demo.errors import Code, SlackError
from bot.demo.outward.tickets import ResponseUrls, Triggers
from tests.conftest import SetClock


@pytest.fixture
def triggers(clock: SetClock) -> Triggers:
    return Triggers(lambda: clock().timestamp())


@pytest.fixture
def urls(clock: SetClock) -> ResponseUrls:
    return ResponseUrls(lambda: clock().timestamp(), "http://slack.invalid/")


def code_of(triggers: Triggers, trigger_id: str) -> Code:
    with pytest.raises(SlackError) as caught:
        triggers.exchange(trigger_id)
    return caught.value.code


def test_a_trigger_opens_for_whom_it_was_made(triggers: Triggers, clock: SetClock) -> None:
    trigger_id = triggers.issue("U01SAM")
    clock.forward(timedelta(seconds=3))
    assert triggers.exchange(trigger_id) == "U01SAM"


def test_a_trigger_works_once(triggers: Triggers) -> None:
    trigger_id = triggers.issue("U01SAM")
    triggers.exchange(trigger_id)
    assert code_of(triggers, trigger_id) == "exchanged_trigger_id"


def test_a_trigger_lives_three_seconds(triggers: Triggers, clock: SetClock) -> None:
    trigger_id = triggers.issue("U01SAM")
    clock.forward(timedelta(seconds=3.001))
    assert code_of(triggers, trigger_id) == "expired_trigger_id"


def test_a_trigger_nobody_made_is_invalid(triggers: Triggers) -> None:
    assert code_of(triggers, "1.2.abc") == "invalid_trigger_id"


def use(urls: ResponseUrls, url: str) -> str:
    try:
        urls.use(url.rpartition("/")[2])
    except SlackError as error:
        return str(error.code)
    return "ok"


def test_a_response_url_works_five_times(urls: ResponseUrls) -> None:
    url = urls.issue("C01ACME", "U01SAM")
    assert url.startswith("http://slack.invalid/response/")
    assert [use(urls, url) for _ in range(6)] == ["ok"] * 5 + ["used_url"]


def test_a_response_url_lives_half_an_hour(urls: ResponseUrls, clock: SetClock) -> None:
    url = urls.issue("C01ACME", "U01SAM")
    clock.forward(timedelta(minutes=30))
    assert use(urls, url) == "ok"
    clock.forward(timedelta(seconds=1))
    assert use(urls, url) == "expired_url"

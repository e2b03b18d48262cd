"""Whether Slack answers: asked now and then, borne for a moment where it fails, and told until it is over."""

from slack_sdk import WebClient

from bot.contact import AGAIN_AFTER, BORNE_FOR, GOOD_FOR, Contact
from bot.installation import UNREACHABLE, Installation
from tests.bot.slack_side import AUTH_TEST, TOKEN, web_api
from tests.bot.test_health import Seconds


class Line:
    """Slack's side, which says who we are unless something else is to be said."""

    says: str | None = None

    def __call__(self, _: dict[str, str]) -> dict[str, object]:
        return {"ok": False, "error": self.says} if self.says else dict(AUTH_TEST)


def asking(url: str, seconds: Seconds) -> Contact:
    client = WebClient(token=TOKEN, base_url=url, timeout=30, retry_handlers=[])
    return Contact(Installation(client, TOKEN), seconds, wait=30)


def test_slack_is_asked_once_a_minute_however_many_ask() -> None:
    seconds = Seconds()
    with web_api() as api:
        contact = asking(api.url, seconds)
        contact.refusal()
        for seconds.now in (1.0, GOOD_FOR - 1):
            assert [contact.refusal() for _ in range(5)] == [None] * 5
        assert len(api.calls) == 1
        seconds.now = GOOD_FOR
        contact.refusal()
        assert len(api.calls) == 2


def test_one_failure_is_borne_and_more_are_told_until_one_call_goes_well() -> None:
    seconds, line = Seconds(), Line()
    with web_api({"auth.test": line}) as api:
        contact = asking(api.url, seconds)
        assert contact.refusal() is None
        line.says, seconds.now = "token_revoked", GOOD_FOR
        assert contact.refusal() is None
        seconds.now = GOOD_FOR + BORNE_FOR
        assert contact.refusal() == "token_revoked"
        line.says = None
        assert contact.refusal() == "token_revoked", "it is asked no more often than that"
        seconds.now += AGAIN_AFTER
        assert contact.refusal() is None
        line.says, seconds.now = "token_revoked", seconds.now + GOOD_FOR
        assert contact.refusal() is None, "the former failure is forgotten"


def test_a_slack_that_goes_away_is_told_as_that() -> None:
    seconds = Seconds()
    with web_api() as api:
        contact = asking(api.url, seconds)
        assert contact.refusal() is None
    told = []
    for seconds.now in (GOOD_FOR, GOOD_FOR + BORNE_FOR):
        told.append(contact.refusal())
    assert told == [None, UNREACHABLE]


def test_nothing_is_borne_where_slack_never_confirmed_us() -> None:
    seconds, line = Seconds(), Line()
    line.says = "invalid_auth"
    with web_api({"auth.test": line}) as api:
        contact = asking(api.url, seconds)
        assert contact.refusal() == "invalid_auth"
        line.says = None
        assert contact.refusal() is None, "and it is asked each time"

"""Where what there is to say is said: what cannot be told breaks no answer, and modals never pile up."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from handlers.answers import OpenModal, UpdateModal
from handlers.edge.telling import open_modal, update_modal

FORM = {"type": "modal", "submit": {"type": "plain_text", "text": "Save"}}
NOTICE = {"type": "modal", "submit": None}
HOME = {"type": "home"}


class Notebook(WebClient):
    """Writes down what is asked of Slack instead of asking."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(token="xoxb-nobody")
        self.asked: list[str] = []

    def api_call(self, api_method: str, **_: object) -> SlackResponse:
        """Write a call down."""
        self.asked.append(api_method)
        return SlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data={}, headers={}, status_code=200
        )


def test_a_form_without_a_name_cannot_be_drawn_anew_and_breaks_nothing() -> None:
    update_modal(WebClient(token="xoxb-nobody"), {"view": {"id": ""}}, UpdateModal({"type": "modal"}))


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        (None, "views.open"),
        (HOME, "views.open"),
        (NOTICE | {"previous_view_id": None}, "views.push"),
        (FORM | {"previous_view_id": None}, "views.push"),
        (FORM | {"previous_view_id": "V1"}, "views.push"),
        (NOTICE | {"previous_view_id": "V1"}, "views.update"),
    ],
)
def test_what_only_says_something_on_top_of_another_modal_gives_its_place_to_the_next(
    where: dict[str, Any] | None, asked: str
) -> None:
    slack = Notebook()
    body = {"trigger_id": "1.2.x", "view": where and where | {"id": "V2", "hash": "1.a"}}
    assert open_modal(slack, body, OpenModal({"type": "modal"})) is None
    assert slack.asked == [asked]


class Refusing(Notebook):
    """Refuses whatever it is asked."""

    def api_call(self, api_method: str, **_: object) -> SlackResponse:
        """Refuse it as Slack does."""
        answer = super().api_call(api_method)
        answer.data = {"ok": False, "error": "expired_trigger_id"}
        msg = "refused"
        raise SlackApiError(msg, answer)  # type: ignore[no-untyped-call]


def test_the_log_has_slacks_own_word_for_why_a_form_could_not_be_opened(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert open_modal(Refusing(), {"trigger_id": "1.2.x"}, OpenModal({"type": "modal"})) is not None
    assert caplog.messages == ["a modal could not be opened: expired_trigger_id"]

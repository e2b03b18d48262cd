"""What cannot be told must not break the answer."""

from slack_sdk import WebClient

from handlers.answers import UpdateModal
from handlers.telling import update_modal


def test_a_form_without_a_name_cannot_be_drawn_anew_and_breaks_nothing() -> None:
    update_modal(WebClient(token="xoxb-nobody"), {"view": {"id": ""}}, UpdateModal({"type": "modal"}))

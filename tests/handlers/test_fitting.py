"""An answer keeps to what Slack takes in one message, however much there is to show."""

from datetime import date
from uuid import uuid4

from handlers.answers import Answer, again, as_message
from handlers.blocks import actions, button, context, section
from handlers.fitting import MESSAGE_BLOCKS, MESSAGE_TEXT, fitting
from handlers.ids import ActionId
from handlers.surveys.contact_views import contact_list
from models.read_models import ContactPage, ContactView
from tests.models.values import a_person, a_project
from tests.models.world import NOW

BUTTONS = actions([button("Add", ActionId.CONTACT_ADD, "acme")])


def test_what_fits_stays_as_it_is() -> None:
    blocks = (*[section("A risk")] * (MESSAGE_BLOCKS - 1), BUTTONS)
    assert fitting(blocks) == blocks
    assert fitting(()) == ()


def test_more_blocks_than_slack_takes_are_left_out_and_the_buttons_below_stay() -> None:
    shown = fitting((*[section("A risk")] * MESSAGE_BLOCKS, BUTTONS))
    assert len(shown) == MESSAGE_BLOCKS
    assert shown[-1] == BUTTONS
    assert shown[-2]["elements"][0]["text"] == "… and more than fits into one message."


def test_more_text_than_slack_takes_is_left_out_by_whole_blocks() -> None:
    long = [section("x" * (MESSAGE_TEXT // 4))] * 5
    shown = fitting((*long, BUTTONS))
    assert shown[:-2] == tuple(long[:3])
    assert shown[-1] == BUTTONS


def test_buttons_with_small_print_below_them_stay_as_well() -> None:
    ending = (BUTTONS, context("Only its leads see that."))
    shown = fitting((*[section("A risk")] * MESSAGE_BLOCKS, *ending))
    assert (len(shown), shown[-2:]) == (MESSAGE_BLOCKS, ending)


def test_an_answer_that_is_too_long_still_remembers_what_shows_it_once_more() -> None:
    blocks = (*[section("A risk")] * 60, BUTTONS)
    message = as_message(Answer("Risks", blocks, again=again(ActionId.CONTACT_LIST, "acme")))
    assert len(message["blocks"]) == MESSAGE_BLOCKS
    assert len({block["block_id"] for block in message["blocks"]}) == MESSAGE_BLOCKS


def test_a_client_with_as_many_contacts_as_are_kept_can_be_shown() -> None:
    project, dana = a_project(), a_person("Dana")
    of_client = (uuid4(), project.client.id, project.client.name)
    theirs = [ContactView(uuid4(), *of_client, 1, f"Robin {n}", dana, NOW, NOW) for n in range(50)]
    page = ContactPage(project, tuple(theirs), may_keep=True)
    blocks = contact_list(page, date(2026, 10, 14)).blocks
    assert len(blocks) <= MESSAGE_BLOCKS
    assert blocks[-2]["elements"][0]["text"] == "… and 5 more."

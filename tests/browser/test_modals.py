"""Modals: typing survives, errors stand beside their field, the keyboard does everything."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import BOT, DANA, SAM, Company, risk_form, text_field
from tests.demo.company import input_block, modal, option, plain, section

CAREFUL = {
    "type": "button",
    "action_id": "reject",
    "style": "danger",
    "text": plain("Not a risk"),
    "confirm": {
        "title": plain("Not a risk?"),
        "text": plain("Sam is told."),
        "confirm": plain("Off with it"),
        "deny": plain("Keep it"),
    },
}


def title_of(page: Page) -> Locator:
    return page.get_by_label("What might happen?")


def test_a_modal_opens_by_itself_with_the_focus_on_its_first_field(
    open_page: OpenPage, company: Company
) -> None:
    page = open_page()
    company.open_modal(risk_form())
    expect(page.get_by_role("dialog", name="Log a risk")).to_be_visible()
    expect(title_of(page)).to_be_focused()


def test_an_update_keeps_what_is_typed_with_focus_and_caret(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    view_id = company.open_modal(risk_form())
    page.get_by_label("Possible").first.check()
    title_of(page).fill("Certs expire")
    title_of(page).evaluate("field => field.setSelectionRange(2, 5)")
    company.update_modal(view_id, risk_form("*Score 12, high*"))
    expect(page.get_by_text("Score 12, high")).to_be_visible()
    expect(title_of(page)).to_have_value("Certs expire")
    expect(title_of(page)).to_be_focused()
    assert title_of(page).evaluate("field => [field.selectionStart, field.selectionEnd]") == [2, 5]
    expect(page.get_by_label("Possible").first).to_be_checked()


def test_a_field_with_another_block_id_starts_anew(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    view_id = company.open_modal(modal(text_field("one", "What might happen?")))
    title_of(page).fill("Certs")
    company.update_modal(view_id, modal(text_field("two", "What might happen?")))
    expect(title_of(page)).to_have_value("")
    expect(title_of(page)).to_be_focused()


def test_choosing_tells_the_bot_at_once_with_all_that_is_on_the_form(
    open_page: OpenPage, company: Company
) -> None:
    page = open_page()
    company.open_modal(risk_form())
    title_of(page).fill("Certs")
    with page.expect_response("**/click"):
        page.locator("[data-block=likely] select").select_option("likely")
    payload = company.bot.payload
    assert payload["actions"][0]["selected_option"]["value"] == "likely"
    assert payload["view"]["state"]["values"]["title"]["a"]["value"] == "Certs"


def test_every_kind_of_input_arrives(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    company.open_modal(risk_form())
    title_of(page).fill("Certs")
    page.locator("[data-block=likely] select").select_option("rare")
    page.locator("[data-block=bad]").get_by_label("Possible").check()
    page.locator("[data-block=seen]").get_by_label("Rare").check()
    page.locator("[data-block=seen]").get_by_label("Likely").check()
    page.locator("[data-block=due] input").fill("2026-11-02")
    page.get_by_label("Why?").fill("Two\nlines")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    state: dict[str, Any] = company.bot.payload["view"]["state"]["values"]
    assert state["title"]["a"]["value"] == "Certs"
    assert state["likely"]["a"]["selected_option"]["value"] == "rare"
    assert state["bad"]["a"]["selected_option"]["value"] == "possible"
    assert [chosen["value"] for chosen in state["seen"]["a"]["selected_options"]] == ["rare", "likely"]
    assert state["owner"]["a"]["selected_user"] == DANA
    assert state["due"]["a"]["selected_date"] == "2026-11-02"
    assert state["why"]["a"]["value"] == "Two\nlines"


def test_an_empty_required_field_is_named_without_asking_the_bot(
    open_page: OpenPage, company: Company
) -> None:
    page = open_page()
    company.open_modal(risk_form())
    page.get_by_label("Why?").fill("Because")
    page.get_by_role("button", name="Save").click()
    expect(title_of(page)).to_have_accessible_description("Please complete this required field.")
    expect(title_of(page)).to_be_focused()
    expect(page.get_by_label("Why?")).to_have_value("Because")
    assert company.bot.requests == []


def test_the_bots_errors_stand_beside_their_field_until_it_is_changed(
    open_page: OpenPage, company: Company
) -> None:
    company.bot.will_answer({"response_action": "errors", "errors": {"title": "There is one like it."}})
    page = open_page()
    company.open_modal(risk_form())
    title_of(page).fill("Certs")
    page.keyboard.press("Enter")
    expect(page.locator("[data-block=title]").get_by_role("alert")).to_have_text("There is one like it.")
    expect(title_of(page)).to_have_attribute("aria-invalid", "true")
    expect(title_of(page)).to_have_value("Certs")
    page.keyboard.type("!")
    expect(page.get_by_text("There is one like it.")).to_be_hidden()


def test_a_bot_that_fails_leaves_everything_typed(open_page: OpenPage, company: Company) -> None:
    company.bot.will_answer("", status=500)
    page = open_page()
    company.open_modal(risk_form())
    title_of(page).fill("Certs")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We had some trouble connecting. Try again?")).to_be_visible()
    expect(title_of(page)).to_have_value("Certs")


def test_submitting_shows_that_it_is_under_way(open_page: OpenPage, company: Company) -> None:
    company.bot.may_answer.clear()
    page = open_page()
    company.open_modal(risk_form())
    submitted: list[str] = []
    page.on("request", lambda request: submitted.append(request.url) if "/submit" in request.url else None)
    title_of(page).fill("Certs")
    page.keyboard.press("Enter")
    expect(page.locator("#views [type=submit]")).to_have_attribute("aria-busy", "true")
    page.keyboard.press("Enter")
    company.bot.may_answer.set()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(submitted) == len(company.bot.requests) == 1


def test_escape_closes_the_top_one_and_the_focus_goes_back(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    company.open_modal(risk_form())
    title_of(page).fill("Certs")
    company.open_modal(modal(text_field("more", "Why?"), title=plain("More")))
    top = page.get_by_role("dialog", name="More")
    expect(top.get_by_label("Why?")).to_be_focused()
    page.keyboard.press("Escape")
    expect(top).to_have_count(0)
    expect(title_of(page)).to_be_focused()
    expect(title_of(page)).to_have_value("Certs")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_placeholder("Message #acme")).to_be_focused()
    assert company.do(lambda workspace: workspace.views_of(SAM)) == []


def test_loading_the_page_anew_closes_what_is_open(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    company.open_modal(modal(text_field("why", "Why?"), notify_on_close=True))
    page.get_by_label("Why?").fill("Certs")
    company.open_modal(modal(text_field("more", "More?"), title=plain("More")))
    expect(page.get_by_role("dialog", name="More")).to_be_visible()
    with page.expect_response("**/fragments/*/views"):
        page.reload()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_placeholder("Message #acme")).to_be_focused()
    assert company.do(lambda workspace: workspace.views_of(SAM)) == []
    assert (company.bot.payload["type"], company.bot.payload["is_cleared"]) == ("view_closed", True)
    assert len(company.bot.requests) == 1


def test_tab_stays_inside_the_modal(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    company.open_modal(modal(text_field("more", "Why?")))
    expect(page.get_by_label("Why?")).to_be_focused()
    seen = []
    for _ in range(6):
        seen.append(page.evaluate("document.activeElement.textContent || document.activeElement.tagName"))
        page.keyboard.press("Tab")
    assert seen == ["INPUT", "Close", "Save", "✕", "INPUT", "Close"]


def test_a_button_may_ask_first(open_page: OpenPage, company: Company) -> None:
    buttons = {"type": "actions", "block_id": "buttons", "elements": [CAREFUL]}
    company.post("A risk", BOT, blocks=[buttons])
    page = open_page()
    page.get_by_role("button", name="Not a risk").click()
    question = page.get_by_role("alertdialog", name="Not a risk?")
    expect(question).to_contain_text("Sam is told.")
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    assert company.bot.requests == []
    page.get_by_role("button", name="Not a risk").click()
    with page.expect_response("**/click"):
        question.get_by_role("button", name="Off with it").click()
    assert company.bot.payload["actions"][0]["action_id"] == "reject"


def test_a_choice_in_a_message_tells_the_bot(open_page: OpenPage, company: Company) -> None:
    choices = {"type": "static_select", "action_id": "sort", "options": [option("score"), option("age")]}
    menu = {"type": "overflow", "action_id": "menu", "options": [option("edit"), option("close")]}
    blocks = [
        section(block_id="s", accessory=menu),
        {"type": "actions", "block_id": "b", "elements": [choices]},
    ]
    company.post("A list", BOT, blocks=blocks)
    page = open_page()
    with page.expect_response("**/click"):
        page.locator("[data-action=sort]").select_option("age")
    assert company.bot.payload["actions"][0]["selected_option"]["value"] == "age"
    page.get_by_role("button", name="More actions").click()
    with page.expect_response("**/click"):
        page.get_by_role("button", name="Edit").click()
    assert company.bot.payload["actions"][0]["selected_option"]["value"] == "edit"


@pytest.mark.parametrize("width", [1280, 800])
def test_a_menu_stays_on_the_window_wherever_it_is_opened(
    open_page: OpenPage, company: Company, width: int
) -> None:
    choices = [option(name) for name in ("edit", "close", "review", "escalate", "undo")]
    menu = {"type": "overflow", "action_id": "menu", "options": choices}
    for number in range(12):
        company.post(f"Message {number}", BOT, blocks=[section(f"Message {number}", accessory=menu)])
    page = open_page(width=width)
    for button in (
        page.get_by_role("button", name="More actions").last,
        page.get_by_role("button", name="More actions").nth(6),
    ):
        button.click()
        for name in ("Edit", "Undo"):
            expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
            page.get_by_role("button", name=name).click(trial=True)
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    company.open_modal(modal(section(accessory=menu)))
    page.get_by_role("dialog").get_by_role("button", name="More actions").click()
    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Undo").click(trial=True)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_typing_is_told_after_a_pause_where_the_bot_asked_for_it(
    open_page: OpenPage, company: Company
) -> None:
    element = {
        "type": "plain_text_input",
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    page = open_page()
    company.open_modal(modal(input_block(element, dispatch_action=True)))
    with page.expect_response("**/click"):
        page.get_by_label("Label").press_sequentially("Certs")
    assert company.bot.payload["actions"][0]["value"] == "Certs"
    assert len(company.bot.requests) == 1


def test_numbers_times_addresses_and_several_choices(open_page: OpenPage, company: Company) -> None:
    page = open_page(width=800)
    company.open_modal(
        modal(
            input_block({"type": "number_input", "is_decimal_allowed": False}, "hours", label=plain("Hours")),
            input_block({"type": "timepicker", "initial_time": "09:30"}, "time", label=plain("Time")),
            input_block({"type": "email_text_input"}, "mail", label=plain("Mail")),
            input_block({"type": "multi_users_select"}, "people", label=plain("People")),
            input_block({"type": "multi_static_select", "options": [option("a"), option("b")]}, "words"),
        )
    )
    page.get_by_label("Hours").fill("1.5")
    page.get_by_label("Mail").fill("dana")
    page.get_by_role("group", name="People").get_by_label("Dana Ortiz").check()
    page.get_by_role("group", name="People").get_by_label("Sam Reyes").check()
    page.get_by_role("group", name="Label").get_by_label("B").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error")).to_have_text(
        ["Please enter a whole number.", "Please enter a valid email address."]
    )
    assert company.bot.requests == []
    page.get_by_label("Hours").fill("2")
    page.get_by_label("Mail").fill("dana@acme.example")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    values = company.bot.payload["view"]["state"]["values"]
    assert values["hours"]["a"]["value"] == "2"
    assert values["time"]["a"]["selected_time"] == "09:30"
    assert set(values["people"]["a"]["selected_users"]) == {DANA, SAM}
    assert [each["value"] for each in values["words"]["a"]["selected_options"]] == ["b"]

"""Selects in which one types to find an option."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import Company, text_field
from tests.demo.company import input_block, modal, option, plain

SEARCH = {"type": "external_select", "min_query_length": 2, "placeholder": plain("Type a name")}


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Options").get_by_role("option")


@pytest.mark.parametrize("width", [1280, 800])
def test_what_the_bot_suggests_is_chosen_by_keyboard_and_sent(
    open_page: OpenPage, company: Company, width: int
) -> None:
    page = open_page(width=width)
    view_id = company.open_modal(modal(input_block(SEARCH, "project"), text_field("title", "What?")))
    field = page.get_by_role("combobox", name="Label")
    field.press_sequentially("n")
    expect(page.get_by_text("Type at least 2 letters")).to_be_visible()
    company.bot.will_answer(
        {"option_groups": [{"label": plain("Yours"), "options": [option("north"), option("nook")]}]}
    )
    page.keyboard.type("o")
    expect(offered(page)).to_have_text(["North", "Nook"])
    assert company.bot.payload["value"] == "no"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Nook")
    page.get_by_label("What?").fill("It slips")
    company.update_modal(view_id, modal(text_field("title", "What?"), input_block(SEARCH, "project")))
    expect(page.locator("[data-block]").first).to_contain_text("What?")

    field.fill("zzz")
    company.bot.will_answer({"options": []})
    expect(page.get_by_text("No results")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(field).to_have_value("Nook")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    state = company.bot.payload["view"]["state"]["values"]
    assert state["project"]["a"]["selected_option"]["value"] == "nook"
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_long_selects_are_searched_where_they_are(open_page: OpenPage, company: Company) -> None:
    many = [option(f"shop {number}") for number in range(30)]
    select = {"type": "static_select", "options": many, "initial_option": many[3]}
    page = open_page()
    company.open_modal(modal(input_block(select, "shop", dispatch_action=True)))
    field = page.get_by_role("combobox", name="Label")
    expect(field).to_have_value("Shop 3")
    field.click()
    expect(offered(page)).to_have_count(30)
    page.keyboard.type("27")
    expect(offered(page)).to_have_text(["Shop 27"])
    with page.expect_response("**/click"):
        offered(page).click()
    assert company.bot.payload["actions"][0]["selected_option"]["value"] == "shop 27"
    expect(field).to_have_value("Shop 27")

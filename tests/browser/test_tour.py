"""The hints of a first visit: six, beside what they tell of, and gone for good once dismissed."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import SAM, Company


def card(page: Page) -> str:
    expect(page.locator("#tour")).to_be_visible()
    return page.locator("#tour").inner_text()


def test_a_newcomer_is_shown_around_by_the_keyboard(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    expect(page.locator("#tour"), "only at the front door").to_be_hidden()
    page.goto(company.address)
    expect(page).to_have_url(re.compile(rf"/client/{SAM}/C01ACME$"))
    assert "1 of 6" in card(page)
    for number in range(2, 7):
        page.keyboard.press("Enter")
        expect(page.locator("#tour")).to_contain_text(f"{number} of 6")
        expect(page.locator("[data-pointed]")).to_have_count(1)
        channels, hint = (page.locator(each).bounding_box() for each in ("#sidebar", "#tour"))
        assert channels is not None
        assert hint is not None
        if number in (2, 3):
            assert hint["x"] >= channels["x"] + channels["width"], "the list of channels can be read"
    page.get_by_role("button", name="Back").click()
    assert "5 of 6" in card(page)
    page.reload()
    assert "5 of 6" in card(page)
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#tour")).to_be_hidden()
    expect(page.get_by_placeholder("Message #acme")).to_be_focused()
    page.goto(company.address)
    expect(page.get_by_placeholder("Message #acme")).to_be_focused()
    expect(page.locator("#tour"), "once is enough").to_be_hidden()


def test_a_hint_is_in_nobodys_way_who_follows_it(open_page: OpenPage, company: Company) -> None:
    page = open_page(width=1280)
    page.goto(company.address)
    assert "1 of 6" in card(page)
    page.get_by_placeholder("Message #acme").click()
    assert "1 of 6" in card(page), "nothing is typed yet"
    page.keyboard.type("/")
    expect(page.locator("#tour")).to_be_hidden()
    expect(page.locator("[data-pointed]")).to_have_count(0)
    expect(page.get_by_placeholder("Message #acme")).to_be_focused()
    page.reload()
    assert "2 of 6" in card(page), "the next one waits for the next page"
    page.locator("[data-pointed]").click()
    expect(page.locator("#tour")).to_be_hidden()
    page.reload()
    assert "3 of 6" in card(page)


def test_the_help_shows_them_again_also_in_a_narrow_window(open_page: OpenPage) -> None:
    page = open_page(width=800)
    page.get_by_role("button", name="Help").click()
    page.get_by_role("button", name="Show the six hints").click()
    expect(page.get_by_role("dialog", name="Type a risk here")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Conversations")).to_have_attribute("data-pointed", "")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator("[data-pointed]")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 800

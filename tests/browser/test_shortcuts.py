"""The app's shortcuts in the page's menus, and addresses of messages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import ACME, BOREALIS, Company


def menu(page: Page, name: str) -> None:
    expect(page.get_by_role("menu", name=name)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 800])
def test_a_messages_menu_is_reached_by_keyboard(open_page: OpenPage, company: Company, width: int) -> None:
    message = company.post("The sandbox is down")
    page = open_page(width=width)
    last = page.locator("#timeline").get_by_role("article").last
    opener = last.get_by_role("button", name="Message actions")
    opener.focus()
    page.keyboard.press("Enter")
    menu(page, "Message actions")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(page.get_by_role("menu")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Keep this")).to_be_focused()
    with page.expect_response("**/shortcut"):
        page.keyboard.press("Enter")
    assert (company.bot.payload["type"], company.bot.payload["message_ts"]) == ("message_action", message.ts)
    expect(page.get_by_role("menu")).to_have_count(0)


def test_global_shortcuts_are_beside_the_composer_and_among_the_commands(
    open_page: OpenPage, company: Company
) -> None:
    page = open_page()
    page.get_by_role("button", name="Shortcuts").first.click()
    with page.expect_response("**/shortcut"):
        page.get_by_role("menuitem", name="New thing").click()
    assert company.bot.payload["callback_id"] == "new"
    composer = page.get_by_placeholder("Message #acme")
    composer.press_sequentially("/new")
    with page.expect_response("**/shortcut"):
        page.keyboard.press("Enter")
    assert [company.bot.payload["type"], len(company.bot.requests)] == ["shortcut", 2]
    expect(composer).to_have_value("")


def test_a_messages_address_leads_to_the_message_here(open_page: OpenPage, company: Company) -> None:
    message = company.post("Far up", conversation_id=BOREALIS)
    reply = company.post("And under it", conversation_id=BOREALIS, thread_ts=message.ts)
    for number in range(30):
        company.post(f"Line {number}", conversation_id=BOREALIS)
    archives = f"https://studio-north.slack.com/archives/{BOREALIS}"
    in_thread = f"?thread_ts={message.ts}&amp;cid={BOREALIS}"
    company.post(f"See <{archives}/p{message.ts.replace('.', '')}|that message>", conversation_id=ACME)
    company.post(f"See <{archives}/p{reply.ts.replace('.', '')}{in_thread}|that reply>", conversation_id=ACME)
    page = open_page()
    page.get_by_role("link", name="that message").click()
    expect(page.locator("#timeline").get_by_text("Far up")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("link", name="that reply").click()
    expect(page.get_by_role("complementary", name="Thread").get_by_text("And under it")).to_be_in_viewport()

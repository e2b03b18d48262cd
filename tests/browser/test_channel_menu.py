"""The channel's menu and a person's account: who is here, changed without a reload."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import SAM, Company

LUNCH = "C01LUNCH"


def opened_menu(page: Page) -> Locator:
    page.get_by_role("button", name="members and channel settings").click()
    return page.locator("#channel .menu-body")


def test_the_app_is_added_from_the_menu(open_page: OpenPage, company: Company) -> None:
    page = open_page(SAM, LUNCH)
    menu = opened_menu(page)
    menu.get_by_label("Add people or apps").select_option(label="Drumbeat (app)")
    menu.get_by_role("button", name="Add", exact=True).click()
    expect(menu.get_by_role("button", name="Remove Drumbeat")).to_be_visible()
    expect(page.locator("#timeline .message").last).to_contain_text("was added to #lunch by Sam Reyes.")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert company.do(lambda workspace: "U01DRUMBEAT" in workspace.conversation(LUNCH).member_ids)  # type: ignore[union-attr] # it is there


def test_the_app_is_invited_by_its_name(open_page: OpenPage) -> None:
    page = open_page(SAM, LUNCH)
    page.get_by_placeholder("Message #lunch").press_sequentially("/inv")
    page.keyboard.press("Enter")
    page.keyboard.type("@drum")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#timeline .message").last).to_contain_text("was added to #lunch by Sam Reyes.")


def test_an_archived_channel_can_be_read_and_opened_again(open_page: OpenPage, company: Company) -> None:
    parent = company.post("Shall we?")
    company.post("Yes", thread_ts=parent.ts)
    page = open_page()
    with page.expect_response("**/fragments/*/views"):
        opened_menu(page).get_by_role("button", name="Archive this channel").click()
    expect(page.get_by_text("an archived channel")).to_be_visible()
    page.get_by_role("button", name="1 reply").click()
    expect(page.get_by_role("complementary", name="Thread").get_by_role("article")).to_have_count(2)
    expect(page.get_by_placeholder("Reply…")).to_have_count(0)
    opened_menu(page).get_by_role("button", name="Un-archive this channel").click()
    expect(page.get_by_placeholder("Message #acme")).to_be_visible()


def test_an_account_is_changed_by_keyboard(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    page.get_by_text("You are: Sam Reyes").click()
    page.get_by_role("button", name="Sam Reyes's account").click()
    dialog = page.get_by_role("dialog", name="Sam Reyes's account")
    dialog.get_by_label("Time zone").fill("Mars/Base")
    page.keyboard.press("Enter")
    expect(page.get_by_text("There is no time zone Mars/Base.")).to_be_visible()
    dialog.get_by_label("Time zone").fill("Asia/Tokyo")
    dialog.get_by_label("Guest").check()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    sam = company.do(lambda workspace: workspace.person(SAM))
    assert sam
    assert (sam.tz, sam.is_guest) == ("Asia/Tokyo", True)

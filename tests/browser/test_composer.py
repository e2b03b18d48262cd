"""The composer: completing, sending, keeping."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import DANA, Company


def composer(page: Page) -> Locator:
    return page.get_by_placeholder("Message #acme")


def suggestions(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def last_text(page: Page) -> Locator:
    return page.locator("#timeline .message").last.locator(".text")


def test_commands_are_completed_by_keyboard_with_their_hints(open_page: OpenPage) -> None:
    page = open_page()
    composer(page).press_sequentially("/")
    expect(suggestions(page)).to_have_count(6)
    expect(suggestions(page).nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(suggestions(page).nth(1)).to_contain_text("Raise a risk")
    page.keyboard.press("Tab")
    expect(composer(page)).to_have_value("/risk ")
    expect(page.locator("#composer-usage")).to_contain_text("title")
    expect(suggestions(page)).to_have_count(0)


def test_enter_completes_and_then_runs_the_command(open_page: OpenPage, company: Company) -> None:
    company.bot.will_answer({"text": "Noted: *certs*"})
    page = open_page()
    composer(page).press_sequentially("/ri")
    page.keyboard.press("Enter")
    page.keyboard.type("Certs expire, ask @dan")
    page.keyboard.press("Enter")
    expect(composer(page)).to_have_value("/risk Certs expire, ask @dana ")
    page.keyboard.press("Enter")
    expect(last_text(page)).to_have_text("Noted: certs")
    assert company.bot.form["command"] == "/risk"
    assert company.bot.form["text"] == f"Certs expire, ask <@{DANA}|dana>"
    expect(composer(page)).to_have_value("")


def test_escape_leaves_the_suggestions_and_keeps_the_words(open_page: OpenPage) -> None:
    page = open_page()
    composer(page).press_sequentially("Ask @da")
    expect(suggestions(page).nth(0)).to_contain_text("Dana Ortiz")
    page.keyboard.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    expect(composer(page)).to_have_value("Ask @da")


def test_a_suggestion_can_be_clicked(open_page: OpenPage) -> None:
    page = open_page()
    composer(page).press_sequentially("See #bor")
    suggestions(page).get_by_text("#borealis").click()
    expect(composer(page)).to_have_value("See #borealis ")
    expect(composer(page)).to_be_focused()


def test_enter_sends_and_shift_enter_starts_a_line(open_page: OpenPage) -> None:
    page = open_page()
    composer(page).press_sequentially("One")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("for @dana & you")
    page.keyboard.press("Enter")
    expect(last_text(page)).to_have_text("One\nfor @Dana Ortiz & you", use_inner_text=True)
    expect(composer(page)).to_have_value("")


def test_a_command_nobody_knows_is_left_to_be_corrected(open_page: OpenPage) -> None:
    page = open_page()
    composer(page).fill("/rsik Certs expire")
    page.keyboard.press("Enter")
    expect(last_text(page)).to_contain_text("/rsik is not a valid command.")
    expect(composer(page)).to_have_value("/rsik Certs expire")


def test_an_unsent_message_outlives_a_look_elsewhere(open_page: OpenPage) -> None:
    page = open_page()
    composer(page).fill("Not yet")
    page.get_by_role("link", name="borealis").click()
    expect(page.get_by_placeholder("Message #borealis")).to_have_value("")
    page.get_by_role("link", name="acme", exact=True).click()
    expect(composer(page)).to_have_value("Not yet")


def test_a_command_the_bot_is_slow_with_is_seen_to_run(open_page: OpenPage, company: Company) -> None:
    company.bot.may_answer.clear()
    page = open_page()
    composer(page).fill("/plain words")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Running /plain…")).to_be_visible()
    company.bot.may_answer.set()
    expect(page.get_by_text("Running /plain…")).to_be_hidden()

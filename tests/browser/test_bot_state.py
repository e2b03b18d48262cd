"""How the bot does, and the button that starts it anew."""

from playwright.sync_api import expect

from bot.demo.state.bot_switch import Condition
from tests.browser.conftest import OpenPage
from tests.browser.fakes import Company


def test_the_page_says_how_the_bot_does_and_starts_it_anew(open_page: OpenPage, company: Company) -> None:
    switch, wishes = company.served.demo.switch, list[str]()
    switch.wish = lambda: wishes.append("restart")
    page = open_page()
    state = page.get_by_role("navigation", name="Conversations").locator("[data-bot]")
    expect(state).to_contain_text("Bot starting since 04:00")
    expect(state.get_by_role("button", name="Restart")).to_be_disabled()
    company.do(lambda _: switch.became(Condition.RUNNING))
    state.get_by_role("button", name="Restart").click()
    expect(state).to_contain_text("Bot restarting")
    assert wishes == ["restart"]
    writing = page.get_by_placeholder("Message #acme")
    writing.fill("/risk list")
    with page.expect_response("**/say"):
        writing.press("Enter")
        expect(page.get_by_text("Running /risk…")).to_be_visible()
        assert company.bot.requests == [], "it waits for the bot, instead of failing as in Slack"
        company.do(lambda _: switch.became(Condition.RUNNING))
    assert company.bot.form["text"] == "list"
    company.do(lambda _: switch.became(Condition.DOWN))
    expect(state.get_by_role("button", name="Start")).to_be_enabled()
    page.keyboard.press("Control+Backquote")
    expect(page.get_by_role("region", name="HTTP between Slack and the bot")).to_contain_text("Bot down")

"""The panel with what goes between Slack and the bot."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import ACME, Company
from tests.demo.company import TOKEN


def test_the_panel_opens_by_a_key_and_follows_what_happens(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    panel = page.get_by_role("region", name="HTTP between Slack and the bot")
    expect(panel).to_be_hidden()
    page.keyboard.press("Control+Backquote")
    expect(panel).to_contain_text("Nothing yet.")
    page.get_by_placeholder("Message #acme").fill("/risk Certs expire")
    page.keyboard.press("Enter")
    exchange = panel.locator(".exchange")
    expect(exchange).to_contain_text(["command /risk Certs expire"])
    expect(exchange).to_contain_text("Sam Reyes · #acme")

    exchange.locator("summary").click()
    expect(exchange).to_contain_text("X-Slack-Signature")
    expect(exchange).to_contain_text('"text": "Certs expire"')
    company.served.client().chat_postMessage(channel=ACME, text="Hello")
    expect(exchange).to_have_count(2)
    expect(exchange.last, "what is unfolded stays so").to_contain_text("X-Slack-Signature")

    panel.get_by_label("Show").select_option("Web API calls")
    expect(exchange).to_have_count(1)
    exchange.locator("summary").click()
    expect(exchange).to_contain_text("Bearer xoxb-•••")
    assert TOKEN not in page.content()


def test_the_panel_stays_open_until_it_is_closed(open_page: OpenPage, company: Company) -> None:
    page = open_page(width=800)
    company.served.client().chat_postMessage(channel=ACME, text="Hello")
    page.get_by_role("button", name="HTTP between Slack and the bot").click()
    panel = page.get_by_role("region", name="HTTP between Slack and the bot")
    page.reload()
    expect(panel.locator(".exchange")).to_have_count(1)
    expect(page.get_by_placeholder("Message #acme")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 800
    panel.get_by_role("button", name="Clear").click()
    expect(panel).to_contain_text("Nothing yet.")
    panel.get_by_role("button", name="Close the panel").click()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="HTTP between Slack and the bot")).to_be_focused()

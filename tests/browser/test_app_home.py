"""The app's tabs: its Home, its messages, and what there is to know about it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import DANA, SAM, Company, HesitantBot, open_with_page
from tests.conftest import SetClock
from tests.demo.company import button, section
from tests.demo.running import running
from tests.demo.test_app_home import HOME, view


@pytest.fixture
def company(clock: SetClock) -> Iterator[Company]:
    """Serve a workspace whose app has a Home."""
    bot = HesitantBot()
    with running(lambda base_url: open_with_page(bot, clock, base_url, HOME)) as served:
        yield Company(served, bot)


@pytest.mark.parametrize("width", [1280, 800])
def test_the_app_opens_at_its_home_which_follows(open_page: OpenPage, company: Company, width: int) -> None:
    page = open_page(width=width)
    if width == 800:
        page.get_by_role("button", name="Conversations").click()
    page.get_by_role("link", name="Drumbeat APP").click()
    home = page.locator("#app-home")
    expect(home).to_contain_text("has not published a Home for Sam Reyes yet")
    company.served.client().views_publish(user_id=DANA, view=view(section("For Dana")))
    company.served.client().views_publish(user_id=SAM, view=view(section("For Sam"), button("home_go")))
    expect(home).to_contain_text("For Sam")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    with page.expect_response("**/click"):
        home.get_by_role("button", name="Go").click()
    assert company.bot.payload["actions"][0]["action_id"] == "home_go"

    tabs = page.get_by_role("navigation", name="Drumbeat")
    tabs.get_by_role("link", name="Messages").click()
    expect(page).to_have_url(re.compile(r"/D01SAM\?tab=messages$"))
    expect(page.get_by_text("Sending messages to this app has been turned off.")).to_be_visible()
    tabs.get_by_role("link", name="About").click()
    expect(page.get_by_role("main")).to_contain_text("chat:write")

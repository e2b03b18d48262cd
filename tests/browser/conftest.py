"""A browser in front of the demo workspace; every test ends with no error in its console."""

import os
from collections.abc import Iterator
from typing import Protocol

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser import chromium
from tests.browser.fakes import ACME, SAM, Company, HesitantBot, open_with_page
from tests.conftest import SetClock
from tests.demo.running import running


class OpenPage(Protocol):
    """Opens the page as somebody."""

    def __call__(self, user_id: str = SAM, conversation_id: str = ACME, width: int = 1280) -> Page:
        """Return the page once it listens for changes."""


def _runs_in_ci() -> bool:
    """Tell whether a missing browser is a mistake of the machine and not the choice of a person."""
    return "CI" in os.environ  # noqa: TID251 - the settings are the bot's; this is about the machine.


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the chromium of this machine."""
    path = chromium.find()
    if path is None:
        reason = "There is no chromium on this machine, so nothing in tests/browser has been tested."
        if _runs_in_ci():
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = chromium.launch(playwright, path)
        yield launched
        launched.close()


@pytest.fixture
def company(clock: SetClock) -> Iterator[Company]:
    """Serve the demo workspace with its page and a bot that does what the test tells it."""
    bot = HesitantBot()
    with running(lambda base_url: open_with_page(bot, clock, base_url)) as served:
        yield Company(served, bot)
        bot.may_answer.set()


@pytest.fixture
def address(company: Company) -> str:
    """Return where the page is."""
    return company.address


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Return what opens pages; at the end none of them may have complained."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def opened(user_id: str = SAM, conversation_id: str = ACME, width: int = 1280) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        with page.expect_response("**/fragments/*/views"):
            page.goto(f"{address}/client/{user_id}/{conversation_id}")
        return page

    yield opened
    context.close()
    assert complaints == []

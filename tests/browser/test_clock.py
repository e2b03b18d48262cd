"""The workspace's clock: shown in the reader's zone, and sent forward by mouse and keyboard."""

import asyncio
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from models.services.outlook import Prospect
from tests.browser.conftest import OpenPage
from tests.browser.fakes import ACME, BOT, DANA, SAM, Company
from tests.conftest import SetClock

MORNING = datetime(2026, 10, 15, 15, tzinfo=UTC)
"""When the bot has something to say: ten in the morning where Sam is."""


class Speaker:
    """A bot that says something in the morning, once it may."""

    def __init__(self, company: Company, clock: SetClock) -> None:
        self._company, self._clock = company, clock
        self._has_said = False
        self.may_speak = asyncio.Event()

    async def __call__(self, _ahead: timedelta) -> Prospect:
        """Say what is due, and tell when there will be something."""
        demo = self._company.served.demo
        if demo.travels.clock() >= MORNING and not self._has_said:
            await self.may_speak.wait()
            self._has_said = True
            demo.workspace.post(ACME, BOT, "*Agenda* for today\nand more")
            direct = demo.workspace.direct_message(DANA)
            assert direct is not None
            demo.workspace.post(direct.id, BOT, "Only for Dana")
            self._clock.forward(timedelta(seconds=1))
        return Prospect() if self._has_said else Prospect(MORNING, MORNING)

    def allow(self) -> None:
        """Let it speak."""
        self._company.do(lambda _: self.may_speak.set())


def take_along(company: Company, clock: SetClock) -> Speaker:
    async def made() -> Speaker:
        speaker = Speaker(company, clock)
        company.served.demo.travels.bot = speaker
        return speaker

    return company.served.do(made())


def clock_of(page: Page) -> Locator:
    return page.locator(".clock-summary")


def test_it_goes_to_what_comes_next_and_tells_what_happened(
    open_page: OpenPage, company: Company, clock: SetClock
) -> None:
    speaker = take_along(company, clock)
    company.post("Before")
    page = open_page()
    expect(clock_of(page)).to_contain_text("Wed, Oct 14, 04:00 Chicago")
    clock_of(page).click()
    menu = page.locator(".clock-body")
    expect(menu).to_contain_text("04:00 in America/Chicago (UTC-05:00), Sam Reyes's time zone")
    expect(menu).not_to_contain_text("TIME TRAVELLED")
    menu.get_by_role("button", name="Next scheduled thing").click()
    expect(menu).to_contain_text("On the way to the next scheduled thing")
    expect(menu.get_by_role("button", name="Stop here")).to_be_focused()
    speaker.allow()
    expect(menu.get_by_role("button", name="Next scheduled thing")).to_be_focused()
    expect(clock_of(page)).to_contain_text("Thu, Oct 15, 10:00")
    expect(clock_of(page)).to_have_attribute(
        "aria-label", "Clock: Thursday, Oct 15, 2026, 10:00 in Chicago, time travelled"
    )
    expect(menu).to_contain_text("TIME TRAVELLED")
    expect(menu.locator(".clock-story li")).to_have_text(
        ["Thu, Oct 15, 10:00 to Dana Ortiz", "Thu, Oct 15, 10:00 to #acme Agenda for today"]
    )
    expect(page.locator("#timeline").get_by_role("separator")).to_have_text(["Yesterday", "Today"])
    menu.get_by_role("button", name="Next scheduled thing").press("Enter")
    expect(menu.get_by_role("alert")).to_contain_text("Nothing is scheduled")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(clock_of(page)).to_be_focused()


def test_a_date_and_a_time_are_meant_where_the_reader_is(
    open_page: OpenPage, company: Company, clock: SetClock
) -> None:
    take_along(company, clock).allow()
    page = open_page(user_id=SAM, width=800)
    clock_of(page).focus()
    page.keyboard.press("Enter")
    menu = page.locator(".clock-body")
    expect(menu).to_be_in_viewport(ratio=1)
    for way, shown in (("+1 day", "Thu, Oct 15, 04:00"), ("+1 week", "Thu, Oct 22, 04:00")):
        menu.get_by_role("button", name=way).click()
        clock.forward(timedelta(seconds=5))
        expect(clock_of(page)).to_contain_text(shown)
    expect(menu).to_contain_text("8 days ahead of this computer")
    moment, go = (
        menu.get_by_label("Go to a date and a time"),
        menu.get_by_role("button", name="Go", exact=True),
    )
    go.click()
    expect(menu.get_by_role("alert")).to_have_text("Choose a date and a time.")
    page.evaluate("import('/static/clock.js').then(({ refreshClock }) => refreshClock())")
    expect(menu.get_by_role("alert")).to_have_text("Choose a date and a time.")
    moment.fill("2026-10-01T09:00")
    go.click()
    expect(menu.get_by_role("alert")).to_contain_text("goes forward only")
    expect(moment).to_have_value("2026-10-01T09:00")
    # The clocks go back on the first of November there.
    moment.fill("2026-11-02T09:00")
    moment.press("Enter")
    expect(clock_of(page)).to_contain_text("Mon, Nov 2, 09:00")
    expect(menu).to_contain_text("UTC-06:00")
    assert company.served.demo.travels.clock() == datetime(2026, 11, 2, 15, tzinfo=UTC)
    expect(menu.locator("#clock-remark")).to_be_empty()
    moment.fill("2027-01-01T00:00")
    moment.press("Enter")
    expect(clock_of(page)).to_contain_text("Fri, Jan 1, 2027, 00:00")
    # They go forward on the fourteenth of March.
    moment.fill("2027-03-14T02:30")
    moment.press("Enter")
    expect(clock_of(page)).to_contain_text("Sun, Mar 14, 2027, 03:30")
    expect(menu.locator("#clock-remark")).to_have_text(
        "02:30 on Mar 14 does not exist in Chicago: the clocks go forward, so this is 03:30."
    )
    moment.fill("2027-11-07T01:30")
    moment.press("Enter")
    expect(clock_of(page)).to_contain_text("Sun, Nov 7, 2027, 01:30")
    expect(menu.locator("#clock-remark")).to_contain_text("01:30 on Nov 7 comes twice in Chicago")
    company.served.demo.travels.bot = None
    menu.get_by_role("button", name="+1 day").click()
    expect(menu.get_by_role("alert")).to_contain_text("The bot is down")
    assert page.evaluate("document.documentElement.scrollWidth") == 800

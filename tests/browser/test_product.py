"""The product as people meet it: the real bot and its database, in a real browser."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.demo.page.routes import routes
from tests.browser.conftest import OpenPage
from tests.browser.fakes import ACME, DANA, ROBIN, SAM, SHARED, YUKI
from tests.conftest import SetClock
from tests.databases import copy_of
from tests.scenarios.mornings import MorningOf
from tests.scenarios.studio import Studio, studio

COBALT = "C01COBALT"
TITLE = "Load test kit arrives late"


@pytest.fixture
def database(morning_of: MorningOf, request: pytest.FixtureRequest) -> Path:
    return Path(copy_of(morning_of("sqlite").database_url, request).removeprefix("sqlite:///"))


@pytest.fixture
def north(morning_of: MorningOf, database: Path, clock: SetClock) -> Iterator[Studio]:
    """Open Studio North with its bot and its page."""
    with studio(morning_of("sqlite"), f"sqlite:///{database}", clock, routes) as opened:
        yield opened


@pytest.fixture
def address(north: Studio) -> str:
    return north.served.address


def send(page: Page, line: str) -> None:
    """Type a line into the composer and send it."""
    page.locator("#composer-text").fill(line)
    page.get_by_role("button", name="Send").click()


def last_message(page: Page) -> Locator:
    return page.locator("#timeline").get_by_role("article").last


def posted(page: Page, text: str) -> Locator:
    """Return the newest message for all that says so."""
    articles = page.locator("#timeline").get_by_role("article")
    return articles.filter(has_not_text="Only visible to you").filter(has_text=text).last


def field(page: Page, block_id: str) -> Locator:
    return page.locator(f"[data-block={block_id}]").locator("input, select")


def choose(page: Page, block_id: str, choice: str) -> None:
    """Choose in a field that tells the bot at once, and wait for its answer."""
    with page.expect_response("**/click"):
        field(page, block_id).select_option(choice)


def verdict(page: Page) -> Locator:
    return page.get_by_role("dialog").locator("[data-block=verdict]")


def stored(database: Path, title: str) -> tuple[object, ...] | None:
    """Read a risk through a connection that is not the bot's."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found: tuple[object, ...] | None = connection.execute(
            "SELECT risks.number, status, probability, impact, due_on, people.name FROM risks"
            " LEFT JOIN people ON people.id = risks.owner_id WHERE title = ?",
            (title,),
        ).fetchone()
    return found


@pytest.mark.parametrize("width", [1280, 800])
def test_a_risk_from_the_form_is_in_the_channel_the_list_and_the_database(
    open_page: OpenPage, north: Studio, database: Path, width: int
) -> None:
    page = open_page(SAM, ACME, width)
    send(page, "/risk")
    page.get_by_label("What might happen?").fill(TITLE)
    choose(page, "probability", "4")
    choose(page, "impact", "3")
    expect(verdict(page)).to_have_text("4 × 3 = 12, High")
    expect(page.get_by_label("What might happen?")).to_have_value(TITLE)

    page.get_by_role("button", name="More", exact=True).click()
    field(page, "owner").select_option(DANA)
    page.get_by_label("Due").fill("2026-10-01")
    page.get_by_role("button", name="Log risk").click()
    due = page.locator("[data-block=due]")
    expect(due.get_by_role("alert")).to_contain_text("That day has passed.")
    expect(page.get_by_label("What might happen?")).to_have_value(TITLE)
    assert stored(database, TITLE) is None

    page.get_by_label("Due").fill("2026-10-30")
    page.get_by_role("button", name="Log risk").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    north.deliver()
    announced = posted(page, f"ACME-R5 {TITLE}")
    expect(announced).to_contain_text("High 12 (likely 4 × impact 3)")
    expect(announced).to_contain_text("Dana Ortiz owns it · raised by Sam Reyes · due 30 Oct")
    assert stored(database, TITLE) == (5, "open", 4, 3, "2026-10-30", "Dana Ortiz")

    send(page, "/risk list")
    expect(last_message(page)).to_contain_text("ACME: 5 open")
    expect(last_message(page)).to_contain_text(f"R5 High 12 (4×3) {TITLE} · Dana Ortiz")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_who_raised_a_risk_sees_what_becomes_of_it(
    open_page: OpenPage, north: Studio, database: Path
) -> None:
    sam = open_page(SAM, ACME)
    send(sam, f"/risk {TITLE}")
    expect(last_message(sam)).to_contain_text("Dana Ortiz will score it")
    north.deliver()
    assert stored(database, TITLE) == (5, "proposed", None, None, None, None)

    dana = open_page(DANA, north.place("dana", "drumbeat"))
    asked = posted(dana, TITLE)
    expect(asked.locator("[data-click]")).to_have_text(["Score", "Not a risk", "Details"])
    asked.get_by_role("button", name="Score").click()
    choose(dana, "probability", "5")
    choose(dana, "impact", "4")
    expect(verdict(dana)).to_have_text("5 × 4 = 20, Critical")
    field(dana, "owner").select_option(SAM)
    dana.get_by_role("button", name="Score").last.click()
    expect(dana.get_by_role("dialog")).to_have_count(0)
    north.deliver()

    expect(asked).to_contain_text("Critical 20")
    expect(asked.get_by_role("button", name="Score")).to_have_count(0)
    expect(posted(sam, f"ACME-R5 {TITLE}")).to_contain_text("Critical 20")
    sam.get_by_role("link", name="Drumbeat").click()
    expect(last_message(sam)).to_contain_text(
        "Dana Ortiz scored it: Critical 20 (almost certain 5 × impact 4)"
    )
    assert stored(database, TITLE) == (5, "open", 5, 4, None, "Sam Reyes")


@pytest.mark.parametrize(("who", "where"), [(ROBIN, SHARED), (YUKI, COBALT)], ids=["client", "guest"])
def test_people_from_outside_are_refused(
    open_page: OpenPage, north: Studio, database: Path, who: str, where: str
) -> None:
    page = open_page(who, where)
    refusals = page.get_by_role("article").filter(
        has_text="Sorry, Drumbeat is for this workspace's own team."
    )
    for count, line in enumerate(("/risk", f"/risk {TITLE}", "/risk list"), start=1):
        send(page, line)
        expect(refusals).to_have_count(count)
    expect(page.get_by_role("dialog")).to_have_count(0)
    north.deliver()
    assert not any(TITLE in text for text in north.sees("dana", "drumbeat"))
    assert stored(database, TITLE) is None


def test_a_risk_is_logged_by_keyboard_alone(open_page: OpenPage, north: Studio, database: Path) -> None:
    page = open_page(SAM, ACME)
    keys = page.keyboard
    keys.type("/risk")
    keys.press("Enter")
    expect(page.get_by_role("dialog", name="Log a risk")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#composer-text")).to_be_focused()

    keys.type("/risk")
    keys.press("Enter")
    expect(page.get_by_label("What might happen?")).to_be_focused()
    keys.type(TITLE)
    keys.press("Tab")
    with page.expect_response("**/click"):
        keys.type("4")
    keys.press("Tab")
    keys.type("3")
    expect(verdict(page)).to_have_text("4 × 3 = 12, High")
    keys.press("Tab")
    expect(page.get_by_label("Project")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_label("Why might it happen?")).to_be_visible()
    for _ in range(30):
        if page.evaluate("document.activeElement.innerText") == "Log risk":
            break
        keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    north.deliver()
    expect(posted(page, f"ACME-R5 {TITLE}")).to_be_visible()
    assert stored(database, TITLE) == (5, "proposed", 4, 3, None, None)
    expect(page.locator("#composer-text")).to_be_focused()

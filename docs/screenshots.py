"""Takes the README's pictures: opens the demo and does in it what the README says."""  # noqa: INP001 - a script.

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, FloatRect, Locator, Page, expect, sync_playwright

from bot.clock import utc_now
from tests.browser import chromium

IMAGES = Path(__file__).parent / "images"
WIDTH, HEIGHT = 1280, 800
MARGIN = 28
SETTLES = 300
"""Milliseconds that the page takes to draw what was pressed."""
PATIENCE = 60_000
"""Milliseconds, for a jump of the demo's clock takes a while."""
_ADDRESS = re.compile(r"http://\S+")


def main() -> None:
    """Take all pictures anew."""
    path = chromium.find()
    if path is None:
        sys.exit("The pictures want Chromium: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with demo() as address, sync_playwright() as playwright:
        browser = chromium.launch(playwright, path)
        photographer = Photographer(browser, address)
        photographer.channel()
        photographer.logged()
        photographer.form()
        photographer.register()
        photographer.scoring()
        photographer.new_project()
        photographer.home()
        photographer.weekly()
        photographer.flagged()
        photographer.matrix()
        photographer.mood_alert()
        photographer.project()
        photographer.rituals()
        photographer.satisfaction()
        photographer.retrospective()
        photographer.thursday()
        photographer.meeting()
        photographer.friday()
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo on a free port with a fresh story, and yield its address."""
    command = [sys.executable, "-m", "bot", "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"PORT": "0"}) as process:  # noqa: S603 - ours.
        try:
            yield next(found[0] for line in process.stdout or () if (found := _ADDRESS.search(line)))
        finally:
            process.terminate()


class Photographer:
    """Goes through the demo as its people, one picture after the other."""

    def __init__(self, browser: Browser, address: str) -> None:
        """Take the browser and where the demo is."""
        self._browser, self._address = browser, address

    def channel(self) -> None:
        """Show a risk in its channel, and the list."""
        page = self._open("SAM", "C01ACME")
        expect(messages(page).filter(has_text="ACME-R3")).to_be_visible()
        send(page, "/risk Acme has nobody to test the release p4 i3 @priya due fri")
        expect(messages(page).filter(has_text="ACME-R5").filter(has_text="raised by Sam")).to_be_visible()
        send(page, "/risk list")
        expect(messages(page).last).to_contain_text("5 open")
        save(page, "channel")

    def logged(self) -> None:
        """Show the answer to a title alone."""
        page = self._open("MINA", "C01ACME")
        send(page, "/risk Staging certs expire in March")
        answer = messages(page).last
        expect(answer).to_contain_text("Logged")
        save(page, "logged", top=answer, left=page.get_by_role("main"))

    def form(self) -> None:
        """Show the form with a score."""
        page = self._open("SAM", "C01BOREALIS")
        send(page, "/risk")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("What might happen?").fill("The harbour's map data comes late")
        for field, choice in (("probability", "4"), ("impact", "3")):
            with page.expect_response("**/click"):
                dialog.locator(f"[data-block={field}] select").select_option(choice)
        expect(dialog).to_contain_text("4 × 3 = 12, High")
        save(page, "modal", around=dialog)

    def register(self) -> None:
        """Show the list, and one risk in detail."""
        page = self._open("DANA", "C01ACME", height=1000)
        send(page, "/risk list")
        listed = messages(page).last
        expect(listed).to_contain_text("open")
        listed.locator("[data-block]").filter(has_text="Vendor API").get_by_role("button").click()
        shown = messages(page).filter(has_text="Because")
        expect(shown).to_be_visible()
        save(page, "list", top=messages(page).nth(-2), left=page.get_by_role("main"))

    def scoring(self) -> None:
        """Show what the project manager is asked."""
        page = self._open("DANA", "D01DANA", height=640)
        asked = messages(page).filter(has_text="Staging certs")
        expect(asked.get_by_role("button", name="Score")).to_be_visible()
        save(page, "score", top=asked, left=page.get_by_role("main"))

    def new_project(self) -> None:
        """Show how a channel becomes a project."""
        page = self._open("PRIYA", "C01NEWPROJECTTALK")
        send(page, "/risk Nobody knows the harbour's API")
        page.get_by_role("button", name="Make this channel a project").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Client").fill("Bergen Harbour")
        dialog.get_by_label("Short name").fill("HARBOUR")
        save(page, "make-project", around=dialog)

    def home(self) -> None:
        """Show what waits for a project manager, and how the projects are."""
        page = self._open("DANA", "D01DANA?tab=home", height=640)
        expect(page.locator("#app-home")).to_contain_text("Your projects")
        save(page, "home", top=page.get_by_role("navigation", name="Drumbeat"), left=page.get_by_role("main"))

    def weekly(self) -> None:
        """Show the status's form with last week's plan in it, and what the channel reads."""
        page = self._open("LEE", "C01BOREALIS", height=1000)
        send(page, "/weekly We start the season without the seat map")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("What isn't green, or doesn't apply?")
        save(page, "weekly", around=dialog)
        page = self._open("JO", "C01BOREALIS", height=720)
        send(page, "/weekly We start the season without the seat map")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Post update").click()
        expect(dialog).to_contain_text("Thank you")
        dialog.get_by_role("button", name="Close").last.click()
        posted = messages(page).filter(has_text="BOREALIS, week")
        expect(posted).to_be_visible()
        save(page, "weekly-posted", top=posted, left=page.get_by_role("main"))

    def flagged(self) -> None:
        """Show what is asked of a green week that looks otherwise inside."""
        page = self._open("INES", "C01COBALT")
        send(page, "/weekly Store review is through")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Post update").click()
        expect(dialog).to_contain_text("Green, but")
        save(page, "flagged", around=dialog)

    def matrix(self) -> None:
        """Show the matrix as it comes into the direct message."""
        page = self._open("DANA", "C01ACME")
        send(page, "/risk matrix")
        expect(messages(page).last).to_contain_text("The picture follows")
        page = self._open("DANA", "D01DANA", height=1000)
        picture = page.get_by_role("img", name="Risks by how likely").last
        expect(picture).to_be_visible()
        save(page, "matrix", around=picture)

    def mood_alert(self) -> None:
        """Show what those whom it concerns read when a client's mood slides."""
        page = self._open("ALEX", "C01ACME")
        send(page, "/mood 2 Asked twice who decides about single sign-on")
        expect(messages(page).last).to_contain_text("Logged")
        page = self._open("JO", "D01JO", height=720)
        alert = messages(page).filter(has_text="ACME: client mood 2").locator("[data-block]").first
        expect(alert).to_be_visible()
        save(page, "mood-alert", top=alert, left=page.get_by_role("main"))

    def project(self) -> None:
        """Show a project at a glance, and its milestones."""
        page = self._open("TOM", "C01BOREALIS", height=900)
        send(page, "/project")
        card = messages(page).filter(has_text="Borealis booking platform").last
        expect(card).to_contain_text("Success")
        send(page, "/project milestones")
        expect(messages(page).last).to_contain_text("agreed")
        save(page, "project", top=card, left=page.get_by_role("main"))

    def rituals(self) -> None:
        """Show what is switched on, and when it comes next."""
        page = self._open("JO", "C01DELIVERY", height=860)
        send(page, "/ritual")
        listed = messages(page).filter(has_text="rituals").last
        expect(listed).to_contain_text("Delivery – PM")
        save(page, "rituals", top=listed, left=page.get_by_role("main"))

    def satisfaction(self) -> None:
        """Ask a client, and show the question where the client reads it."""
        page = self._open("DANA", "C01ACME")
        send(page, "/csat ask")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("About").fill("Checkout")
        dialog.get_by_role("button", name="Preview").click()
        dialog.get_by_role("button", name="Send").click()
        expect(dialog.get_by_role("button", name="Send")).to_be_hidden()
        page.close()
        page = self._open("ROBIN", "C01ACMESHARED", height=640, team="02")
        asked = messages(page).filter(has_text="one question about Checkout")
        expect(asked).to_be_visible()
        save(page, "csat", top=asked, left=page.get_by_role("main"))

    def retrospective(self) -> None:
        """Show the form for cards, with some of them."""
        page = self._open("ALEX", "C01ACME")
        send(page, "/retro add")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("textbox").first.fill("Pair on releases\nShow designs earlier")
        save(page, "retro-cards", around=dialog)

    def thursday(self) -> None:
        """Go to the morning of the day on which statuses are due; one of them is in soon after."""
        page = self._open("LEE", "D01LEE", height=760)
        go_to(page, coming(3, "Asia/Seoul"))
        said = messages(page).last
        expect(said).to_contain_text(re.compile("updates? due today"))
        asked = said.locator("[data-block]").filter(has_text="DELTA").last
        asked.get_by_role("button", name="Update").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Headline").fill("Dark theme is done, on to the icons")
        dialog.get_by_role("button", name="Post update").click()
        expect(dialog).not_to_contain_text("Post update")
        page.keyboard.press("Escape")
        expect(said).to_contain_text("✓ DELTA is in")
        save(page, "morning", top=said, left=page.get_by_role("main"))

    def meeting(self) -> None:
        """Show a meeting's agenda as it was posted and kept, and what is asked after the meeting."""
        page = self._open("INES", "C01DELIVERY", height=1000)
        agenda = messages(page).filter(has_text="Leads:").last
        expect(agenda).to_contain_text("details in the thread")
        agenda.get_by_text("View thread").click()
        page.get_by_role("button", name="Write minutes").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("textbox").first.fill("We start the season with the old map")
        dialog.get_by_role("button", name="Add an action").first.click()
        expect(dialog).to_contain_text("Who does it?")
        dialog.get_by_role("textbox").nth(1).fill("Tell Nils Aas")
        save(page, "minutes", around=dialog)
        page = self._open("JO", "C01DELIVERY", height=1000)
        agenda = messages(page).filter(has_text="Leads:").last
        expect(agenda).to_contain_text("details in the thread")
        save(page, "agenda", top=agenda, left=page.get_by_role("main"))

    def friday(self) -> None:
        """Go on to the next morning, and show what a leader reads of the week."""
        page = self._open("KOFI", "D01KOFI", height=760)
        go_to(page, coming(4, "Africa/Accra"))
        said = messages(page).last
        expect(said).to_contain_text("How week")
        save(page, "digest", top=said, left=page.get_by_role("main"))

    def _open(self, who: str, where: str, *, height: int = HEIGHT, team: str = "01") -> Page:
        page = self._browser.new_page(viewport={"width": WIDTH, "height": height}, reduced_motion="reduce")
        with page.expect_response("**/fragments/*/views"):
            page.goto(f"{self._address}/client/U{team}{who}/{where}")
        # The form of an earlier picture may still be open.
        while page.get_by_role("dialog").count():
            page.keyboard.press("Escape")
            page.wait_for_timeout(SETTLES)
        return page


def coming(weekday: int, zone: str) -> datetime:
    """Return five past nine on the next such day in a place; Monday is 0."""
    now = utc_now().astimezone(ZoneInfo(zone))
    days = (weekday - now.weekday() - 1) % 7 + 1
    return datetime.combine(now.date() + timedelta(days=days), time(9, 5))


def go_to(page: Page, there: datetime) -> None:
    """Put the demo's clock forward to a time where the reader is."""
    clock = page.locator(".clock-summary")
    clock.click()
    moment = page.get_by_label("Go to a date and a time")
    moment.fill(there.isoformat(timespec="minutes"))
    moment.press("Enter")
    expect(clock).to_contain_text(f"{there:%b} {there.day},")
    expect(clock).to_contain_text(f"{there:%H:%M}")
    expect(page.get_by_role("button", name="Stop here")).to_be_hidden()
    page.keyboard.press("Escape")


def send(page: Page, line: str) -> None:
    """Type a line and send it."""
    page.locator("#composer-text").fill(line)
    page.get_by_role("button", name="Send").click()


def messages(page: Page) -> Locator:
    """Return what stands in the conversation, oldest first."""
    return page.locator("#timeline").get_by_role("article")


def save(
    page: Page,
    name: str,
    *,
    around: Locator | None = None,
    top: Locator | None = None,
    left: Locator | None = None,
) -> None:
    """Photograph the page, what is around a part of it, or what is below and right of two parts."""
    width, height = page.evaluate("[innerWidth, innerHeight]")
    area: FloatRect = {"x": 0, "y": 0, "width": width, "height": height}
    if around is not None:
        box = box_of(around)
        area = {
            "x": box["x"] - MARGIN,
            "y": max(0, box["y"] - MARGIN),
            "width": box["width"] + 2 * MARGIN,
            "height": min(height, box["height"] + 2 * MARGIN),
        }
    if top is not None and left is not None:
        x, y = box_of(left)["x"], box_of(top)["y"]
        area = {"x": x, "y": y, "width": width - x, "height": height - y}
    page.screenshot(path=IMAGES / f"{name}.png", clip=area, animations="disabled")
    page.close()


def box_of(part: Locator) -> FloatRect:
    """Return where a part is on the screen."""
    box = part.bounding_box()
    if box is None:
        msg = "what is to be photographed cannot be seen"
        raise ValueError(msg)
    return box


if __name__ == "__main__":
    main()

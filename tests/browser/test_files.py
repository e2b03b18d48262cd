"""Pictures in messages, in a real browser."""

import base64

from playwright.sync_api import expect

from bot.demo.state.files import File
from bot.demo.state.workspace import Workspace
from tests.browser.conftest import OpenPage
from tests.browser.fakes import BOT, DANA, Company

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def test_a_picture_shows_says_what_it_shows_and_can_be_saved(open_page: OpenPage, company: Company) -> None:
    def share(workspace: Workspace) -> None:
        file = File(
            id="F1",
            name="dot.png",
            title="A dot",
            alt_text="One dot, green",
            user_id=BOT,
            created=1,
            content=DOT,
        )
        workspace.files.share(file)
        workspace.post_files("D01DANA", BOT, "*Look*", ["F1"])

    page = open_page(DANA, "D01DANA", 800)
    company.do(share)
    picture = page.get_by_role("img", name="One dot, green")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 800
    with page.expect_download() as saving:
        page.get_by_role("link", name="Download A dot").click()
    assert saving.value.suggested_filename == "dot.png"

"""The page: who sees what, and what arrives by itself."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fakes import ACME, BOREALIS, BOT, DANA, ROBIN, SAM, YUKI, Company
from tests.demo.company import plain, section

HOSTILE = '<script>document.title="taken"</script>"><img src=x onerror="document.title=1">'


def last_message(page: Page) -> Locator:
    return page.locator("#timeline .message").last


@pytest.mark.parametrize("width", [1280, 800])
def test_the_page_fits_its_window(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width)
    expect(page.get_by_role("heading", name="acme")).to_be_visible()
    expect(page.get_by_placeholder("Message #acme")).to_be_focused()
    expect(last_message(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_narrow_page_has_its_conversations_in_a_drawer(open_page: OpenPage) -> None:
    page = open_page(width=800)
    sidebar = page.get_by_role("navigation", name="Conversations")
    expect(sidebar).to_be_hidden()
    page.get_by_role("button", name="Conversations").click()
    sidebar.get_by_role("link", name="borealis").click()
    expect(page.get_by_role("heading", name="borealis")).to_be_visible()
    page.get_by_role("button", name="Conversations").click()
    page.keyboard.press("Escape")
    expect(sidebar).to_be_hidden()


def test_the_first_address_leads_to_somebody(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    page.goto(company.address)
    expect(page).to_have_url(re.compile(rf"/client/{SAM}/{ACME}$"))


def test_a_person_sees_their_conversations_only(open_page: OpenPage) -> None:
    page = open_page(YUKI, ACME)
    expect(page).to_have_url(re.compile(f"/client/{YUKI}/C01COBALT$"))
    names = page.locator(".sections .entry-name")
    expect(names).to_have_text(["cobalt", "Drumbeat"])


def test_one_becomes_somebody_else_in_the_same_conversation(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_text("You are: Sam Reyes").click()
    page.get_by_role("link", name="Dana Ortiz Project manager").click()
    expect(page.get_by_text("You are: Dana Ortiz")).to_be_visible()
    expect(page).to_have_url(re.compile(f"/client/{DANA}/{ACME}$"))


def test_a_client_is_marked_as_from_another_company(open_page: OpenPage) -> None:
    page = open_page(SAM, "C01ACMESHARED")
    expect(page.get_by_text("Shared with another company", exact=True)).to_be_visible()
    expect(page.get_by_role("article", name="Robin Vale").get_by_text("Acme", exact=True)).to_be_visible()
    open_page(ROBIN, "C01ACMESHARED")


def test_times_are_those_of_whoever_reads(open_page: OpenPage, company: Company) -> None:
    company.post("Now")
    expect(last_message(open_page(SAM)).locator("time")).to_have_text("04:00")
    expect(last_message(open_page(DANA)).locator("time")).to_have_text("02:00")


def test_what_others_say_arrives_without_a_reload(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    page.get_by_placeholder("Message #acme").fill("half a sent")
    company.post("*Good* news")
    expect(last_message(page).locator("strong")).to_have_text("Good")
    expect(last_message(page)).to_be_in_viewport()
    expect(page.get_by_placeholder("Message #acme")).to_have_value("half a sent")
    expect(page.get_by_placeholder("Message #acme")).to_be_focused()


def test_a_growing_composer_hides_no_message(open_page: OpenPage, company: Company) -> None:
    for number in range(20):
        company.post(f"Line {number}")
    page = open_page()
    page.get_by_placeholder("Message #acme").fill("line\n" * 8)
    expect(last_message(page)).to_be_in_viewport(ratio=1)


def test_whoever_reads_the_past_stays_there(open_page: OpenPage, company: Company) -> None:
    for number in range(30):
        company.post(f"Line {number}")
    page = open_page()
    timeline = page.get_by_role("log", name="Messages in #acme")
    timeline.evaluate("log => log.scrollTop = 100")
    company.post("Something new")
    expect(last_message(page)).to_contain_text("Something new")
    assert timeline.evaluate("log => log.scrollTop") == 100


def test_whoever_writes_sees_their_line_and_the_answer(open_page: OpenPage, company: Company) -> None:
    for number in range(30):
        company.post(f"Line {number}")
    company.bot.will_answer({"text": "Answer\nby\nlines"})
    page = open_page()
    for line, seen in (("Here it is", "Here it is"), ("/risk Certs expire", "Answer")):
        page.get_by_role("log", name="Messages in #acme").evaluate("log => log.scrollTop = 100")
        page.get_by_placeholder("Message #acme").fill(line)
        page.keyboard.press("Enter")
        expect(last_message(page)).to_contain_text(seen)
        expect(last_message(page)).to_be_in_viewport(ratio=1)


def test_edits_and_deletions_arrive_too(open_page: OpenPage, company: Company) -> None:
    first, second = company.post("Typo"), company.post("Never mind")
    page = open_page()
    company.do(lambda workspace: workspace.edit(first, "Type", [], None))
    company.do(lambda workspace: workspace.delete(second))
    expect(last_message(page)).to_contain_text(re.compile(r"Type\s+\(edited\)"))


def test_a_message_for_one_person_says_so(open_page: OpenPage, company: Company) -> None:
    company.post("Psst", BOT, ephemeral_to=SAM)
    expect(last_message(open_page(SAM))).to_contain_text("Only visible to you")
    expect(last_message(open_page(DANA))).not_to_contain_text("Psst")


def test_unread_conversations_are_counted_until_they_are_opened(
    open_page: OpenPage, company: Company
) -> None:
    page = open_page()
    company.post("Hello?", conversation_id=BOREALIS)
    page.get_by_role("link", name="borealis 1 unread").click()
    expect(last_message(page)).to_contain_text("Hello?")
    expect(page.get_by_role("link", name="borealis")).to_have_text("borealis")


def test_replies_are_in_a_pane_of_their_own(open_page: OpenPage, company: Company) -> None:
    parent = company.post("Shall we?")
    company.post("Yes", thread_ts=parent.ts)
    company.post("Psst", user_id=BOT, ephemeral_to=SAM, thread_ts=parent.ts)
    page = open_page()
    page.get_by_role("button", name="1 reply").click()
    pane = page.get_by_role("complementary", name="Thread")
    expect(pane.get_by_role("article")).to_have_count(3)
    expect(pane.get_by_role("article").nth(1)).to_contain_text("Dana Ortiz")
    expect(pane.get_by_role("separator").last).to_have_text("1 reply")
    page.get_by_placeholder("Reply…").press_sequentially("/")
    expect(pane.get_by_role("option")).to_have_text(["New thingDrumbeatMakes one"])
    page.get_by_placeholder("Reply…").fill("Let's")
    page.keyboard.press("Enter")
    expect(pane.get_by_role("article").last).to_contain_text("Let's")
    expect(page.get_by_role("button", name="2 replies")).to_be_visible()
    page.reload()
    expect(pane.get_by_role("article")).to_have_count(4)
    pane.get_by_role("button", name="Close thread").click()
    expect(pane).to_be_hidden()


def test_nothing_a_person_writes_runs(open_page: OpenPage, company: Company) -> None:
    option = {"text": plain(HOSTILE[:75]), "value": HOSTILE[:75]}
    blocks = [
        section(HOSTILE, block_id=HOSTILE, accessory={"type": "overflow", "options": [option]}),
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": HOSTILE,
                    "text": plain(HOSTILE[:75]),
                    "url": "https://a.example",
                },
                {"type": "static_select", "placeholder": plain(HOSTILE), "options": [option]},
            ],
        },
    ]
    company.post(HOSTILE, BOT, blocks=blocks)
    page = open_page()
    page.get_by_placeholder("Message #acme").fill(HOSTILE)
    page.keyboard.press("Enter")
    expect(last_message(page)).to_contain_text("<script>")
    expect(page).to_have_title("#acme – Studio North")
    expect(page.locator(".timeline script, .timeline img")).to_have_count(0)


def test_what_is_not_known_is_seen(open_page: OpenPage, company: Company) -> None:
    company.post("A table", BOT, blocks=[{"type": "table", "rows": []}])
    expect(last_message(open_page())).to_contain_text("not known here: table")


def test_a_page_of_another_origin_cannot_post_a_form(open_page: OpenPage, company: Company) -> None:
    page = open_page()
    refused = page.request.post(f"{company.address}/gestures/{SAM}/close", form={"view_id": "V1"})
    assert refused.status == 415

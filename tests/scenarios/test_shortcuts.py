"""Shortcuts: a risk from what a message says, or from anywhere in Slack."""

import pytest

from bot.demo.values import Message
from handlers.access import Unwelcome
from handlers.callback_ids import ShortcutId
from handlers.errors import words
from models.tables import projects
from tests.scenarios.company import Transport
from tests.scenarios.reading import inputs, modal_words, option_value
from tests.scenarios.records import all_records, history, risks
from tests.scenarios.studio import Studio

SAID = "The vendor's sandbox was down again, and nobody there answers"


def on_message(
    company: Studio, who: str, where: str, text: str, under: Message | None = None, by: str = "priya"
) -> Message:
    """Choose *Log as risk* on what somebody said."""
    message = company.said(by, where, text, under)
    assert company.shortcut(who, ShortcutId.RISK_FROM_MESSAGE, message).ok
    return message


def value(company: Studio, who: str, block_id: str) -> object:
    """Return what a field of the modal is filled in with."""
    element = next(
        block["element"] for block in company.modal(who).view["blocks"] if block["block_id"] == block_id
    )
    chosen = element.get("initial_option") or {}
    return element.get("initial_value") or (chosen.get("text") or {}).get("text")


@pytest.mark.parametrize("transport", Transport)
def test_a_message_becomes_a_risk_of_its_channels_project_and_says_where_it_came_from(
    company: Studio,
) -> None:
    message = on_message(company, "sam", "acme", f"{SAID} &amp; &lt;ever&gt;")
    assert value(company, "sam", "title") == f"{SAID} & <ever>"
    assert str(value(company, "sam", "project")).startswith("ACME – ")
    assert "cause" not in inputs(company.modal("sam")), "what a title holds is not said twice"

    company.submit("sam", {"probability": "4", "impact": "3"})

    assert any(f"Logged *ACME-R5 {SAID} &amp; &lt;ever&gt;*" in text for text in company.sees("sam", "acme"))
    (risk,) = risks(company.application.database, f"{SAID} & <ever>")
    assert history(company.application.database, risk) == ["logged"]
    acme = company.place("sam", "acme")
    assert risk["source_url"].endswith(f"/archives/{acme}/p{message.ts.replace('.', '')}")
    company.type("dana", "acme", "/risk show ACME-R5")
    assert f"<{risk['source_url']}|The message it came from>" in company.sees("dana", "acme")[-1]


def test_the_address_survives_the_form_being_drawn_again_and_the_risk_being_changed(company: Studio) -> None:
    parent = company.said("dana", "acme", "How is the sandbox?")
    on_message(company, "sam", "acme", SAID, parent)
    company.choose("sam", "probability", "4")
    company.press_in_modal("sam", "More")
    company.submit("sam", {"impact": "3"})
    company.type("sam", "acme", "/risk edit ACME-R5")
    company.submit("sam", {"title": "Vendor's sandbox is unreliable"})
    (risk,) = risks(company.application.database, "Vendor's sandbox is unreliable")
    assert risk["source_url"].endswith(f"?thread_ts={parent.ts}&cid={company.place('sam', 'acme')}")
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "&amp;cid=" in company.sees("dana", "acme")[-1]


def test_a_long_message_is_cut_for_the_title_and_kept_whole_below_it(company: Studio) -> None:
    text = f"<@{company.user('dana')}|dana> {SAID}.\n" + "It costs us a day each time. " * 120
    on_message(company, "sam", "acme", text)
    title = str(value(company, "sam", "title"))
    assert len(title) <= 200
    assert title.startswith(f"@dana {SAID}. It costs")
    assert title.endswith("…")
    cause = str(value(company, "sam", "cause"))
    assert len(cause) <= 2000
    assert cause.startswith(f"@dana {SAID}.\nIt costs")
    company.submit("sam")
    assert len(risks(company.application.database, title)) == 1


def test_what_a_message_says_is_not_read_as_a_command(company: Studio) -> None:
    on_message(company, "sam", "acme", "The build is at p4 i3 due fri")
    assert value(company, "sam", "title") == "The build is at p4 i3 due fri"
    assert value(company, "sam", "probability") is None


def test_a_message_elsewhere_asks_for_the_project_and_is_confirmed_where_it_was_chosen(
    company: Studio,
) -> None:
    on_message(company, "sam", "general", SAID)
    assert value(company, "sam", "project") is None
    project = option_value(company.modal("sam"), "project", "BOREALIS")
    company.submit("sam", {"project": project})
    assert any("Logged *BOREALIS-R" in text and SAID in text for text in company.sees("sam", "general"))
    on_message(company, "sam", "lunch", "Nobody is in next week")
    company.submit("sam", {"project": option_value(company.modal("sam"), "project", "BOREALIS")})
    told = company.sees("sam", "drumbeat")
    assert any("Nobody is in next week" in text for text in told), "the bot has no say where it is no member"


def test_from_anywhere_the_form_asks_which_project(company: Studio) -> None:
    company.shortcut("lee", ShortcutId.RISK_NEW)
    assert {"title", "project"} <= set(inputs(company.modal("lee")))
    assert value(company, "lee", "project") is None
    company.submit("lee", {"title": SAID})
    assert set(company.modal("lee").errors) == {"project"}


def test_a_message_without_words_opens_an_empty_form(company: Studio) -> None:
    on_message(company, "sam", "acme", "")
    assert value(company, "sam", "title") is None


def test_guests_and_clients_are_refused_where_they_can_read_it(company: Studio) -> None:
    before = all_records(company.application.database)
    on_message(company, "robin", "acme-shared", SAID)
    assert company.sees("robin", "acme-shared")[-1] == words(Unwelcome())
    company.shortcut("yuki", ShortcutId.RISK_NEW)
    assert modal_words(company.modal("yuki")) == words(Unwelcome())
    assert all_records(company.application.database) == before


def test_where_there_is_no_project_at_all_one_is_offered(company: Studio) -> None:
    with company.application.database.write() as session:
        session.execute(projects.update().values(archived_at=company.clock()))
    on_message(company, "sam", "new-project-talk", SAID)
    offer = company.messages("sam", "new-project-talk")[-1]
    assert "Nothing is lost" in company.sees("sam", "new-project-talk")[-1]
    company.press("sam", offer, "Make this channel a project")
    assert company.has_modal("sam")
    company.shortcut("lee", ShortcutId.RISK_NEW)
    assert "your project's channel" in modal_words(company.modal("lee"))

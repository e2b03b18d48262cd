"""Socket Mode while its connection breaks: whatever people do is done once, and they are told so."""

from collections.abc import Callable
from itertools import chain, cycle, repeat

import pytest

from bot.demo.outward.links import Trouble
from bot.demo.people.gestures import Outcome
from tests.scenarios.company import Transport
from tests.scenarios.reading import modal_words
from tests.scenarios.records import history, risks
from tests.scenarios.studio import Studio

pytestmark = pytest.mark.parametrize("transport", [Transport.SOCKET])

TITLE = "Payment keys may leak"


@pytest.fixture(params=Trouble)
def trouble(request: pytest.FixtureRequest) -> Trouble:
    """Return a way for a connection to end."""
    chosen: Trouble = request.param
    return chosen


def amid(trouble: Trouble, company: Studio, act: Callable[[], Outcome]) -> None:
    """Let somebody do something during which the connection ends."""
    company.served.demo.sockets.troubles = chain([trouble], repeat(None))
    assert act().ok


def announcements(company: Studio) -> list[str]:
    return [text for text in company.sees("priya", "acme") if TITLE in text]


def test_a_line_makes_one_risk(company: Studio, trouble: Trouble) -> None:
    amid(trouble, company, lambda: company.type("sam", "acme", f"/risk {TITLE} p3 i5 @dana"))
    assert len([text for text in company.sees("sam", "acme") if f"Logged *ACME-R5 {TITLE}*" in text]) == 1
    (risk,) = risks(company.application.database, TITLE)
    assert history(company.application.database, risk) == ["logged"]
    assert len(announcements(company)) == 1


def test_a_form_opens_once_and_makes_one_risk(company: Studio, trouble: Trouble) -> None:
    amid(trouble, company, lambda: company.type("sam", "acme", "/risk"))
    assert len(company.served.demo.workspace.views_of(company.user("sam"))) == 1
    amid(trouble, company, lambda: company.choose("sam", "probability", "4", {"title": TITLE}))
    amid(trouble, company, lambda: company.choose("sam", "impact", "3", {"title": TITLE}))
    assert "4 × 3 = 12" in modal_words(company.modal("sam"))
    amid(trouble, company, lambda: company.submit("sam"))
    assert not company.has_modal("sam")
    assert len(risks(company.application.database, TITLE)) == 1
    assert len(announcements(company)) == 1


def test_errors_come_back_and_nothing_is_lost(company: Studio, trouble: Trouble) -> None:
    company.type("sam", "acme", "/risk")
    company.press_in_modal("sam", "More")
    company.served.demo.sockets.troubles = chain([trouble], repeat(None))
    company.submit("sam", {"title": TITLE, "due": "2020-01-01"})
    assert set(company.modal("sam").errors) == {"due"}
    company.submit("sam", {"due": "2030-01-01"})
    assert len(risks(company.application.database, TITLE)) == 1


def test_a_click_counts_once(company: Studio, trouble: Trouble) -> None:
    company.type("sam", "acme", f"/risk {TITLE} p3 i5 @dana")
    answer = company.find("sam", "acme", f"Logged *ACME-R5 {TITLE}*")
    company.press("sam", answer, "Undo")
    asked = company.find("sam", "acme", f"Take *ACME-R5 {TITLE}* back?")
    amid(trouble, company, lambda: company.press("sam", asked, "Take it back"))
    (risk,) = risks(company.application.database, TITLE)
    assert len(history(company.application.database, risk)) == 2
    assert announcements(company) == []


def test_a_day_of_breaks_loses_and_doubles_nothing(company: Studio) -> None:
    company.served.demo.sockets.troubles = cycle([None, *(each for kind in Trouble for each in (kind, None))])
    titles = [f"Worry number {number}" for number in range(24)]
    for title in titles:
        assert company.type("sam", "acme", f"/risk {title} p4 i4 @dana").ok
    for title in titles:
        assert len(risks(company.application.database, title)) == 1
        assert len([text for text in company.sees("priya", "acme") if f"{title}*" in text]) == 1
    assert company.type("sam", "acme", "/risk list").ok
    assert "28 open" in company.sees("sam", "acme")[-1]

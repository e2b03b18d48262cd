"""The Home tab as people use it: it shows what waits, does it, and follows."""

from bot.demo.values import OpenView
from tests.scenarios.reading import modal_words
from tests.scenarios.studio import Studio


def home(company: Studio, who: str) -> str:
    return modal_words(company.home(who))


def published(company: Studio, who: str) -> OpenView:
    company.come_home(who)
    return company.home(who)


def test_a_manager_scores_and_does_what_waits_and_sees_it_go(company: Studio) -> None:
    company.type("sam", "acme", "/risk Certs expire in March")
    company.type("dana", "acme", "/risk respond ACME-R1 reduce Call the vendor @dana due fri")
    first = published(company, "dana")
    told = modal_words(first)
    assert "3 things wait for you" in told
    assert "Certs expire in March" in told
    assert "*ACME* Acme web shop" in told
    assert "risks: 2 high" in told

    company.press_at_home("dana", "Score", "Certs expire")
    company.submit("dana", {"probability": "5", "impact": "5", "owner": company.user("sam")})
    assert "Certs expire in March" not in home(company, "dana")
    assert "*1 critical*" in home(company, "dana")

    company.press_at_home("dana", "Done", "Call the vendor")
    assert "✓ Done: *Call the vendor*" in home(company, "dana")
    company.press_at_home("dana", "Undo")
    assert "Open again: Call the vendor" in home(company, "dana")
    assert company.home("dana").id == first.id


def test_what_is_shown_opens_in_front_of_the_home(company: Studio) -> None:
    published(company, "dana")
    company.press_at_home("dana", "Show", "*ACME*")
    assert "Acme web shop" in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "Risks")
    assert "*ACME: 4 open*" in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "Details")
    assert "raised by" in modal_words(company.modal("dana"))


def test_my_actions_are_one_list_wherever_one_asks(company: Studio) -> None:
    company.type("priya", "acme", "/drumbeat actions")
    told = company.sees("priya", "acme")[-1]
    assert "Yours to do: 1" in told
    assert "Agree on a fallback with Robin · ACME-R1" in told
    company.type("sam", "acme", "/drumbeat actions @priya")
    assert "Priya Nair's to do: 1" in company.sees("sam", "acme")[-1]
    company.type("mina", "acme", "/drumbeat todo")
    assert "Nothing for you to do" in company.sees("mina", "acme")[-1]

    published(company, "priya")
    company.press_at_home("priya", "My actions 1")
    company.press_in_modal("priya", "Done")
    assert "✓ Done: *Agree on a fallback with Robin*" in modal_words(company.modal("priya"))
    company.press_in_modal("priya", "My actions")
    assert "Nothing for you to do" in modal_words(company.modal("priya"))
    assert "Nothing waits for you" in home(company, "priya")


def test_a_delivery_manager_sees_the_portfolio_by_exception(company: Studio) -> None:
    published(company, "jo")
    told = home(company, "jo")
    assert "*Look here first* · 3 of 4 projects" in told
    assert told.index("BOREALIS") < told.index("*ACME*"), "the critical risk first"
    assert "DELTA" not in told
    assert "mood alert" in told


def test_guests_get_a_polite_home_and_those_who_never_came_none(company: Studio) -> None:
    published(company, "yuki")
    assert "Hello!" in home(company, "yuki")
    company.type("mina", "acme", "/risk")
    company.submit("mina", {"title": "Nobody looks"})
    assert company.served.demo.workspace.homes.of(company.user("mina")) is None

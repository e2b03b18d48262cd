"""Opportunities: said in a line or chosen in the form, with the responses that fit them."""

from tests.scenarios.reading import modal_words, words
from tests.scenarios.studio import Studio


def test_an_opportunity_in_one_line_stays_one_when_it_is_edited(company: Studio) -> None:
    company.type("sam", "acme", "/risk opportunity: Second market opens p4 i4 @dana")
    assert "💡 *ACME-R5 Second market opens*" in words(company.find("priya", "acme", "ACME-R5"))

    company.type("dana", "acme", "/risk edit ACME-R5")
    assert "How good?" in modal_words(company.modal("dana"))
    assert "Make it happen" in modal_words(company.modal("dana"))
    company.submit("dana", {"strategy": "exploit"})

    company.type("dana", "acme", "/risk show ACME-R5")
    shown = company.sees("dana", "acme")[-1]
    assert "Response: make it happen" in shown


def test_the_form_offers_what_answers_the_kind(company: Studio) -> None:
    company.type("sam", "acme", "/risk")
    company.press_in_modal("sam", "More", {"title": "Second market opens"})
    assert "Reduce" in modal_words(company.modal("sam"))
    company.choose("sam", "kind", "opportunity", {"strategy": "mitigate"})

    drawn = modal_words(company.modal("sam"))
    assert "Share" in drawn
    assert "Reduce" not in drawn
    company.submit("sam", {"strategy": "share"})
    company.type("sam", "acme", "/risk list")
    assert "💡 Second market opens" in company.sees("sam", "acme")[-1]

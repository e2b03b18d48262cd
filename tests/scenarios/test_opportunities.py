"""Opportunities: said in a line or chosen in the form, with the responses that fit them."""

from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio


def test_an_opportunity_in_one_line_stays_one_when_it_is_edited(company: Studio) -> None:
    company.type("sam", "acme", "/risk opportunity: Second market opens p4 i4 @dana")
    told = words(company.find("priya", "acme", "ACME-R5"))
    assert "💡 *ACME-R5 Second market opens* · Very high 16 (likely 4 × impact 4)" in told

    company.type("dana", "acme", "/risk edit ACME-R5")
    assert "How good?" in modal_words(company.modal("dana"))
    assert "5 – Huge" in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "More")
    assert "Make it happen" in modal_words(company.modal("dana"))
    company.submit("dana", {"strategy": "exploit"})

    company.type("dana", "acme", "/risk show ACME-R5")
    shown = company.sees("dana", "acme")[-1]
    assert "Response: make it happen" in shown
    company.type("sam", "acme", "/risk list")
    assert company.sees("sam", "acme")[-1].startswith(
        "*ACME: 5 open* · 2 high, 1 moderate, 1 not scored · 💡 1 opportunity"
    )


def test_what_is_none_is_said_not_to_be_one(company: Studio) -> None:
    company.type("sam", "acme", "/risk opportunity: Second market opens")
    asked = company.find("dana", "drumbeat", "Second market opens")
    assert labels(asked)[:2] == ["Score", "Not an opportunity"]
    company.press("dana", asked, "Details")
    shown = company.messages("dana", "drumbeat")[-1]
    company.press("dana", shown, "Not an opportunity")
    assert company.modal("dana").view["title"]["text"] == "No opportunity: ACME-R5"
    company.submit("dana", {"reason": "They went elsewhere."})
    assert "says it is not an opportunity: They went elsewhere" in company.sees("sam", "drumbeat")[-1]
    company.type("sam", "acme", "/risk show ACME-R5")
    assert "Dana Ortiz said it is not an opportunity" in company.sees("sam", "acme")[-1]


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

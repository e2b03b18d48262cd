"""`/drumbeat settings`: shown with what each does, changed in words and by the form."""

from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio


def test_settings_are_shown_changed_in_words_and_taken_back(company: Studio) -> None:
    company.type("dana", "acme", "/drumbeat settings")
    told = company.sees("dana", "acme")[-1]
    assert "America/Los_Angeles, from your Slack profile" in told
    assert "none: I write at any hour" in told

    company.type("dana", "acme", "/drumbeat away until 20 oct 2026")
    answer = company.messages("dana", "acme")[-1]
    assert "until 20 Oct" in words(answer)
    assert "Priya Nair; for its status nobody yet:" in company.sees("dana", "acme")[-1]
    company.come_home("dana")
    assert "*You're away until 20 Oct.*" in modal_words(company.home("dana"))
    company.press_at_home("dana", "I'm back")
    assert "You're away" not in modal_words(company.home("dana"))
    company.type("dana", "acme", "/drumbeat away until 20 oct 2026")
    answer = company.messages("dana", "acme")[-1]
    assert labels(answer) == ["Change", "I'm back"]
    company.press("dana", answer, "I'm back")
    assert "*Away* · no" in company.sees("dana", "acme")[-1]


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(company: Studio) -> None:
    company.type("dana", "acme", "/drumbeat settings quiet at night")
    answer = company.messages("dana", "acme")[-1]
    assert "quiet 18:00-08:00" in words(answer)
    assert "I didn't get “quiet at night”." in words(answer)
    company.press("dana", answer, "Change")

    company.submit("dana", {"quiet_from": "1080", "away_until": "2026-10-01"})
    assert "need both" in company.modal("dana").errors["quiet_until"]
    company.submit("dana", {"quiet_from": "1080", "quiet_until": "480", "away_until": "2026-10-01"})
    assert "today or a later day" in company.modal("dana").errors["away_until"]
    company.submit("dana", {"quiet_from": "1080", "quiet_until": "480", "away_until": "2026-10-20"})
    assert "18:00–08:00" in modal_words(company.modal("dana"))
    company.type("dana", "acme", "/drumbeat settings week sun-thu")
    assert "At nine, Sunday to Thursday." in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/drumbeat settings quiet 17:00-10:00")
    told = company.sees("dana", "acme")[-1]
    assert "At 10:00, when your quiet hours end, Sunday to Thursday." in told

    company.type("dana", "acme", "/drumbeat settings")
    company.press("dana", company.messages("dana", "acme")[-1], "Change")
    company.submit("dana", {"quiet_from": "none", "quiet_until": "none"})
    company.type("dana", "acme", "/drumbeat settings")
    told = company.sees("dana", "acme")[-1]
    assert "none: I write at any hour" in told
    assert "until 20 Oct" in told
    assert "Sunday to Thursday" in told, "the form keeps what it was opened with"


def test_a_time_zone_is_slacks(company: Studio) -> None:
    for typed in ("zone Berlin", "timezone", "TZ PST", "time zone Europe/Berlin"):
        company.type("dana", "acme", f"/drumbeat settings {typed}")
        told = company.sees("dana", "acme")[-1]
        assert (
            told
            == "*Time zone* · America/Los_Angeles, from your Slack profile. Change it there, and I follow."
        )


def test_a_setting_needs_no_word_that_says_it_is_one(company: Studio) -> None:
    company.type("dana", "acme", "/drumbeat pace light")
    assert "*Morning message* · Light" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/drumbeat quiet 18:00-08:00")
    assert "*Quiet hours* · 18:00–08:00" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/drumbeat week sun-thu")
    assert "Sunday to Thursday" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/drumbeat away until 20 oct 2026")
    company.type("dana", "acme", "/drumbeat back")
    assert "*Away* · no" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/drumbeat week")
    assert "Did you mean `/drumbeat weekly`?" in company.sees("dana", "acme")[-1]

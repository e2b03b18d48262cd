"""What people type behind /raid that no verb fits at once: other tools' words, risks, a name first."""

import pytest

from tests.scenarios.reading import inputs, labels, modal_words, words
from tests.scenarios.records import risks
from tests.scenarios.studio import Studio


def last(company: Studio, who: str, where: str = "acme") -> str:
    return company.sees(who, where)[-1]


@pytest.mark.parametrize(
    "typed", ["done ACME-I1 restarted it", "finished I1 restarted it", "over ACME I1 restarted it"]
)
def test_other_tools_words_end_a_record(company: Studio, typed: str) -> None:
    company.type("sam", "acme", "/raid issue Staging is down")
    company.type("sam", "acme", f"/raid {typed}")
    assert "*What solved it:* restarted it" in last(company, "sam")
    company.type("sam", "acme", "/raid show I1")
    assert "\nLogged by Sam Reyes" in last(company, "sam"), "nobody owned it, and nobody has to any more"


def test_what_is_deleted_is_dropped_with_a_reason(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is down")
    company.type("sam", "acme", "/raid delete I1")
    assert "Why not?" in modal_words(company.modal("sam"))
    company.submit("sam", {"outcome": "Logged twice."})
    company.type("sam", "acme", "/raid show I1")
    assert "not needed any more" in last(company, "sam")


def test_a_record_may_be_named_first(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is down")
    company.type("sam", "acme", "/raid I1 done restarted it")
    assert "Did you mean `/raid close I1 restarted it`?" in last(company, "sam")
    company.press("sam", company.messages("sam", "acme")[-1], "Yes: close I1 restarted it")
    assert "*What solved it:* restarted it" in last(company, "sam")
    company.type("sam", "acme", "/raid I1 is what worries me")
    assert "I kept: “I1 is what worries me”" in last(company, "sam")


def test_a_risk_is_logged_from_here_too(company: Studio) -> None:
    company.type("sam", "acme", "/raid risk Vendor *may* slip p4 i3")
    asked = company.messages("sam", "acme")[-1]
    assert "Did you mean `/risk Vendor" in words(asked)
    assert "*may*" not in words(asked).partition("Yes: ")[0]
    company.press("sam", asked, "Yes: Vendor *may* slip p4 i3")
    assert [row["probability"] for row in risks(company.application.database, "Vendor *may* slip")] == [4]

    company.type("sam", "acme", "/raid Vendor may be bankrupt i5")
    company.press("sam", company.messages("sam", "acme")[-1], "Risk")
    company.submit("sam", {"probability": "2"})
    assert [row["impact"] for row in risks(company.application.database, "Vendor may be bankrupt")] == [5]

    company.type("sam", "acme", "/raid risks")
    company.press("sam", company.messages("sam", "acme")[-1], "Yes: list")
    assert last(company, "sam").startswith("*ACME: ")
    company.type("sam", "acme", "/raid risk")
    company.press("sam", company.messages("sam", "acme")[-1], "Log a risk")
    assert "What might happen?" in modal_words(company.modal("sam"))


def test_an_action_without_a_name_is_kept_and_told_what_it_lacks(company: Studio) -> None:
    company.type("sam", "acme", "/raid action Ask Robin for the keys @lee due fri")
    asked = company.messages("sam", "acme")[-1]
    assert "Which one? Type `/raid action ACME-I3 Call the host @dana due fri`" in words(asked)
    assert "I kept: “action Ask Robin for the keys @lee due fri”" in words(asked)
    assert "Issue" in labels(asked)


def test_who_may_not_ask_somebody_is_told_so(company: Studio) -> None:
    company.type("mina", "acme", "/raid action ACME-DEC1 Ask Robin @sam due fri")
    refused = "Please ask Dana Ortiz to ask somebody to do something about this; your role doesn't allow it."
    assert refused in last(company, "mina")
    company.type("mina", "acme", "/raid action ACME-A1 Ask Robin @sam due fri")
    assert "Only an open issue, or a decision, takes actions." in last(company, "mina")


def test_what_lacks_a_title_is_asked_for_it_in_the_form(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue i4")
    company.submit("sam", {"title": "Staging is down"})
    assert "Staging is down* · Major 4" in last(company, "sam")


def test_what_is_wrong_in_a_line_is_mended_in_the_form(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is gone i9")
    company.press("sam", company.messages("sam", "acme")[-1], "Open the form")
    assert "How bad (i) goes from 1 to 5, so i9 can't be right." in modal_words(company.modal("sam"))
    company.submit("sam", {"title": "Staging is gone"})
    assert "Logged *ACME-I1 Staging is gone*" in last(company, "sam")


@pytest.mark.parametrize("command", ["/raid issue", "/risk"])
def test_nothing_of_a_line_that_is_too_long_is_lost(company: Studio, command: str) -> None:
    typed = ("The staging server is down again and nobody knows why " * 5).strip()
    company.type("sam", "acme", f"{command} {typed}")
    assert f"200 characters; this has {len(typed)}." in last(company, "sam")
    company.press("sam", company.messages("sam", "acme")[-1], "Open the form")
    assert {"details", "cause"} & set(inputs(company.modal("sam")))
    company.submit("sam")
    company.press("sam", company.messages("sam", "acme")[-1], "Edit")
    company.press_in_modal("sam", "More")
    assert typed in str(company.modal("sam").view)


def test_mine_is_also_what_one_logged_for_others(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is down @dana")
    company.type("sam", "acme", "/raid list mine")
    assert last(company, "sam").startswith("*Yours or logged by you: 1 open*")

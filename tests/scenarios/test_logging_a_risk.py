"""Logging a risk, as the people of Studio North do it."""

import pytest

from tests.scenarios.company import Transport
from tests.scenarios.reading import field_of, labels, modal_words, words
from tests.scenarios.studio import Studio

both = pytest.mark.parametrize("transport", Transport)


@both
def test_a_title_is_enough(company: Studio) -> None:
    company.type("sam", "acme", "/risk Staging certs expire in March")

    answer = company.messages("sam", "acme")[-1]
    assert answer.ephemeral_to == company.user("sam")
    assert "Logged *ACME-R5 Staging certs expire in March*" in words(answer)
    assert labels(answer) == ["Edit", "Undo"]
    asked = company.messages("dana", "drumbeat")[-1]
    assert "Staging certs expire in March" in words(asked)
    assert labels(asked)[:2] == ["Score", "Not a risk"]
    assert not any("Staging" in text for text in company.sees("priya", "acme"))


@both
def test_a_line_with_everything_is_announced_once(company: Studio) -> None:
    company.type("sam", "acme", "/risk Payment keys may leak p3 i5 @dana due 12 dec")

    announced = [text for text in company.sees("priya", "acme") if "Payment keys" in text]
    assert len(announced) == 1
    assert "High 15" not in announced[0]
    assert "Critical 15 (possible 3 × impact 5)" in announced[0]
    assert "Dana Ortiz owns it" in announced[0]


@both
def test_the_form_keeps_what_is_typed_and_shows_the_score(company: Studio) -> None:
    company.type("sam", "acme", "/risk")
    company.choose("sam", "probability", "4", {"title": "Designer leaves"})
    company.choose("sam", "impact", "3", {"title": "Designer leaves"})
    assert "4 × 3 = 12, *High*" in modal_words(company.modal("sam"))
    company.press_in_modal("sam", "More", {"title": "Designer leaves"})
    assert "Why might it happen?" in modal_words(company.modal("sam"))

    company.submit("sam", {"owner": company.user("mina"), "cause": "A better offer.\n<!channel>"})

    assert not company.has_modal("sam")
    assert any("Designer leaves* · High 12" in text for text in company.sees("priya", "acme"))
    assert any("Logged *ACME-R5" in text for text in company.sees("sam", "acme"))
    company.type("sam", "acme", "/risk show R5")
    shown = company.sees("sam", "acme")[-1]
    assert "A better offer." in shown
    assert "<!channel>" in shown  # In rich text, where it notifies nobody.


@both
def test_errors_stand_beside_the_field_and_nothing_is_lost(company: Studio) -> None:
    company.type("sam", "acme", "/risk")
    company.press_in_modal("sam", "More")
    company.submit("sam", {"title": "   x  ", "due": "2020-01-01"})

    view = company.modal("sam")
    assert view.errors == {"due": "That day has passed. Pick today or later."}
    assert view.values["title"] == {"title": "   x  "}


@both
def test_undo_takes_the_message_back(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves p4 i4 @dana")
    answer = company.find("sam", "acme", "Logged *ACME-R5")
    assert any("ACME-R5 Vendor leaves" in text for text in company.sees("priya", "acme"))

    company.press("sam", answer, "Undo")
    company.press("sam", company.find("sam", "acme", "Take *ACME-R5 Vendor leaves* back?"), "Take it back")

    assert not any("ACME-R5 Vendor leaves" in text for text in company.sees("priya", "acme"))
    company.type("sam", "acme", "/risk list")
    assert "Vendor leaves" not in company.sees("sam", "acme")[-1]


def test_undo_is_refused_before_it_asks_once_somebody_has_worked_on_it(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves")
    answer = company.messages("sam", "acme")[-1]
    company.type("dana", "acme", "/risk score ACME-R5 p3 i3 @dana")
    company.press("sam", answer, "Undo")
    said = company.sees("sam", "acme")[-1]
    assert said.endswith("can't be taken back. Ask the project manager to take it off the list, and say why.")


@both
def test_a_slip_of_the_finger_is_asked_about(company: Studio) -> None:
    company.type("sam", "acme", "/risk lits")
    asked = company.messages("sam", "acme")[-1]
    assert "Did you mean `/risk list`?" in words(asked)
    yes, no = labels(asked)

    company.press("sam", asked, yes)
    assert "*ACME: 4 open*" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk lits")
    company.press("sam", company.messages("sam", "acme")[-1], no)
    assert "Logged *ACME-R5 lits*" in company.sees("sam", "acme")[-1], "in the place of the question"
    for typed in ("list acme borealis", "LIST ACME, Borealis", "ls Acme and BOREALIS open"):
        company.type("sam", "acme", f"/risk {typed}")
        assert company.sees("sam", "acme")[-1].startswith("*ACME and BOREALIS: ")
        assert all(key in company.sees("sam", "acme")[-1] for key in ("ACME-R1", "BOREALIS-R1"))
    company.type("sam", "acme", "/risk list acme ZENITH")
    assert "I don't know a project “ZENITH”" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk list acme vendor api")
    assert 'Did you mean `/risk list ACME "vendor api"`?' in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk matrix acme borealis")
    asked = company.messages("sam", "acme")[-1]
    assert "`/risk matrix ACME`, `/risk matrix BOREALIS` or `/risk matrix all`" in words(asked)
    company.press("sam", asked, labels(asked)[0])
    assert "Logged *ACME-R6 matrix acme borealis*" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk due")
    assert company.sees("sam", "acme")[-1].startswith("Due when? ")


def test_a_name_is_looked_up_and_never_logged(company: Studio) -> None:
    for typed in ("R1", "ACME-R1", "show ACME R1", "show #1"):
        company.type("sam", "acme", f"/risk {typed}")
        assert "*ACME-R1 Vendor API may slip*" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", '/risk list "vendor api')
    assert company.sees("sam", "acme")[-1].startswith("*ACME · “vendor api”: 1 open*")
    company.type("sam", "acme", "/risk close ACME-I1 all is well")
    told = company.sees("sam", "acme")[-1]
    assert told == "ACME-I1 is an issue. Type `/raid show ACME-I1`."
    company.type("sam", "acme", "/risk p3 i3")
    view = company.modal("sam")
    chosen = [
        field_of(view, name)["element"]["initial_option"]["value"] for name in ("probability", "impact")
    ]
    assert chosen == ["3", "3"], "the form, not issue 3 of a project P3"
    company.submit("sam", {"title": "Second shop opens late"})
    assert "Logged *ACME-R5 Second shop opens late*" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk undo")
    asked = company.find("sam", "acme", "Take *ACME-R5 Second shop opens late* back?")
    company.press("sam", asked, "Take it back")
    company.type("sam", "acme", "/risk list closed @dana")
    assert "Nothing found: ACME · closed · owned by Dana Ortiz." in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk opportunity")
    assert "How good?" in modal_words(company.modal("sam"))
    company.submit("sam", {"title": "Second shop opens"})
    company.type("sam", "acme", "/risk Budget overruns p4 i4 @yuki due tomorow")
    assert "can't read the date “tomorow”" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk show R6")
    assert "💡 *ACME-R6 Second shop opens*" in company.sees("sam", "acme")[-1]


def test_drumbeat_does_the_same(company: Studio) -> None:
    company.type("sam", "acme", "/drumbeat risk Backups are never restored")
    assert "Logged *ACME-R5 Backups are never restored*" in company.sees("sam", "acme")[-1]


@pytest.mark.parametrize("text", ["/risk help", "/drumbeat", "/drumbeat help", "/drumbeat risk help"])
def test_everybody_gets_help(company: Studio, text: str) -> None:
    company.type("sam", "general", text)
    assert "`/risk" in company.sees("sam", "general")[-1]


def test_help_is_short_and_the_rest_is_one_word_away(company: Studio) -> None:
    company.type("sam", "general", "/risk help")
    short = company.sees("sam", "general")[-1]
    assert "`/risk close ACME-R12 vendor shipped`" in short
    assert "`/risk help all` has the rest: matrix, burndown, respond, " in short
    assert "`/risk respond" not in short
    assert len(short.splitlines()) <= 12, "it fits a phone"
    company.type("sam", "general", "/drumbeat risk help all")
    assert "`/risk respond ACME-R12" in company.sees("sam", "general")[-1]
    company.type("sam", "general", "/raid help all")
    assert "`/raid resolve ACME-I3" in company.sees("sam", "general")[-1]


def test_what_cannot_be_read_is_said_and_kept(company: Studio) -> None:
    company.type("sam", "acme", "/risk Slip p9 @dana")
    said = company.sees("sam", "acme")[-1]
    assert "1 to 5" in said
    assert "You typed:\nSlip p9 @" in said
    company.type("sam", "acme", f"/risk {'x' * 201}")
    assert company.sees("sam", "acme")[-1].startswith("Use at most 200 characters; this has 201.")


def test_undo_is_for_what_was_just_logged(company: Studio) -> None:
    company.type("alex", "acme", "/risk show ACME-R3")  # Alex raised it weeks ago.
    assert "Undo" not in labels(company.messages("alex", "acme")[-1])
    company.type("alex", "acme", "/risk undo ACME-R3")
    assert "too late to take it back" in company.sees("alex", "acme")[-1]
    company.type("alex", "acme", "/risk undo")
    assert "You logged no risk in the last hour" in company.sees("alex", "acme")[-1]
    for title in ("Tea is cold", "Tea is out"):
        company.type("alex", "acme", f"/risk {title}")
    company.type("alex", "acme", "/risk undo")
    asked = company.find("alex", "acme", "Take *ACME-R6 Tea is out* back?")
    company.press("alex", asked, "Take it back")
    assert "Taken back: *ACME-R6 Tea is out*" in company.sees("alex", "acme")[-1]
    company.type("priya", "acme", "/risk show ACME-R3")
    assert "Only Alex knows the payment code" in company.sees("priya", "acme")[-1]


def test_a_line_that_is_half_a_command_is_asked_about(company: Studio) -> None:
    company.type("sam", "acme", "/risk show 3")
    assert company.sees("sam", "acme")[-1].startswith("*ACME-R3 ")
    company.type("sam", "acme", "/risk help me")
    asked = company.messages("sam", "acme")[-1]
    assert labels(asked) == ["Show the help", "No, log “help me” as a risk"]
    company.press("sam", asked, "No, log “help me” as a risk")
    assert "Logged *ACME-R5 help me*" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk Invoices due some time next quarter")
    asked = company.messages("sam", "acme")[-1]
    assert "can't read the date “some time next quarter”" in words(asked)
    company.press("sam", asked, "Open the form")
    assert "can't read the date" in modal_words(company.modal("sam"))
    company.submit("sam")
    assert "ACME-R6 Invoices due some time next quarter" in company.sees("sam", "acme")[-1]


def test_a_line_with_the_name_of_a_risk_is_asked_about(company: Studio) -> None:
    def typed(line: str) -> str:
        company.type("dana", "acme", f"/risk {line}")
        return company.sees("dana", "acme")[-1]

    assert typed("assign ACME-R1 @alex").startswith("Did you mean `/risk edit ACME-R1 @alex`?")
    asked = company.messages("dana", "acme")[-1]
    assert labels(asked) == ["Yes: edit ACME-R1 @alex", "No, log “assign ACME-R1 @alex” as a risk"]
    company.press("dana", asked, labels(asked)[0])
    assert field_of(company.modal("dana"), "owner")["element"]["initial_user"] == company.user("alex")
    company.submit("dana")
    assert "Alex Novak owns it" in typed("show R1")
    for line, meant in (
        ("delete R2", "close R2"),
        ("R3 p2 i2", "score R3 p2 i2"),
        ("mine", "list mine"),
        ("likelihood R2", "score R2"),
        ("worry R2", "show R2"),
    ):
        assert typed(line).startswith(f"Did you mean `/risk {meant}`?")
    assert typed("ASSIGN R1").startswith("Did you mean `/risk edit R1`?"), "no project is called so"
    assert typed("Delete r2").startswith("Did you mean `/risk close R2`?")
    assert typed("acme r2").startswith("*ACME-R2 "), "a project's risk, however it is written"
    assert "Did you mean `/risk show R2`?" in typed("R2 worries me")
    assert "ACME-DEC4 is a decision: type `/raid show ACME-DEC4`." in typed("assign ACME-DEC4")
    company.press("dana", company.messages("dana", "acme")[-1], "No, log “assign ACME-DEC4” as a risk")
    assert "Logged *ACME-R5 assign ACME-DEC4*" in company.sees("dana", "acme")[-1]
    assert "Logged *ACME-R6 R77 worries me*" in typed("R77 worries me"), "there is no such risk"
    assert "Logged *ACME-R7 Vendor slips because of ACME-R1*" in typed("Vendor slips because of ACME-R1")


def test_a_wrong_owner_is_said_and_the_line_given_back(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves @yuki")
    said = company.sees("sam", "acme")[-1]
    assert "Choose somebody of your own team: this person is a guest here." in said
    assert "You typed:\nVendor leaves @yuki" in said
    company.type("sam", "acme", "/risk Vendor leaves @robin")
    assert "this person is from another company." in company.sees("sam", "acme")[-1]

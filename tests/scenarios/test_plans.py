"""``/project phase``, ``measures``, ``milestones`` and ``deliverables`` as people use them."""

from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio


def test_a_phase_in_a_line_by_form_and_back(company: Studio) -> None:
    company.type("dana", "acme", "/project phase")
    shown = company.messages("dana", "acme")[-1]
    assert "Deliver* since" in words(shown)
    assert "Before it leaves Deliver:" in words(shown)
    assert "Milestones are reached · 2 of 4" in words(shown)
    assert "Deliverables are accepted · 2 of 5" in words(shown)
    assert labels(shown) == ["On to Close", "Another phase"]

    company.press("dana", shown, "On to Close")
    company.submit("dana")
    assert "not accepted" in company.modal("dana").errors["reason"]
    company.submit("dana", {"reason": "Accepted by Acme"})
    assert "ACME is in *Close* now" in modal_words(company.modal("dana"))
    company.type("sam", "acme", "/project phase")
    shown = company.messages("sam", "acme")[-1]
    assert "Close* since" in words(shown)
    assert labels(shown) == []
    company.type("sam", "acme", "/project phase improve")
    assert "Please ask Dana Ortiz" in company.sees("sam", "acme")[-1]

    company.type("dana", "acme", "/project phase back to launch")
    assert "Say why it goes back to Launch" in modal_words(company.modal("dana"))
    company.submit("dana")
    assert "why it goes back" in company.modal("dana").errors["reason"]
    company.type("jo", "acme", "/project phase undo")
    asked = company.messages("jo", "acme")[-1]
    assert "Take ACME from *Close*, where Dana Ortiz put it, back to *Deliver*?" in words(asked)
    company.type("dana", "acme", "/project phase undo")
    company.press("jo", asked, "Take it back")
    assert "ACME is in *Deliver* now" in company.sees("jo", "acme")[-1]
    company.press("dana", company.messages("dana", "acme")[-1], "Take it back")
    assert "ACME has gone on since" in company.sees("dana", "acme")[-1]
    company.submit("dana", {"reason": "Scope is open again"})
    assert "changed the phase while you were writing" in modal_words(company.modal("dana"))
    company.submit("dana", {"reason": "Scope is open again"})
    assert "ACME is in *Launch* now" in modal_words(company.modal("dana"))
    company.type("dana", "acme", "/project history")
    assert "phase Deliver → Launch" in company.sees("dana", "acme")[-1]
    assert "Scope is open again" in company.sees("dana", "acme")[-1]


def test_a_phase_that_nobody_knows_is_asked_about(company: Studio) -> None:
    company.type("dana", "acme", "/project phase delvier")
    assert "/project phase deliver" in company.sees("dana", "acme")[-1]
    company.type("dana", "general", "/project phase")
    assert "Which project?" in company.sees("dana", "general")[-1]
    company.type("dana", "general", "/project COBALT phase review since yesterday")
    assert "COBALT is in Close already" in company.sees("dana", "general")[-1]


def test_measures_in_lines_and_by_form(company: Studio) -> None:
    company.type("lee", "delta", "/project")
    card = company.sees("lee", "delta")[-1]
    assert "No success measure yet" in card
    assert "Launch* since" in card
    company.type("lee", "delta", "/project measures")
    assert "Nobody has said yet" in company.sees("lee", "delta")[-1]
    company.type("lee", "delta", "/project measures Teams on the design system: 6 of 8")
    company.press("lee", company.messages("lee", "delta")[-1], "Add it")
    assert "*Teams on the design system*: 6 of 8" in company.sees("lee", "delta")[-1]
    company.type("lee", "delta", "/project")
    assert "Success: Teams on the design system, 6 of 8" in company.sees("lee", "delta")[-1]

    company.type("lee", "delta", "/project measures edit 1")
    company.type("jo", "delta", "/project measures edit 1 Teams that use it: 7 of 8")
    company.submit("lee", {"outcome": "efficiency"})
    assert "Jo Lind changed this" in modal_words(company.modal("lee"))
    company.submit("lee")
    company.type("lee", "delta", "/project measures")
    shown = company.messages("lee", "delta")[-1]
    assert "*Teams that use it*: 7 of 8 · efficiency" in words(shown)

    company.press("lee", shown, "Add one")
    company.submit("lee", {"title": " "})
    assert company.modal("lee").errors["title"]
    company.submit("lee", {"title": "Bugs found by others", "target": "none a month"})
    company.type("lee", "delta", "/project measures remove 9")
    assert "DELTA has no success measure 9. These are there:" in company.sees("lee", "delta")[-1]
    company.type("lee", "delta", "/project measures remove 1")
    company.press("lee", company.messages("lee", "delta")[-1], "Undo")
    assert "Back again" in company.sees("lee", "delta")[-1]
    company.type("lee", "delta", "/project measures history 1")
    assert "Lee Park brought it back" in company.sees("lee", "delta")[-1]
    assert "Jo Lind" in company.sees("lee", "delta")[-1]
    company.type("lee", "delta", "/project measures remvoe 1")
    assert "/project measures remove 1" in company.sees("lee", "delta")[-1]
    company.type("lee", "delta", "/project measures edit")
    assert "Which success measure?" in company.sees("lee", "delta")[-1]


def test_members_look_and_guests_do_not(company: Studio) -> None:
    company.type("mina", "acme", "/project measures")
    shown = company.messages("mina", "acme")[-1]
    assert "Checkout conversion" in words(shown)
    assert labels(shown) == []
    company.type("mina", "acme", "/project measures add More of it")
    assert (
        "Please ask Dana Ortiz to change this project's success measures" in company.sees("mina", "acme")[-1]
    )
    company.type("yuki", "cobalt", "/project measures")
    assert "for this workspace's own team" in company.sees("yuki", "cobalt")[-1]
    company.type("dana", "acme", "/project archive It is over")
    company.type("dana", "acme", "/project measures add More of it")
    assert "ACME is archived. Reopen it first" in company.sees("dana", "acme")[-1]


def test_milestones_in_lines_and_by_form(company: Studio) -> None:
    company.type("lee", "borealis", "/project")
    card = company.messages("lee", "borealis")[-1]
    assert "Next: M2 *Seat map in booking*" in words(card)
    assert "10 days later than agreed" in words(card)
    assert "working days overdue" in words(card)
    company.press("lee", card, "Milestones")
    assert "1 of 3 done" in company.sees("lee", "borealis")[-1]

    company.type("lee", "borealis", "/project milestones done M2 yesterday")
    company.press("lee", company.messages("lee", "borealis")[-1], "Undo")
    assert "10 days later than agreed" in company.sees("lee", "borealis")[-1]
    company.type("lee", "borealis", "/project milestones move M3 by 1 week The hall's plans came late")
    assert "21 days later than agreed" in company.sees("lee", "borealis")[-1]
    company.type("lee", "borealis", "/project milestones move M3 2026-01-05 They asked")
    refused = company.sees("lee", "borealis")[-1]
    assert "5 Jan 2026 has passed." in refused
    assert "You typed:\nmilestones move M3 2026-01-05 They asked" in refused
    company.type("lee", "borealis", "/project milestones move M3")
    company.type("jo", "borealis", "/project milestones move M3 by 1 day They asked")
    company.submit("lee", {"forecast_on": "2027-06-01", "reason": "Season begins later"})
    assert "Jo Lind changed this" in modal_words(company.modal("lee"))
    company.submit("lee")
    assert "1 Jun 2027" in modal_words(company.modal("lee"))
    company.type("lee", "borealis", "/project milestones history M3")
    told = company.sees("lee", "borealis")[-1]
    assert "The hall's plans came late" in told
    assert "Season begins later" in told

    company.type("lee", "borealis", "/project milestones add Gift vouchers")
    company.submit("lee", {"baseline_on": "2027-03-01"})
    company.type("lee", "borealis", "/project milestones")
    assert "M4 *Gift vouchers* · 1 Mar 2027" in company.sees("lee", "borealis")[-1]
    company.type("lee", "borealis", "/project milestones add gift vouchers due 2027-09-01")
    added = company.messages("lee", "borealis")[-1]
    assert "M4 has the same name.\nThat is after BOREALIS's planned end" in words(added)
    company.press("lee", added, "Undo")
    for said in ("add Beta live due 1 oct", "move M3 1 oct They asked"):
        company.type("lee", "borealis", f"/project milestones {said}")
        told = company.sees("lee", "borealis")[-1]
        assert "1 oct comes only in 2027" in told
        assert "Nothing was changed" in told
    company.type("lee", "borealis", "/project milestones accepted M4 by Oskar Lind")
    assert "accepted 14 Oct by Oskar Lind" in company.sees("lee", "borealis")[-1]
    company.type("lee", "borealis", "/project milestones done M4 someday")
    assert "done M4 yesterday" in company.sees("lee", "borealis")[-1]
    company.type("lee", "borealis", "/project milestones edit M4 Vouchers due 2027-04-01")
    assert "*Vouchers*" in company.sees("lee", "borealis")[-1]
    company.type("lee", "general", "/project milestones remove BOREALIS-M4")
    company.press("lee", company.messages("lee", "general")[-1], "Undo")
    assert "Back again" in company.sees("lee", "general")[-1]


def test_deliverables_from_due_to_accepted(company: Studio) -> None:
    company.type("dana", "acme", "/project")
    assert "Deliverables: 1 rejected, 2 due · 2 of 5 accepted" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project milestones")
    shown = company.messages("dana", "acme")[-1]
    assert "• D4 API guide · rejected" in words(shown)
    company.press("dana", shown, "Deliverables")
    shown = company.messages("dana", "acme")[-1]
    assert "D4 *API guide* for M3 · *rejected*" in words(shown)
    assert "No word about refunds." in words(shown)

    company.type("dana", "acme", "/project deliverables accepted D4")
    assert (
        "It is rejected, so you can't accept it. What you can do: submit it."
        in company.sees("dana", "acme")[-1]
    )
    company.type("dana", "acme", "/project deliverables submit D4 https://example.org/guide")
    assert "submitted again" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project deliverables submit D4 www.example.org/guide")
    assert "A link begins with https://" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project deliverables submit D4 in the shared folder")
    corrected = company.messages("dana", "acme")[-1]
    assert "note: in the shared folder" in words(corrected)
    assert labels(corrected) == ["Show all"], "no step to take back"
    company.type("dana", "acme", "/project deliverables submit D4 https://example.org/guide")
    assert "where it is" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project deliverables reject D4")
    company.submit("dana", {"reason": "Still no refunds"})
    assert "*rejected*" in modal_words(company.modal("dana"))
    company.type("jo", "acme", "/project deliverables submit D4")
    company.type("jo", "acme", "/project deliverables accepted D4 by Robin Vale")
    told = company.messages("jo", "acme")[-1]
    assert "by Robin Vale (noted by Jo Lind)" in words(told)
    company.press("jo", told, "Undo")
    assert "submitted again" in company.sees("jo", "acme")[-1]

    company.type("dana", "acme", "/project deliverables add Training slides")
    company.submit("dana", {"title": "Training slides"})
    assert "Pick a day" in company.modal("dana").errors["due_on"]
    company.submit("dana", {"due_on": "2026-11-02", "milestone_id": "none"})
    assert "D6 *Training slides* · due 2 Nov" in modal_words(company.modal("dana"))
    company.type("dana", "acme", "/project deliverables add Glossary for M4 due 3 nov")
    assert "D7 *Glossary* for M4 · due 3 Nov" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project deliverables add Glossary for M9")
    assert "no M9 here" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project deliverables history D4")
    history = company.sees("dana", "acme")[-1]
    assert "Still no refunds" in history
    assert "took that back: accepted → submitted" in history

    company.type("dana", "acme", "/project phase close")
    assert "has not accepted D3, D4, D5, D6, D7 yet" in modal_words(company.modal("dana"))
    company.submit("dana", {"reason": "Part of the next contract"})
    assert "ACME is in *Close* now" in modal_words(company.modal("dana"))


def test_a_milestone_and_a_deliverable_are_known_by_their_names_alone(company: Studio) -> None:
    company.type("lee", "borealis", "/project done M2 yesterday")
    assert "M2 *Seat map in booking*" in company.sees("lee", "borealis")[-1]
    company.type("lee", "general", "/project move BOREALIS-M3 by 1 week The hall's plans came late")
    assert "21 days later than agreed" in company.sees("lee", "general")[-1]
    company.type("lee", "general", "/project BOREALIS M3")
    assert "The hall's plans came late" in company.sees("lee", "general")[-1]
    company.type("lee", "borealis", "/project edit M2 Seat maps")
    assert "*Seat maps*" in company.sees("lee", "borealis")[-1]
    company.type("lee", "general", "/project BOREALIS history M2")
    assert "Seat map in booking → Seat maps" in company.sees("lee", "general")[-1]
    company.type("dana", "acme", "/project submit D4 https://example.org/guide")
    company.type("dana", "acme", "/project accepted D4 by Robin Vale")
    assert "by Robin Vale (noted by Dana Ortiz)" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project remove 1")
    assert "Did you mean" in company.sees("dana", "acme")[-1], "a figure alone names nothing"

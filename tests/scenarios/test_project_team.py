"""``/project team`` as people use it, and what a guest's mark changes in the channel."""

from scheduled.visibility import ONE_ANSWER_SERVES
from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.statuses import close
from tests.scenarios.studio import Studio


def test_roles_in_one_line(company: Studio) -> None:
    company.type("dana", "acme", "/project team add @lee engineering lead deputy")
    assert "Lee Park* is on ACME now as deputy engineering lead" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project team add @lee enginering lead")
    assert "engineering lead" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/project team remove @lee")
    assert "is off ACME now" in company.sees("dana", "acme")[-1]
    company.type("dana", "general", "/project team handover ACNE @lee")
    assert "I don't know a project or a role “ACNE”" in company.sees("dana", "general")[-1]
    company.type("dana", "general", "/project team handover ACME @lee")
    assert "You manage ACME now, and stay on the team." in modal_words(company.modal("dana"))
    company.submit("dana")
    assert "Lee Park* manages ACME now" in modal_words(company.modal("dana"))
    assert "Lee Park manages Acme web shop now" not in company.sees("dana", "drumbeat")[-1]
    assert "You manage Acme web shop now" in company.sees("lee", "drumbeat")[-1]
    company.type("lee", "borealis", "/project team handover ACME @dana")
    company.submit("lee")
    for typed in ("hand over", "handover @lee", "ACME hand-over @lee", "transfer to @lee"):
        company.type("dana", "acme", f"/project {typed}")
        assert "You manage ACME now" in modal_words(company.modal("dana")), typed
        close(company, "dana")
    company.type("dana", "general", "/project team COBALT")
    shown = company.messages("dana", "general")[-1]
    assert "Inês Duarte" in words(shown)
    assert labels(shown)[-3:] == ["Add somebody", "Hand over", "Mark a guest"]


def test_roles_by_form_and_button(company: Studio) -> None:
    company.type("jo", "acme", "/project team")
    shown = company.messages("jo", "acme")[-1]
    company.press("jo", shown, "Add somebody")
    company.submit("jo", {"person": company.user("yuki"), "role": "member"})
    assert "guest" in company.modal("jo").errors["person"]
    company.submit("jo", {"person": company.user("lee"), "role": "product_owner", "way": "deputy"})
    assert "deputy product owner" in modal_words(company.modal("jo"))

    company.press("jo", company.messages("jo", "acme")[-1], "Hand over")
    company.submit("jo", {"person": company.user("lee")})
    told = company.find("lee", "drumbeat", "You manage Acme web shop now.")
    assert "Jo Lind named you in Dana Ortiz's place" in words(told)
    company.press("lee", told, "Show it")
    assert "ACME · Acme web shop" in company.sees("lee", "drumbeat")[-1]
    assert "Lee Park manages Acme web shop now" in company.sees("dana", "drumbeat")[-1].replace("*", "")
    company.type("jo", "acme", "/project")
    assert "Lee Park (project manager, deputy product owner)" in company.sees("jo", "acme")[-1]


def test_a_member_sees_the_team_and_no_buttons(company: Studio) -> None:
    company.type("sam", "acme", "/project team")
    shown = company.messages("sam", "acme")[-1]
    assert "Dana Ortiz" in words(shown)
    assert labels(shown) == []
    company.type("sam", "acme", "/project team add @tom")
    assert "Please ask Dana Ortiz" in company.sees("sam", "acme")[-1]


def test_a_guest_marked_as_colleague_holds_nothing_up(company: Studio) -> None:
    company.type("tom", "cobalt", "/risk App may be rejected p4 i4 @ines")
    assert not any("App may be rejected" in text for text in company.sees("yuki", "cobalt"))

    company.type("dana", "cobalt", "/project team")
    company.press("dana", company.messages("dana", "cobalt")[-1], "Mark a guest")
    assert "they will read risks" in modal_words(company.modal("dana"))
    company.submit("dana", {"person": company.user("yuki")})
    assert "counts as a colleague on COBALT" in modal_words(company.modal("dana"))

    company.clock.forward(ONE_ANSWER_SERVES)
    company.type("tom", "cobalt", "/risk Testers may leave p4 i4 @ines")
    assert any("Testers may leave" in text for text in company.sees("yuki", "cobalt"))

    company.type("dana", "cobalt", "/project team remove @yuki as colleague")
    company.clock.forward(ONE_ANSWER_SERVES)
    company.type("tom", "cobalt", "/risk Budget may run out p4 i4 @ines")
    assert not any("Budget may run out" in text for text in company.sees("yuki", "cobalt"))


def test_a_role_that_is_none_is_asked_about(company: Studio) -> None:
    company.type("dana", "acme", "/project team add @mina engineer")
    asked = company.messages("dana", "acme")[-1]
    told = words(asked)
    assert "I don't know the role “engineer”, so nothing was changed." in told
    for role in ("project manager", "product owner", "engineering lead", "account manager", "member"):
        assert f"`{role}`" in told
    assert "You typed:\nteam add @mina engineer" in told
    company.choose_in_menu("dana", asked, "Which one is meant?", "Engineering lead")
    assert "Mina Haddad* is on ACME now as engineering lead" in company.sees("dana", "acme")[-1]
    company.type("dana", "general", "/project team ACME remove @mina deputy wizard")
    company.choose_in_menu("dana", company.messages("dana", "general")[-1], "Which one", "Member")
    assert "Mina Haddad* is no longer member of ACME" in company.sees("dana", "general")[-1]

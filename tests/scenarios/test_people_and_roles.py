"""`/drumbeat`: help that knows who asks, and roles given and taken by admins alone."""

from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio


def test_help_says_what_works_for_whom(company: Studio) -> None:
    company.type("jo", "acme", "/drumbeat")
    told = company.sees("jo", "acme")[-1]
    assert "/risk" in told
    assert "You are an admin and a delivery manager" in told
    assert "for admins" not in told
    assert "`/drumbeat role add @jo delivery manager` give a role" in told
    company.type("sam", "acme", "/drumbeat help")
    told = company.sees("sam", "acme")[-1]
    assert "give a role" not in told
    assert "You are a member of the team. `role` is for admins. `doctor` is for admins and" in told
    for typed, says in (
        ("help please", "You are a member of the team."),
        ("help risk", "`/risk Vendor API may slip"),
        ("people of acme", "I don't know what is behind that. Type `/drumbeat people`."),
        ("peple", "Did you mean `/drumbeat people`?"),
    ):
        company.type("sam", "acme", f"/drumbeat {typed}")
        assert says in company.sees("sam", "acme")[-1]


def test_a_guest_is_not_promised_what_would_be_refused(company: Studio) -> None:
    company.type("yuki", "cobalt", "/drumbeat help")
    assert "for this workspace's own team" in company.sees("yuki", "cobalt")[-1]


def test_everybody_sees_who_has_which_role(company: Studio) -> None:
    company.type("sam", "acme", "/drumbeat people")
    told = company.messages("sam", "acme")[-1]
    assert "Jo Lind · administers this Slack workspace" in words(told)
    assert "Kofi Mensah · since" in words(told)
    assert labels(told) == []


def test_an_admin_gives_a_role_in_words_and_takes_it_back(company: Studio) -> None:
    company.type("jo", "acme", "/drumbeat role add @dana delivery manager")
    given = company.messages("jo", "acme")[-1]
    assert "Dana Ortiz" in words(given)
    assert "a delivery manager now" in words(given)
    company.type("dana", "acme", "/drumbeat help")
    assert "You are a delivery manager" in company.sees("dana", "acme")[-1]

    company.press("jo", given, "Undo")

    assert "a delivery manager no longer" in company.sees("jo", "acme")[-1]
    company.type("dana", "acme", "/drumbeat help")
    assert "You are a member of the team" in company.sees("dana", "acme")[-1]


def test_an_admin_gives_a_role_by_the_form_and_takes_it_from_the_list(company: Studio) -> None:
    company.type("jo", "acme", "/drumbeat people")
    company.press("jo", company.messages("jo", "acme")[-1], "Give a role")
    company.submit("jo", {"person": company.user("yuki"), "role": "leader"})
    assert "your own team" in company.modal("jo").errors["person"]
    company.submit("jo", {"person": company.user("lee"), "role": "leader"})
    assert "Lee Park" in modal_words(company.modal("jo"))

    company.type("jo", "acme", "/drumbeat people")
    listed = company.messages("jo", "acme")[-1]
    assert "Lee Park · since" in words(listed)
    company.press("jo", listed, "Remove")
    assert "no longer" in company.sees("jo", "acme")[-1]


def test_who_is_no_admin_is_told_whom_to_ask_and_gets_no_form(company: Studio) -> None:
    for typed in ("role", "role add @dana delivery manager", "role remove @jo admin"):
        company.type("sam", "acme", f"/drumbeat {typed}")
        assert "Please ask Jo Lind to give or take roles" in company.sees("sam", "acme")[-1]
        assert not company.has_modal("sam")


def test_slips_get_the_nearest_word(company: Studio) -> None:
    for typed, answer in (
        ("poeple", "Did you mean `/drumbeat people`?"),
        ("role add @dana delivry manager", "Did you mean `/drumbeat role add @… delivery manager`?"),
        ("role add @dana emperor", "There are `delivery manager`, `leader` and `admin`"),
        ("role add delivery manager", "Say who"),
        ("role remove @jo admin", "was not made an admin here"),
        ("role remove @sam leader", "nothing to take away"),
    ):
        company.type("jo", "acme", f"/drumbeat {typed}")
        assert answer in company.sees("jo", "acme")[-1]

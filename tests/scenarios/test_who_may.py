"""Who may do what, and what must never reach a channel that a client or a guest can read."""

from handlers.grammar import COMMANDS
from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio


def test_guests_and_clients_are_politely_refused(company: Studio) -> None:
    company.type("yuki", "cobalt", "/risk list")
    assert "for this workspace's own team" in company.sees("yuki", "cobalt")[-1]
    company.type("robin", "acme-shared", "/risk The shop is slow")
    assert "for this workspace's own team" in company.sees("robin", "acme-shared")[-1]
    assert company.sees("robin", "acme-shared")[-1].endswith("You typed:\nThe shop is slow")
    for command in COMMANDS:
        company.type("yuki", "cobalt", f"/{command.name} help")
        assert "for this workspace's own team" in company.sees("yuki", "cobalt")[-1]
        company.type("robin", "acme-shared", f"/{command.name} help")
        assert "for this workspace's own team" in company.sees("robin", "acme-shared")[-1]


def test_a_channel_with_a_guest_is_spared(company: Studio) -> None:
    company.type("tom", "cobalt", "/risk App may be rejected p4 i4 @ines")

    assert not any("App may be rejected" in text for text in company.sees("yuki", "cobalt"))
    for who in ("dana", "ines", "tom"):
        told = company.sees(who, "drumbeat")[-1]
        assert "App may be rejected" in told
        assert "guests" in told


def test_a_risk_for_the_leads_only_stays_with_them(company: Studio) -> None:
    company.type("dana", "acme", "/risk")
    company.press_in_modal("dana", "More", {"title": "Mina may leave"})
    company.submit(
        "dana", {"probability": "4", "impact": "4", "visibility": "restricted", "owner": company.user("jo")}
    )

    assert not any("Mina may leave" in text for text in company.sees("priya", "acme"))
    company.type("mina", "acme", "/risk list")
    assert "Mina may leave" not in company.sees("mina", "acme")[-1]
    company.type("mina", "acme", "/risk show ACME-R5")
    assert "can't find that risk" in company.sees("mina", "acme")[-1]
    company.type("jo", "acme", "/risk list")
    assert "Mina may leave" in company.sees("jo", "acme")[-1]


def test_who_may_not_is_told_whom_to_ask(company: Studio) -> None:
    company.type("mina", "acme", "/risk close ACME-R1 looks fine")
    assert "Please ask Dana Ortiz to close this risk" in company.sees("mina", "acme")[-1]
    company.type("sam", "acme", "/risk Vendor leaves p4 i4")
    announced = company.find("mina", "acme", "⚠️ *ACME-R5 Vendor leaves")
    company.press("mina", announced, "Give it an owner")
    assert "Please ask Dana Ortiz to change this risk" in company.sees("mina", "acme")[-1]
    company.press("sam", announced, "Give it an owner")
    company.submit("sam", {"owner": company.user("alex")})
    announced = company.find("mina", "acme", "⚠️ *ACME-R5 Vendor leaves")
    assert "Alex Novak owns it" in words(announced)
    assert labels(announced) == ["Edit", "Details"]
    company.type("sam", "acme", "/raid issue Staging is down i4")
    company.press("mina", company.find("mina", "acme", "🔥 *ACME-I"), "Edit")
    assert "Please ask Dana Ortiz to change this" in company.sees("mina", "acme")[-1]


def test_a_new_project_in_its_channel_keeps_what_was_typed(company: Studio) -> None:
    company.type("priya", "new-project-talk", "/risk Nobody asked the harbour master")
    older = company.messages("priya", "new-project-talk")[-1]
    company.type("priya", "new-project-talk", "/risk Nobody knows the harbour's API p3 i4 @lee")
    offer = company.messages("priya", "new-project-talk")[-1]
    assert "isn't a project yet" in words(offer)

    company.press("priya", offer, "Make this channel a project")
    assert "Client" in modal_words(company.modal("priya"))
    company.submit("priya", {"client": "Bergen Harbour", "key": "bergen"})

    assert "BERGEN-R1 Nobody knows the harbour's API" in modal_words(company.modal("priya"))
    company.type("priya", "new-project-talk", "/risk list")
    assert "Nobody knows the harbour's API" in company.sees("priya", "new-project-talk")[-1]

    company.press("priya", older, "Make this channel a project")
    told = next(each for each in company.sees("priya", "new-project-talk") if "is *BERGEN* already" in each)
    assert "“Nobody asked the harbour master”" in told, "what an old button kept is given back"


def test_a_taken_key_is_said_beside_the_field(company: Studio) -> None:
    company.type("priya", "new-project-talk", "/risk")
    company.press("priya", company.messages("priya", "new-project-talk")[-1], "Make this channel a project")
    company.submit("priya", {"client": "Bergen Harbour", "key": "ACME"})
    assert "taken" in company.modal("priya").errors["key"]


def test_a_shared_channel_cannot_be_a_project(company: Studio) -> None:
    company.type("sam", "acme-shared", "/risk Release may slip p4 i4")
    offer = company.messages("sam", "acme-shared")[-1]
    assert "Another company can read" in words(offer)
    assert labels(offer) == ["Choose a project"]

    company.type("sam", "acme-shared", "/weekly All on track")
    told = company.sees("sam", "acme-shared")[-1]
    assert "use your team's own channel instead" in told
    assert "make it a project" not in told

    company.press("sam", offer, "Choose a project")

    title = next(block for block in company.modal("sam").view["blocks"] if block["block_id"] == "title")
    assert title["element"]["initial_value"] == "Release may slip"


def test_forms_are_not_opened_for_whoever_may_not_use_them(company: Studio) -> None:
    for command, what in (("edit", "change"), ("score", "score")):
        company.type("tom", "general", f"/risk {command} ACME-R1")
        assert not company.has_modal("tom")
        assert f"to {what} this risk" in company.sees("tom", "general")[-1]


def test_a_line_that_cannot_be_logged_in_the_new_project_opens_the_form(company: Studio) -> None:
    company.type("priya", "new-project-talk", "/risk Nobody knows the API @robin")
    company.press("priya", company.messages("priya", "new-project-talk")[-1], "Make this channel a project")
    company.submit("priya", {"client": "Bergen Harbour", "key": "BERGEN"})

    assert "What might happen?" in modal_words(company.modal("priya"))
    company.submit("priya")
    assert "your own team" in company.modal("priya").errors["owner"]

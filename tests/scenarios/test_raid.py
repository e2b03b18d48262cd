"""Issues, assumptions, dependencies and decisions as the people of Studio North log, find and end them."""

from bot.demo.values import Message
from models.tables import raid_items
from tests.scenarios.reading import inputs, labels, modal_words, words
from tests.scenarios.records import Row, rows
from tests.scenarios.studio import Studio


def last(company: Studio, who: str, where: str = "acme") -> str:
    return company.sees(who, where)[-1]


def newest(company: Studio, who: str, where: str = "acme") -> Message:
    return company.messages(who, where)[-1]


def records(company: Studio, title: str) -> list[Row]:
    found = rows(company.application.database, raid_items)
    return sorted((row for row in found if row["title"] == title), key=lambda row: str(row["kind"]))


def test_each_kind_is_logged_in_a_line_found_and_ended(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is down i4 @dana due fri")
    answer = company.find("sam", "acme", "✓ Logged *ACME-I")
    assert "*Major 4*\nDana Ortiz owns it · due" in words(answer)
    assert labels(answer) == ["Edit", "Details", "Undo"]
    company.type("sam", "acme", "/drumbeat raid assumption Traffic stays low @mina check by fri")
    company.type("sam", "acme", "/raid dependency get Sandbox keys from Acme IT due fri")
    assert "We get it from Acme IT" in last(company, "sam")
    company.type("dana", "acme", "/raid decision Keep the old checkout? decided: no because it breaks")
    assert "*Decided:* no\n*Because:* it breaks" in words(company.find("dana", "acme", "✓ Logged *ACME-DEC"))
    company.type("sam", "acme", "/raid list")
    listed = last(company, "sam")
    for title in ("Staging is down", "Traffic stays low", "Sandbox keys"):
        assert title in listed
    assert "Keep the old checkout" not in listed

    issue, assumption, dependency = (
        records(company, title)[0]["number"]
        for title in ("Staging is down", "Traffic stays low", "Sandbox keys")
    )
    company.type("dana", "acme", f"/raid resolve I{issue} restarted the cluster")
    assert "*What solved it:* restarted the cluster" in last(company, "dana")
    company.type("mina", "acme", f"/raid confirm ACME-A{assumption}")
    company.submit("mina", {"outcome": "The contract says so."})
    company.type("sam", "acme", f"/raid met dep{dependency}")
    assert "came" in last(company, "sam")
    company.type("sam", "acme", "/raid list over")
    for title in ("Staging is down", "Traffic stays low", "Sandbox keys", "Keep the old checkout?"):
        assert title in last(company, "sam")
    company.type("sam", "acme", f"/raid show ACME-I{issue}")
    assert "Dana Ortiz resolved it" in last(company, "sam")


def test_the_form_asks_what_its_kind_needs(company: Studio) -> None:
    company.type("sam", "acme", "/raid")
    asked = newest(company, "sam")
    assert labels(asked) == ["Issue", "Assumption", "Dependency", "Decision", "Risk", "What there is"]
    company.press("sam", asked, "Dependency")
    assert list(inputs(company.modal("sam"))) == ["title", "direction", "party", "owner", "due", "project"]
    assert "From whom?" in modal_words(company.modal("sam"))
    company.choose("sam", "direction", "give", {"title": "Test data", "party": "Borealis"})
    assert "To whom?" in modal_words(company.modal("sam"))
    company.press_in_modal("sam", "More", {"title": "Test data", "direction": "give", "party": "Borealis"})
    company.submit("sam", {"supplier": "Kim"})
    (record,) = records(company, "Test data")
    assert (record["direction"], record["other_party"], record["supplier"]) == ("give", "Borealis", "Kim")
    assert "✓ Logged *ACME-DEP" in last(company, "sam")
    assert "We give it to Borealis" in last(company, "sam")
    company.type("dana", "acme", "/raid decision Ship without the map decided: ship without the map.")
    assert "Decided:" not in last(company, "dana"), "the title says it"

    company.type("sam", "acme", "/raid issue")
    company.submit("sam", {"title": "Logs are gone", "impact": "5", "due": "2020-01-01"})
    assert "has passed" in company.modal("sam").errors["due"]
    company.submit("sam", {"due": None})
    assert [row["impact"] for row in records(company, "Logs are gone")] == [5]


def test_what_is_typed_without_a_kind_is_kept(company: Studio) -> None:
    company.type("sam", "acme", "/raid Nobody knows the keys i3")
    assert "I kept: “Nobody knows the keys i3”" in last(company, "sam")
    company.press("sam", newest(company, "sam"), "Issue")
    company.submit("sam")
    assert [row["impact"] for row in records(company, "Nobody knows the keys")] == [3]

    company.type("sam", "acme", "/raid lits")
    company.press("sam", newest(company, "sam"), "Yes: list")
    assert "open*" in last(company, "sam")
    company.type("sam", "acme", "/raid isue Staging down")
    assert "Did you mean `/raid issue Staging down`?" in last(company, "sam")
    company.type("sam", "acme", "/raid list acm")
    assert "Did you mean `/raid list ACME`?" in last(company, "sam")
    for typed in ("list acme borealis", "list ACME, Borealis and cobalt issues", "ls Acme & BOREALIS"):
        company.type("sam", "acme", f"/raid {typed}")
        named = "*ACME, BOREALIS and COBALT" if "cobalt" in typed else "*ACME and BOREALIS"
        assert last(company, "sam").startswith(named), typed
    company.type("sam", "acme", "/raid list acme ZENITH")
    assert "I don't know a project “zenith”" in last(company, "sam")
    company.type("sam", "acme", "/raid issue Staging is down i9")
    assert "How bad (i) goes from 1 to 5" in last(company, "sam")
    assert records(company, "Staging is down") == []


def test_a_decision_is_superseded_never_edited(company: Studio) -> None:
    company.type("dana", "acme", "/raid decision Keep the old checkout? @priya")
    number = records(company, "Keep the old checkout?")[0]["number"]
    company.type("sam", "acme", f"/raid decide DEC{number} yes")
    assert "Please ask Dana Ortiz to decide this" in last(company, "sam")
    company.type("priya", "acme", f"/raid decide DEC{number} yes because it works")
    assert "*Because:* it works" in words(company.find("priya", "acme", "✓ *ACME-DEC"))
    company.type("priya", "acme", f"/raid edit DEC{number}")
    assert not company.has_modal("priya")
    assert "stays as it was written down" in last(company, "priya")

    company.type("priya", "acme", f"/raid show DEC{number}")
    shown = newest(company, "priya")
    assert labels(shown) == ["Decide anew", "Add an action"]
    company.press("priya", shown, "Decide anew")
    company.submit("priya", {"outcome": "No.", "rationale": "It broke."})
    assert not company.has_modal("priya")
    company.type("priya", "acme", f"/raid show DEC{number}")
    assert "superseded" in last(company, "priya")
    assert f"It is *ACME-DEC{number + 1}* now" in last(company, "priya")


def test_who_was_slower_keeps_what_was_typed(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is down")
    company.press("sam", newest(company, "sam"), "Edit")
    company.press_in_modal("sam", "More")
    number = records(company, "Staging is down")[0]["number"]
    company.type("dana", "acme", f"/raid edit I{number}")
    company.submit("dana", {"impact": "4"})
    company.submit("sam", {"details": "Since noon."})
    assert "*Dana Ortiz changed" in modal_words(company.modal("sam"))
    assert "how bad → major 4" in modal_words(company.modal("sam"))
    company.submit("sam", {"details": "Since noon."})
    (record,) = records(company, "Staging is down")
    assert (record["impact"], record["details"], record["version"]) == (4, "Since noon.", 3)


def test_undo_in_a_click_and_twice_is_once(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is down")
    first = company.wire.last
    assert company.wire.again(first).body == first.reply.body
    assert len(records(company, "Staging is down")) == 1
    company.press("sam", newest(company, "sam"), "Undo")
    asked = company.find("sam", "acme", "Take *ACME-I1 Staging is down* back?")
    company.press("sam", asked, "Take it back")
    assert "Taken back: *ACME-I1 Staging is down*" in last(company, "sam")
    company.type("sam", "acme", "/raid issue Staging is up")
    company.type("sam", "acme", "/raid undo")
    company.press("sam", company.find("sam", "acme", "Take *ACME-I2 Staging is up* back?"), "Take it back")
    assert "Taken back: *ACME-I2 Staging is up*" in last(company, "sam")
    company.type("sam", "acme", "/raid undo")
    assert "You logged nothing in the last hour" in last(company, "sam")
    company.type("sam", "acme", "/raid issue Staging is slow")
    answer = newest(company, "sam")
    company.type("dana", "acme", "/raid resolve I3 Restarted")
    company.press("sam", answer, "Undo")
    assert last(company, "sam").endswith(
        "can't be taken back. Say how it ended instead, so that nobody wonders."
    )
    company.type("sam", "acme", "/raid resolve ACME-R1 done")
    assert last(company, "sam") == "ACME-R1 is a risk. Type `/risk show ACME-R1`."
    company.type("sam", "acme", "/raid show #1")
    assert "Say which kind it is" in last(company, "sam")
    company.type("sam", "acme", "/raid show ACME-I99")
    assert "can't find that issue" in last(company, "sam")


def test_close_asks_how_where_there_are_several_ways(company: Studio) -> None:
    company.type("sam", "acme", "/raid assumption Traffic stays low")
    number = records(company, "Traffic stays low")[0]["number"]
    company.type("sam", "acme", f"/raid close A{number}")
    asked = newest(company, "sam")
    assert labels(asked) == ["It holds", "Doubtful", "It is wrong"]
    company.press("sam", asked, "It is wrong")
    assert "What turned out?" in modal_words(company.modal("sam"))
    company.submit("sam", {"outcome": "It doubled."})
    assert [(row["kind"], row["status"]) for row in records(company, "Traffic stays low")] == [
        ("assumption", "wrong"),
        ("issue", "open"),
    ]
    company.type("sam", "acme", f"/raid show A{number}")
    assert "It is *ACME-I1* now: Traffic stays low" in last(company, "sam")
    company.type("sam", "acme", "/raid issue Staging is down")
    number = records(company, "Staging is down")[0]["number"]
    company.type("sam", "acme", f"/raid close I{number} restarted")
    assert [row["status"] for row in records(company, "Staging is down")] == ["resolved"]


def test_guests_and_clients_are_refused_and_see_nothing(company: Studio) -> None:
    for who, where in (("yuki", "cobalt"), ("robin", "acme-shared")):
        for typed in ("/raid", "/raid issue Shop is slow", "/raid list all", "/raid show ACME-I1"):
            company.type(who, where, typed)
            assert "for this workspace's own team" in last(company, who, where)
            assert not company.has_modal(who)
    assert records(company, "Shop is slow") == []


def test_what_is_for_the_leads_only_stays_with_them(company: Studio) -> None:
    company.type("dana", "acme", "/raid issue")
    company.press_in_modal("dana", "More", {"title": "Mina is unwell"})
    company.submit("dana", {"visibility": "restricted"})
    number = records(company, "Mina is unwell")[0]["number"]
    company.type("mina", "acme", "/raid list")
    assert "unwell" not in last(company, "mina")
    company.type("mina", "acme", f"/raid show I{number}")
    assert "can't find that issue" in last(company, "mina")
    company.type("jo", "acme", "/raid list")
    assert "unwell" in last(company, "jo")


def test_what_was_typed_waits_for_its_channel_to_become_a_project(company: Studio) -> None:
    company.type("priya", "new-project-talk", "/raid issue Nobody has the keys i3")
    offer = newest(company, "priya", "new-project-talk")
    assert "I kept: “issue Nobody has the keys i3”" in words(offer)
    company.press("priya", offer, "Make this channel a project")
    company.submit("priya", {"client": "Bergen Harbour", "key": "bergen"})
    assert "Logged *BERGEN-I1 Nobody has the keys*." in modal_words(company.modal("priya"))
    company.type("priya", "general", "/raid issue The door is stuck")
    company.press("priya", newest(company, "priya", "general"), "Choose a project")
    assert "What has happened?" in modal_words(company.modal("priya"))


def test_an_archived_project_says_so(company: Studio) -> None:
    company.type("mina", "delta", "/raid issue")
    company.type("lee", "delta", "/project archive DELTA we delivered it")
    company.submit("mina", {"title": "Buttons are blue"})
    assert "archived" in " ".join(company.modal("mina").errors.values())
    company.type("mina", "delta", "/raid list DELTA")
    assert "DELTA is archived" in last(company, "mina", "delta")


def test_a_bad_issue_is_told_once_and_kept_up_to_date(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is down i4")
    announced = company.find("priya", "acme", "🔥 *ACME-I")
    assert "No owner yet · logged by Sam Reyes" in words(announced)
    asked = company.find("dana", "drumbeat", "Sam Reyes logged an issue")
    assert "Who sees to it?" in words(asked)
    company.press("dana", asked, "Edit")
    company.submit("dana", {"owner": company.user("alex")})
    assert "Dana Ortiz made you the owner of *ACME-I" in last(company, "alex", "drumbeat")
    assert "Alex Novak owns it" in words(company.find("dana", "drumbeat", "✓ *ACME-I"))
    company.press("alex", newest(company, "alex", "drumbeat"), "Resolve")
    company.submit("alex", {"outcome": "Restarted."})
    assert labels(newest(company, "alex", "drumbeat")) == ["Details"]
    told = [text for text in company.sees("priya", "acme") if "Staging is down" in text]
    assert told == [
        "✓ *ACME-I1 Staging is down* · resolved: Restarted\nLogged by Sam Reyes · 14 Oct\nDetails"
    ]
    assert "Alex Novak resolved *ACME-I1 Staging is down*: Restarted." in last(company, "sam", "drumbeat")

    company.type("sam", "acme", "/raid issue Tea is cold i2 @sam")
    assert not any("Tea is cold" in text for text in company.sees("priya", "acme"))


def test_what_clients_and_guests_could_read_goes_to_the_leads_instead(company: Studio) -> None:
    company.type("ines", "cobalt", "/raid decision Drop tablets? decided: yes because nobody has one")
    assert not any("tablets" in text for text in company.sees("yuki", "cobalt"))
    for who in ("dana", "ines"):
        told = company.find(who, "drumbeat", "Drop tablets?")
        assert "*Decided:* yes" in words(told)
        assert "there are guests in the channel" in words(told)


def test_a_risk_that_happened_is_an_issue_and_both_say_so(company: Studio) -> None:
    company.type("dana", "acme", "/risk happened ACME-R1 the sandbox is gone")
    answer = company.find("dana", "acme", "happened")
    assert "It is *ACME-I1* now: Vendor API may slip" in words(answer)
    company.press("dana", answer, "ACME-I1")
    assert "Came from *ACME-R1*" in last(company, "dana")
    company.type("sam", "acme", "/raid show ACME-I1")
    assert "Came from *ACME-R1* Vendor API may slip" in last(company, "sam")
    assert "the sandbox is gone" in last(company, "sam")
    company.press("sam", newest(company, "sam"), "ACME-R1")
    assert "It is *ACME-I1* now" in last(company, "sam")


def test_a_name_of_the_other_command_is_sent_there(company: Studio) -> None:
    company.type("sam", "acme", "/raid show ACME-R1")
    assert "ACME-R1 is a risk. Type `/risk show ACME-R1`." in last(company, "sam")
    company.type("sam", "acme", "/risk close dec1 done")
    assert "DEC1 is a decision. Type `/raid show DEC1`." in last(company, "sam")


def test_a_doubt_becomes_a_risk_that_the_manager_scores(company: Studio) -> None:
    company.type("sam", "acme", "/raid assumption Acme delivers the texts by May")
    number = records(company, "Acme delivers the texts by May")[0]["number"]
    company.type("sam", "acme", f"/raid doubt ACME-A{number} nobody answers")
    assert "It is *ACME-R5* now: May not hold: Acme delivers the texts by May" in last(company, "sam")
    asked = company.find("dana", "drumbeat", "ACME-R5")
    assert "Score" in labels(asked)
    company.type("dana", "acme", "/risk show ACME-R5")
    assert f"Came from *ACME-A{number}*" in last(company, "dana")
    assert "Because: nobody answers" in last(company, "dana")


def test_somebody_is_asked_to_do_something_about_an_issue(company: Studio) -> None:
    company.type("sam", "acme", "/raid issue Staging is down @dana")
    company.type("dana", "acme", "/raid action ACME-I1 Call the host @mina due fri")
    assert "Call the host · Mina Haddad · due 16 Oct" in last(company, "dana")
    asked = company.find("mina", "drumbeat", "Dana Ortiz asks you: *Call the host*")
    assert "for ACME-I1" in words(asked)
    company.type("dana", "acme", "/raid action ACME-I1 Restart it")
    company.submit("dana", {"owner": company.user("sam"), "due": "2020-01-01"})
    assert "has passed" in company.modal("dana").errors["due"]
    company.submit("dana", {"owner": company.user("sam"), "due": "2026-10-20"})
    assert "asks you: *Restart it*" in last(company, "sam", "drumbeat")
    company.press("mina", asked, "Done")
    company.type("dana", "acme", "/raid show ACME-I1")
    shown = newest(company, "dana")
    assert "✓ Call the host" in words(shown)
    assert "Change an action" in labels(shown)
    company.type("dana", "acme", "/raid resolve ACME-I1 moved to another host")
    assert "cancelled: ACME-I1 is over" in words(company.find("sam", "drumbeat", "Restart it"))
    company.type("dana", "acme", "/raid action ACME-I1 Too late")
    assert "Only an open issue, or a decision, takes actions." in last(company, "dana")

"""``/retro`` as a team uses it: started, written to without names, closed, and made something of."""

from collections.abc import Callable
from datetime import timedelta

from bot.demo.values import Message
from models.services.retros.clock import RetroClock
from models.tables import retro_cards, retro_participations, retrospectives
from tests.scenarios.reading import labels, modal_words, option_value, words
from tests.scenarios.records import all_records, rows
from tests.scenarios.studio import Studio

TYPED = {"start": "Pair on releases\n- Demo on <!channel>", "stop": "*Late* tickets", "safety": "4"}


def started(company: Studio, who: str = "lee", where: str = "borealis", **chosen: str) -> None:
    """Start one by its form."""
    company.type(who, where, "/retro start")
    company.submit(who, chosen)


def answer_the_safety_check(company: Studio, prompt: Message, *answers: tuple[str, str]) -> None:
    """Say how free people feel to speak, and nothing else."""
    for who, answer in answers:
        company.press(who, prompt, "Add a card")
        company.submit(who, {"safety": answer})
        assert "Counted, without your name" in modal_words(company.modal(who))


def write_in_a_line(company: Studio) -> None:
    """Add a card without the form, and answer the safety check that its receipt offers."""
    company.type("tom", "borealis", "/retro stop: Estimates without the team")
    added = company.messages("tom", "borealis")[-1]
    assert labels(added) == ["My cards", "Add more", "Say how free"]
    company.type("tom", "borealis", "/retro stop: estimates without the  team")
    assert "Already there, and kept once; you have 1 card." in company.sees("tom", "borealis")[-1]
    company.press("tom", added, "My cards")
    assert "Estimates without the team" in modal_words(company.modal("tom"))
    company.press("tom", added, "Say how free")
    company.submit("tom", {"safety": "4"})
    company.type("tom", "borealis", "/retro stop: Estimates without the team, again")
    again = company.messages("tom", "borealis")[-1]
    assert labels(again) == ["My cards", "Add more"]
    company.press("tom", again, "My cards")
    company.press_in_modal("tom", "Change")
    company.press_in_modal("tom", "Delete it")


def read_how_it_works(company: Studio, prompt: Message) -> None:
    """See what is kept of somebody who takes part."""
    company.press("sam", prompt, "How it works")
    told = company.sees("sam", "borealis")[-1]
    assert all(each in told for each in ("until then they could", "counted and deleted"))


def test_a_retrospective_from_its_start_to_its_actions(company: Studio) -> None:
    company.type("lee", "borealis", "/retro")
    company.press("lee", company.messages("lee", "borealis")[-1], "Start one")
    company.submit("lee", {"day": "2026-10-13"})
    assert "has passed" in company.modal("lee").errors["day"]
    company.submit("lee", {"day": "2026-10-16", "safety": "yes"})
    assert "collects cards until" in modal_words(company.modal("lee"))
    prompt = company.find("sam", "borealis", "retro, open until")
    asked = ("continue? Two minutes. No name or exact time", "asks how free you feel to speak, too")
    assert all(each in words(prompt) for each in asked)

    read_how_it_works(company, prompt)
    company.press("sam", prompt, "Add a card")
    company.submit("sam", {"start": "\n"})
    assert "at least one card" in company.modal("sam").errors["start"]
    company.submit("sam", TYPED)
    mine = modal_words(company.modal("sam"))
    assert "3 cards added" in mine
    assert "Demo on &lt;!channel&gt;" in mine
    company.press("sam", prompt, "Add a card")
    company.submit("sam", TYPED)
    assert "Already there: those are kept once" in modal_words(company.modal("sam"))
    company.press_in_modal("sam", "Change")
    company.submit("sam", {"text": "Changed my mind"})
    assert "Changed my mind" in modal_words(company.modal("sam"))
    company.press_in_modal("sam", "Change")
    company.press_in_modal("sam", "Delete it")
    assert "Deleted" in modal_words(company.modal("sam"))
    write_in_a_line(company)
    company.type("mina", "borealis", "/retro add We never test the map")
    company.submit("mina", {"safety": "5"})
    answer_the_safety_check(company, prompt, ("priya", "3"), ("priya", "2"))
    company.type("priya", "borealis", "/retro")
    shown = company.messages("priya", "borealis")[-1]
    assert "So far: 4 cards from 3 people." in words(shown)
    assert "Everybody" not in words(shown)
    assert labels(shown) == ["Add a card", "How it works", "Extend", "Close now"]

    company.press("priya", shown, "Extend")
    company.type("lee", "borealis", "/retro extend")
    assert "extended once already" in company.sees("lee", "borealis")[-1]
    company.type("lee", "borealis", "/retro close")
    company.press("lee", company.messages("lee", "borealis")[-1], "Close it")
    assert "*BOREALIS retro, closed*" in words(company.find("sam", "borealis", "they are further below"))
    closed = company.find("sam", "borealis", "4 cards from 3 people*, in this thread")
    assert "Free to speak: 3.8 of 5 (4 answers). Not all of you say" in words(closed)
    (told,) = company.thread("sam", "borealis", closed)
    assert told.startswith("*Start*\n• ")
    assert "*Stop*\n• " in told
    assert "• We never test the map" in told
    assert "<!channel>" not in told
    company.type("sam", "borealis", "/retro add stop: Too late")
    assert "collects no cards just now" in company.sees("sam", "borealis")[-1]


def test_what_a_team_agrees_on_and_what_the_next_one_begins_with(company: Studio) -> None:
    started(company)
    prompt = company.find("sam", "borealis", "retro, open until")
    for who in ("sam", "tom", "mina"):
        company.type(who, "borealis", "/retro add stop: We never test the map")
    company.press("lee", prompt, "How it works")
    company.type("lee", "borealis", "/retro close")
    company.press("lee", company.messages("lee", "borealis")[-1], "Close it")
    closed = company.find("sam", "borealis", "agree on 3 actions at most")
    company.press("sam", closed, "Add an action")
    company.submit("sam", {"title": "Pair on releases", "owner": company.user("tom"), "due": "2026-10-01"})
    assert "has passed" in company.modal("sam").errors["due"]
    company.submit("sam", {"due": "2026-10-28"})
    assert "✓ Agreed" in modal_words(company.modal("sam"))
    assert "• Pair on releases · Tom Becker, by 28 Oct" in words(company.find("sam", "borealis", "thread"))
    company.press("tom", company.find("tom", "drumbeat", "Pair on releases"), "Done")
    assert "✓ Pair on releases · Tom Becker" in words(company.find("sam", "borealis", "in this thread"))

    company.type("lee", "borealis", "/retro actions")
    assert "1 of 1 action done" in company.sees("lee", "borealis")[-1]
    company.press("sam", closed, "Add an action")
    company.submit("sam", {"title": "Test the map", "owner": company.user("tom"), "due": "2026-10-28"})
    company.type("lee", "borealis", "/retro list")
    company.press("lee", company.messages("lee", "borealis")[-1], "Show")
    shown = company.messages("lee", "borealis")[-1]
    assert labels(shown) == ["Done", "Add an action", "Read the cards", "Start another", "All so far"]
    company.press("lee", shown, "Read the cards")
    assert "• We never test the map" in company.sees("lee", "borealis")[-1]
    company.press("lee", shown, "Start another")
    company.submit("lee", {"format": "sailboat", "names": "named"})
    prompt = company.find("sam", "borealis", "retro, open until")
    assert "with names" in words(prompt)
    assert "Last time: 1 of 2 actions done. Open: Test the map (Tom Becker)" in words(prompt)
    company.type("sam", "borealis", "/retro close")
    refused = company.messages("sam", "borealis")[-1]
    assert "to extend or close this retrospective" in words(refused)
    assert labels(refused) == []
    company.type("sam", "borealis", "/retro add wind: Good coffee")
    company.type("lee", "borealis", "/retro close")
    company.press("lee", company.messages("lee", "borealis")[-1], "Close it")
    closed = company.find("sam", "borealis", "With so few, a live one tells more")
    assert company.thread("sam", "borealis", closed) == ["*Wind*\n• Good coffee (Sam Reyes)"]
    company.type("lee", "borealis", "/retro actions")
    shown = company.messages("lee", "borealis")[-1]
    assert "No action was agreed on" in words(shown)
    assert "Still open from earlier ones" in words(shown)
    assert "Test the map" in words(shown)
    assert labels(shown) == ["Done", "Add an action"]


def test_time_reminds_quietly_and_closes(company: Studio) -> None:
    started(company)
    clock = RetroClock(company.application.database)
    company.clock.forward(timedelta(days=1, hours=23))
    clock.run(now=company.clock())
    company.deliver()
    prompt = company.find("tom", "borealis", "retro, open until")
    (reminder,) = company.thread("tom", "borealis", prompt)
    assert "There are none yet." in reminder
    company.clock.forward(timedelta(days=3))
    company.type("tom", "borealis", "/retro add start: Too late")
    assert "Collecting is over" in company.sees("tom", "borealis")[-1]
    clock.run(now=company.clock())
    company.deliver()
    prompt = company.find("tom", "borealis", "retro, closed: nobody added a card")
    assert "Try a live one" in words(prompt)
    assert labels(prompt) == []
    assert [each for each in company.sees("tom", "borealis") if "obody added" in each] == [words(prompt)]
    (reminder,) = company.thread("tom", "borealis", prompt)
    assert "no more cards can be added" in reminder


def test_going_into_close_begins_the_team_s_review_and_asks_for_the_client_s(company: Studio) -> None:
    company.type("lee", "borealis", "/ritual new retro every two weeks")
    company.submit("lee")
    assert "is on: every second Thursday at 10:00" in modal_words(company.modal("lee"))
    company.type("lee", "borealis", "/project phase close")
    company.submit("lee", {"reason": "It goes live on Monday"})
    prompt = company.find("tom", "borealis", "retro, open until")
    assert "How well did we keep to how we want to deliver?" in words(prompt)
    told = company.find("lee", "drumbeat", "two looks back belong to that")
    assert "cards are collected until" in words(told)
    assert "nothing about either where the client can read it" in words(told)
    company.type("lee", "borealis", "/ritual run retro")
    assert "still collects cards, so no other begins" in company.sees("lee", "borealis")[-1]
    company.press("lee", told, "Show the team's")
    assert "No card yet." in company.sees("lee", "drumbeat")[-1]
    company.type("tom", "borealis", "/retro users: We tested with ten fans")
    posted = len(company.sees("tom", "borealis"))
    company.type("lee", "borealis", "/project archive It is live")
    company.submit("lee")
    prompt = company.find("tom", "borealis", "retro, closed early: BOREALIS is archived")
    assert "1 card from 1 person" in words(prompt)
    assert len(company.sees("tom", "borealis")) == posted
    company.press("tom", prompt, "Show it")
    company.press("tom", company.messages("tom", "borealis")[-1], "Read the cards")
    assert "We tested with ten fans" in company.sees("tom", "borealis")[-1]
    company.type("lee", "borealis", "/retro start")
    assert "BOREALIS is archived. Reopen it first" in company.sees("lee", "borealis")[-1]


def test_a_channel_with_a_guest_is_spared_and_the_team_takes_part_all_the_same(company: Studio) -> None:
    started(company, "ines", "cobalt")
    assert not any("retro" in text for text in company.sees("yuki", "cobalt"))
    told = company.find("ines", "drumbeat", "COBALT retro, open until")
    assert "guests in the channel" in words(told)
    assert "`/retro add COBALT`" in words(told)
    company.type("tom", "cobalt", "/retro add start: Ask Yuki too")
    company.type("yuki", "cobalt", "/retro add start: Hello")
    assert "for this workspace's own team" in company.sees("yuki", "cobalt")[-1]
    company.type("ines", "general", "/retro close COBALT")
    company.press("ines", company.messages("ines", "general")[-1], "Close it")
    assert not any("Ask Yuki too" in text for text in company.sees("yuki", "cobalt"))
    told = company.find("ines", "drumbeat", "COBALT retro, closed: 1 card from 1 person")
    company.press("ines", told, "Show it")
    company.press("ines", company.messages("ines", "drumbeat")[-1], "Read the cards")
    assert "Ask Yuki too" in company.sees("ines", "drumbeat")[-1]
    company.type("sam", "general", "/retro show COBALT")
    shown = company.messages("sam", "general")[-1]
    assert labels(shown) == ["All so far"]


def test_what_is_typed_wrongly_is_asked_about_and_other_places_are_understood(company: Studio) -> None:
    company.type("lee", "borealis", "/retro sailboat")
    company.press("lee", company.messages("lee", "borealis")[-1], "Yes: start sailboat")
    assert "wind" in modal_words(company.modal("lee"))
    for line, told in (
        ("strat", "/retro start"),
        ("origami", "/retro help"),
        ("add", "collects no cards just now"),
        ("mine", "collects no cards just now"),
        ("close", "collects no cards just now"),
        ("extend", "collects no cards just now"),
        ("actions", "No retro of BOREALIS is closed yet"),
        ("list", "had no retrospective yet"),
        ("help", "over two working days"),
    ):
        company.type("lee", "borealis", f"/retro {line}")
        assert told in company.sees("lee", "borealis")[-1]
    company.type("kofi", "delta", "/retro")
    assert "Its team can start one" in company.sees("kofi", "delta")[-1]
    company.type("kofi", "delta", "/retro start")
    assert "Please ask Lee Park to start a retrospective here" in company.sees("kofi", "delta")[-1]
    company.type("lee", "general", "/retro add")
    assert "Which project?" in company.sees("lee", "general")[-1]
    for where in ("general", "borealis"):
        for card in ("Meetings without <notes>", "stop: meetings without <notes>"):
            company.type("lee", where, f"/retro add {card}")
            kept = card.replace("<", "&lt;").replace(">", "&gt;")
            assert f"You typed:\n{kept}" in company.sees("lee", where)[-1]
    company.type("lee", "general", "/retro show BORELAIS")
    assert "`/retro show BOREALIS`" in company.sees("lee", "general")[-1]
    for verb in ("retro show", "retro list", "project edit", "project history", "project reopen"):
        company.type("lee", "borealis", f"/{verb} INITECH")
        assert "I don't know a project “INITECH”" in company.sees("lee", "borealis")[-1]
    company.type("lee", "new-project-talk", "/retro start starfish")
    company.press("lee", company.messages("lee", "new-project-talk")[-1], "Choose a project")
    delta = option_value(company.modal("lee"), "project", "DELTA")
    company.submit("lee", {"project": delta})
    assert "*DELTA retro* collects cards" in modal_words(company.modal("lee"))
    company.type("lee", "delta", "/retro extend whenever")
    assert "can't read that day" in company.sees("lee", "delta")[-1]
    company.type("lee", "delta", "/retro extend until fri 2026-10-23 16:00")
    assert "can't read that day" in company.sees("lee", "delta")[-1]
    company.type("lee", "delta", "/retro extend until 2026-10-23 16:00")
    assert "collects cards until" in company.sees("lee", "delta")[-1]


def test_a_delivery_that_comes_twice_makes_one_retrospective_and_one_card(company: Studio) -> None:
    database = company.application.database

    def written() -> tuple[list[str], int, int]:
        cards = sorted(row["text"] for row in rows(database, retro_cards))
        took_part = len(rows(database, retro_participations))
        return cards, took_part, len(rows(database, retrospectives))

    cards, took_part, held = written()
    started(company)
    company.wire.again(company.wire.last)
    company.type("sam", "borealis", "/retro add")
    before = all_records(database)
    acts: tuple[Callable[[], object], ...] = (
        lambda: company.submit("sam", {"start": "Pair on releases"}),
        lambda: company.type("sam", "borealis", "/retro add stop: Late tickets"),
    )
    for act in acts:
        act()
        first = company.wire.last
        again = company.wire.again(first)
        assert again.body == first.reply.body
    assert all_records(database) == before
    assert written() == (sorted([*cards, "Pair on releases", "Late tickets"]), took_part + 1, held + 1)


def test_several_lines_are_several_cards(company: Studio) -> None:
    started(company)
    company.type("tom", "borealis", "/retro Nobody tests the map")
    assert "To write it on a card, type `/retro add` in front of it." in company.sees("tom", "borealis")[-1]
    company.type("tom", "borealis", "/retro add stop: Late tickets\nNo notes\nstart: Pairs")
    assert "you have 3 cards" in company.sees("tom", "borealis")[-1]
    company.press("tom", company.messages("tom", "borealis")[-1], "My cards")
    assert "Late tickets\n" in modal_words(company.modal("tom"))

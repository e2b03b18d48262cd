"""Events as Slack delivers them: once or several times, in order or not, about us or about others."""

from itertools import count
from typing import Any

import pytest

from tests.bot.slack_side import Reply
from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio

BOT = "U01DRUMBEAT"
_numbers = count(1)


def happen(company: Studio, kind: str, *, event_id: str = "", retry: int = 0, **fields: Any) -> Reply:  # noqa: ANN401 - any field of an event.
    """Let Slack tell the bot of something, and the bot say all that it has to say."""
    event = {"type": kind, "event_ts": "1700000000.000100", **fields}
    reply = company.wire.tell(event, event_id or f"Ev{next(_numbers):08}", retry=retry)
    company.deliver()
    return reply


def joins(company: Studio, where: str, by: str = "priya", user: str = BOT, **more: Any) -> Reply:  # noqa: ANN401 - as above.
    channel = company.place(by, where)
    return happen(
        company,
        "member_joined_channel",
        user=user,
        channel=channel,
        channel_type="C",
        team="T01STUDIO",
        inviter=company.user(by),
        **more,
    )


def writes(company: Studio, who: str, text: str, **more: Any) -> Reply:  # noqa: ANN401 - as above.
    fields = {
        "user": company.user(who),
        "channel": company.place(who, "drumbeat"),
        "channel_type": "im",
        "ts": f"1700000000.{next(_numbers):06}",
        "text": text,
        **more,
    }
    return happen(company, "message", **{name: value for name, value in fields.items() if value is not None})


def offers(company: Studio, who: str, where: str) -> list[str]:
    return [text for text in company.sees(who, where) if "a project's own channel?" in text]


def test_a_channel_that_the_bot_joins_is_offered_to_become_a_project(company: Studio) -> None:
    assert joins(company, "new-project-talk").status == 200
    offer = company.messages("priya", "new-project-talk")[-1]
    assert "<#C01NEWPROJECTTALK>" in words(offer)
    assert labels(offer) == ["Make this channel a project"]

    company.press("priya", offer, "Make this channel a project")
    company.submit("priya", {"client": "Bergen Harbour", "key": "BERGEN"})

    assert "is now *BERGEN*" in modal_words(company.modal("priya"))
    offer = company.messages("priya", "new-project-talk")[-1]
    assert "✓ <#C01NEWPROJECTTALK> is *BERGEN*" in words(offer)
    assert labels(offer) == []


def test_it_is_offered_once_however_often_the_bot_is_invited(company: Studio) -> None:
    joins(company, "new-project-talk", event_id="Ev1")
    joins(company, "new-project-talk", event_id="Ev1", retry=1)
    joins(company, "new-project-talk", event_id="Ev2", by="dana")
    assert len(offers(company, "priya", "new-project-talk")) == 1


def test_a_project_s_channel_is_offered_nothing(company: Studio) -> None:
    before = company.sees("sam", "acme")
    joins(company, "acme", by="sam")
    joins(company, "new-project-talk", user=company.user("sam"))
    assert company.sees("sam", "acme") == before
    assert offers(company, "sam", "new-project-talk") == []


def test_a_shared_channel_is_not_offered_and_its_inviter_is_told_why(company: Studio) -> None:
    joins(company, "acme-shared", by="dana")
    assert offers(company, "robin", "acme-shared") == []
    told = company.sees("dana", "drumbeat")[-1]
    assert "People of another company can read <#C01ACMESHARED>" in told
    joins(company, "acme-shared", by="dana")
    assert company.sees("dana", "drumbeat").count(told) == 1


def test_a_client_who_invites_the_bot_hears_nothing(company: Studio) -> None:
    before = company.sees("robin", "drumbeat")
    assert joins(company, "acme-shared", by="robin").status == 200
    assert company.sees("robin", "drumbeat") == before
    assert offers(company, "robin", "acme-shared") == []


def test_a_line_to_the_bot_is_kept_and_offered_to_be_logged(company: Studio) -> None:
    writes(company, "sam", "The vendor's API &amp; sandbox may slip, says <@U01DANA>")
    answer = company.messages("sam", "drumbeat")[-1]
    assert "The vendor's API & sandbox may slip, says Dana Ortiz" in words(answer)

    company.press("sam", answer, "Log it as a risk")
    assert "Project" in modal_words(company.modal("sam"))
    acme = next(
        choice["value"]
        for block in company.modal("sam").view["blocks"]
        if block["block_id"] == "project"
        for choice in block["element"]["options"]
        if "Acme web shop" in choice["text"]["text"]
    )
    company.submit("sam", {"project": acme})

    company.type("sam", "acme", "/risk list")
    assert "The vendor's API &amp; sandbox may slip, says Dana Ortiz" in company.sees("sam", "acme")[-1]


@pytest.mark.parametrize("text", ["hello", "thanks!", "What can you do?", "list", "", "help me please"])
def test_what_is_no_worry_is_told_what_to_type(company: Studio, text: str) -> None:
    writes(company, "sam", text)
    answer = company.messages("sam", "drumbeat")[-1]
    assert "`/risk Vendor API may slip` logs a risk" in words(answer)
    assert labels(answer) == []


def test_a_long_line_fits_the_form_and_loses_nothing(company: Studio) -> None:
    writes(company, "sam", "The vendor may slip because " + "of this and that " * 30)
    company.press("sam", company.messages("sam", "drumbeat")[-1], "Log it as a risk")
    view = company.modal("sam").view["blocks"]
    filled = {
        block["block_id"]: block["element"].get("initial_value") for block in view if "element" in block
    }
    assert len(str(filled["title"])) <= 200
    assert str(filled["cause"]).endswith("of this and that")


def test_the_same_line_delivered_again_is_answered_once(company: Studio) -> None:
    before = len(company.sees("sam", "drumbeat"))
    for retry in range(3):
        writes(company, "sam", "The vendor may slip", ts="1700000000.5", event_id="EvLine", retry=retry)
    assert len(company.sees("sam", "drumbeat")) == before + 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B01DRUMBEAT"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": None},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"channel_type": "channel"},
    ],
    ids=lambda more: "-".join(map(str, next(iter(more.items())))),
)
def test_nobody_s_line_is_not_answered(company: Studio, more: dict[str, Any]) -> None:
    before = company.sees("sam", "drumbeat")
    assert writes(company, "sam", "The vendor may slip", **more).status == 200
    assert company.sees("sam", "drumbeat") == before


def test_guests_and_clients_get_no_answer_but_slack_does(company: Studio) -> None:
    for who in ("yuki", "robin"):
        before = company.sees(who, "drumbeat")
        assert writes(company, who, "The vendor may slip").status == 200
        assert company.sees(who, "drumbeat") == before


def test_somebody_else_s_line_cannot_be_taken(company: Studio) -> None:
    writes(company, "sam", "The vendor may slip")
    company.press("sam", company.messages("sam", "drumbeat")[-1], "Log it as a risk")
    clicked = next(
        delivery.payload
        for delivery in reversed(company.wire.passed)
        if "payload" in delivery.body and delivery.payload["type"] == "block_actions"
    )
    company.wire.send({**clicked, "user": {**clicked["user"], "id": company.user("dana")}, "trigger_id": "x"})
    assert not company.has_modal("dana")


def test_what_is_no_event_of_ours_is_taken_without_a_fault(company: Studio) -> None:
    for fields in ({}, {"channel": {"id": "C1"}}, {"channel": None}, {"user": None}):
        assert happen(company, "member_joined_channel", **fields).status == 200
        assert happen(company, "channel_shared", **fields).status == 200
    for user in (None, "U01SAM", {}, {"id": None}, {"id": "U01SAM", "profile": "x"}):
        assert happen(company, "user_change", user=user).status == 200
    assert happen(company, "tokens_revoked", tokens="all").status == 200


def test_slack_itself_tells_of_an_invitation_and_of_a_line(company: Studio) -> None:
    company.type("priya", "new-project-talk", "/remove @drumbeat")
    company.type("priya", "new-project-talk", "/invite @drumbeat")
    assert len(offers(company, "priya", "new-project-talk")) == 1
    company.type("sam", "drumbeat", "The vendor's API may slip")
    assert "The vendor's API may slip" in company.sees("sam", "drumbeat")[-1]
    assert labels(company.messages("sam", "drumbeat")[-1])

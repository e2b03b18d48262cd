"""Which ritual a line names: as much of its name as tells it apart, then the words about it."""

from uuid import UUID, uuid4

import pytest

from handlers.rituals.asking import Question
from handlers.rituals.asking import unknown as unknown_ritual
from handlers.rituals.choosing import chosen, unknown
from handlers.rituals.finding import alike, meant
from handlers.rituals.forms import RitualForm
from handlers.rituals.words import in_order
from models.read_models import RitualName
from scheduled.rituals import sorts

ACME, COBALT = uuid4(), uuid4()


def ritual(name: str, key: str = "", project_id: UUID | None = None) -> RitualName:
    """Return a ritual of that name."""
    return RitualName(uuid4(), name, key, project_id)


PM, QA = ritual("Delivery – PM"), ritual("Delivery – PO/QA")
STATUS, THEIRS = ritual("Weekly status", "ACME", ACME), ritual("Weekly status", "COBALT", COBALT)
PREPARE = ritual("Weekly status preparation", "ACME", ACME)
NOTES = ritual("Stand-up notes")
ALL = (PM, QA, STATUS, THEIRS, PREPARE, NOTES)


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("delivery pm until 3 jan", PM, "until 3 jan"),
        ("Delivery – PM", PM, ""),
        ("Delivery – PO/QA 2 hours", QA, "2 hours"),
        ("delivery pm -2 hours", PM, "-2 hours"),
        ("weekly status – no more", STATUS, "no more"),
        ("weekly status", STATUS, ""),
        ("weekly 14 jan", None, "14 jan"),
        ("COBALT weekly status: why not", THEIRS, "why not"),
        ("cobalt", THEIRS, ""),
        ("weekly status preparation", PREPARE, ""),
        ("standup 14 jan", NOTES, "14 jan"),
        ("st", None, "st"),
        ("delivery", None, ""),
        ("board pack", None, "board pack"),
        ("", None, ""),
    ],
)
def test_a_line_names_a_ritual(text: str, found: RitualName | None, rest: str) -> None:
    said = meant(text, ALL, ACME)
    assert (said.rituals[0] if len(said.rituals) == 1 else None) == found
    assert said.rest == rest


def test_where_it_may_be_several_they_are_asked_about() -> None:
    assert meant("delivery", ALL, ACME).rituals == (PM, QA)
    assert meant("weekly status", ALL, None).rituals == (STATUS, THEIRS)
    assert meant("board pack", ALL, None).rituals == ()


def test_a_slip_of_the_finger_is_asked_about() -> None:
    assert alike("delivry", ALL) == (PM, QA)
    assert alike("stnad up", ALL) == (NOTES,)
    assert alike("board pack", ALL) == alike("", ALL) == ()
    asked = unknown_ritual(Question("show", "delivry"), (PM, QA))
    assert asked.text == "I know no ritual “delivry”. Did you mean one of these?"
    assert [each["accessory"]["value"] for each in asked.blocks[1:]] == [f"show {PM.id}", f"show {QA.id}"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("weekly", "Weekly status"),
        ("a weekly status every friday", "Weekly status"),
        ("agenda", "Delivery – PM"),
        ("delivery po", "Delivery – PO/QA"),
        ("retro", "Retro every two weeks"),
        ("retrospective every four weeks", "Retro every four weeks"),
        ("weekly retro", "Retro every week"),
        ("a retro, weekly", "Retro every week"),
        ("fortnightly retro", "Retro every two weeks"),
        ("weekly agenda", "Delivery – PM"),
        ("weekly team retro", "Retro every week"),
        ("weekly foo", "Weekly status"),
        ("csat", "Client survey"),
        ("survey", "Client survey"),
        ("standup", "Stand-up notes"),
        ("reminder", "Stand-up notes"),
        ("reminders", "Action reminders"),
        ("health checks", "Delivery health check"),
        ("risks", None),
        ("foo", None),
        ("", None),
    ],
)
def test_a_line_names_what_is_to_be_switched_on(text: str, name: str | None) -> None:
    found = chosen(text, in_order(sorts()))
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "often", "name"),
    [
        ("weekly retro", "w1", "Retro every week"),
        ("biweekly retro", "w2", "Retro every two weeks"),
        ("monthly retro", "nth", "Retrospective"),
        ("quarterly survey", "w13", "Client survey"),
        ("weekly delivery pm", "w1", "Delivery – PM"),
        ("survey", "w26", "Client survey"),
        ("monthly status", "w1", "Weekly status"),
    ],
)
def test_a_word_for_how_often_says_when_it_comes_and_not_what_it_is(text: str, often: str, name: str) -> None:
    found = chosen(text, in_order(sorts()))
    assert found is not None
    form = RitualForm.of_preset(
        found.sort, found.number, None, channel_id=None, timezone="Europe/Oslo", owner="U1"
    ).coming(found.often, found.sort)
    assert (form.get("often"), form.get("name")) == (often, name)


def test_where_it_names_nothing_the_nearest_is_offered_or_all() -> None:
    near, far = (unknown(text, in_order(sorts())) for text in ("retrospektive", "foo <b>"))
    assert "Did you mean *Retro every two weeks*?" in str(near.blocks)
    assert "Yes: Retro every two weeks" in str(near.blocks)
    assert "“foo &lt;b&gt;” that could be switched on. There are: weekly status," in str(far.blocks)
    assert "Choose one" in str(far.blocks)

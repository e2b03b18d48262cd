"""A mood in one line: the many ways to say it, and what else a line may hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.moods.line import MoodLine, read_line
from handlers.moods.values import FACES, WORDS, meant_word, read_value
from handlers.typed.dates import read_past_date
from handlers.typed.text import read_text
from models.rules.moods.mood import MOOD_WORDS, VALUES

TODAY = date(2026, 10, 14)  # A Wednesday.


def read(text: str) -> MoodLine:
    return read_line(read_text(text), TODAY)


@pytest.mark.parametrize(
    ("text", "value", "insight"),
    [
        ("2 tense call about scope", 2, "tense call about scope"),
        ("2: tense call", 2, "tense call"),
        ("2 – tense call", 2, "tense call"),
        ("2/5 tense call", 2, "tense call"),
        ("4", 4, ""),
        ("unhappy", 2, ""),
        ("Unhappy about scope", 2, "Unhappy about scope"),
        ("unhappy: no name for decisions", 2, "no name for decisions"),
        ("neutral, quiet call", 3, "quiet call"),
        ("very happy with the demo", 5, "very happy with the demo"),
        ("not happy", 2, ""),
        ("very unhappy - they shouted", 1, "they shouted"),
        ("so-so", 3, ""),
        ("🙂 good call", 4, "good call"),
        (":rage: shouted at Dana", 1, "shouted at Dana"),
        ("☹️ long silence", 2, "long silence"),
        ("😀", 5, ""),
    ],
)
def test_a_mood_stands_first(text: str, value: int, insight: str) -> None:
    line = read(text)
    assert (line.value, line.insight, line.problem) == (value, insight, "")


@pytest.mark.parametrize("text", ["0 x", "6", "7 tense call", "3.5 so so", "10"])
def test_a_figure_that_is_none_of_the_five_is_said(text: str) -> None:
    line = read(text)
    assert line.value is None
    assert "1, angry, to 5, delighted" in line.problem


@pytest.mark.parametrize(
    "text",
    [
        "tense call about scope",
        "Robin asked for a name",
        "okayish call",
        "2nd call",
        "good grief, they are furious",
        "great call today",
        "not happy hour",
        "good without a word",
    ],
)
def test_a_sentence_alone_has_no_mood(text: str) -> None:
    line = read(text)
    assert (line.value, line.insight, line.problem) == (None, text, "")


def test_every_word_and_every_face_is_understood() -> None:
    for said, value in [*WORDS.items(), *FACES.items()]:
        assert read_value(said).value == value, said
    assert {MOOD_WORDS[value].lower() for value in VALUES} <= set(WORDS)


@pytest.mark.parametrize(
    ("text", "channel", "key", "insight"),
    [
        ("2 tense call <#C01ACME|acme>", "C01ACME", "", "tense call"),
        ("<#C01ACME|acme> 2 tense call", "C01ACME", "", "tense call"),
        ("2 tense call <#C01ACME>", "C01ACME", "", "tense call"),
        ("2 tense call #acme", None, "acme", "tense call"),
        ("2 tense call in <#C01ACME|acme> today", None, "", "tense call in #acme today"),
    ],
)
def test_the_project_is_a_channel_at_either_end(
    text: str, channel: str | None, key: str, insight: str
) -> None:
    line = read(text)
    assert (line.channel_id, line.key, line.insight, line.value) == (channel, key, insight, 2)


def test_what_was_heard_follows_its_word() -> None:
    line = read("4 good call request: a dark theme Opportunity: second market &amp; more <#C1|acme>")
    assert line == MoodLine(4, "good call", "a dark theme", "second market & more", None, "C1")


@pytest.mark.parametrize(
    ("text", "day", "insight"),
    [
        ("2 tense call seen yesterday", date(2026, 10, 13), "tense call"),
        ("2 tense call seen on mon", date(2026, 10, 12), "tense call"),
        ("2 tense call seen 2 oct", date(2026, 10, 2), "tense call"),
        ("2 tense call seen 2026-09-30", date(2026, 9, 30), "tense call"),
        ("2 they want to be seen", None, "they want to be seen"),
        ("2 tense call request: dark mode seen yesterday", date(2026, 10, 13), "tense call"),
        ("2 tense call seen yesterday request: dark mode", date(2026, 10, 13), "tense call"),
    ],
)
def test_a_day_follows_seen(text: str, day: date | None, insight: str) -> None:
    line = read(text)
    assert (line.observed_on, line.insight) == (day, insight)


def test_a_day_that_no_calendar_has_is_no_part_of_the_sentence() -> None:
    for text in ("2 tense call seen 30 feb", "2 tense call request: dark mode seen on 30 feb"):
        assert read(text).problem == "There is no 30 February."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("wed", date(2026, 10, 14)),
        ("thu", date(2026, 10, 8)),
        ("15 oct", date(2025, 10, 15)),
        ("14 oct", date(2026, 10, 14)),
        ("tomorrow", None),
        ("2026-10-15", None),
    ],
)
def test_a_past_day_is_the_last_one_of_its_name(text: str, day: date | None) -> None:
    assert read_past_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("unhapy about scope", "unhappy"),
        ("delihgted", "delighted"),
        ("nuetral", "neutral"),
        ("tense call", None),
        ("good grief, they are furious", None),
    ],
)
def test_a_slip_of_the_finger_is_noticed(text: str, meant: str | None) -> None:
    assert meant_word(text) == meant


@given(st.text())
def test_no_line_is_an_error(text: str) -> None:
    line = read(text)
    assert line.value is None or line.value in VALUES


def test_a_day_still_to_come_is_asked_about_and_its_words_are_kept() -> None:
    line = read("3 fine seen 1 dec")
    assert line.problem == "1 dec is still to come. If you mean 2025, type seen 2025-12-01."
    line = read("3 tense call seen tomorrow")
    assert line.problem == (
        "Tomorrow is still to come. Say when it was, as in seen yesterday, or leave it out."
    )
    assert "2026-10-15 is still to come" in read("3 tense call seen on 2026-10-15").problem
    assert read("3 fine seen 1 dec 2025").observed_on == date(2025, 12, 1)

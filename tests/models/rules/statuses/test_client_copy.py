"""What of a status a client may read: lines without our names, and none of what is ours alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.statuses.client_copy import (
    ClientLines,
    Ours,
    first_names,
    for_client,
    speaks_of_mood,
    without_people,
)

PEOPLE = ("Dana Ortiz", "Priya Nair", "Jo")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Ask the vendor for a date (Dana Ortiz)", "Ask the vendor for a date"),
        ("Ask the vendor (Dana, @Priya Nair and Jo) again", "Ask the vendor again"),
        ("Checkout (second part)", "Checkout (second part)"),
        ("Agree with Robin (Robin Hale)", "Agree with Robin (Robin Hale)"),
        ("Dana Ortiz's tests pass", "Our team's tests pass"),
        ("Robin calls @Dana Ortiz", "Robin calls our team"),
        ("The Dana Ortizes", "The Dana Ortizes"),
    ],
)
def test_nobody_of_ours_is_named(said: str, read: str) -> None:
    assert without_people(said, PEOPLE) == read


def test_a_first_name_is_found_for_a_person_to_judge() -> None:
    assert first_names("Jo and Robin met Dana; Jonas and jo did not", PEOPLE) == ("Jo", "Dana")
    assert first_names("All on track", ()) == ()


@pytest.mark.parametrize(
    ("headline", "is_found"),
    [
        ("Client is unhappy; store review passes Tuesday", True),
        ("The mood of the client is low", True),
        ("They are quite frustrated with us", True),
        ("The customer complained twice", True),
        ("Client signs on Monday", False),
        ("Mood board is with the designers. Client signs on Monday", False),
        ("An angry load test; all on track", False),
    ],
)
def test_words_on_the_clients_own_mood_are_found(headline: str, is_found: bool) -> None:  # noqa: FBT001 - a parameter of a test.
    assert speaks_of_mood(headline) is is_found


def test_what_is_ours_alone_is_no_line_of_the_clients() -> None:
    ours = Ours(PEOPLE, ("Pair on releases", "Call Robin about the tone.", "Talk to Dana Ortiz"))
    text = "- Pair on releases (Dana Ortiz)\n• call Robin about the tone, again\n\nPair on releases2"
    text += "\nTalk to our team"
    assert for_client(text, ours) == ClientLines(("Pair on releases2",), left_out=3)


@given(st.text(), st.lists(st.text(), max_size=4), st.lists(st.text(min_size=1), max_size=3))
def test_no_text_is_an_error(text: str, people: list[str], actions: list[str]) -> None:
    for_client(text, Ours(tuple(people), tuple(actions)))
    first_names(text, people)

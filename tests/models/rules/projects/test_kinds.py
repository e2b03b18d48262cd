"""What may be said of a project: links that can stand in a message, dates in order, a key that stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.projects.kinds import LINK_LENGTH, ends_before_it_starts, is_link, may_change_key


@pytest.mark.parametrize(
    "link",
    [
        "https://studio.atlassian.net/jira/software/projects/ACME/boards/12?view=a&b=c#d",
        "https://example.org",
        "https://example.org:8443/x",
        "https://münchen.example/ordner",
    ],
)
def test_an_https_address_is_a_link(link: str) -> None:
    assert is_link(link)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://example.org",
        "javascript:alert(1)",
        "example.org/board",
        "https://",
        "https:///board",
        "https://dana:secret@example.org",
        "https://example.org/a b",
        "https://example.org/>|<!channel>",
        "https://example.org/\u202eboard",
        "https://example.org:port/",
        "https://[::1",
        "https://example.org/" + "x" * LINK_LENGTH,
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_link(text)


@given(st.text(max_size=60))
def test_no_link_can_end_the_token_it_stands_in(text: str) -> None:
    link = f"https://example.org/{text}"
    if is_link(link):
        assert not set(link) & set('<>|" \n\t')


def test_a_project_ends_on_its_first_day_or_later() -> None:
    day, later = date(2026, 3, 2), date(2026, 3, 3)
    assert ends_before_it_starts(later, day)
    assert not ends_before_it_starts(day, day)
    assert not ends_before_it_starts(day, later)
    assert not ends_before_it_starts(None, day)
    assert not ends_before_it_starts(day, None)


def test_a_key_stays_once_something_is_numbered_after_it() -> None:
    assert may_change_key(0)
    assert not may_change_key(1)

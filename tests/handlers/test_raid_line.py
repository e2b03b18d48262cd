"""A record typed in one line: its attributes at the end, the rest as its kind has it."""

from datetime import date

import pytest

from handlers.raid.line import RaidLine, read_because, read_line
from handlers.raid.list_words import RaidWishes, read_list
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import Direction, RaidKind

TODAY = date(2026, 10, 14)
FRIDAY = date(2026, 10, 16)
DANA = "\x02@U0DANA|dana\x03"
K = RaidKind


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        (K.ISSUE, "Staging is down", RaidLine("Staging is down")),
        (
            K.ISSUE,
            f"Staging is down i4 {DANA} due fri",
            RaidLine("Staging is down", "U0DANA", due_on=FRIDAY, impact=4),
        ),
        (K.ISSUE, "Staging is down impact 5", RaidLine("Staging is down", impact=5)),
        (K.ISSUE, "Rule i4 is never applied", RaidLine("Rule i4 is never applied")),
        (K.ASSUMPTION, "Traffic stays below i4", RaidLine("Traffic stays below i4")),
        (
            K.ASSUMPTION,
            f"Acme delivers by May {DANA} check by fri",
            RaidLine("Acme delivers by May", "U0DANA", due_on=FRIDAY),
        ),
        (K.DEPENDENCY, "Sandbox keys", RaidLine("Sandbox keys")),
        (
            K.DEPENDENCY,
            f"get Sandbox keys from Acme IT needed by fri {DANA}",
            RaidLine("Sandbox keys", "U0DANA", due_on=FRIDAY, other_party="Acme IT"),
        ),
        (
            K.DEPENDENCY,
            "give test data to Borealis due fri",
            RaidLine("test data", due_on=FRIDAY, direction=Direction.GIVE, other_party="Borealis"),
        ),
        (K.DEPENDENCY, "Letters from Acme", RaidLine("Letters from Acme")),
        (
            K.DECISION,
            f"Drop SSO from v1? {DANA} due fri",
            RaidLine("Drop SSO from v1?", "U0DANA", due_on=FRIDAY),
        ),
        (
            K.DECISION,
            f"Drop SSO? decided: yes because nobody uses it {DANA}",
            RaidLine("Drop SSO?", "U0DANA", outcome="yes", rationale="nobody uses it"),
        ),
        (K.ISSUE, "Nobody decided: chaos", RaidLine("Nobody decided: chaos")),
    ],
)
def test_a_line_says_what_its_kind_has(kind: RaidKind, text: str, line: RaidLine) -> None:
    assert read_line(kind, text, TODAY) == line


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Staging is down i9", "How bad (i) goes from 1 to 5, so i9 can't be right."),
        ("Staging is down i-2", "How bad (i) goes from 1 to 5, so i-2 can't be right."),
        (f"Staging is down i5 {DANA} due tomorow", "I can't read the date “tomorow”."),
        ("Staging is down @dana", "I don't know @dana. Pick the person from the list that Slack shows"),
        ("Staging is down due 1 oct 2026", "1 Oct has passed. When is it due?"),
    ],
)
def test_what_cannot_be_understood_is_said(text: str, problem: str) -> None:
    assert read_line(RaidKind.ISSUE, text, TODAY).problem.startswith(problem)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("yes because nobody uses it", ("yes", "nobody uses it")),
        ("Yes, drop it. Because of the costs", ("Yes, drop it.", "of the costs")),
        ("because of the costs", ("because of the costs", "")),
        ("yes", ("yes", "")),
    ],
)
def test_what_was_decided_and_why(text: str, read: tuple[str, str]) -> None:
    assert read_because(text) == read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", RaidWishes()),
        ("acme issues late", RaidWishes(key="acme", kind=RaidKind.ISSUE, late=True)),
        (f'mine {DANA} "sso"', RaidWishes(scope="mine", owner_slack_id="U0DANA", search="sso")),
        ("dependencies over", RaidWishes(kind=RaidKind.DEPENDENCY, over=True)),
        ("superseded open", RaidWishes(status=RaidStatus.SUPERSEDED)),
        ("issues of the week", None),
    ],
)
def test_a_list_is_asked_for_in_words(text: str, wanted: RaidWishes | None) -> None:
    assert read_list(text) == wanted

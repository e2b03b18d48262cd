"""The command table: what is a verb, what is text, what is a slip of the finger."""

import re
from collections.abc import Iterator

import pytest

from handlers.grammar import COMMANDS, RAID, RISK, Command, Verb, parse
from handlers.typed.text import read_text


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("list", "list", ""),
        ("ls", "list", ""),
        ("LIST mine", "list", "mine"),
        ("show ACME-R12", "show", "ACME-R12"),
        ("show r12", "show", "r12"),
        ("show ACME R12", "show", "ACME R12"),
        ("close ACME R12 vendor shipped", "close", "ACME R12 vendor shipped"),
        ("show #12", "show", "#12"),
        ("show 12", "show", "12"),
        ("close R12, vendor shipped", "close", "R12, vendor shipped"),
        ("ACME-R12", "show", "ACME-R12"),
        ("acme r12", "show", "acme r12"),
        ("R12", "show", "R12"),
        ('list "vendor api', "list", '"vendor api'),
        ("close ACME-R12 vendor shipped", "close", "ACME-R12 vendor shipped"),
        ("close", "close", ""),
        ("help", "help", ""),
        ("help all", "help", "all"),
        ("?", "help", ""),
    ],
)
def test_a_verb_with_what_fits_it(text: str, verb: str, rest: str) -> None:
    parsed = parse(RISK, text)
    assert parsed.verb is not None
    assert (parsed.verb.name, parsed.rest) == (verb, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Staging certs expire in March",
        "List of vendors is incomplete",
        "Close to the deadline, nobody tests",
        "Help desk is overloaded",
        "show must go on",
        "R2D2 breaks",
        "R5 is too slow a processor",
        "review vendor R5 boards with care",
        "Redis",
        "",
    ],
)
def test_a_sentence_is_never_a_verb(text: str) -> None:
    parsed = parse(RISK, text)
    assert parsed.verb is None
    assert parsed.meant is None
    assert parsed.rest == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lits", "list"),
        ("reviwe r3", "review"),
        ("hlep", "help"),
        ("shwo ACME-R12", "show"),
        ("closs R3 done", "close"),
        ("lst mine", "list"),
    ],
)
def test_a_slip_of_the_finger_is_noticed(text: str, meant: str) -> None:
    parsed = parse(RISK, text)
    assert parsed.verb is None
    assert parsed.meant is not None
    assert parsed.meant.name == meant


def test_a_short_name_in_capitals_is_a_projects_however_much_it_reads_like_a_verb() -> None:
    parsed = parse(RISK, "REVIEWS R3")
    assert parsed.verb is not None
    assert (parsed.verb.name, parsed.meant) == ("show", None)


@pytest.mark.parametrize(
    ("text", "verb"),
    [("help me", "help"), ("show staging", "show"), ("close r", "close"), ("list page 2", "list")],
)
def test_a_short_line_that_begins_with_a_verb_is_asked_about(text: str, verb: str) -> None:
    parsed = parse(RISK, text)
    assert parsed.verb is None
    assert parsed.unfit is not None
    assert parsed.unfit.name == verb
    assert parse(RISK, "Close to the deadline, nobody tests").unfit is None


def test_a_slip_before_what_may_be_any_words_is_noticed_too() -> None:
    parsed = parse(RAID, "isue Staging is down i4")
    assert parsed.meant is not None
    assert parsed.meant.name == "issue"
    assert parse(RAID, "Nobody knows the keys").meant is None


def test_every_command_has_help_and_no_name_twice() -> None:
    for command in COMMANDS:
        names = [name for verb in command.verbs for name in verb.names]
        assert "help" in names
        assert len(names) == len(set(names))


def usages() -> Iterator[tuple[Command, Verb, str]]:
    """Yield each way in which the help says that a verb is typed."""
    for command in COMMANDS:
        for verb in command.verbs:
            shortest = re.sub(r" ?\[.*?\]", "", verb.usage)
            more = re.findall(r"[^|]+", "|".join(re.findall(r"\[(.*?)\]", verb.usage)))
            for typed in (shortest, *(f"{shortest} {each.strip()}" for each in more)):
                yield command, verb, re.sub(r"@\w+", "<@U012AB3CD>", typed)


@pytest.mark.parametrize(("command", "verb", "typed"), list(usages()))
def test_what_the_help_says_is_read_as_it_is_meant(command: Command, verb: Verb, typed: str) -> None:
    assert parse(command, read_text(typed)).verb is verb

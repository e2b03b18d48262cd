"""The scribe: lines wait for each other while requests are answered, in their order, and none is lost."""

import os
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from bot.scribe import MOST, Scribe

NEVER = 3600.0


class Paper(NamedTuple):
    """A pipe to write to."""

    reads: int
    writes: int

    def lines(self) -> list[str]:
        """Wait until something is written, and return it."""
        return os.read(self.reads, 65536).decode().splitlines()

    def is_blank(self) -> bool:
        """Tell whether nothing has been written."""
        os.set_blocking(self.reads, False)
        try:
            return not os.read(self.reads, 1)
        except BlockingIOError:
            return True
        finally:
            os.set_blocking(self.reads, True)


@pytest.fixture
def paper() -> Iterator[Paper]:
    paper = Paper(*os.pipe())
    yield paper
    os.close(paper.reads)
    os.close(paper.writes)


def scribe(paper: Paper, gather_seconds: float = NEVER) -> Scribe:
    made = Scribe(paper.writes, gather_seconds)
    made.render = lambda event: str(event["event"])
    return made


def test_each_line_is_written_at_once_where_nobody_is_answered(paper: Paper) -> None:
    scribe(paper).info({"event": "starting"})
    assert paper.lines() == ["starting"]


def test_while_requests_are_answered_lines_wait_until_one_matters_or_all_is_over(paper: Paper) -> None:
    writing = scribe(paper)
    with writing.gathering():
        writing.info({"event": "one"})
        writing.info({"event": "two"})
        assert paper.is_blank()
        writing.warning({"event": "careful"})
        assert paper.lines() == ["one", "two", "careful"]
        writing.info({"event": "three"})
    writing.info({"event": "stopped"})
    assert paper.lines() == ["three", "stopped"]


def test_a_line_waits_no_longer_than_a_moment_and_the_next_one_again(paper: Paper) -> None:
    writing = scribe(paper, gather_seconds=0.001)
    with writing.gathering():
        for line in ("one", "two"):
            writing.info({"event": line})
            assert paper.lines() == [line]


def test_no_more_lines_wait_than_a_process_can_bear(paper: Paper) -> None:
    writing = scribe(paper)
    with writing.gathering():
        for number in range(MOST + 1):
            writing.info({"event": number})
        assert paper.lines() == [str(number) for number in range(MOST + 1)]


def test_that_nobody_reads_any_more_troubles_nobody(paper: Paper) -> None:
    os.close(paper.reads)
    scribe(paper).error({"event": "lost"})
    os.dup2(paper.writes, paper.reads)

"""What is made at the start is left to itself; what is made later is collected as ever."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.lasting import lasting


class Ring:
    """Something that only the garbage collector can end, for it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """Let the collector look through everything again."""
    yield
    gc.unfreeze()


def test_what_was_there_by_the_end_is_never_looked_through_again() -> None:
    before = gc.get_freeze_count()
    with lasting():
        made = weakref.ref(Ring())
        assert not gc.isenabled()
    gc.collect()
    assert made() is not None
    assert gc.get_freeze_count() > before


def test_what_is_made_later_is_collected() -> None:
    with lasting():
        pass
    made = weakref.ref(Ring())
    gc.collect()
    assert gc.isenabled()
    assert made() is None


def test_the_collector_works_again_after_a_start_that_failed() -> None:
    with pytest.raises(LookupError), lasting():
        raise LookupError
    assert gc.isenabled()

"""What may wait until an answer is out is done a moment later, and only the last of the same."""

import threading
from functools import partial

from bot.afterwards import MOST, Afterwards

PATIENCE = 30.0


def test_it_is_done_a_moment_later_in_another_thread() -> None:
    afterwards, done, where = Afterwards(pause_seconds=0), threading.Event(), []

    def run() -> None:
        where.append(threading.current_thread().name)
        done.set()

    afterwards.start()
    afterwards("home", run)
    assert done.wait(PATIENCE)
    assert where == ["afterwards"]
    afterwards.stop()


def test_what_comes_while_others_are_done_is_done_too() -> None:
    afterwards, done = Afterwards(pause_seconds=0), threading.Event()
    afterwards.start()
    afterwards("first", lambda: afterwards("second", lambda: afterwards("third", done.set)))
    assert done.wait(PATIENCE)
    afterwards.stop()


def test_of_what_has_the_same_name_only_the_last_is_done() -> None:
    afterwards, done = Afterwards(), list[str]()
    for number in range(3):
        afterwards("dana", partial(done.append, f"dana {number}"))
    afterwards("sam", partial(done.append, "sam"))
    afterwards.catch_up()
    assert done == ["dana 2", "sam"]
    afterwards.catch_up()
    assert done == ["dana 2", "sam"]


def test_what_fails_keeps_no_other_from_being_done() -> None:
    afterwards, done = Afterwards(), list[str]()
    afterwards("broken", partial(done.remove, "nobody"))
    afterwards("whole", partial(done.append, "whole"))
    afterwards.catch_up()
    assert done == ["whole"]


def test_too_much_lets_go_of_what_waited_longest() -> None:
    afterwards, done = Afterwards(), list[int]()
    for number in range(MOST + 2):
        afterwards(number, partial(done.append, number))
    afterwards.catch_up()
    assert (done[0], len(done)) == (2, MOST)


def test_it_stops_whether_it_ever_started_or_not() -> None:
    never, idle = Afterwards(), Afterwards(pause_seconds=60)
    never.stop()
    idle.start()
    idle("late", lambda: None)
    idle.stop()
    assert "afterwards" not in {each.name for each in threading.enumerate()}

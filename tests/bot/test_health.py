"""Readiness: every finding named, and a look now and then instead of at each probe."""

from threading import Event

from bot.health import BAD_FOR, GOOD_FOR, LATE, Readiness


class Checked:
    """A check that counts how often it is asked."""

    def __init__(self, finding: str | None = None) -> None:
        self.finding = finding
        self.asked = 0

    def __call__(self) -> str | None:
        self.asked += 1
        return self.finding


class Seconds:
    """A clock of seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_all_well_is_ready() -> None:
    health = Readiness({"database": Checked(), "slack": Checked()}).look()
    assert health.is_ready
    assert health.findings == {"database": None, "slack": None}


def test_one_finding_is_enough_not_to_be_ready_and_the_others_are_still_told() -> None:
    health = Readiness({"database": Checked("does not answer"), "slack": Checked()}).look()
    assert not health.is_ready
    assert health.findings == {"database": "does not answer", "slack": None}


def test_a_good_answer_serves_for_a_while() -> None:
    check, seconds = Checked(), Seconds()
    readiness = Readiness({"database": check}, seconds)
    readiness.look()
    seconds.now = GOOD_FOR - 0.1
    readiness.look()
    assert check.asked == 1
    seconds.now = GOOD_FOR
    check.finding = "gone"
    assert not readiness.look().is_ready


def test_a_bad_answer_is_looked_at_again_soon() -> None:
    check, seconds = Checked("gone"), Seconds()
    readiness = Readiness({"database": check}, seconds)
    readiness.look()
    check.finding = None
    seconds.now = BAD_FOR
    assert readiness.look().is_ready


def test_a_check_that_hangs_is_told_and_once_it_is_over_all_are_well_again() -> None:
    answers, well = Event(), Checked()

    def hang() -> str | None:
        answers.wait(30)
        return None

    seconds = Seconds()
    readiness = Readiness({"slack": well, "database": hang, "schema": well}, seconds, within=0.05)
    for _ in range(3):
        health = readiness.look()
        assert not health.is_ready
        assert health.findings == {"slack": None, "database": LATE, "schema": LATE}
    assert well.asked == 1, "one look is under way, and no other begins"
    answers.set()
    assert any(readiness.look().is_ready for _ in range(200))

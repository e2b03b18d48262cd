"""The goals, and the lines that `make bench` prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.arms import Name
from tests.benchmarks.footprint import Footprint
from tests.benchmarks.report import Bound, Goal, Sample, ratio, spread, table

Results = Mapping[tuple[Name, int], list[Sample]]
"""One sample a round for each arm and number of connections."""


@dataclass(frozen=True)
class Comparison:
    """A goal for one arm against another."""

    arm: Name
    against: Name
    goal: Goal


RATES = (
    Comparison(Name.EMPTY, Name.BARE, Goal(Bound.AT_LEAST, 0.9)),
    Comparison(Name.RISK_SQLITE, Name.BARE, Goal(Bound.AT_LEAST, 0.20)),
    Comparison(Name.RISK_POSTGRES, Name.BARE, Goal(Bound.AT_LEAST, 0.15)),
    Comparison(Name.RISK_SQLITE, Name.CORE_SQLITE, Goal(Bound.AT_LEAST, 0.6)),
    Comparison(Name.RISK_POSTGRES, Name.CORE_POSTGRES, Goal(Bound.AT_LEAST, 0.6)),
)
MEDIANS = (
    Comparison(Name.RISK_SQLITE, Name.DEFAULT, Goal(Bound.BELOW, 0.5)),
    Comparison(Name.RISK_POSTGRES, Name.DEFAULT, Goal(Bound.BELOW, 0.5)),
)
START = Goal(Bound.AT_MOST, 1.3)
MEMORY = Goal(Bound.AT_MOST, 1.25)


def footprint_lines(ours: Sequence[Footprint], libraries: Sequence[Footprint]) -> str:
    """Return start and idle memory beside those of the libraries alone."""
    seconds, megabytes = [each.seconds for each in ours], [each.megabytes for each in ours]
    their_seconds, their_megabytes = (
        [each.seconds for each in libraries],
        [each.megabytes for each in libraries],
    )
    return _titled(
        f"Start and idle memory, median (lowest–highest) of {len(ours)}",
        [
            ["", "Drumbeat", "its libraries alone", "goal", "ratio"],
            [
                "first healthy answer, s",
                spread(seconds).show(2),
                spread(their_seconds).show(2),
                str(START),
                START.verdict(ratio(seconds, their_seconds)),
            ],
            [
                "idle memory, MB",
                spread(megabytes).show(),
                spread(their_megabytes).show(),
                str(MEMORY),
                MEMORY.verdict(ratio(megabytes, their_megabytes)),
            ],
        ],
    )


def rate_lines(results: Results, connections: Sequence[int]) -> str:
    """Return for each number of connections how many answers a second each arm gave, and how late."""
    headings = ["answers a second", "rate", "p50 ms", "p99 ms", "generator"]
    return "\n".join(
        _titled(
            _many(count),
            [headings, *(_rate_row(name, results[name, count]) for name in Name)],
        )
        for count in connections
    )


def _rate_row(name: Name, rounds: Sequence[Sample]) -> list[str]:
    return [
        name,
        spread([sample.rate for sample in rounds]).show(),
        spread([sample.p50_ms for sample in rounds]).show(2),
        spread([sample.p99_ms for sample in rounds]).show(2),
        f"{spread([sample.load for sample in rounds]).middle:.0%}",
    ]


def goal_lines(results: Results, connections: Sequence[int]) -> str:
    """Return each goal with the ratio that was reached at each number of connections."""
    rows = [["ratio", "goal", *(_many(count) for count in connections)]]
    for each in RATES:
        reached = [
            ratio(*(_rates(results, name, count) for name in (each.arm, each.against)))
            for count in connections
        ]
        rows.append([f"{each.arm} / {each.against}", str(each.goal), *map(each.goal.verdict, reached)])
    for each in MEDIANS:
        reached = [
            ratio(*(_medians(results, name, count) for name in (each.arm, each.against)))
            for count in connections
        ]
        rows.append([f"p50: {each.arm} / {each.against}", str(each.goal), *map(each.goal.verdict, reached)])
    return _titled("Goals: ratio round by round, median (lowest–highest)", rows)


def _rates(results: Results, name: Name, count: int) -> list[float]:
    return [sample.rate for sample in results[name, count]]


def _medians(results: Results, name: Name, count: int) -> list[float]:
    return [sample.p50_ms for sample in results[name, count]]


def _many(count: int) -> str:
    return f"{count} connection{'s' if count > 1 else ''}"


def _titled(title: str, rows: Sequence[Sequence[str]]) -> str:
    return f"\n{title}\n\n{table(rows)}"

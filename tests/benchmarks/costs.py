"""What a screen takes, in queries and milliseconds, side by side for registers of several sizes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from models.database import Database
from tests.models.world import statements_of

ROUNDS = 9


@dataclass(frozen=True)
class Cost:
    """What one screen takes."""

    queries: int
    milliseconds: float


def cost(database: Database, look: Callable[[], object]) -> Cost:
    """Measure one screen, looked at before so that nothing is compiled any more."""
    look()
    with statements_of(database) as seen:
        look()
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        look()
        times.append(perf_counter() - began)
    return Cost(len(seen), median(times) * 1000)


def table(title: str, unit: str, costs: Mapping[int, Mapping[str, Cost]]) -> str:
    """Return a line for each screen, with a column for each size."""
    head = "".join(f"{f'{size:,} {unit}':>24}" for size in costs)
    lines = [f"\n{title:<22}{head}"]
    for name in next(iter(costs.values())):
        cells = (of_size[name] for of_size in costs.values())
        told = "".join(f"{f'{each.queries} queries {each.milliseconds:6.1f} ms':>24}" for each in cells)
        lines.append(f"{name:<22}{told}")
    return "\n".join(lines)

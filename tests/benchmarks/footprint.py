"""Start and idle memory: the product against a process that imports the same libraries and does nothing."""

import subprocess
import time
from dataclasses import dataclass

from tests.benchmarks.arms import Workplace
from tests.benchmarks.processes import ROOT, Program, end, free_port, memory, running

SETTLING = 1.5
"""Seconds after the first answer, or the last import, until the process counts as idle."""


@dataclass(frozen=True)
class Footprint:
    """Seconds from start to the first healthy answer (or the last import), and idle megabytes."""

    seconds: float
    megabytes: float


def footprints(place: Workplace, rounds: int) -> tuple[list[Footprint], list[Footprint]]:
    """Return the product's and the yardstick's, taken in turn after one start of each that does not count."""
    database = place.sqlite("footprint")
    listed = place.folder / "libraries.txt"
    probe = Program("tests.benchmarks.loaded", (str(listed),), place.settings(database, 0))
    subprocess.run(probe.command_line, cwd=ROOT, env=probe.environment, check=True, capture_output=True)
    yardstick = Program("tests.benchmarks.libraries", (str(listed),))
    pairs = [(_product(place, database), _libraries(yardstick)) for _ in range(rounds + 1)][1:]
    return [ours for ours, _ in pairs], [theirs for _, theirs in pairs]


def resident(place: Workplace, database: str) -> float:
    """Return the megabytes of a product that has had a few seconds of nothing to do."""
    port = free_port()
    with running(place.product(database, port), port, place.folder / "resident.log") as server:
        time.sleep(SETTLING * 2)
        return memory(server.process.pid)


def _product(place: Workplace, database: str) -> Footprint:
    port = free_port()
    with running(place.product(database, port), port, place.folder / "footprint.log") as server:
        time.sleep(SETTLING)
        return Footprint(server.seconds_to_answer, memory(server.process.pid))


def _libraries(program: Program) -> Footprint:
    began = time.perf_counter()
    process = subprocess.Popen(
        program.command_line, cwd=ROOT, env=program.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        if process.stdout:
            process.stdout.readline()
        seconds = time.perf_counter() - began
        time.sleep(SETTLING)
        return Footprint(seconds, memory(process.pid))
    finally:
        end(process)

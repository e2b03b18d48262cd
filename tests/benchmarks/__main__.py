"""``make bench``: how fast we are against a bare Bolt app, measured in turn, with the goals beside.

Nothing fails here but a wrong answer: a figure that misses its goal is told, not asserted.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.arms import Arm, Name, Workplace, arms, workplace
from tests.benchmarks.footprint import footprints
from tests.benchmarks.processes import ROOT, Broken, Program, running
from tests.benchmarks.register import saved_risks, seed
from tests.benchmarks.report import Sample
from tests.benchmarks.risk_screens import risk_lines
from tests.benchmarks.rituals import Effort, ritual_lines
from tests.benchmarks.screens import screen_lines
from tests.benchmarks.sending import sending_lines
from tests.benchmarks.summary import Results, footprint_lines, goal_lines, rate_lines

CONNECTIONS = (1, 16, 64)


@dataclass(frozen=True)
class Pace:
    """How long to measure."""

    rounds: int
    seconds: float
    starts: int
    rituals: Effort


THOROUGH = Pace(rounds=5, seconds=1.6, starts=5, rituals=Effort(rounds=9, ticks=100, due=10_000, repeats=2))
QUICK = Pace(rounds=2, seconds=0.5, starts=1, rituals=Effort(rounds=2, ticks=50, due=1_000))


def main() -> int:
    """Measure and print; 1 when an answer was wrong or a risk that was answered for is not there."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a look of one minute instead of five")
    pace = QUICK if parser.parse_args().quick else THOROUGH
    began = time.monotonic()
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, load before {os.getloadavg()[0]:.1f}.")
    with tempfile.TemporaryDirectory(prefix="drumbeat-bench-") as folder, workplace(Path(folder)) as place:
        print(footprint_lines(*footprints(place, pace.starts)), flush=True)
        print(risk_lines(place.folder), flush=True)
        print(screen_lines(place.folder), flush=True)
        print(ritual_lines(place, pace.rituals), flush=True)
        print(sending_lines(place.folder), flush=True)
        measured = arms(place)
        results, answered = take_turns(place, measured, pace)
        print(rate_lines(results, CONNECTIONS))
        print(goal_lines(results, CONNECTIONS))
        faults = found_faults(measured, results, answered)
    print(f"\nLoad after {os.getloadavg()[0]:.1f}. Took {time.monotonic() - began:.0f} s.")
    print("\n".join(faults) or "Every answer was right, and every risk that was answered for is saved.")
    return 1 if faults else 0


def take_turns(place: Workplace, measured: Sequence[Arm], pace: Pace) -> tuple[Results, Counter[Name]]:
    """Run all servers at once and load one at a time, A B C … A B C …; also count all answers of each."""
    results: dict[tuple[Name, int], list[Sample]] = {}
    answered: Counter[Name] = Counter()
    with ExitStack() as servers:
        for arm in measured:
            if arm.database:
                seed(arm.database)
            servers.enter_context(running(arm.program, arm.port, place.folder / f"{arm.name.name}.log"))
        for arm in measured:
            answered[arm.name] += load(arm, 1, QUICK.seconds).answered
        for _ in range(pace.rounds):
            for connections in CONNECTIONS:
                for arm in measured:
                    sample = load(arm, connections, pace.seconds)
                    results.setdefault((arm.name, connections), []).append(sample)
                    answered[arm.name] += sample.answered
    return results, answered


def load(arm: Arm, connections: int, seconds: float) -> Sample:
    """Let the generator, a process of its own, load one arm. Raises Broken."""
    arguments = (str(arm.port), str(connections), str(seconds), arm.command, arm.text, arm.expected)
    program = Program("tests.benchmarks.generator", arguments)
    done = subprocess.run(
        program.command_line, cwd=ROOT, env=program.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        msg = f"{arm.name} at {connections} connections:\n{done.stderr[-1500:]}"
        raise Broken(msg)
    return Sample(**json.loads(done.stdout))


def found_faults(measured: Sequence[Arm], results: Results, answered: Counter[Name]) -> list[str]:
    """Return what makes the figures worthless: wrong answers, and risks that were confirmed but not saved."""
    faults = []
    for arm in measured:
        wrong = sum(
            sample.unexpected
            for (name, _), rounds in results.items()
            if name is arm.name
            for sample in rounds
        )
        if wrong:
            faults.append(f"{arm.name}: {wrong} answers were not what they should be.")
        if arm.database and (saved := saved_risks(arm.database)) != answered[arm.name]:
            faults.append(f"{arm.name}: {answered[arm.name]} risks were confirmed, {saved} are saved.")
    return faults


if __name__ == "__main__":
    sys.exit(main())

"""The yardstick for start and memory: ``python -m tests.benchmarks.libraries FILE`` imports what it names.

The file holds the modules that a running Drumbeat has loaded, its own left out. Written by
``python -m tests.benchmarks.loaded``.
"""

import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Import, say so, and stay until standard input ends."""
    for name in Path(sys.argv[1]).read_text().split():
        # Some libraries put names there that are no files.
        with suppress(ImportError):
            import_module(name)
    print("imported", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()

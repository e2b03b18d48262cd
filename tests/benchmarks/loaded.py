"""Lists what a started Drumbeat has loaded besides itself: ``python -m tests.benchmarks.loaded FILE``."""

import sys
from pathlib import Path

from bot.settings import Settings
from bot.wiring import build

OWN = {"bot", "handlers", "models", "scheduled", "tests", "__main__"}


def main() -> None:
    """Start everything as ``serve`` does, except for the port, and note the names in order of import."""
    application = build(Settings.from_environment())
    try:
        application.prepare()
        application.start()
        names = [name for name in sys.modules if name.partition(".")[0] not in OWN]
    finally:
        application.stop()
    Path(sys.argv[1]).write_text("\n".join(names))


if __name__ == "__main__":
    main()

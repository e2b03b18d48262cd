"""Importing any module does nothing: no file is written, no socket or database opened, no thread started."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

WATCHING = """
import importlib, pkgutil, sys

FORBIDDEN = {
    "socket.connect", "socket.bind", "socket.getaddrinfo", "sqlite3.connect", "subprocess.Popen", "os.system",
    "_thread.start_new_thread", "os.mkdir", "os.remove",
}
seen = []

def watch(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event in FORBIDDEN or writes:
        seen.append(f"{importing}: {event} {arguments}")

importing = ""
sys.addaudithook(watch)
for package in ("bot", "handlers", "models", "scheduled"):
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        # Alembic runs its env.py, and loads each revision, on its own.
        if module.name.endswith("__main__") or module.name.startswith("models.migrations."):
            continue
        importing = module.name
        importlib.import_module(module.name)
print("\\n".join(seen))
sys.exit(bool(seen))
"""


def test_importing_does_no_io() -> None:
    outcome = subprocess.run(
        [sys.executable, "-B", "-c", WATCHING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr

"""A Slack workspace on this machine: Slack's side of the protocol, and nothing of the bot."""

from importlib.util import find_spec

_LIBRARIES = ("starlette", "uvicorn", "httpx", "multipart")
"""What the extra ``demo`` installs; a server does without."""


def is_installed() -> bool:
    """Tell whether the libraries are there that only the demo needs."""
    return all(find_spec(name) for name in _LIBRARIES)


def how_to_start() -> str:
    """Return what to type here to see the demo."""
    return "`drumbeat demo`" if is_installed() else "`make demo` in a checkout"

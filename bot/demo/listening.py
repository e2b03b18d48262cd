"""Where the demo listens, and how a browser on this machine gets there."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import SettingsProblem

_CANNOT_LISTEN = """\
The demo cannot start: {host}:{port} {reason}.
Choose another {what}, for instance:

    {other} make demo"""
_NOT_HERE = (errno.EADDRNOTAVAIL, socket.EAI_NONAME)
"""How the system says that a host is none of this machine's, or none at all."""
_ELSEWHERE = "is no address of this machine"


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Listen until the end of the block. Raises SettingsProblem when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        is_elsewhere = error.errno in _NOT_HERE
        what, other = ("host", "HOST=127.0.0.1") if is_elsewhere else ("port", f"PORT={port + 1}")
        known = {errno.EADDRINUSE: "is in use by another program"} | dict.fromkeys(_NOT_HERE, _ELSEWHERE)
        reason = known.get(error.errno or 0, error.strerror)
        raise SettingsProblem(
            _CANNOT_LISTEN.format(host=host, port=port, reason=reason, what=what, other=other)
        ) from error
    with listener:
        yield listener


def address_of(listener: socket.socket) -> str:
    """Return the address to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - it is compared, not listened on.
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])

"""Why somebody does not answer, in words instead of a program's names for it."""

from socket import gaierror
from ssl import SSLError
from urllib.error import URLError

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (gaierror, "its name is not found"),
    (ConnectionRefusedError, "nothing listens there"),
    (TimeoutError, "not in time"),
    (SSLError, "no TLS came about"),
)


def why_silent(error: BaseException) -> str:
    """Return why, by the error that was met first."""
    if isinstance(error, URLError) and isinstance(error.reason, BaseException):
        return why_silent(error.reason)
    known = next((words for kind, words in _WORDS if isinstance(error, kind)), None)
    if known is None and error.__cause__ is not None:
        return why_silent(error.__cause__)
    return known or "no connection came about"

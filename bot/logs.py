"""Structured logs: one cheap line a request, and never a body, a token or a word that somebody wrote.

Drumbeat's own lines carry only names that the program chose. Lines of libraries are let through from
warnings up, with tokens struck out; of an error they and we tell its kind and where it happened, not its
message, for a database's message quotes what was being saved.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from itertools import count
from json import JSONEncoder
from secrets import token_hex
from types import TracebackType
from typing import Any

import structlog

from bot.scribe import Event, Scribe
from bot.settings import LogFormat, LogLevel

_LEVELS = {
    LogLevel.DEBUG: logging.DEBUG,
    LogLevel.INFO: logging.INFO,
    LogLevel.WARNING: logging.WARNING,
    LogLevel.ERROR: logging.ERROR,
}

QUIETED = {
    # Bolt prints the whole payload of a request that nobody handles as a warning.
    "slack_bolt": logging.ERROR,
    # The client prints each payload it sends, at debug.
    "slack_sdk": logging.WARNING,
    # The server warns for each request that waits for a thread.
    "waitress.queue": logging.ERROR,
    # A tick that is skipped because the one before is still at work is no news.
    "apscheduler": logging.ERROR,
    "alembic": logging.WARNING,
}
"""What libraries may say at the least; their debug lines hold payloads."""

OURS = ("bot", "handlers", "models", "scheduled")
"""Whose lines follow LOG_LEVEL; all others speak from warnings up."""

_TOKEN = re.compile(r"x(?:ox[a-z]|app)-[\w.-]+|(?<=://)[^\s/@]+:[^\s/@]+(?=@)")
"""A Slack token, or the name and password in an address."""

TELLING = (OSError,)
"""Errors whose message is the machine's own: an address in use, a connection refused."""


_scribe = Scribe()
gathering = _scribe.gathering
"""For whoever answers requests: has lines wait a moment for each other, but warnings and errors."""


def configure(level: LogLevel, style: LogFormat) -> None:
    """Set up this process's logs. Libraries log through the standard library and end in the same lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _tell_errors,
    ]
    renderer: structlog.typing.Processor = (
        _as_json if style is LogFormat.JSON else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, _unspelt],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=lambda *_: _scribe,
    )
    _scribe.render = lambda event: str(renderer(None, "", event))
    _configure_standard_library(_LEVELS[level], [*shared, _strike_out_tokens], renderer)


def _configure_standard_library(
    level: int, processors: list[structlog.typing.Processor], renderer: structlog.typing.Processor
) -> None:
    handler = _ToStderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *processors],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [*(other for other in root.handlers if not isinstance(other, _ToStderr)), handler]
    root.setLevel(max(level, logging.WARNING))
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name, least in QUIETED.items():
        logging.getLogger(name).setLevel(max(level, least))


class _ToStderr(logging.StreamHandler[Any]):
    """As logging's own handler of last resort: finds standard error anew for each line."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    def emit(self, record: logging.LogRecord) -> None:
        _scribe.catch_up()
        super().emit(record)

    @property
    def stream(self) -> Any:  # noqa: ANN401 - whatever standard error is at this moment.
        return sys.stderr


_spell = JSONEncoder(ensure_ascii=False, default=repr).encode
"""Made once: ``json.dumps`` makes one for each line, and structlog's own renderer calls that."""


def _as_json(_logger: object, _method: str, event: Event) -> str:
    return _spell(event)


_numbers = count(1)


@cache
def _process() -> str:
    """Return what begins this process's ids; asking the system for chance at each request would cost more."""
    return token_hex(4)


def new_correlation_id() -> str:
    """Make an id for what is beginning, and tie every log line of this thread to it until the next one."""
    correlation_id = f"{_process()}{next(_numbers):08x}"
    structlog.contextvars.bind_contextvars(correlation_id=correlation_id)
    return correlation_id


def correlation_id() -> str:
    """Return the id of what this thread is doing, or make one."""
    bound = structlog.contextvars.get_contextvars().get("correlation_id")
    return bound if isinstance(bound, str) else new_correlation_id()


def _unspelt(_logger: object, _method: str, event: Event) -> tuple[tuple[Event], dict[str, Any]]:
    """Hand the scribe what is to be said, for it to be spelt when there is time."""
    return (event,), {}


def _tell_errors(_logger: object, _method: str, event: Event) -> Mapping[str, Any]:
    """Replace ``exc_info`` by the error's kind and its way through the program."""
    error = _raised(event.pop("exc_info", None))
    if error is not None:
        event["error"] = _kinds(error)
        way = traceback.extract_tb(error.__traceback__)
        event["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in way]
    return event


_ExcInfo = BaseException | tuple[type[BaseException], BaseException, TracebackType | None] | bool | None


def _raised(exc_info: _ExcInfo) -> BaseException | None:
    """Return the error that a log call means by ``exc_info``, in any of the ways it can be given."""
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1]
    return sys.exception() if exc_info else None


def _kinds(error: BaseException) -> str:
    """Return the error's kind and those of its causes, outermost first."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        kind = type(cause)
        name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
        kinds.append(f"{name}: {cause}" if isinstance(cause, TELLING) else name)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return " ← ".join(kinds)


def _strike_out_tokens(_logger: object, _method: str, event: Event) -> Mapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _TOKEN.sub("…", value)
    return event

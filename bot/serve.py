"""``drumbeat serve``: from the environment to a process that answers, and to its clean end."""

import os
import signal
from pathlib import Path
from types import FrameType

from structlog import get_logger

from bot import logs
from bot.database import cannot_start, explained
from bot.database_address import place
from bot.lasting import lasting
from bot.server import HttpServer, why_not
from bot.settings import Settings, SettingsProblem, misspelt
from bot.transports.http import WebApplication
from bot.wiring import Application, build

log = get_logger(__name__)

THREADS = 16
"""Requests at once. Four answer empty ones as fast (docs/adr/0002), but some wait two seconds for Slack,
and Slack sends up to eight a second."""

AMID_WORK = 1
"""The exit code where something did not come to an end in time."""


def serve() -> None:
    """Answer until SIGTERM or SIGINT. Raises SettingsProblem, DatabaseNotReady."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    for name, meant in misspelt().items():
        log.warning("setting_not_known", name=name, remedy=f"Did you mean {meant}?")
    with lasting(), explained(settings):
        application = build(settings)
    if settings.templates_dir is not None:
        _warn_of_texts(settings.templates_dir)
    run(application, settings)


def _warn_of_texts(folder: Path) -> None:
    """Say which texts of one's own fit no message, before any of those messages is due."""
    from bot.templates import misfits  # noqa: PLC0415 - the start of all others can do without.

    for each in misfits(folder):
        log.warning("text_does_not_fit", file=str(each.file), line=each.line, message=each.message)


def run(application: Application, settings: Settings) -> None:
    """Prepare and start the application, and answer until a signal says that it is enough."""
    try:
        with explained(settings):
            application.prepare()
        server = _bind(application.wsgi, settings)

        def stop(number: int, _frame: FrameType | None) -> None:
            log.info("stopping", signal=signal.Signals(number).name)
            server.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        application.start()
        log.info(
            "serving",
            host=settings.host,
            port=server.port,
            database=place(application.database.engine.url),
            transport="http" if application.sockets is None else "socket mode",
        )
        with logs.gathering():
            server.serve()
    finally:
        has_ended = application.stop()
    if not has_ended:
        # A database that hangs, for instance: Python itself would wait for it for ever.
        log.warning(
            "stopped_amid_work", remedy="nothing is lost; what was not done is done at the next start"
        )
        os._exit(AMID_WORK)
    log.info("stopped")


def _bind(wsgi: WebApplication, settings: Settings) -> HttpServer:
    try:
        return HttpServer(wsgi, settings.host, settings.port, threads=THREADS)
    except OSError as error:
        raise SettingsProblem(cannot_start(*why_not(settings.host, settings.port, error))) from error

"""The composition root: the only place where objects meet. Importing it does nothing."""

from bot.afterwards import Afterwards
from bot.checks import readiness_of
from bot.clock import Clock, utc_now
from bot.deadline import ANSWER_WITHIN
from bot.settings import Settings
from bot.transports.http import SlackEvents, web_application
from bot.wiring.answering import bolt_app, kit_of, signatures_of, socket_mode
from bot.wiring.application import Application
from bot.wiring.clockwork import clockwork_of
from bot.wiring.ground import ground_of
from handlers.register import register
from scheduled.outcomes import TIMING, Timing

__all__ = ["Application", "build"]


def build(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    timing: Timing = TIMING,
    answer_within: float = ANSWER_WITHIN,
) -> Application:
    """Put the program together. This asks neither Slack nor the database anything yet."""
    ground = ground_of(settings, clock)
    clockwork = clockwork_of(ground, timing)
    afterwards = Afterwards()
    kit = kit_of(ground, clockwork, afterwards)
    bolt = bolt_app(ground.installation, clockwork.outage, kit)
    register(bolt, kit)
    sockets = socket_mode(settings, bolt, ground.slack)
    events = None if sockets is not None else SlackEvents(bolt, signatures_of(settings), answer_within)
    readiness = readiness_of(ground.database, ground.installation, sockets)
    return Application(
        wsgi=web_application(events, readiness),
        sockets=sockets,
        bolt=bolt,
        kit=kit,
        database=ground.database,
        installation=ground.installation,
        deliverer=clockwork.deliverer,
        planner=clockwork.planner,
        jobs=clockwork.jobs,
        afterwards=afterwards,
    )

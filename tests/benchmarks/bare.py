"""A bare Bolt app that only acknowledges: ``python -m tests.benchmarks.bare PORT THREADS ours|default``.

It has the server, the framework and the remembered authorization of ours, and nothing else of it.
"""

import logging
import signal
import sys

import falcon
from slack_bolt import Ack, App
from slack_bolt.adapter.falcon import SlackAppResource
from slack_bolt.authorization import AuthorizeResult

from bot.server import HttpServer
from tests.bot.slack_side import SIGNING_SECRET, TEAM, TOKEN

KNOWN = AuthorizeResult(
    enterprise_id=None, team_id=TEAM, bot_token=TOKEN, bot_id="B0BOT", bot_user_id="U0BOT"
)


class Alive:
    """Says that the process answers."""

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """Answer at once."""
        response.media = {"status": "ok"}


def bolt_app(*, process_before_response: bool) -> App:
    """Return an app without listeners, which needs no network."""
    return App(
        signing_secret=SIGNING_SECRET,
        authorize=lambda **_: KNOWN,
        process_before_response=process_before_response,
    )


def serve(bolt: App, port: int, threads: int) -> None:
    """Answer with Bolt's own adapter for the framework until SIGTERM."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    web = falcon.App()
    web.add_route("/slack/events", SlackAppResource(bolt))
    web.add_route("/healthz", Alive())
    server = HttpServer(web, "127.0.0.1", port, threads=threads)
    signal.signal(signal.SIGTERM, lambda *_: server.stop())
    server.serve()


def main() -> None:
    """Serve one command."""
    port, threads, set_up = sys.argv[1:]
    bolt = bolt_app(process_before_response=set_up == "ours")

    @bolt.command("/risk")
    def acknowledge(ack: Ack) -> None:
        ack()

    serve(bolt, int(port), int(threads))


if __name__ == "__main__":
    main()

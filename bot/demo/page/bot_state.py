"""How the bot does, and the button that starts it anew."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.demo.page.answers import Asked, answer, asked, html, reader_of
from bot.demo.page.render import Renderer
from bot.demo.people.outcomes import Outcome
from bot.demo.stage import Stage


class Restart(Asked):
    """A person wants the bot started anew."""


class BotState:
    """Draws the state, and takes the wish."""

    def __init__(self, stage: Stage, renderer: Renderer) -> None:
        """Take what the page is drawn from."""
        self._workspace, self._switch, self._renderer = stage.workspace, stage.switch, renderer

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route("/fragments/{user_id}/bot", self.state),
            Route("/gestures/{user_id}/restart-bot", self.restart, methods=["POST"]),
        ]

    async def state(self, request: Request) -> Response:
        """Show how the bot does."""
        reader = reader_of(request.path_params["user_id"], self._workspace)
        return html(self._renderer.part("bot_state.html", reader=reader))

    async def restart(self, request: Request) -> Response:
        """Start the bot anew."""
        await asked(request, Restart)
        granted = self._switch.restart()
        return answer(Outcome(ok=granted, error=None if granted else "The bot is on its way already."))

"""The panel for whoever develops: what went between Slack and the bot, newest first."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.demo.page.answers import Asked, answer, asked, html, reader_of
from bot.demo.page.render import Renderer
from bot.demo.people.outcomes import Outcome
from bot.demo.stage import Stage
from bot.demo.wire.naming import Sort


class Forget(Asked):
    """A person empties the panel."""


class Panel:
    """Draws the list of exchanges, and one of them whole."""

    def __init__(self, stage: Stage, renderer: Renderer) -> None:
        """Take what the page is drawn from."""
        self._workspace, self._journal, self._renderer = stage.workspace, stage.journal, renderer

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route("/fragments/{user_id}/exchanges", self.exchanges),
            Route("/fragments/{user_id}/exchanges/{number:int}", self.exchange),
            Route("/gestures/{user_id}/forget-exchanges", self.forget, methods=["POST"]),
        ]

    async def exchanges(self, request: Request) -> Response:
        """Show the list, or what of it is of one sort."""
        wanted = request.query_params.get("sort")
        sort = Sort(wanted) if wanted in set(Sort) else None
        reader = reader_of(request.path_params["user_id"], self._workspace)
        return html(
            self._renderer.part("exchanges.html", reader=reader, exchanges=self._journal.latest(sort))
        )

    async def exchange(self, request: Request) -> Response:
        """Show the headers and bodies of one exchange."""
        found = self._journal.find(request.path_params["number"])
        if found is None:
            raise HTTPException(410, "The panel no longer has this exchange.")
        return html(self._renderer.part("exchange.html", exchange=found))

    async def forget(self, request: Request) -> Response:
        """Empty the panel."""
        await asked(request, Forget)
        self._journal.clear()
        return answer(Outcome(ok=True))

"""What a select has on offer for what is being typed, for the page."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.demo.page.answers import Asked, asked
from bot.demo.people.suggestions import Suggestions


class Suggest(Asked):
    """A person types in a select of a modal."""

    view_id: str
    block_id: str
    action_id: str
    typed: str


class SuggestionRoutes:
    """Asks the bot on the person's behalf."""

    def __init__(self, suggestions: Suggestions) -> None:
        """Take what asks the bot."""
        self._suggestions = suggestions

    def routes(self) -> list[Route]:
        """Return the address."""
        return [Route("/gestures/{user_id}/suggest", self.suggest, methods=["POST"])]

    async def suggest(self, request: Request) -> Response:
        """Return groups of options, each with its label, if any."""
        it = await asked(request, Suggest)
        user_id = str(request.path_params["user_id"])
        found = await self._suggestions.ask(user_id, it.view_id, (it.block_id, it.action_id), it.typed)
        groups = [
            {
                "label": group["label"]["text"] if group["label"] else "",
                "options": [
                    {"value": option["value"], "text": option["text"]["text"]} for option in group["options"]
                ],
            }
            for group in found.groups
        ]
        return JSONResponse({"ok": found.error is None, "error": found.error, "groups": groups})

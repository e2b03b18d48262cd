"""Files for the browser: shown or saved by whoever can read the message that brought them."""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.demo.page.answers import HEADERS
from bot.demo.state.workspace import Workspace


class FileRoutes:
    """Answers with a file's bytes."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the state."""
        self._workspace = workspace

    def routes(self) -> list[Route]:
        """Return the address of files."""
        return [Route("/files/{user_id}/{file_id}", self.file)]

    async def file(self, request: Request) -> Response:
        """Return a file; only a picture may be shown, all else is saved, as is what is asked for so."""
        path = request.path_params
        file = self._workspace.file_seen_by(path["user_id"], path["file_id"])
        if file is None:
            raise HTTPException(404, "This person sees no such file.")
        is_shown = file.is_picture and "download" not in request.query_params
        disposition = f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{quote(file.name)}"
        kind = file.mimetype if file.is_picture else "application/octet-stream"
        return Response(
            file.content, media_type=kind, headers={**HEADERS, "Content-Disposition": disposition}
        )

"""What the page's endpoints share: safe headers, and gestures read from JSON."""

import json
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.demo.page.reader import Reader
from bot.demo.people.outcomes import Outcome
from bot.demo.state.workspace import Workspace

HEADERS = {
    "Cache-Control": "no-store",
    # Whatever a message holds, the browser runs and loads nothing that this process does not serve.
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Asked(BaseModel):
    """What a page asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


AskedT = TypeVar("AskedT", bound=Asked)


async def asked(request: Request, model: type[AskedT]) -> AskedT:
    """Read what the page asks for."""
    # A page of another origin can post a form here, but no JSON without asking first.
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415, "Gestures come as JSON.")
    try:
        return model.model_validate(json.loads(await request.body()))
    except (ValueError, ValidationError) as error:
        raise HTTPException(400, str(error)) from error


def reader_of(user_id: str, workspace: Workspace) -> Reader:
    """Return the person in front of the page; 404 where nobody has this id."""
    person = next((person for person in workspace.people if person.id == user_id), None)
    if person is None:
        raise HTTPException(404, "Nobody here has this id.")
    return Reader(person, workspace, datetime.fromtimestamp(workspace.clock(), UTC))


def html(text: str) -> Response:
    """Answer with HTML."""
    return HTMLResponse(text, headers=HEADERS)


def answer(outcome: Outcome) -> Response:
    """Answer with what came of a gesture."""
    return JSONResponse({"ok": outcome.ok, "error": outcome.error})

"""The ways of the clock: what it shows, and where people want it to go."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.demo.page.answers import Asked, answer, asked, html, reader_of
from bot.demo.page.clock_face import ClockFace
from bot.demo.page.render import Renderer
from bot.demo.people.outcomes import Outcome
from bot.demo.stage import Stage

_DAYS = {"day": 1, "week": 7}


class Travel(Asked):
    """A person wants it to be later: some days on, at a moment in their zone, or when something is due."""

    how: Literal["next", "day", "week", "moment"]
    moment: str = ""


class Stay(Asked):
    """A person wants the clock to go no further."""


class ClockRoutes:
    """Draws the clock, and sends it on its way."""

    def __init__(self, stage: Stage, renderer: Renderer) -> None:
        """Take what the page is drawn from."""
        self._workspace, self._travels, self._renderer = stage.workspace, stage.travels, renderer

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route("/fragments/{user_id}/clock", self.clock),
            Route("/gestures/{user_id}/travel", self.travel, methods=["POST"]),
            Route("/gestures/{user_id}/stay", self.stay, methods=["POST"]),
        ]

    async def clock(self, request: Request) -> Response:
        """Show what time it is."""
        reader = reader_of(request.path_params["user_id"], self._workspace)
        return html(self._renderer.part("clock.html", reader=reader))

    async def travel(self, request: Request) -> Response:
        """Set out."""
        it = await asked(request, Travel)
        face = ClockFace(reader_of(request.path_params["user_id"], self._workspace), self._travels)
        if it.how == "next":
            return answer(self._travels.to(None))
        goal = _moment(it.moment) if it.how == "moment" else _later(face.now, _DAYS[it.how])
        if goal is None:
            return answer(Outcome(ok=False, error="Choose a date and a time."))
        instant = goal.replace(tzinfo=face.reader.zone).astimezone(UTC)
        return answer(self._travels.to(instant, _unlike(goal, face.local(instant), face.zone)))

    async def stay(self, request: Request) -> Response:
        """Stop at the next place to stop."""
        await asked(request, Stay)
        self._travels.stop()
        return answer(Outcome(ok=True))


def _moment(text: str) -> datetime | None:
    """Read a moment on the wall, such as "2026-10-25T03:30"."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _unlike(goal: datetime, local: datetime, place: str) -> str:
    """Say where the clock goes, if the wished time is skipped there or comes twice; nothing in most cases."""
    if (goal.hour, goal.minute) != (local.hour, local.minute):
        return (
            f"{goal:%H:%M} on {goal:%b} {goal.day} does not exist in {place}: "
            f"the clocks go forward, so this is {local:%H:%M}."
        )
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        return (
            f"{goal:%H:%M} on {goal:%b} {goal.day} comes twice in {place}, "
            "where the clocks go back: this is the first."
        )
    return ""


def _later(now: datetime, days: int) -> datetime:
    """Return the same time on the wall, days later."""
    return now.replace(tzinfo=None) + timedelta(days=days)

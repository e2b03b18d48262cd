"""Draws the burn-down: how much risk was carried at the end of each week, as columns with their numbers."""

import math
from collections.abc import Sequence
from datetime import date

from models.read_models import BurnDown, WeekPoints
from scheduled.pictures.canvas import GREY, INK, LINE, MARGIN, SMALL, TEXT, TITLE, WIDTH, Canvas
from scheduled.wording import plain_date

PAST = "#a9c3e4"
PRESENT = "#1c5fa8"
HEAD = 176
PLOT = 360
FOOT = 86
LEFT = MARGIN + 58
RIGHT = WIDTH - MARGIN
SHARE = 0.72
"""How much of a week's room its column takes."""
TICKS = 4
"""Lines across, above the one at nothing."""
ROUND = (1, 2, 2.5, 5, 10)
"""Steps between lines across, times a power of ten."""
THOUSAND = 1000


def draw(burn_down: BurnDown, on: date) -> bytes:
    """Return the picture as a PNG."""
    canvas = Canvas(HEAD + PLOT + FOOT)
    step = _step(max(week.points for week in burn_down.weeks))
    _head(canvas, burn_down, on)
    _lines_across(canvas, step)
    _columns(canvas, burn_down.weeks, step)
    return canvas.png()


def _head(canvas: Canvas, burn_down: BurnDown, on: date) -> None:
    whose = burn_down.project.key if burn_down.project else "All projects"
    now = burn_down.weeks[-1]
    canvas.text((MARGIN, 54), f"{whose}: risk burn-down", size=TITLE, bold=True)
    risks = f"{now.risks:,} threat{'' if now.risks == 1 else 's'}"
    canvas.text((MARGIN, 92), f"{plain_date(on)} · {now.points:,} points in {risks}", ink=GREY)
    # The type has no multiplication sign.
    canvas.text((MARGIN, 124), "A risk's points: how likely times how bad", size=SMALL, ink=GREY)


def _step(highest: int) -> float:
    """Return a round distance between the lines across, so that nothing is higher than the top one."""
    least = max(1.0, highest / TICKS)
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in ROUND if factor * power >= least)


def _lines_across(canvas: Canvas, step: float) -> None:
    for tick in range(TICKS + 1):
        y = HEAD + PLOT * (1 - tick / TICKS)
        canvas.line([(LEFT, y), (RIGHT, y)], GREY if tick == 0 else LINE, 1.5)
        canvas.text((LEFT - 10, y), short(tick * step), size=SMALL, ink=GREY, anchor="rm")


def _columns(canvas: Canvas, weeks: Sequence[WeekPoints], step: float) -> None:
    room = (RIGHT - LEFT) / len(weeks)
    floor = HEAD + PLOT
    for place, week in enumerate(weeks):
        middle = LEFT + (place + 0.5) * room
        is_now = place == len(weeks) - 1
        top = floor - PLOT * week.points / (step * TICKS)
        if week.points:
            half = room * SHARE / 2
            canvas.column((middle - half, top, middle + half, floor), PRESENT if is_now else PAST)
        size, ink = (TEXT, INK) if is_now else (SMALL, GREY)
        above = (middle, top - 8)
        canvas.text(above, short(week.points), size=size, ink=ink, anchor="ms", bold=is_now, halo=True)
        canvas.text((middle, floor + 28), str(week.week), size=SMALL, ink=ink, anchor="ms", bold=is_now)
        if is_now:
            canvas.text((middle, floor + 54), "today", size=SMALL, ink=ink, anchor="ms")
    canvas.text((LEFT - 10, floor + 28), "Week", size=SMALL, ink=GREY, anchor="rs")


def short(number: float) -> str:
    """Return a number in at most four characters, such as 980, 1.2k or 38k."""
    if number < THOUSAND:
        return f"{number:g}"
    thousands = number / THOUSAND
    return f"{thousands:.1f}k".replace(".0k", "k") if thousands < 9.95 else f"{thousands:.0f}k"  # noqa: PLR2004 - what rounds to 10.

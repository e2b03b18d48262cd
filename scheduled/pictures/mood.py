"""Draws how a client's mood went: a dot for each day with a reading, and a line for their average."""

from collections.abc import Sequence
from datetime import date, timedelta

from models.read_models import MoodState
from models.rules.days import near_words
from models.rules.moods.mood import AVERAGED, LOW, MOOD_WORDS, VALUES, MoodDay, average, figure
from scheduled.pictures.canvas import GREY, INK, LINE, MARGIN, SMALL, TEXT, TITLE, WIDTH, Canvas
from scheduled.wording import plain_date

DAYS_DRAWN = 20
"""So many dots keep their numbers apart on a phone; older ones are left out."""

LINE_INK = "#8db2dd"
DOT = "#1c5fa8"
LOW_DOT = "#c4161c"
LOW_GROUND = "#fdeceb"
HEAD = 166
STEP = 66
"""Between one value and the next."""
FOOT = 66
LEFT = MARGIN + 130
RIGHT = WIDTH - MARGIN - 24
TOP = HEAD + 24
BOTTOM = TOP + STEP * (len(VALUES) - 1)
RADIUS = 9
APART = 46
"""Points that two dates below the line need between them."""

Point = tuple[float, float]


def shown(days: Sequence[MoodDay]) -> Sequence[MoodDay]:
    """Return the days that the picture has room for, oldest first."""
    return days[-DAYS_DRAWN:]


def draw(project: str, state: MoodState) -> bytes:
    """Return the picture as a PNG."""
    canvas = Canvas(BOTTOM + FOOT)
    days = shown(state.days)
    _head(canvas, project, state)
    _values(canvas)
    _average(canvas, state, days)
    _dots(canvas, days)
    _dates(canvas, days)
    return canvas.png()


def _head(canvas: Canvas, project: str, state: MoodState) -> None:
    canvas.text((MARGIN, 54), f"{project}: client mood", size=TITLE, bold=True)
    if state.is_unknown or state.average is None:
        now = "unknown now"
    else:
        now = f"average {figure(state.average)}, {state.trend.word}"
    canvas.text((MARGIN, 92), f"{plain_date(state.today)} · {now}", ink=GREY)
    canvas.text((MARGIN, 124), f"The line is the average of the last {AVERAGED}", size=SMALL, ink=GREY)


def _values(canvas: Canvas) -> None:
    """Rule a line for each value, with its word, on a ground that tells the low ones apart."""
    canvas.box((LEFT - 16, _height(LOW) - STEP / 2, WIDTH - MARGIN, BOTTOM + 20), LOW_GROUND)
    for value in VALUES:
        y = _height(value)
        canvas.line([(LEFT - 16, y), (WIDTH - MARGIN, y)], LINE, 1.5)
        canvas.text((LEFT - 26, y), f"{MOOD_WORDS[value]} {value}", size=SMALL, ink=GREY, anchor="rm")


def _average(canvas: Canvas, state: MoodState, days: Sequence[MoodDay]) -> None:
    """Join what the average was on each day, which is the line that the trend is read from."""
    points: list[Point] = []
    for one in days:
        until = [each for each in state.days if each.day <= one.day]
        mean = average(until, one.day)
        if mean is not None:
            points.append((_across(one.day, days), _height(float(mean))))
    canvas.line(points, LINE_INK, 3)


def _dots(canvas: Canvas, days: Sequence[MoodDay]) -> None:
    for one in days:
        x, y = _across(one.day, days), _height(float(one.mean))
        is_last = one is days[-1]
        canvas.dot((x, y), RADIUS + (3 if is_last else 0), LOW_DOT if one.lowest <= LOW else DOT)
        canvas.text(
            (x, y - 18),
            figure(one.mean),
            size=TEXT if is_last else SMALL,
            anchor="ms",
            bold=is_last,
            halo=True,
        )


def _dates(canvas: Canvas, days: Sequence[MoodDay]) -> None:
    """Write as many dates as have room, always the last day's."""
    left: float = RIGHT + APART * 2
    for one in reversed(days):
        x = _across(one.day, days)
        if left - x < APART * 2:
            continue
        left = x
        is_last = one is days[-1]
        canvas.text(
            (x, BOTTOM + 50),
            near_words(one.day),
            size=SMALL,
            ink=INK if is_last else GREY,
            anchor="ms",
            bold=is_last,
        )


def _height(value: float) -> float:
    return BOTTOM - STEP * (value - VALUES[0])


def _across(on: date, days: Sequence[MoodDay]) -> float:
    """Return where a day stands; days are as far apart as in the calendar."""
    first, last = days[0].day, days[-1].day
    return LEFT + (RIGHT - LEFT) * ((on - first) / max(last - first, timedelta(days=1)))

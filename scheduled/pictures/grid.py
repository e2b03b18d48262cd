"""Draws how projects stood: a line each, a column for each week, a letter in every colour."""

from datetime import date

from models.read_models import GridCell, StatusGrid
from models.rules.statuses.periods import Cadence, Period
from models.rules.statuses.rag import Colour
from scheduled.pictures.canvas import (
    GREY,
    MARGIN,
    PAPER,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    Canvas,
    Tone,
    fitted,
    width,
)
from scheduled.wording import plain_date

NAMES = 204
"""Room for the lines' names."""
ROW = 52
GAP = 4
HEAD = 160
FOOT = 80
CHIP = 40
DOUBTED = "but…"
"""Beside the letter of a green that nobody has explained, though something inside says otherwise."""
EXPLAINS = "something inside says otherwise, and nobody has explained it yet"
NOTHING = Tone("#f1f3f6", GREY)

TONES = {
    Colour.GREEN: Tone("#b9e0c3"),
    Colour.AMBER: Tone("#f5a742"),
    Colour.RED: Tone("#a51d24", PAPER),
    Colour.NOT_APPLICABLE: Tone("#dfe3e9"),
}
"""Each is darker the worse it is, so that they differ also for who sees no hues."""


def draw(grid: StatusGrid, on: date) -> bytes:
    """Return the picture as a PNG."""
    foot = FOOT + (SMALL + GAP if _is_doubted(grid) else 0)
    canvas = Canvas(HEAD + len(grid.rows) * ROW + foot)
    _head(canvas, grid, on)
    for row, line in enumerate(grid.rows):
        top = HEAD + row * ROW
        is_overall = grid.project is not None and row == 0
        name = fitted(line.name, NAMES - 12, TEXT)
        canvas.text((MARGIN, top + ROW / 2 + 5), name, bold=is_overall)
        for column, cell in enumerate(line.cells):
            _cell(canvas, cell, (MARGIN + NAMES + column * _room(grid), top), _room(grid))
    _legend(canvas, HEAD + len(grid.rows) * ROW + 22)
    if _is_doubted(grid):
        _doubts(canvas, HEAD + len(grid.rows) * ROW + FOOT)
    return canvas.png()


def _is_doubted(grid: StatusGrid) -> bool:
    return any(cell and cell.is_unexplained for row in grid.rows for cell in row.cells)


def _doubts(canvas: Canvas, y: float) -> None:
    canvas.text((MARGIN, y), f"{DOUBTED}   {EXPLAINS}", size=SMALL, ink=GREY)


def _room(grid: StatusGrid) -> float:
    return (WIDTH - 2 * MARGIN - NAMES) / len(grid.periods)


def _head(canvas: Canvas, grid: StatusGrid, on: date) -> None:
    whose = grid.project.key if grid.project else "All projects"
    canvas.text((MARGIN, 54), f"{whose}: status", size=TITLE, bold=True)
    first, last = grid.periods[0], grid.periods[-1]
    canvas.text((MARGIN, 92), f"{plain_date(on)} · {first.name} to {last.name}", ink=GREY)
    for column, period in enumerate(grid.periods):
        middle = MARGIN + NAMES + (column + 0.5) * _room(grid) - GAP / 2
        is_last = column == len(grid.periods) - 1
        canvas.text((middle, HEAD - 14), _short(period), size=SMALL, ink=GREY, anchor="ms", bold=is_last)


def _short(period: Period) -> str:
    if period.cadence is Cadence.MONTHLY:
        return f"{period.starts_on:%b}"
    return f"w{period.starts_on.isocalendar().week}"


def _cell(canvas: Canvas, cell: GridCell | None, at: tuple[float, float], room: float) -> None:
    x, y = at
    tone = TONES[cell.colour] if cell else NOTHING
    canvas.box((x, y, x + room - GAP, y + ROW - GAP), tone.fill)
    middle = (x + (room - GAP) / 2, y + (ROW - GAP) / 2)
    canvas.text(middle, _letter(cell.colour) if cell else "·", ink=tone.ink, anchor="mm", bold=True)
    if cell and (notes := _notes(cell)):
        canvas.text((x + room - GAP - 4, y + ROW - GAP - 5), notes, size=12, ink=tone.ink, anchor="rs")


def _notes(cell: GridCell) -> str:
    """Return what the letter alone does not say: that it came late, or that something speaks against it."""
    return " ".join([*(["late"] if cell.is_late else []), *([DOUBTED] if cell.is_unexplained else [])])


def _letter(colour: Colour) -> str:
    """Return the colour's letter; the type has no dash but the short one."""
    return "-" if colour is Colour.NOT_APPLICABLE else colour.letter


def _legend(canvas: Canvas, y: float) -> None:
    entries = [(TONES[colour], _letter(colour), colour.word) for colour in Colour]
    entries.append((NOTHING, "·", "No status"))
    taken = sum(width(name, SMALL) + CHIP for _, _, name in entries)
    gap = (WIDTH - 2 * MARGIN - taken) / (len(entries) - 1)
    x: float = MARGIN
    for tone, letter, name in entries:
        canvas.box((x, y, x + 30, y + 30), tone.fill)
        canvas.text((x + 15, y + 15), letter, size=SMALL, ink=tone.ink, anchor="mm", bold=True)
        canvas.text((x + CHIP, y + 22), name, size=SMALL)
        x += width(name, SMALL) + CHIP + gap

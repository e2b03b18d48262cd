"""Draws the risk matrix: five by five, a letter beside every colour, opportunities apart."""

from collections.abc import Mapping
from datetime import date

from models.read_models import CellRisks, RiskMatrix
from models.rules.risks.matrix import Cell
from models.rules.risks.scoring import LEVELS, PROBABILITY_WORDS, SeverityBand, band, score
from models.rules.risks.words import IMPACT_WORDS_OF, RiskKind, band_word
from models.value import replace
from scheduled.pictures.canvas import (
    GREY,
    LARGE,
    MARGIN,
    PALETTES,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    Canvas,
    Tone,
    blend,
    fitted,
    width,
)
from scheduled.wording import plain_date

AXIS = 118
"""Room for the words of the vertical axis."""
CELL = (WIDTH - 2 * MARGIN - AXIS) / len(LEVELS)
CELL_HEIGHT = 100
GAP = 4
HEAD = 128
FOOT = 76
LEGEND = 52
CHIP = 40
"""Room for a colour with its letter, before its name."""
SECTION = 70
NAMED = 2
"""Names written into a cell."""
ROOMY = 99
MOST_COUNTED = 999
EMPTY = 0.3
"""How much of its colour a cell without risks keeps."""

_NAMES = {RiskKind.THREAT: "Threats", RiskKind.OPPORTUNITY: "Opportunities"}
_HOW_MUCH = {RiskKind.THREAT: "How bad", RiskKind.OPPORTUNITY: "How good"}


def draw(matrix: RiskMatrix, on: date) -> bytes:
    """Return the picture as a PNG. Threats are drawn always, opportunities where there are any."""
    kinds = [kind for kind in RiskKind if kind is RiskKind.THREAT or matrix.total(kind)]
    grid = len(LEVELS) * CELL_HEIGHT + FOOT + LEGEND
    canvas = Canvas(HEAD + len(kinds) * grid + (len(kinds) - 1) * SECTION + MARGIN / 2)
    _head(canvas, matrix, on)
    top: float = HEAD
    for kind in kinds:
        if kind is not RiskKind.THREAT:
            top += SECTION
            counted = f"{_NAMES[kind]} · {matrix.total(kind)}"
            canvas.text((MARGIN, top - 26), counted, size=LARGE, bold=True)
        _grid(canvas, matrix, kind, top)
        top += grid
    return canvas.png()


def _head(canvas: Canvas, matrix: RiskMatrix, on: date) -> None:
    whose = matrix.project.key if matrix.project else "All projects"
    canvas.text((MARGIN, 54), f"{whose}: risk matrix", size=TITLE, bold=True)
    counts = [f"{matrix.total(RiskKind.THREAT)} threats scored"]
    if matrix.not_scored:
        counts.append(f"{matrix.not_scored} not scored yet")
    canvas.text((MARGIN, 92), " · ".join([plain_date(on), *counts]), ink=GREY)


def _grid(canvas: Canvas, matrix: RiskMatrix, kind: RiskKind, top: float) -> None:
    cells = _short(matrix.of(kind)) if matrix.project else matrix.of(kind)
    for row, probability in enumerate(reversed(LEVELS)):
        y = top + row * CELL_HEIGHT
        _row_label(canvas, probability, y)
        for column, impact in enumerate(LEVELS):
            x = MARGIN + AXIS + column * CELL
            _cell(canvas, kind, (probability, impact), cells, (x, y))
    bottom = top + len(LEVELS) * CELL_HEIGHT
    for column, impact in enumerate(LEVELS):
        middle = MARGIN + AXIS + (column + 0.5) * CELL - GAP / 2
        canvas.text((middle, bottom + 24), str(impact), anchor="ms", bold=True)
        canvas.text((middle, bottom + 48), IMPACT_WORDS_OF[kind][impact], size=SMALL, ink=GREY, anchor="ms")
    for place, (axis, up) in enumerate((("How likely", True), (_HOW_MUCH[kind], False))):
        y = bottom + 24 + place * 24
        canvas.text((MARGIN, y), axis, size=SMALL, ink=GREY)
        _arrow(canvas, (MARGIN + width("How likely", SMALL) + 14, y), up=up)
    _legend(canvas, matrix, kind, bottom + FOOT)


def _row_label(canvas: Canvas, probability: int, y: float) -> None:
    lines = PROBABILITY_WORDS[probability].split()
    middle = y + (CELL_HEIGHT - GAP) / 2
    canvas.text((MARGIN, middle + 8), str(probability), bold=True)
    first = middle + 7 - (len(lines) - 1) * 12
    for place, line in enumerate(lines):
        canvas.text((MARGIN + 26, first + place * 24), line, size=SMALL, ink=GREY)


def _cell(
    canvas: Canvas, kind: RiskKind, cell: Cell, cells: Mapping[Cell, CellRisks], at: tuple[float, float]
) -> None:
    x, y = at
    severity = band(*cell)
    tone = PALETTES[kind][severity]
    found = cells.get(cell)
    ink = tone.ink if found else GREY
    fill = tone.fill if found else blend(tone.fill, EMPTY)
    canvas.box((x, y, x + CELL - GAP, y + CELL_HEIGHT - GAP), fill)
    canvas.text((x + 9, y + 24), f"{band_word(kind, severity)[0]} {score(*cell)}", size=SMALL, ink=ink)
    if found:
        _risks(canvas, found, tone, at)


def _risks(canvas: Canvas, found: CellRisks, tone: Tone, at: tuple[float, float]) -> None:
    x, y = at
    size = LARGE if found.count <= ROOMY else TEXT
    count = str(found.count) if found.count <= MOST_COUNTED else f"{MOST_COUNTED}+"
    canvas.text((x + CELL - GAP - 9, y + 27), count, size=size, ink=tone.ink, anchor="rs", bold=True)
    for place, line in enumerate(_names(found)):
        shown = fitted(line, CELL - GAP - 14, SMALL)
        canvas.text((x + 9, y + 56 + place * 27), shown, size=SMALL, ink=tone.ink)


def _short(cells: Mapping[Cell, CellRisks]) -> Mapping[Cell, CellRisks]:
    """Leave the project's key out of the names, where the picture is of one project."""
    return {
        cell: replace(found, references=tuple(replace(each, key=None) for each in found.references))
        for cell, found in cells.items()
    }


def _names(found: CellRisks) -> tuple[str, ...]:
    """Return what stands in two lines: the newest risks; of several projects, those whose they are."""
    newest = found.references[0]
    if newest.key is not None and found.count == 1:
        return newest.key, f"R{newest.number}"
    names = tuple(dict.fromkeys(each.key or str(each) for each in found.references))
    if newest.key is None and found.count > NAMED:
        return names[0], f"{names[1]} …"
    return names[:NAMED]


def _arrow(canvas: Canvas, at: tuple[float, float], *, up: bool) -> None:
    """Draw a small arrow that stands on the baseline; the type has none."""
    x, y = at
    if up:
        canvas.line([(x, y), (x, y - 14)], GREY, 2)
        canvas.area([(x - 5, y - 9), (x + 5, y - 9), (x, y - 17)], GREY)
    else:
        canvas.line([(x - 10, y - 6), (x + 5, y - 6)], GREY, 2)
        canvas.area([(x + 1, y - 11), (x + 1, y - 1), (x + 9, y - 6)], GREY)


def _legend(canvas: Canvas, matrix: RiskMatrix, kind: RiskKind, y: float) -> None:
    words = {each: f"{band_word(kind, each)} {matrix.in_band(kind, each)}" for each in reversed(SeverityBand)}
    taken = sum(width(each, SMALL) + CHIP for each in words.values())
    gap = (WIDTH - 2 * MARGIN - GAP - taken) / (len(words) - 1)
    x: float = MARGIN
    for severity, counted in words.items():
        tone = PALETTES[kind][severity]
        canvas.box((x, y, x + 30, y + 30), tone.fill)
        canvas.text((x + 15, y + 15), counted[0], size=SMALL, ink=tone.ink, anchor="mm", bold=True)
        canvas.text((x + CHIP, y + 22), counted, size=SMALL)
        x += width(counted, SMALL) + CHIP + gap

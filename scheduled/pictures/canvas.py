"""What all pictures share: paper, ink, type and palettes.

Lengths are in points; a point is two pixels, so that a picture is sharp on a phone, where it is shown at
about half its width. The smallest type is chosen for that.
"""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from models.rules.risks.scoring import SeverityBand
from models.rules.risks.words import RiskKind
from models.value import Value

SCALE = 2
WIDTH = 720
MARGIN = 30
SMALL, TEXT, LARGE, TITLE = 20, 22, 28, 36
"""Sizes of type."""

PAPER = "#ffffff"
INK = "#1f2937"
GREY = "#5b6472"
LINE = "#d7dce3"


class Tone(Value):
    """A colour with the ink that can be read on it, at a contrast of 4.5 to 1 at least."""

    fill: str
    ink: str = INK


_B = SeverityBand

PALETTES = {
    RiskKind.THREAT: {
        _B.LOW: Tone("#fff3b0"),
        _B.MODERATE: Tone("#fecc5c"),
        _B.HIGH: Tone("#fd8d3c"),
        _B.CRITICAL: Tone("#c4161c", PAPER),
    },
    RiskKind.OPPORTUNITY: {
        _B.LOW: Tone("#e4eefb"),
        _B.MODERATE: Tone("#b5d3ec"),
        _B.HIGH: Tone("#6fb1dc"),
        _B.CRITICAL: Tone("#1c5fa8", PAPER),
    },
}
"""Each grows darker with the band, so that bands differ also for who sees no hues. Source: ColorBrewer."""


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size * SCALE)
    if not isinstance(font, ImageFont.FreeTypeFont):
        msg = "Pillow was built without FreeType, so it has no type of more than one size"
        raise TypeError(msg)
    return font


class Canvas:
    """A sheet of paper to draw on."""

    def __init__(self, height: float) -> None:
        """Take a sheet of the usual width."""
        self._image = Image.new("RGB", (WIDTH * SCALE, round(height * SCALE)), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        *,
        size: int = TEXT,
        ink: str = INK,
        anchor: str = "ls",
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """Write one line; ``anchor`` is Pillow's: horizontally l, m or r, vertically s (the baseline) or m.

        ``halo`` keeps lines behind it at a distance.
        """
        x, y = at
        if halo:
            self._draw.text((x * SCALE, y * SCALE), words, PAPER, _font(size), anchor, stroke_width=4 * SCALE)
        self._draw.text(
            (x * SCALE, y * SCALE),
            words,
            font=_font(size),
            fill=ink,
            anchor=anchor,
            stroke_width=size * SCALE / 50 if bold else 0,
            stroke_fill=ink,
        )

    def box(self, at: tuple[float, float, float, float], fill: str, *, radius: float = 6) -> None:
        """Fill a rectangle (left, top, right, bottom) with round corners."""
        self._draw.rounded_rectangle(_scaled(at), radius * SCALE, fill=fill)

    def column(self, at: tuple[float, float, float, float], fill: str, *, radius: float = 5) -> None:
        """Fill a rectangle that stands on a line: only its upper corners are round."""
        left, top, right, bottom = _scaled(at)
        corners = (True, True, False, False)
        top = min(top, bottom - 2 * SCALE)
        radius = min(radius * SCALE, (bottom - top) / 2)
        self._draw.rounded_rectangle((left, top, right, bottom), radius, fill=fill, corners=corners)

    def line(self, points: list[tuple[float, float]], ink: str, width: float = 1) -> None:
        """Draw a line through the points."""
        self._draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=ink, width=round(width * SCALE))

    def dot(self, at: tuple[float, float], radius: float, fill: str) -> None:
        """Fill a circle, with a rim of paper that keeps it apart from lines."""
        x, y = at
        for reach, ink in ((radius + 2, PAPER), (radius, fill)):
            box = (x - reach, y - reach, x + reach, y + reach)
            self._draw.ellipse([edge * SCALE for edge in box], fill=ink)

    def area(self, points: list[tuple[float, float]], fill: str) -> None:
        """Fill the area between the points."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def png(self) -> bytes:
        """Return the picture. The same drawing gives the same bytes."""
        written = io.BytesIO()
        # Few colours compress well, and text stays sharp: there is nothing to dither.
        self._image.quantize(128, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        return written.getvalue()


def width(words: str, size: int) -> float:
    """Return how wide a line is, in points."""
    return _font(size).getlength(words) / SCALE


def fitted(words: str, room: float, size: int) -> str:
    """Return the words, cut with an ellipsis where the room is too narrow for them."""
    if width(words, size) <= room:
        return words
    for end in range(len(words), 0, -1):
        if width(shorter := words[:end] + "…", size) <= room:
            return shorter
    return ""


def blend(colour: str, share: float) -> str:
    """Return the colour thinned with paper; ``share`` 1 leaves it as it is."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def _scaled(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left * SCALE, top * SCALE, right * SCALE - 1, bottom * SCALE - 1

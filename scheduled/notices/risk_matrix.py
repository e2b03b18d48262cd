"""The risk matrix as a picture, to whoever asked for it."""

from collections.abc import Iterator

from models.read_models import RiskMatrix
from models.rules.delivery import NoticeKind
from models.rules.risks.matrix import cells_of
from models.rules.risks.scoring import SeverityBand, score
from models.rules.risks.words import RiskKind, band_word
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_pictures import asked_for, day_there
from scheduled.posts import Picture
from scheduled.wording import plain_date
from scheduled.wording.risks import levels


def render(occasion: Occasion) -> Picture | None:
    """Draw the matrix as it stands; None where nothing is scored any more, or nobody may see it."""
    # Pillow takes a tenth of a second and 11 MB, and many a process never draws.
    from scheduled.pictures.matrix import draw  # noqa: PLC0415

    matrix = asked_for(occasion, occasion.desk.reports.matrix)
    if matrix is None or matrix.is_empty:
        return None
    today = day_there(occasion)
    words = occasion.words(
        project=matrix.project.key if matrix.project else None,
        day=plain_date(today),
        total=matrix.total(RiskKind.THREAT),
        opportunities=matrix.total(RiskKind.OPPORTUNITY),
        not_scored=matrix.not_scored,
        bands=[(band.value, matrix.in_band(RiskKind.THREAT, band)) for band in reversed(SeverityBand)],
        cells=[_cell for kind in RiskKind for _cell in _cells(matrix, kind)],
    )
    return Picture(words.summary, words.small, words.text, draw(matrix, today))


def _cells(matrix: RiskMatrix, kind: RiskKind) -> Iterator[str]:
    """Yield each cell that holds something in words, the gravest first."""
    for band in reversed(SeverityBand):
        for cell in cells_of(band):
            found = matrix.of(kind).get(cell)
            if found is None:
                continue
            names = ", ".join(map(str, found.references))
            more = found.count - len(found.references)
            mark = "opportunity, " if kind is RiskKind.OPPORTUNITY else ""
            yield f"{band_word(kind, band)} {score(*cell)} ({mark}{levels(*cell)}): {names}" + (
                f" and {more} more" if more else ""
            )


NOTICE = Notice(NoticeKind.RISK_MATRIX, confidential=True, render=render)

"""How projects stood week by week as a picture, to whoever asked for it."""

from collections.abc import Iterator

from models.read_models import GridCell, StatusGrid
from models.rules.delivery import NoticeKind
from models.rules.statuses.words import NOT_EXPLAINED
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_pictures import asked_for, day_there
from scheduled.posts import Picture
from scheduled.wording import plain_date


def render(occasion: Occasion) -> Picture | None:
    """Draw the grid; None where nobody submitted anything, or they may not see it."""
    # Pillow takes a tenth of a second and 11 MB, and many a process never draws.
    from scheduled.pictures.grid import draw  # noqa: PLC0415

    reports, now = occasion.desk.status_reports, occasion.now
    grid = asked_for(occasion, lambda actor, project_id: reports.grid(actor, project_id, now=now))
    if grid is None or grid.is_empty:
        return None
    today = day_there(occasion)
    words = occasion.words(
        project=grid.project.key if grid.project else None,
        day=plain_date(today),
        first=grid.periods[0].name,
        last=grid.periods[-1].name,
        rows=list(_rows(grid)),
        more=grid.total - len(grid.rows) if grid.project is None else 0,
    )
    return Picture(words.summary, words.small, words.text, draw(grid, today))


def _rows(grid: StatusGrid) -> Iterator[tuple[str, str]]:
    """Yield each line's name, and its colours in words."""
    for row in grid.rows:
        yield row.name, ", ".join(map(_cell, row.cells))


def _cell(cell: GridCell | None) -> str:
    if cell is None:
        return "no status"
    word = cell.colour.word.lower()
    return f"{word} {NOT_EXPLAINED}" if cell.is_unexplained else word


NOTICE = Notice(NoticeKind.STATUS_GRID, confidential=True, render=render)

"""How projects stood week by week, in words."""

from collections.abc import Iterator

from handlers.answers import Answer, say
from handlers.blocks import context, escape, section
from handlers.statuses import words
from models.read_models import GridRow, StatusGrid
from models.rules.statuses.periods import Timeliness
from models.rules.statuses.rag import Colour, before_of, movement
from models.rules.statuses.words import NOT_EXPLAINED

NOBODY = "no status"
NOT_YET = "not in yet"
_LEGEND = "G green, A amber, R red, – doesn't apply, · no status; the newest week is on the right."


def grid(found: StatusGrid) -> Answer:
    """Show the weeks of a project, newest first, or the projects, red first."""
    if found.is_empty:
        whose = f"{found.project.key} has" if found.project else "No project has"
        return say(f"{whose} no status yet. `/weekly` in a project's channel makes the first.")
    picture = context("The picture follows in our direct messages.")
    if found.project is not None:
        title = f"{found.project.key}, {'month by month' if _is_monthly(found) else 'week by week'}"
        return say(f"*{title}*", section("\n".join(_weeks(found))), picture)
    title = f"How the projects stood, {found.periods[0].name} to {found.periods[-1].name}"
    more = found.total - len(found.rows)
    rest = [context(f"… and {more} more, none of them worse.")] if more > 0 else []
    return say(f"*{title}*", section("\n".join(map(_project, found.rows))), *rest, context(_LEGEND), picture)


def _is_monthly(found: StatusGrid) -> bool:
    return found.periods[0].cadence.value == "monthly"


def _weeks(found: StatusGrid) -> Iterator[str]:
    overall, *sides = found.rows
    colours = [cell.colour if cell else None for cell in overall.cells]
    for place in reversed(range(len(found.periods))):
        period, cell = found.periods[place], overall.cells[place]
        if cell is None:
            if any(colours[:place]):
                is_present = place == len(found.periods) - 1
                yield f"{period.name.capitalize()} · {NOT_YET if is_present else NOBODY}"
            continue
        before = before_of(tuple(reversed(colours[:place])))
        arrow = movement(before, cell.colour).arrow
        word = words.unexplained(cell.colour.word) if cell.is_unexplained else cell.colour.word
        told = [f"{period.name.capitalize()} {cell.colour.mark} *{word}* {arrow}".rstrip()]
        told += ["late"] if cell.is_late else []
        told += [f"{side.name} {letter}" for side in sides if (letter := _letter(side, place)) in ("A", "R")]
        yield " · ".join([*told, escape(overall.headlines[place])])


def _letter(row: GridRow, place: int) -> str:
    cell = row.cells[place]
    return cell.colour.letter if cell else "·"


def _project(row: GridRow) -> str:
    letters = " ".join(_letter(row, place) for place in range(len(row.cells)))
    mark = (row.counts_as or Colour.NOT_APPLICABLE).mark
    stale = ""
    if row.state is Timeliness.MISSING:
        stale = f"missing, last {row.last.word}, stale · " if row.last else "missing · "
    newest = next((cell for cell in reversed(row.cells) if cell), None)
    if newest is not None and newest.is_unexplained:
        stale += f"{NOT_EXPLAINED} · "
    said = next((each for each in reversed(row.headlines) if each), "")
    return f"{mark} *{row.name}* `{letters}` {stale}{escape(said)}".rstrip(" ·")

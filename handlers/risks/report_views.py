"""The matrix and the burn-down in words: the same as their pictures say."""

from collections.abc import Iterator

from handlers.answers import Answer, say
from handlers.blocks import Element, actions, button, context, section
from handlers.ids import ActionId
from handlers.risks.list_views import ALL, carried, encode
from models.read_models import BurnDown, CellRisks, ProjectView, RiskFilter, RiskMatrix
from models.rules.risks.ageing import AgeBucket
from models.rules.risks.matrix import Cell, cells_of
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.words import RiskKind, band_word

_FOLLOWS = "The picture follows in our direct messages."


def matrix(found: RiskMatrix) -> Answer:
    """Say what stands in each cell, the gravest first, opportunities apart."""
    buttons = actions(list(_buttons(found.project, ActionId.RISK_BURNDOWN, "Burn-down")))
    name = found.project.key if found.project else "All projects"
    waiting = f"{found.not_scored} not scored yet" if found.not_scored else ""
    if found.is_empty:
        what_next = (
            f"{waiting}: `/risk list` shows them."
            if waiting
            else "When something worries you, type `/risk` and what might happen."
        )
        return say(f"*{name}: nothing to put on the matrix.* {what_next}", buttons)
    counted = " · ".join(
        filter(None, [f"*{name}: {_threats(found.total(RiskKind.THREAT))} scored*", waiting])
    )
    lines = [counted, *_bands(found, RiskKind.THREAT)]
    if found.total(RiskKind.OPPORTUNITY):
        lines += [
            "",
            f"💡 *Opportunities: {found.total(RiskKind.OPPORTUNITY)}*",
            *_bands(found, RiskKind.OPPORTUNITY),
        ]
    small = context(f"4×3 means likely 4, impact 3. {_FOLLOWS}")
    return Answer(f"{name}: risk matrix", (section("\n".join(lines)), small, buttons))


def _threats(number: int) -> str:
    return f"{number} threat{'' if number == 1 else 's'}"


def _bands(found: RiskMatrix, kind: RiskKind) -> Iterator[str]:
    for severity in reversed(SeverityBand):
        number = found.in_band(kind, severity)
        if number:
            held = found.of(kind)
            cells = [_cell(cell, held[cell]) for cell in cells_of(severity) if cell in held]
            yield f"*{band_word(kind, severity)} {number}* · {' · '.join(cells)}"


def _cell(cell: Cell, found: CellRisks) -> str:
    probability, impact = cell
    names = ", ".join(map(str, found.references))
    more = found.count - len(found.references)
    return f"{probability}×{impact}: {names}" + (f" +{more}" if more else "")


def burn_down(found: BurnDown) -> Answer:
    """Say how much risk is carried now, how that compares, and how it went week by week."""
    buttons = actions(list(_buttons(found.project, ActionId.RISK_MATRIX, "Matrix")))
    name = found.project.key if found.project else "All projects"
    if found.is_empty:
        text = (
            f"*{name}: no risk was carried in these {len(found.weeks)} weeks.* "
            f"A risk counts once it is scored and has an owner: `/risk list` shows what waits."
            f"{''.join(f' {line}.' for line in _left_out(found))}"
        )
        return say(text, buttons)
    now = found.weeks[-1]
    weeks = " · ".join(f"W{week.week} {week.points:,}" for week in found.weeks)
    lines = [
        f"*{name}: {now.points:,} points of risk*, in {_threats(now.risks)}",
        *_left_out(found),
        _compared(found),
        weeks,
        *_ages(found),
    ]
    small = (
        f"A risk's points are how likely × how bad. Opportunities are not set off against them. {_FOLLOWS}"
    )
    return Answer(
        f"{name}: {now.points:,} points of risk", (section("\n".join(lines)), context(small), buttons)
    )


def _left_out(found: BurnDown) -> Iterator[str]:
    """Yield what lists and the matrix count, and this does not."""
    if found.waiting:
        verb = "waits" if found.waiting == 1 else "wait"
        points = f"{found.waiting_points:,} point{'' if found.waiting_points == 1 else 's'}"
        yield f"{found.waiting} more {verb} for the project manager's yes ({points})"


def _ages(found: BurnDown) -> Iterator[str]:
    """Yield how long they have been carried, where some have been for longer than a month."""
    if set(found.ages) - {AgeBucket.NEW}:
        yield "Carried for " + " · ".join(f"{bucket} {count}" for bucket, count in found.ages.items())


def _compared(found: BurnDown) -> str:
    *_, before, now = found.weeks
    difference = now.points - before.points
    highest = max(found.weeks, key=lambda week: week.points)
    more = "more" if difference > 0 else "fewer"
    compared = (
        f"{abs(difference):,} {more} than at the end of last week ({before.points:,})"
        if difference
        else "As many as at the end of last week"
    )
    return compared if highest is now else f"{compared} · most in week {highest.week}: {highest.points:,}"


def _buttons(project: ProjectView | None, other: ActionId, label: str) -> Iterator[Element]:
    project_id = project.id if project else None
    yield button("List", ActionId.RISK_LIST_OPEN, encode(RiskFilter().of(*filter(None, [project_id]))))
    yield button(label, other, carried(project_id))
    if project is not None:
        is_matrix = other is ActionId.RISK_BURNDOWN
        this = ActionId.RISK_MATRIX_ALL if is_matrix else ActionId.RISK_BURNDOWN_ALL
        yield button("All projects", this, ALL)

"""A list of risks, gravest first: what it shows, what was asked for, and where its buttons lead."""

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from handlers.answers import Answer
from handlers.blocks import Block, Element, actions, button, context, escape, section
from handlers.forms import pack, reading
from handlers.ids import ActionId
from handlers.risks import words
from handlers.views.paging import turning
from models.read_models import ProjectView, RiskFilter, RiskPage, RiskView
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import STATUS_WORDS, RiskStatus
from models.rules.sentences import listed
from models.value import replace

_INVITATION = "When something worries you, type `/risk` and what might happen."
_BACK = "`/project reopen` brings them back."
_WHAT_IS_OPEN = "Type `/risk list` for what is open"
_WHAT_IS_OVER = "`/risk list closed` for what is over"
_SEVERAL = 2
_UNTOLD = frozenset({RiskStatus.PROPOSED, RiskStatus.OPEN})
"""States that a line of a list need not name: the score and the owner tell them."""


def risk_list(
    page: RiskPage, today: date, *, here: ProjectView | None = None, replaces: bool = False
) -> Answer:
    """Show one page of risks; ``here`` is the project of the channel it stands in."""
    if page.total == 0:
        return _empty_list(page, here, replaces=replaces)
    name = _name(page)
    found = str(page.total) if page.filter.status else f"{page.total - page.happened} open"
    blocks = [section(" · ".join([f"*{name}: {found}*", *_counted(page)]))]
    with_key = len(page.projects) != 1
    blocks += [_line(page, risk, today, with_key=with_key) for risk in page.risks]
    if page.pages > 1:
        blocks.append(context(f"Page {page.filter.page} of {page.pages}"))
    blocks.append(actions(list(_buttons(page, here))))
    return Answer(text=f"{name}: {found} risks", blocks=tuple(blocks), replaces=replaces)


def _counted(page: RiskPage) -> Iterator[str]:
    """Yield how many there are of which band, and of what is counted apart."""
    bands = [words.band_count(band, page.per_band[band]) for band in _bands() if page.per_band.get(band)]
    if bands:
        yield ", ".join(bands)
    if page.opportunities:
        yield f"💡 {page.opportunities} opportunit{'y' if page.opportunities == 1 else 'ies'}"
    if page.happened:
        yield f"{page.happened} happened"


def encode(wanted: RiskFilter) -> str:
    """Return a list's filter as a button carries it."""
    carried = {
        "project": " ".join(map(str, wanted.project_ids)),
        "mine": wanted.mine,
        "page": wanted.page,
        "band": wanted.band,
        "status": wanted.status,
        "owner": str(wanted.owner_id) if wanted.owner_id else None,
        "late": wanted.late,
        "words": wanted.words,
    }
    return pack({name: value for name, value in carried.items() if value})


@reading()
def decode(carried: str) -> RiskFilter:
    """Return the filter that a list's button carries. Raises Unreadable."""
    found = json.loads(carried)
    return RiskFilter(
        project_ids=tuple(map(UUID, found.get("project", "").split())),
        mine=bool(found.get("mine")),
        page=int(found.get("page", 1)),
        band=SeverityBand(found["band"]) if "band" in found else None,
        status=RiskStatus(found["status"]) if "status" in found else None,
        owner_id=UUID(found["owner"]) if "owner" in found else None,
        late=bool(found.get("late") or found.get("stale")),
        words=str(found.get("words", "")),
    )


ALL = "all"
"""All projects, as people type it and as a button carries it."""


def carried(project_id: UUID | None) -> str:
    """Return one project, or all, as a button carries it."""
    return str(project_id) if project_id else ALL


def _bands() -> tuple[SeverityBand | None, ...]:
    return (*reversed(SeverityBand), None)


def _name(page: RiskPage) -> str:
    """Return whose risks these are, and which of them, safe as mrkdwn."""
    wanted = page.filter
    projects = listed([project.key for project in page.projects])
    parts = [projects or ("Yours or raised by you" if wanted.mine else "All projects")]
    if wanted.mine and projects:
        parts.append("yours or raised by you")
    if wanted.band is not None:
        parts.append(wanted.band.value)
    if wanted.status is not None:
        parts.append(STATUS_WORDS[wanted.status])
    if wanted.late:
        parts.append("late")
    if wanted.owner_id is not None:
        owner = page.risks[0].owner if page.risks else page.owner
        parts.append(f"owned by {escape(owner.name)}" if owner else "of one owner")
    if wanted.words:
        parts.append(f"“{escape(wanted.words)}”")
    return " · ".join(parts)


def _line(page: RiskPage, risk: RiskView, today: date, *, with_key: bool) -> Block:
    reference = str(risk.reference) if with_key else f"R{risk.number}"
    numbers = f" ({risk.active_probability}×{risk.active_impact})" if risk.band else ""
    who = escape(risk.owner.name) if risk.owner else "no owner"
    title = f"{words.mark(risk)}{escape(risk.title)}"
    is_told = risk.status not in _UNTOLD and page.filter.status is None
    state = f"*{words.state(risk)}*" if is_told else ""
    told = [f"{reference} {words.severity(risk)}{numbers} {title}", state, who, words.when(risk, today)]
    return section(" · ".join(filter(None, told)), button("Details", ActionId.RISK_DETAILS, str(risk.id)))


def _buttons(page: RiskPage, here: ProjectView | None) -> Iterator[Element]:
    wanted, scope = page.filter, RiskFilter(project_ids=page.filter.project_ids)
    turns = (ActionId.RISK_PAGE_BACK, ActionId.RISK_PAGE_ON)
    yield from turning(wanted.page, page.pages, turns, lambda number: encode(replace(wanted, page=number)))
    if here is not None and wanted.project_ids != (here.id,):
        yield button(here.key, ActionId.RISK_LIST, encode(RiskFilter().of(here.id)))
    if not wanted.mine:
        yield button("Mine", ActionId.RISK_LIST_MINE, encode(RiskFilter(mine=True)))
    if page.late and not wanted.late:
        narrower = replace(wanted, late=True, page=1)
        yield button(f"Late {page.late}", ActionId.RISK_LIST_STALE, encode(narrower))
    if wanted.is_narrow:
        yield button("All open", ActionId.RISK_LIST_OPEN, encode(scope))
    if wanted.mine or wanted.project_ids:
        yield button("All projects", ActionId.RISK_LIST_ALL, encode(RiskFilter()))
    if page.total and len(wanted.project_ids) < _SEVERAL:
        yield button("Matrix", ActionId.RISK_MATRIX, carried(next(iter(wanted.project_ids), None)))
    yield button("New risk", ActionId.RISK_NEW)


def _empty_list(page: RiskPage, here: ProjectView | None, *, replaces: bool) -> Answer:
    if page.filter.is_narrow:
        is_over = page.filter.status in {RiskStatus.CLOSED, RiskStatus.REJECTED}
        what_next = f"{_WHAT_IS_OPEN}." if is_over else f"{_WHAT_IS_OPEN}, or {_WHAT_IS_OVER}."
        text = f"*Nothing found: {_name(page)}.* {what_next}"
    elif page.filter.mine:
        text = "*No open risk is yours.* Nothing you own or raised is waiting."
    elif any(project.is_archived for project in page.projects):
        gone = [project.key for project in page.projects if project.is_archived]
        are = "is" if len(gone) == 1 else "are"
        text = f"*Nothing open here: {listed(gone)} {are} archived*, and off the lists. {_BACK}"
    elif page.projects:
        text = f"*Nothing open in {_name(page)}.* {_INVITATION}"
    else:
        text = f"*No open risks anywhere.* {_INVITATION}"
    summary = "Nothing found" if page.filter.is_narrow else "No open risks"
    blocks = (section(text), actions(list(_buttons(page, here))))
    return Answer(text=summary, blocks=blocks, replaces=replaces)

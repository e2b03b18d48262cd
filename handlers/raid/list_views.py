"""A list of these records, most urgent first: what it shows, what was asked for, where its buttons lead."""

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from handlers.answers import Answer
from handlers.blocks import Block, Element, actions, button, context, escape, section
from handlers.forms import pack, reading
from handlers.ids import ActionId
from handlers.raid import words
from handlers.views.paging import turning
from models.read_models import ProjectView, RaidFilter, RaidPage, RaidView
from models.rules.raid.states import RAID_STATUS_WORDS, RaidStatus
from models.rules.raid.words import RaidKind
from models.rules.sentences import listed
from models.value import replace

_INVITATION = "Type `/raid` to log what has happened, what you count on, wait for or have to decide."
_BACK = "`/project reopen` brings it back."
_ALL_OF_THEM = "Type `/raid list` for what is open, or `/raid list over` for what is not."


def raid_list(
    page: RaidPage, today: date, *, here: ProjectView | None = None, replaces: bool = False
) -> Answer:
    """Show one page; ``here`` is the project of the channel it stands in."""
    if page.total == 0:
        return _empty_list(page, here, replaces=replaces)
    name = _name(page)
    counts = [words.count(kind, page.per_kind[kind]) for kind in RaidKind if page.per_kind.get(kind)]
    is_open = not (page.filter.status or page.filter.over)
    found = f"{page.total} open" if is_open else str(page.total)
    blocks = [section(f"*{name}: {found}* · {', '.join(counts)}")]
    with_key = len(page.projects) != 1
    blocks += [_line(item, today, with_key=with_key) for item in page.items]
    if page.pages > 1:
        blocks.append(context(f"Page {page.filter.page} of {page.pages}"))
    blocks.append(actions(list(_buttons(page, here))))
    return Answer(text=f"{name}: {found}", blocks=tuple(blocks), replaces=replaces)


def encode(wanted: RaidFilter) -> str:
    """Return a list's filter as a button carries it."""
    carried = {
        "project": " ".join(map(str, wanted.project_ids)),
        "mine": wanted.mine,
        "page": wanted.page,
        "kind": wanted.kind,
        "status": wanted.status,
        "over": wanted.over,
        "late": wanted.late,
        "owner": str(wanted.owner_id) if wanted.owner_id else None,
        "words": wanted.words,
    }
    return pack({name: value for name, value in carried.items() if value})


@reading()
def decode(carried: str) -> RaidFilter:
    """Return the filter that a list's button carries. Raises Unreadable."""
    found = json.loads(carried)
    return RaidFilter(
        project_ids=tuple(map(UUID, found.get("project", "").split())),
        mine=bool(found.get("mine")),
        page=int(found.get("page", 1)),
        kind=RaidKind(found["kind"]) if "kind" in found else None,
        status=RaidStatus(found["status"]) if "status" in found else None,
        over=bool(found.get("over")),
        late=bool(found.get("late")),
        owner_id=UUID(found["owner"]) if "owner" in found else None,
        words=str(found.get("words", "")),
    )


def _name(page: RaidPage) -> str:
    """Return whose these are, and which of them, safe as mrkdwn."""
    wanted = page.filter
    projects = listed([project.key for project in page.projects])
    parts = [projects or ("Yours or logged by you" if wanted.mine else "All projects")]
    if wanted.mine and projects:
        parts.append("yours")
    if wanted.kind is not None:
        parts.append(wanted.kind.things)
    if wanted.status is not None:
        parts.append(RAID_STATUS_WORDS[wanted.status])
    if wanted.over:
        parts.append("over")
    if wanted.late:
        parts.append("late")
    if wanted.owner_id is not None:
        owner = page.items[0].owner if page.items else page.owner
        parts.append(f"owned by {escape(owner.name)}" if owner else "of one owner")
    if wanted.words:
        parts.append(f"“{escape(wanted.words)}”")
    return " · ".join(parts)


def _line(item: RaidView, today: date, *, with_key: bool) -> Block:
    reference = str(item.reference) if with_key else item.reference.short
    other = words.other_side(item)
    nobody = "" if other else "no owner"
    is_plain = item.is_live and item.status is RaidStatus.OPEN
    told = [
        " ".join(filter(None, [f"*{reference}*", words.badness(item), escape(item.title)])),
        other,
        escape(item.owner.name) if item.owner else nobody,
        "" if is_plain or item.settled_on else words.state(item),
        words.when(item, today),
    ]
    return section(" · ".join(filter(None, told)), button("Details", ActionId.RAID_DETAILS, str(item.id)))


def _buttons(page: RaidPage, here: ProjectView | None) -> Iterator[Element]:
    wanted, scope = page.filter, RaidFilter(project_ids=page.filter.project_ids)
    turns = (ActionId.RAID_PAGE_BACK, ActionId.RAID_PAGE_ON)
    yield from turning(wanted.page, page.pages, turns, lambda number: encode(replace(wanted, page=number)))
    if here is not None and wanted.project_ids != (here.id,):
        yield button(here.key, ActionId.RAID_LIST, encode(RaidFilter(project_ids=(here.id,))))
    if not wanted.mine:
        yield button("Mine", ActionId.RAID_LIST_MINE, encode(RaidFilter(mine=True)))
    if page.late and not wanted.late:
        narrower = replace(wanted, late=True, page=1)
        yield button(f"Late {page.late}", ActionId.RAID_LIST_LATE, encode(narrower))
    if wanted.is_narrow:
        yield button("All open", ActionId.RAID_LIST_OPEN, encode(scope))
    if wanted.mine or wanted.project_ids:
        yield button("All projects", ActionId.RAID_LIST_ALL, encode(RaidFilter()))
    yield button("New", ActionId.RAID_NEW)


def _empty_list(page: RaidPage, here: ProjectView | None, *, replaces: bool) -> Answer:
    if page.filter.is_narrow:
        text = f"*Nothing found: {_name(page)}.* {_ALL_OF_THEM}"
    elif page.filter.mine:
        text = "*Nothing here is yours.* Nothing you own or logged is waiting."
    elif any(project.is_archived for project in page.projects):
        gone = [project.key for project in page.projects if project.is_archived]
        are = "is" if len(gone) == 1 else "are"
        text = f"*Nothing open here: {listed(gone)} {are} archived*, and off the lists. {_BACK}"
    elif page.projects:
        text = f"*{_name(page)}: nothing is open.* {_INVITATION}"
    else:
        text = f"*Nothing is open anywhere.* {_INVITATION}"
    summary = "Nothing found" if page.filter.is_narrow else "Nothing is open"
    blocks = (section(text), actions(list(_buttons(page, here))))
    return Answer(text=summary, blocks=blocks, replaces=replaces)

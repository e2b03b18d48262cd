"""A list of what somebody has yet to do, the earliest due first."""

from collections.abc import Iterator, Sequence
from datetime import date

from handlers.actions.views import when
from handlers.answers import Answer
from handlers.blocks import Block, Element, actions, button, context, escape, section
from handlers.ids import ActionId
from handlers.views.paging import turning
from models.read_models import ActionView, PersonRef

PAGE_SIZE = 8
_TITLE = "Actions"
_HOME = "Home has what else waits for you."
_EMPTY = "Actions come from minutes, retrospectives, weekly statuses and what is done about risks."


def action_list(
    found: Sequence[ActionView],
    owner: PersonRef,
    today: date,
    *,
    you: PersonRef,
    page: int = 1,
    replaces: bool = False,
) -> Answer:
    """Show one page; each can be done here, moved, handed over or cancelled."""
    is_yours = owner.id == you.id
    if not found:
        nothing = "You have no open actions." if is_yours else f"{escape(owner.name)} has no open actions."
        more = f"{_HOME} {_EMPTY}" if is_yours else _EMPTY
        return Answer(nothing, (section(f"*{nothing}* {more}"),), replaces=replaces, title=_TITLE)
    pages = -(-len(found) // PAGE_SIZE)
    shown = min(max(1, page), pages)
    late = sum(action.days_late(today) > 0 for action in found)
    whose = "Yours to do" if is_yours else f"{escape(owner.name)}'s to do"
    blocks = [section(f"*{whose}: {len(found)}*{f' · {late} late' if late else ''}")]
    for action in found[(shown - 1) * PAGE_SIZE : shown * PAGE_SIZE]:
        blocks += _line(action, today)
    if pages > 1:
        blocks += [context(f"Page {shown} of {pages}"), actions(list(_turns(owner, shown, pages)))]
    return Answer(f"{whose}: {len(found)}", tuple(blocks), replaces=replaces, title=_TITLE)


def _line(action: ActionView, today: date) -> Iterator[Block]:
    told = [escape(action.title), action.source.reference, when(action, today)]
    if not action.source.reference and action.project_key:
        told[1] = action.project_key
    yield section(" · ".join(filter(None, told)))
    value = str(action.id)
    yield actions(
        [
            button("Done", ActionId.ACTION_DONE, value, style="primary"),
            button("Move, hand over, cancel", ActionId.ACTION_CHANGE, value),
        ]
    )


def _turns(owner: PersonRef, page: int, pages: int) -> Iterator[Element]:
    turns = (ActionId.ACTION_PAGE_BACK, ActionId.ACTION_PAGE_ON)
    return turning(page, pages, turns, lambda number: f"{owner.id}:{number}")

"""The buttons and modals of what is planned: parse, one service call, one view."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from handlers.access import identify
from handlers.answers import ClickAnswer, SubmissionAnswer, UpdateModal
from handlers.asks import Click, Submission
from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.forms import beside_fields, reading
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import today
from handlers.plans import commands, phases, views
from handlers.plans.deliverables import Deliverables
from handlers.plans.forms import PlanForm
from handlers.plans.line import PlanLine, PlanVerb, read_plan_line
from handlers.plans.measures import Measures
from handlers.plans.milestones import Milestones
from handlers.plans.sorts import Sort
from handlers.plans.views import Showing
from models.errors import Conflict, Invalid

_ALL: tuple[Sort[Any], ...] = (Milestones(), Deliverables(), Measures())
SORTS: Mapping[str, Sort[Any]] = {sort.name: sort for sort in _ALL}
"""Every kind, by the word after ``/project``."""

VERBS = {**{name: commands.typed(sort) for name, sort in SORTS.items()}, "phase": phases.typed}
"""What each of these words does."""


def kind_meant(text: str) -> str | None:
    """Return the kind of which a line names one, such as ``done M2``, where it does not say the kind."""
    for name, sort in SORTS.items():
        line = read_plan_line(text, sort.words, sort.marker)
        if sort.marker and line.verb is not None and line.number is not None:
            return name
    return None


def register(routes: Routes) -> None:
    """Register the buttons and the modals."""
    routes.clicks(_CLICKS)
    routes.submissions({CallbackId.PLAN_SAVE: _saved, CallbackId.PHASE_MOVE: phases.submitted})


def _show(kit: Kit, click: Click) -> ClickAnswer:
    actor = identify(kit, click)
    sort, _, project_id = _carried(click.value)
    return commands.listed(kit, actor, sort, kit.projects.get(actor, project_id))


def _turned(kit: Kit, click: Click) -> ClickAnswer:
    """Show another page in the place of this one."""
    actor = identify(kit, click)
    value, _, number = click.value.rpartition(":")
    sort, _, project_id = _carried(value)
    with reading():
        showing = Showing(page=int(number), replaces=True)
    return commands.listed(kit, actor, sort, kit.projects.get(actor, project_id), showing)


def _add(kit: Kit, click: Click) -> ClickAnswer:
    actor = identify(kit, click)
    sort, _, project_id = _carried(click.value)
    return commands.asked_to_add(kit, actor, sort, kit.projects.get(actor, project_id))


def _next(kit: Kit, click: Click) -> ClickAnswer:
    """Do to a record what was chosen from its menu, or what its button says."""
    actor = identify(kit, click)
    sort, verb, record_id = _carried(click.value)
    record = sort.records(kit).get(actor, record_id)
    return commands.about(kit, click, actor, sort, record, PlanLine(verb))


def _saved(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save what was filled in; when somebody was faster, show both and lose nothing."""
    actor, form = identify(kit, sent), PlanForm.read(sent.view)
    with reading():
        sort = SORTS[form.sort]
    try:
        record = sort.save(kit, sent, actor, form)
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    except Conflict as conflict:
        note = views.conflict_note(conflict, actor, commands.change_words(sort))
        return UpdateModal(sort.draw(kit, actor, form.rebased(conflict, note)))
    line = sort.line(record, today(kit, actor)).removeprefix("✓ ")
    return UpdateModal(views.saved(f"✓ {line}{sort.remarks(kit, actor, record)}"))


@reading()
def _carried(value: str) -> tuple[Sort[Any], PlanVerb, UUID]:
    """Return what a button or a menu carries. Raises Unreadable."""
    name, verb, record_id = value.split(":")
    return SORTS[name], PlanVerb(verb), UUID(record_id)


_CLICKS = {
    ActionId.PLAN_SHOW: _show,
    ActionId.PLAN_ADD: _add,
    ActionId.PLAN_NEXT: _next,
    ActionId.PLAN_PAGE_BACK: _turned,
    ActionId.PLAN_PAGE_ON: _turned,
    ActionId.PLAN_UNDO: _next,
    ActionId.PHASE_MOVE: phases.asked,
    ActionId.PHASE_OTHER: phases.asked,
    ActionId.PHASE_UNDO: phases.undone,
}

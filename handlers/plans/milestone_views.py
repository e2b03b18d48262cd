"""What people see of milestones: the list, one line, and the forms."""

from collections.abc import Iterator
from datetime import date

from handlers.answers import Answer, again
from handlers.blocks import Block, Element, actions, button, day, escape, option, overflow, section
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, text_input
from handlers.plans.forms import PlanForm
from handlers.plans.line import PlanVerb
from handlers.plans.views import Showing, carried, paged, plan_modal, short
from models.commands import NAME_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from models.read_models import DeliverableView, MilestoneView, PlanPage
from models.rules.plans.deliverables import DELIVERABLE_WORDS
from models.rules.plans.milestones import MilestoneState

NAME = "milestones"
DELIVERABLES = "deliverables"
EXAMPLE = "Beta live due in 3 weeks"
PARTS_SHOWN = 3
PART_TITLE_SHOWN = 60

_STEPS = {
    MilestoneState.OPEN: (("Done today", PlanVerb.DONE), ("Move …", PlanVerb.MOVE)),
    MilestoneState.DONE: (("Accepted …", PlanVerb.ACCEPT), ("Not done after all", PlanVerb.UNDO)),
    MilestoneState.ACCEPTED: (("Not accepted after all", PlanVerb.UNDO),),
}
_ALWAYS = (("Edit", PlanVerb.EDIT), ("History", PlanVerb.HISTORY), ("Remove", PlanVerb.REMOVE))


def line(milestone: MilestoneView, today: date) -> str:
    """Return "M2 *Checkout live* · 30 Oct, 7 days later than agreed (23 Oct)"."""
    mark = "" if milestone.state is MilestoneState.OPEN else "✓ "
    return f"{mark}{milestone.name} *{short(milestone.title)}* · {when(milestone, today)}"


def when(milestone: MilestoneView, today: date) -> str:
    """Return when it was done, or is expected, and how that stands to what was agreed."""
    if milestone.done_on is not None:
        told = f"done {day(milestone.done_on, today)}{_slip(milestone, today)}"
        return f"{told}{_accepted(milestone, today)}"
    told = f"{day(milestone.forecast_on, today)}{_slip(milestone, today)}"
    late = milestone.overdue(today)
    if late:
        told += f" · *{_days(late, 'working day')} overdue*"
    return told


def _slip(milestone: MilestoneView, today: date) -> str:
    slip = milestone.slip
    if slip == 0:
        return "" if milestone.done_on is None else ", as agreed"
    way = "later" if slip > 0 else "earlier"
    return f", {_days(abs(slip), 'day')} {way} than agreed ({day(milestone.baseline_on, today)})"


def _accepted(milestone: MilestoneView, today: date) -> str:
    if milestone.accepted_on is None:
        return ""
    by = f" by {short(milestone.accepted_by)}" if milestone.accepted_by else ""
    return f" · accepted {day(milestone.accepted_on, today)}{by}"


def _days(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


def remarks(milestone: MilestoneView, page: PlanPage[MilestoneView]) -> str:
    """Return what may have been overlooked: another of the same name, or that the project ends before it."""
    if milestone.state is not MilestoneState.OPEN:
        return ""
    title, end = milestone.title.casefold(), page.project.planned_end_on
    twins = [each for each in page.records if each.id != milestone.id and each.title.casefold() == title]
    told = f"\n{twins[0].name} has the same name." if twins else ""
    if end is not None and milestone.forecast_on > end:
        told += f"\nThat is after {page.project.key}'s planned end, {day(end)}."
    return told


def listed(page: PlanPage[MilestoneView], today: date, showing: Showing) -> Answer:
    """Show what the project is to reach by when, the earliest first."""
    project = page.project
    blocks = [section(showing.note)] if showing.note else []
    shown, turning = paged(NAME, project.id, in_time(page.records), showing)
    if page.records:
        done = sum(1 for each in page.records if each.state is not MilestoneState.OPEN)
        blocks.append(section(f"*{project.key}: milestones* · {done} of {len(page.records)} done"))
        blocks += [_row(page, each, today) for each in shown]
    else:
        blocks.append(section(_nothing(page)))
    blocks.append(actions([*_buttons(page), *turning]))
    shows = again(ActionId.PLAN_SHOW, carried(NAME, "show", project.id))
    text = f"{project.key}: milestones"
    return Answer(text=text, blocks=tuple(blocks), replaces=showing.replaces, title=text, again=shows)


def in_time(milestones: tuple[MilestoneView, ...]) -> list[MilestoneView]:
    """Return them in the order in which they came, or are expected."""
    return sorted(milestones, key=lambda each: (each.expected_on, each.number))


def _nothing(page: PlanPage[MilestoneView]) -> str:
    text = f"*{page.project.key} has no milestones yet.*"
    if page.may_change:
        return f"{text}\nSay the first in a line: `/project milestones add {EXAMPLE}`"
    return text if page.project.is_archived else f"{text} Its leads can name them."


def _buttons(page: PlanPage[MilestoneView]) -> Iterator[Element]:
    if page.may_change:
        adding = carried(NAME, PlanVerb.ADD, page.project.id)
        yield button("Add one", ActionId.PLAN_ADD, adding, style="primary")
    showing = carried(DELIVERABLES, PlanVerb.SHOW, page.project.id)
    yield button("Deliverables", ActionId.PLAN_SHOW, showing)


def _row(page: PlanPage[MilestoneView], milestone: MilestoneView, today: date) -> Block:
    steps = (*_STEPS[milestone.state], *_ALWAYS) if page.may_change else (("History", PlanVerb.HISTORY),)
    choices = [option(label, carried(NAME, verb, milestone.id)) for label, verb in steps]
    parts = [each for each in page.deliverables if each.milestone_id == milestone.id]
    told = "\n".join([line(milestone, today), *map(_part, parts[:PARTS_SHOWN])])
    more = len(parts) - PARTS_SHOWN
    return section(f"{told}\n… and {more} more" if more > 0 else told, overflow(ActionId.PLAN_NEXT, choices))


def _part(deliverable: DeliverableView) -> str:
    title = short(deliverable.title, PART_TITLE_SHOWN)
    return f"• {deliverable.name} {title} · {DELIVERABLE_WORDS[deliverable.state]}"


def form_modal(form: PlanForm) -> Block:
    """Return the form that the verb asks for."""
    return plan_modal(form, "Milestone", _FORMS.get(form.verb, ("Edit", "Save", _fields)))


def _fields(form: PlanForm) -> Iterator[Block]:
    what = text_input("title", max_length=TITLE_LENGTH, text=form.get("title"), placeholder="Checkout live")
    yield field("title", "What will be reached?", what, optional=False)
    picker = date_picker("baseline_on", placeholder="Pick a day", chosen=form.day("baseline_on"))
    hint = "Where it is only expected later, move it instead: what was agreed should stay."
    yield field(
        "baseline_on",
        "Which day was agreed?",
        picker,
        hint=hint if form.record_id else "",
        optional=False,
    )


def _move_fields(form: PlanForm) -> Iterator[Block]:
    picker = date_picker("forecast_on", placeholder="Pick a day", chosen=form.day("forecast_on"))
    yield field("forecast_on", "When do you expect it now?", picker, optional=False)
    why = text_input(
        "reason", max_length=TEXT_LENGTH, text=form.get("reason"), placeholder="The vendor's API is late"
    )
    yield field("reason", "Why?", why, hint="What was agreed stays beside it.", optional=False)


def accept_fields(form: PlanForm) -> Iterator[Block]:
    """Yield who accepts it, and since when; deliverables are accepted alike."""
    who = text_input(
        "accepted_by", max_length=NAME_LENGTH, text=form.get("accepted_by"), placeholder="Robin Vale"
    )
    yield field("accepted_by", "Who at the client accepts it?", who)
    picker = date_picker("accepted_on", placeholder="Today", chosen=form.day("accepted_on"))
    yield field("accepted_on", "Since when?", picker, hint="Today, where you leave it empty.")


_FORMS = {
    PlanVerb.MOVE: ("Move", "Move", _move_fields),
    PlanVerb.ACCEPT: ("Accept", "Save", accept_fields),
}
"""Title, what to press, and fields of the forms that do one thing."""
FIELD_WORDS = {
    "title": "what",
    "baseline_on": "agreed",
    "forecast_on": "expected",
    "done_on": "done",
    "accepted_on": "accepted",
    "accepted_by": "accepted by",
}


def shown(name: str, value: str) -> str:
    """Return a field's value as the history tells it."""
    return day(date.fromisoformat(value)) if name.endswith("_on") else escape(value)

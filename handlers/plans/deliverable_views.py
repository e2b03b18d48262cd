"""What people see of deliverables: the list, one line, and the forms."""

from collections.abc import Iterator
from datetime import date

from handlers.answers import Answer, again
from handlers.blocks import Block, Element, actions, button, day, escape, link, option, overflow, section
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, select, text_input
from handlers.plans import milestone_views
from handlers.plans.forms import NONE, PlanForm
from handlers.plans.line import PlanVerb
from handlers.plans.views import Showing, carried, paged, plan_modal, short
from models.commands import EVIDENCE_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from models.read_models import DeliverableView, PlanPage
from models.rules.plans.deliverables import DELIVERABLE_WORDS, DeliverableState
from models.rules.projects.kinds import is_link

NAME = "deliverables"
EXAMPLE = "Runbook due in 3 weeks"

_S = DeliverableState
_ORDER = (_S.REJECTED, _S.DUE, _S.SUBMITTED, _S.ACCEPTED)
"""What needs somebody comes first."""
_STEPS = {
    _S.DUE: (("Submitted …", PlanVerb.SUBMIT),),
    _S.SUBMITTED: (
        ("Accepted …", PlanVerb.ACCEPT),
        ("Rejected …", PlanVerb.REJECT),
        ("Correct where it is …", PlanVerb.SUBMIT),
    ),
    _S.REJECTED: (("Submitted again …", PlanVerb.SUBMIT),),
    _S.ACCEPTED: (("Not accepted after all", PlanVerb.UNDO),),
}
_ALWAYS = (("Edit", PlanVerb.EDIT), ("History", PlanVerb.HISTORY), ("Remove", PlanVerb.REMOVE))


def line(deliverable: DeliverableView, today: date) -> str:
    """Return "D2 *API guide* for M3 · submitted 10 Oct by Sam Reyes · where it is"."""
    mark = "✓ " if deliverable.is_accepted else ""
    part = f" for M{deliverable.milestone_number}" if deliverable.milestone_number else ""
    told = [f"{mark}{deliverable.name} *{short(deliverable.title)}*{part}", _standing(deliverable, today)]
    if deliverable.evidence:
        told.append(_evidence(deliverable.evidence))
    return " · ".join(told)


def _standing(deliverable: DeliverableView, today: date) -> str:
    state = deliverable.state
    if state is _S.DUE:
        late = deliverable.overdue(today)
        on = day(deliverable.expected_on, today) if deliverable.expected_on else "some day"
        days = f"{late} working day{'s' if late != 1 else ''}"
        return f"due {on} · *{days} overdue*" if late else f"due {on}"
    if state is _S.SUBMITTED:
        again = " again" if deliverable.rejections else ""
        return f"submitted{again} {_on(deliverable.submitted_on, today)} by {_who(deliverable.submitted_by)}"
    decided = _on(deliverable.decided_on, today)
    if state is _S.REJECTED:
        return f"*rejected* {decided}: {short(deliverable.rejection)}"
    by = f" by {short(deliverable.accepted_by)}" if deliverable.accepted_by else ""
    return f"accepted {decided}{by} (noted by {_who(deliverable.decided_by)})"


def _on(when: date | None, today: date) -> str:
    return day(when, today) if when else "some day"


def _who(name: str | None) -> str:
    return short(name) if name else "somebody"


def _evidence(text: str) -> str:
    return link(text, "where it is") if is_link(text) else f"note: {short(text)}"


def listed(page: PlanPage[DeliverableView], today: date, showing: Showing) -> Answer:
    """Show what the client gets, what needs somebody first."""
    project = page.project
    blocks = [section(showing.note)] if showing.note else []
    shown, turning = paged(NAME, project.id, _in_order(page.records), showing)
    if page.records:
        accepted = sum(1 for each in page.records if each.is_accepted)
        blocks.append(section(f"*{project.key}: deliverables* · {accepted} of {len(page.records)} accepted"))
        blocks += [_row(each, today, may_change=page.may_change) for each in shown]
    else:
        blocks.append(section(_nothing(page)))
    blocks.append(actions([*_buttons(page), *turning]))
    shows = again(ActionId.PLAN_SHOW, carried(NAME, "show", project.id))
    text = f"{project.key}: deliverables"
    return Answer(text=text, blocks=tuple(blocks), replaces=showing.replaces, title=text, again=shows)


def _in_order(found: tuple[DeliverableView, ...]) -> list[DeliverableView]:
    return sorted(
        found, key=lambda each: (_ORDER.index(each.state), each.expected_on or date.max, each.number)
    )


def _nothing(page: PlanPage[DeliverableView]) -> str:
    text = f"*{page.project.key} has no deliverables yet.*"
    if page.may_change:
        return f"{text}\nSay the first in a line: `/project deliverables add {EXAMPLE}`"
    return text if page.project.is_archived else f"{text} Its leads can name them."


def _buttons(page: PlanPage[DeliverableView]) -> Iterator[Element]:
    if page.may_change:
        adding = carried(NAME, PlanVerb.ADD, page.project.id)
        yield button("Add one", ActionId.PLAN_ADD, adding, style="primary")
    showing = carried(milestone_views.NAME, PlanVerb.SHOW, page.project.id)
    yield button("Milestones", ActionId.PLAN_SHOW, showing)


def _row(deliverable: DeliverableView, today: date, *, may_change: bool) -> Block:
    steps = (*_STEPS[deliverable.state], *_ALWAYS) if may_change else (("History", PlanVerb.HISTORY),)
    choices = [option(label, carried(NAME, verb, deliverable.id)) for label, verb in steps]
    return section(line(deliverable, today), overflow(ActionId.PLAN_NEXT, choices))


def form_modal(form: PlanForm) -> Block:
    """Return the form that the verb asks for."""
    return plan_modal(form, "Deliverable", _FORMS.get(form.verb, ("Edit", "Save", _fields)))


def _fields(form: PlanForm) -> Iterator[Block]:
    what = text_input("title", max_length=TITLE_LENGTH, text=form.get("title"), placeholder="Runbook")
    yield field("title", "What does the client get?", what, optional=False)
    if form.choices:
        options = [option(label, value) for value, label in form.choices.items()]
        options.append(option("None", NONE))
        chosen = select("milestone_id", options, placeholder="Choose one", chosen=form.get("milestone_id"))
        yield field("milestone_id", "Which milestone is it part of?", chosen)
    picker = date_picker("due_on", placeholder="Pick a day", chosen=form.day("due_on"))
    hint = "Leave it empty where it is due with its milestone." if form.choices else ""
    yield field("due_on", "Which day is it due?", picker, hint=hint)


def _submit_fields(form: PlanForm) -> Iterator[Block]:
    where = text_input(
        "evidence",
        max_length=EVIDENCE_LENGTH,
        text=form.get("evidence"),
        placeholder="https://… or: sent by mail to Robin",
    )
    yield field("evidence", "Where is it?", where, hint="A link, or a few words that prove it later.")


def _reject_fields(form: PlanForm) -> Iterator[Block]:
    why = text_input("reason", max_length=TEXT_LENGTH, text=form.get("reason"), multiline=True)
    yield field("reason", "What does the client want changed?", why, optional=False)


_FORMS = {
    PlanVerb.SUBMIT: ("Submit", "Submitted", _submit_fields),
    PlanVerb.ACCEPT: ("Accept", "Save", milestone_views.accept_fields),
    PlanVerb.REJECT: ("Reject", "Save", _reject_fields),
}
"""Title, what to press, and fields of the forms that do one thing."""
FIELD_WORDS = {
    "title": "what",
    "due_on": "due",
    "state": "",
    "milestone_number": "milestone",
    "evidence": "where",
    "decided_on": "decided",
    "accepted_by": "accepted by",
}


def shown(name: str, value: str) -> str:
    """Return a field's value as the history tells it."""
    if name.endswith("_on"):
        return day(date.fromisoformat(value))
    if name == "milestone_number":
        return f"M{value}"
    return DELIVERABLE_WORDS[DeliverableState(value)] if name == "state" else escape(value)

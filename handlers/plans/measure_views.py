"""What people see of measures of success: the list, one line, and the form."""

from collections.abc import Iterator

from handlers.answers import Answer, again
from handlers.blocks import Block, actions, button, escape, modal, option, overflow, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import field, select, text_input
from handlers.plans.forms import NONE, PlanForm
from handlers.plans.views import Showing, carried, paged, short
from models.commands import TARGET_LENGTH, TITLE_LENGTH
from models.read_models import MeasureView, PlanPage
from models.rules.plans.measures import OUTCOME_WORDS, Outcome

NAME = "measures"
EXAMPLE = "Checkout conversion: 2.1 % to 2.6 % by March"


def line(measure: MeasureView) -> str:
    """Return "*Checkout conversion* → 2.6 % by March · more revenue"."""
    told = f"{measure.name} *{short(measure.title)}*"
    if measure.target:
        told += f": {short(measure.target)}"
    return f"{told} · {OUTCOME_WORDS[measure.outcome]}" if measure.outcome else told


def listed(page: PlanPage[MeasureView], showing: Showing) -> Answer:
    """Show what the project's success is measured by."""
    project = page.project
    blocks = [section(showing.note)] if showing.note else []
    shown, buttons = paged(NAME, project.id, page.records, showing)
    if page.records:
        blocks.append(section(f"*{project.key}: how we'll know that it went well*"))
        blocks += [_row(measure, may_change=page.may_change) for measure in shown]
    else:
        blocks.append(section(_nothing(page)))
    if page.may_change:
        add = button("Add one", ActionId.PLAN_ADD, carried(NAME, "add", project.id), style="primary")
        buttons = [add, *buttons]
    if buttons:
        blocks.append(actions(buttons))
    shows = again(ActionId.PLAN_SHOW, carried(NAME, "show", project.id))
    text = f"{project.key}: success measures"
    return Answer(
        text=text,
        blocks=tuple(blocks),
        replaces=showing.replaces,
        title=f"{project.key}: measures",
        again=shows,
    )


def _nothing(page: PlanPage[MeasureView]) -> str:
    text = f"*Nobody has said yet how we'll know that {page.project.key} went well.*"
    if page.may_change:
        return f"{text}\nSay it in a line: `/project measures add {EXAMPLE}`"
    return f"{text} Its leads can: `/project measures add …`" if not page.project.is_archived else text


def _row(measure: MeasureView, *, may_change: bool) -> Block:
    steps = [("Edit", "edit"), ("History", "history"), ("Remove", "remove")]
    if not may_change:
        steps = [("History", "history")]
    choices = [option(label, carried(NAME, verb, measure.id)) for label, verb in steps]
    return section(line(measure), overflow(ActionId.PLAN_NEXT, choices))


def form_modal(form: PlanForm) -> Block:
    """Return the form: what is looked at, what it is to come to, and what the client has of it."""
    title = f"Edit measure · {form.key}" if form.record_id else f"New measure · {form.key}"
    metadata = pack(form.carried())
    return modal(CallbackId.PLAN_SAVE, title, list(_fields(form)), submit="Save", metadata=metadata)


def _fields(form: PlanForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")
    what = text_input(
        "title", max_length=TITLE_LENGTH, text=form.get("title"), placeholder="Checkout conversion"
    )
    yield field("title", "What will you look at?", what, optional=False)
    target = text_input(
        "target", max_length=TARGET_LENGTH, text=form.get("target"), placeholder="2.1 % to 2.6 % by March"
    )
    yield field("target", "When is it a success?", target, hint="A number and a day are hard to argue with.")
    outcomes = [option(words.capitalize(), outcome) for outcome, words in OUTCOME_WORDS.items()]
    outcomes.append(option("Not one of these", NONE))
    chosen = select("outcome", outcomes, placeholder="Choose one", chosen=form.get("outcome"))
    yield field("outcome", "What does the client's business get?", chosen)


def shown(name: str, value: str) -> str:
    """Return a field's value as the history tells it."""
    return OUTCOME_WORDS[Outcome(value)] if name == "outcome" else escape(value)

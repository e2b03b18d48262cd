"""The fields that a dimension opens once it isn't green."""

from collections.abc import Iterator

from handlers.blocks import Block, Element, divider, option
from handlers.forms import day_in
from handlers.ids import ActionId
from handlers.inputs import OWN_TEAM, date_picker, field, person_select, radio, text_input
from handlers.statuses import words
from handlers.statuses.forms import StatusForm, block
from models.commands.statuses import CRITERIA_LENGTH, STEP_LENGTH
from models.read_models import StatusStart
from models.rules.statuses.plans import PlanPart
from models.rules.statuses.rag import Dimension
from models.rules.statuses.words import slip_words

_NO_TARGET = "Leave it empty where you know none; the update then names none."


def plan_fields(form: StatusForm, start: StatusStart, dimension: Dimension, me: str) -> Iterator[Block]:
    """Yield the colour and, unless it does not apply, the plan back to green."""
    name = words.name(start.project.kind, dimension)
    choices = [option(words.choice(each), each) for each in words.COLOUR_CHOICES]
    colour = form.colour(dimension)
    element = radio(ActionId.STATUS_FORM_COLOUR, choices, chosen=colour)
    yield divider()
    yield field(block(dimension, "colour"), name, element, optional=False, live=True)
    if not colour.wants_plan:
        return
    yield _step(form, dimension, name)
    yield _owner(form, dimension, me)
    yield field(
        block(dimension, PlanPart.DUE),
        "By",
        _picker(form, dimension, PlanPart.DUE, "Pick a day"),
        optional=False,
    )
    yield _criteria(form, dimension, name)
    yield _target(form, start, dimension)


def _step(form: StatusForm, dimension: Dimension, name: str) -> Block:
    named = block(dimension, PlanPart.STEP)
    element = text_input(
        named, max_length=STEP_LENGTH, text=form.get(named), placeholder="Mock the vendor's API"
    )
    return field(named, f"{name}: what do we do about it?", element, optional=False)


def _owner(form: StatusForm, dimension: Dimension, me: str) -> Block:
    named = block(dimension, PlanPart.OWNER)
    chosen = form.get(named) if named in form.values else me
    element = person_select(named, placeholder=OWN_TEAM, chosen=chosen or None)
    return field(named, "Who?", element, optional=False)


def _picker(form: StatusForm, dimension: Dimension, part: PlanPart, placeholder: str) -> Element:
    named = block(dimension, part)
    chosen = day_in(form.get(named))
    return date_picker(named, placeholder=placeholder, chosen=chosen)


def _criteria(form: StatusForm, dimension: Dimension, name: str) -> Block:
    named = block(dimension, PlanPart.CRITERIA)
    element = text_input(
        named, max_length=CRITERIA_LENGTH, text=form.get(named), placeholder="the sandbox passes our tests"
    )
    return field(named, f"{name} is green when …", element, optional=False)


def _target(form: StatusForm, start: StatusStart, dimension: Dimension) -> Block:
    plan = start.plans.get(dimension)
    hint = f"It {slip_words(plan.slips)} already." if plan and plan.slips else _NO_TARGET
    element = _picker(form, dimension, PlanPart.TARGET, "Pick a day")
    return field(block(dimension, PlanPart.TARGET), "Green by", element, hint=hint)

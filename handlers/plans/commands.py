"""What ``/project measures …`` and its like do, verb by verb."""

from collections.abc import Callable, Mapping

from handlers.answers import Answer, CommandAnswer, OpenModal, say
from handlers.asks import Ask
from handlers.blocks import actions, button, escape
from handlers.forms import Raw
from handlers.grammar import PROJECT, nearest
from handlers.help import did_you_mean
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.plans import views
from handlers.plans.forms import PlanForm
from handlers.plans.line import PlanLine, PlanVerb, read_plan_line
from handlers.plans.sorts import Sort
from handlers.plans.views import FIRST, Showing
from handlers.projects.finding import by_key, find
from handlers.projects.lists import elsewhere
from handlers.typed.text import readable
from models.errors import NotFound
from models.read_models import Actor, FieldChange, PlanRecord, ProjectView
from models.read_models.plans import RecordT

TYPED_KEPT = 1000
"""Characters kept of a line that a button offers to add."""


def typed(sort: Sort[RecordT]) -> Callable[[Kit, Ask, Actor, str], CommandAnswer]:
    """Return what the words after ``/project`` and the kind's name do."""

    def run(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
        project, words = find(kit, ask, actor, rest)
        line = read_plan_line(words, sort.words, sort.marker)
        if line.key:
            project = by_key(kit, actor, line.key) or project
        if project is None:
            return elsewhere(kit, ask, actor, verb=sort.name)
        return _carried_out(kit, ask, actor, sort, project, line)

    return run


def _carried_out(
    kit: Kit, ask: Ask, actor: Actor, sort: Sort[RecordT], project: ProjectView, line: PlanLine
) -> CommandAnswer:
    if line.verb is None:
        return _unknown(sort, project, line)
    if line.verb is PlanVerb.ADD:
        return sort.add_typed(kit, ask, actor, project, line.rest)
    if line.verb is PlanVerb.SHOW:
        return listed(kit, actor, sort, project)
    if line.number is None:
        return _which(kit, actor, sort, project, line)
    try:
        record = sort.records(kit).numbered(actor, project.id, line.number)
    except NotFound:
        note = f"{project.key} has no {sort.thing} {sort.marker}{line.number}. These are there:"
        return listed(kit, actor, sort, project, Showing(note))
    return about(kit, ask, actor, sort, record, line)


def about(
    kit: Kit, ask: Ask, actor: Actor, sort: Sort[RecordT], record: RecordT, line: PlanLine
) -> CommandAnswer:
    """Carry out a verb about one record."""
    if line.verb is PlanVerb.HISTORY:
        return history(kit, actor, sort, record)
    if line.verb is PlanVerb.EDIT:
        return sort.edit_typed(kit, ask, actor, record, line.rest)
    if line.verb is PlanVerb.REMOVE:
        return removed(kit, ask, actor, sort, record)
    if line.verb is PlanVerb.RESTORE:
        return restored(kit, ask, actor, sort, record)
    return sort.step(kit, ask, actor, record, line)


def listed(
    kit: Kit, actor: Actor, sort: Sort[RecordT], project: ProjectView, showing: Showing = FIRST
) -> Answer:
    """Show all of a project."""
    page = sort.records(kit).page(actor, project.id)
    return sort.listed(page, today(kit, actor), showing)


def history(kit: Kit, actor: Actor, sort: Sort[RecordT], record: RecordT) -> Answer:
    """Show what was done to a record."""
    found = sort.records(kit).history(actor, record.id)
    return views.history(found, sort.line(found.record, today(kit, actor)), change_words(sort))


def change_words(sort: Sort[RecordT]) -> Callable[[FieldChange], str]:
    """Return how a change of one of the kind's fields is told."""

    def told(item: FieldChange) -> str:
        before = sort.shown(item.field, item.before) if item.before else "–"
        after = sort.shown(item.field, item.after) if item.after else "–"
        return f"{sort.field_words.get(item.field, item.field)} {before} → {after}".strip()

    return told


def removed(kit: Kit, ask: Ask, actor: Actor, sort: Sort[RecordT], record: RecordT) -> Answer:
    """Take it off the plan."""
    gone = sort.records(kit).remove(actor, record.id, origin=origin(kit, ask), now=kit.clock())
    return views.done(sort.name, f"✓ Removed: {_named(gone)}", gone, undo=PlanVerb.RESTORE)


def restored(kit: Kit, ask: Ask, actor: Actor, sort: Sort[RecordT], record: RecordT) -> Answer:
    """Bring it back."""
    back = sort.records(kit).restore(actor, record.id, origin=origin(kit, ask), now=kit.clock())
    note = f"✓ Back again: {sort.line(back, today(kit, actor))}"
    return views.done(sort.name, note, back, undo=None)


def asked_to_add(
    kit: Kit,
    actor: Actor,
    sort: Sort[RecordT],
    project: ProjectView,
    values: Mapping[str, Raw] | None = None,
) -> OpenModal:
    """Open the form for something new, with what was typed, for whoever may add it."""
    sort.records(kit).addable(actor, project.id)
    return OpenModal(sort.draw(kit, actor, PlanForm.blank(sort.name, project, values)))


def asked_to_edit(kit: Kit, actor: Actor, sort: Sort[RecordT], record: RecordT) -> OpenModal:
    """Open the form with the record as it is, for whoever may change it."""
    present = sort.records(kit).editable(actor, record.id)
    return OpenModal(sort.draw(kit, actor, PlanForm.of(sort.name, present, sort.values(present))))


def _named(record: PlanRecord) -> str:
    return f"{record.name} *{escape(record.title)}*"


def _which(kit: Kit, actor: Actor, sort: Sort[RecordT], project: ProjectView, line: PlanLine) -> Answer:
    """Ask which one is meant, and show those there are."""
    usage = f"`/project {sort.name} {line.verb} {sort.marker}1`"
    note = f"Which {sort.thing}? Its number comes after the verb: {usage}."
    return listed(kit, actor, sort, project, Showing(note))


def _unknown(sort: Sort[RecordT], project: ProjectView, line: PlanLine) -> Answer:
    """Ask about a slip of the finger, or offer to add what reads like a new one."""
    text = readable(line.rest)
    first, _, rest = text.partition(" ")
    meant = nearest(first, sort.words)
    if meant is not None:
        corrected = f"{sort.name} {project.key} {meant} {rest}".strip()
        yes = button(f"Yes: {meant} {rest}", ActionId.PROJECT_MEANT, corrected[:TYPED_KEPT], style="primary")
        typed = f"{sort.name} {meant} {rest}".strip()
        return say(did_you_mean(PROJECT, typed), actions([yes]))
    corrected = f"{sort.name} {project.key} add {text}"
    yes = button("Add it", ActionId.PROJECT_MEANT, corrected[:TYPED_KEPT], style="primary")
    return say(f"Add “{escape(text)}” to {project.key} as a {sort.thing}?", actions([yes]))

"""``/project measures``: what the project's success is measured by."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from handlers.answers import Answer, CommandAnswer
from handlers.asks import Ask, Submission
from handlers.blocks import Block
from handlers.forms import Raw, reading
from handlers.kit import Kit
from handlers.origins import origin
from handlers.plans import commands, measure_views, views
from handlers.plans.forms import PlanForm
from handlers.plans.line import PlanVerb
from handlers.plans.sorts import Sort
from handlers.plans.views import Showing
from handlers.typed.text import readable
from models.commands import MeasureFields
from models.read_models import Actor, MeasureView, PlanPage, ProjectView
from models.rules.plans.measures import Outcome
from models.services.plans.measures import SuccessMeasures


class Measures(Sort[MeasureView]):
    """Measures of success."""

    name = measure_views.NAME
    thing = "success measure"
    example = measure_views.EXAMPLE
    field_words: ClassVar[Mapping[str, str]] = {"title": "what", "outcome": "the client gets"}

    def records(self, kit: Kit) -> SuccessMeasures:
        """Return the service that keeps them."""
        return kit.measures

    def listed(self, page: PlanPage[MeasureView], today: date, showing: Showing) -> Answer:  # noqa: ARG002 - other kinds have days.
        """Show all of a project."""
        return measure_views.listed(page, showing)

    def line(self, record: MeasureView, today: date) -> str:  # noqa: ARG002 - other kinds have days.
        """Return one of them in a line."""
        return measure_views.line(record)

    def shown(self, field: str, value: str) -> str:
        """Return a field's value as the history tells it."""
        return measure_views.shown(field, value)

    def values(self, record: MeasureView) -> Mapping[str, Raw]:
        """Return what the modal starts with."""
        return {"title": record.title, "target": record.target, "outcome": record.outcome}

    def modal(self, form: PlanForm) -> Block:
        """Draw the modal."""
        return measure_views.form_modal(form)

    def save(self, kit: Kit, sent: Submission, actor: Actor, form: PlanForm) -> MeasureView:
        """Add it or change it."""
        fields, came_from, now = _fields(form), origin(kit, sent, f":{form.version}"), kit.clock()
        if form.record_id is None:
            return kit.measures.add(actor, form.project_id, fields, origin=came_from, now=now)
        return kit.measures.edit(
            actor, form.record_id, fields, version=form.version, origin=came_from, now=now
        )

    def add_typed(self, kit: Kit, ask: Ask, actor: Actor, project: ProjectView, text: str) -> CommandAnswer:
        """Add what the line says; what follows a colon is when it is a success."""
        if not text:
            return commands.asked_to_add(kit, actor, self, project)
        fields = _said(text)
        measure = kit.measures.add(actor, project.id, fields, origin=origin(kit, ask), now=kit.clock())
        note = f"✓ Added to {project.key}: {measure_views.line(measure)}"
        return views.done(self.name, note, measure, undo=PlanVerb.REMOVE)

    def edit_typed(self, kit: Kit, ask: Ask, actor: Actor, record: MeasureView, text: str) -> CommandAnswer:
        """Change its words; what the client gets stays."""
        if not text:
            return commands.asked_to_edit(kit, actor, self, record)
        said = _said(text)
        fields = MeasureFields(said.title, said.target, record.outcome)
        measure = kit.measures.edit(
            actor, record.id, fields, version=record.version, origin=origin(kit, ask), now=kit.clock()
        )
        return views.done(self.name, f"✓ Now: {measure_views.line(measure)}", measure, undo=None)


def _said(text: str) -> MeasureFields:
    title, _, target = readable(text).partition(": ")
    return MeasureFields(title, target)


@reading()
def _fields(form: PlanForm) -> MeasureFields:
    """Return what the service takes. Raises Unreadable."""
    outcome = Outcome(form.chosen("outcome")) if form.chosen("outcome") else None
    return MeasureFields(form.get("title"), form.get("target"), outcome)

"""``/project milestones``: what the project is to reach by when."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from handlers.answers import Answer, CommandAnswer, OpenModal, say
from handlers.asks import Ask, Click, Submission
from handlers.blocks import Block, escape
from handlers.forms import Raw, reading
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.plans import commands, milestone_views, views
from handlers.plans.days import day_at_end, day_at_start, past_day_at_end
from handlers.plans.forms import PlanForm
from handlers.plans.line import MILESTONE_WORDS, PlanLine, PlanVerb
from handlers.plans.sorts import Sort
from handlers.plans.views import Showing
from handlers.typed.text import readable
from models.commands import Approval, MilestoneFields
from models.errors import Invalid
from models.read_models import Actor, MilestoneView, PlanPage, ProjectView
from models.services.plans.milestones import Milestones as MilestonesService


class Milestones(Sort[MilestoneView]):
    """Milestones."""

    name = milestone_views.NAME
    thing = "milestone"
    example = milestone_views.EXAMPLE
    marker = "M"
    words: ClassVar[Mapping[str, PlanVerb]] = MILESTONE_WORDS
    field_words: ClassVar[Mapping[str, str]] = milestone_views.FIELD_WORDS

    def records(self, kit: Kit) -> MilestonesService:
        """Return the service that keeps them."""
        return kit.milestones

    def listed(self, page: PlanPage[MilestoneView], today: date, showing: Showing) -> Answer:
        """Show all of a project."""
        return milestone_views.listed(page, today, showing)

    def line(self, record: MilestoneView, today: date) -> str:
        """Return one of them in a line."""
        return milestone_views.line(record, today)

    def shown(self, field: str, value: str) -> str:
        """Return a field's value as the history tells it."""
        return milestone_views.shown(field, value)

    def values(self, record: MilestoneView) -> Mapping[str, Raw]:
        """Return what the modal starts with."""
        return {"title": record.title, "baseline_on": record.baseline_on.isoformat()}

    def modal(self, form: PlanForm) -> Block:
        """Draw the modal."""
        return milestone_views.form_modal(form)

    def save(self, kit: Kit, sent: Submission, actor: Actor, form: PlanForm) -> MilestoneView:
        """Add it, change it, move it or accept it."""
        came_from, now = origin(kit, sent, f":{form.version}"), kit.clock()
        if form.record_id is None:
            return kit.milestones.add(actor, form.project_id, _fields(form), origin=came_from, now=now)
        record_id, version = form.record_id, form.version
        if form.verb == PlanVerb.MOVE:
            day, why = _required_day(form, "forecast_on"), form.get("reason")
            return kit.milestones.move(actor, record_id, day, why, version=version, origin=came_from, now=now)
        if form.verb == PlanVerb.ACCEPT:
            approval = Approval(form.get("accepted_by"), form.day("accepted_on"))
            return kit.milestones.accept(
                actor, record_id, approval, version=version, origin=came_from, now=now
            )
        return kit.milestones.edit(
            actor, record_id, _fields(form), version=version, origin=came_from, now=now
        )

    def remarks(self, kit: Kit, actor: Actor, record: MilestoneView) -> str:
        """Say that there is another of that name, or that it comes after the project's end."""
        return milestone_views.remarks(record, kit.milestones.page(actor, record.project_id))

    def add_typed(self, kit: Kit, ask: Ask, actor: Actor, project: ProjectView, text: str) -> CommandAnswer:
        """Add what the line says; open the form where it says no day."""
        said = day_at_end(readable(text), today(kit, actor))
        if said.question:
            return views.asked_back(said.question, text)
        if said.day is None or not said.rest:
            values = {"title": said.rest, "baseline_on": said.day.isoformat() if said.day else None}
            return commands.asked_to_add(kit, actor, self, project, values)
        fields = MilestoneFields(said.rest, said.day)
        milestone = kit.milestones.add(actor, project.id, fields, origin=origin(kit, ask), now=kit.clock())
        note = f"✓ Added to {project.key}: {self.line(milestone, today(kit, actor))}"
        note += self.remarks(kit, actor, milestone)
        return views.done(self.name, note, milestone, undo=PlanVerb.REMOVE)

    def edit_typed(self, kit: Kit, ask: Ask, actor: Actor, record: MilestoneView, text: str) -> CommandAnswer:
        """Change its words, and the day that was agreed where the line says one."""
        if not text:
            return commands.asked_to_edit(kit, actor, self, record)
        said = day_at_end(readable(text), today(kit, actor))
        if said.question:
            return views.asked_back(said.question, text)
        fields = MilestoneFields(said.rest or record.title, said.day or record.baseline_on)
        milestone = kit.milestones.edit(
            actor, record.id, fields, version=record.version, origin=origin(kit, ask), now=kit.clock()
        )
        return self._told(kit, actor, milestone, undo=None)

    def step(self, kit: Kit, ask: Ask, actor: Actor, record: MilestoneView, line: PlanLine) -> CommandAnswer:
        """Move it, say that it is done or accepted, or take that back."""
        text = readable(line.rest)
        if line.verb is PlanVerb.MOVE:
            return self._move(kit, ask, actor, record, text)
        if line.verb is PlanVerb.DONE:
            return self._done(kit, ask, actor, record, text)
        if line.verb is PlanVerb.ACCEPT:
            return self._accept(kit, ask, actor, record, text)
        back = kit.milestones.undo(actor, record.id, origin=origin(kit, ask), now=kit.clock())
        return self._told(kit, actor, back, undo=None)

    def _move(self, kit: Kit, ask: Ask, actor: Actor, record: MilestoneView, text: str) -> CommandAnswer:
        said = day_at_start(text, today(kit, actor), record.forecast_on)
        if said.question:
            return views.asked_back(said.question, text)
        if said.day is None or not said.rest:
            present = kit.milestones.editable(actor, record.id)
            day = (said.day or present.forecast_on).isoformat()
            values = {"forecast_on": day, "reason": said.rest}
            return self._form(present, PlanVerb.MOVE, values)
        try:
            moved = kit.milestones.move(
                actor, record.id, said.day, said.rest, version=None, origin=origin(kit, ask), now=kit.clock()
            )
        except Invalid as invalid:
            typed = f"milestones move {record.name} {text}"
            return views.asked_back(" ".join(invalid.problems.values()), typed)
        return self._told(kit, actor, moved, undo=None)

    def _done(self, kit: Kit, ask: Ask, actor: Actor, record: MilestoneView, text: str) -> CommandAnswer:
        said = past_day_at_end(text, today(kit, actor))
        if said.question:
            return views.asked_back(said.question, text)
        if said.rest:
            usage = f"`/project milestones done {record.name} yesterday`"
            return say(f"I can't read “{escape(said.rest)}” as a day that has been. Try {usage}.")
        done = kit.milestones.done(actor, record.id, said.day, origin=origin(kit, ask), now=kit.clock())
        return self._told(kit, actor, done, undo=PlanVerb.UNDO)

    def _accept(self, kit: Kit, ask: Ask, actor: Actor, record: MilestoneView, text: str) -> CommandAnswer:
        if isinstance(ask, Click):
            return self._form(kit.milestones.editable(actor, record.id), PlanVerb.ACCEPT, {})
        said = past_day_at_end(text, today(kit, actor))
        if said.question:
            return views.asked_back(said.question, text)
        approval = Approval(said.rest.removeprefix("by "), said.day)
        accepted = kit.milestones.accept(actor, record.id, approval, origin=origin(kit, ask), now=kit.clock())
        return self._told(kit, actor, accepted, undo=PlanVerb.UNDO)

    def _form(self, record: MilestoneView, verb: PlanVerb, values: Mapping[str, Raw]) -> OpenModal:
        return OpenModal(self.modal(PlanForm.of(self.name, record, values, verb)))

    def _told(self, kit: Kit, actor: Actor, milestone: MilestoneView, *, undo: PlanVerb | None) -> Answer:
        note = f"✓ {milestone.project_key}: {self.line(milestone, today(kit, actor)).removeprefix('✓ ')}"
        note += self.remarks(kit, actor, milestone)
        return views.done(self.name, note, milestone, undo=undo)


def _fields(form: PlanForm) -> MilestoneFields:
    return MilestoneFields(form.get("title"), form.day("baseline_on"))


@reading()
def _required_day(form: PlanForm, name: str) -> date:
    """Return a day that Slack sees to. Raises Unreadable."""
    return date.fromisoformat(form.get(name))

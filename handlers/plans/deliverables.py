"""``/project deliverables``: what the client gets, and whether they accept it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from handlers.answers import Answer, CommandAnswer, OpenModal
from handlers.asks import Ask, Click, Submission
from handlers.blocks import Block
from handlers.forms import Raw, reading
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.plans import commands, deliverable_views, views
from handlers.plans.days import day_at_end, past_day_at_end
from handlers.plans.forms import PlanForm
from handlers.plans.line import DELIVERABLE_WORDS, PlanLine, PlanVerb
from handlers.plans.sorts import Sort
from handlers.plans.views import Showing
from handlers.typed.text import readable
from models.commands import Approval, DeliverableFields
from models.errors import Invalid
from models.read_models import Actor, DeliverableView, PlanPage, ProjectView
from models.rules.plans.deliverables import DeliverableState
from models.services.plans.deliverables import Deliverables as DeliverablesService
from models.value import Value

_PART_OF = re.compile(
    r"(?:^|\s)(?:for|under|with|in|of)\s+(?:[A-Z][A-Z0-9]{1,9}-)?M(?P<number>\d{1,6})$", re.IGNORECASE
)


class _Said(Value):
    """What a line says of a deliverable."""

    title: str
    due_on: date | None = None
    milestone: int | None = None
    question: str = ""


class Deliverables(Sort[DeliverableView]):
    """Deliverables."""

    name = deliverable_views.NAME
    thing = "deliverable"
    example = deliverable_views.EXAMPLE
    marker = "D"
    words: ClassVar[Mapping[str, PlanVerb]] = DELIVERABLE_WORDS
    field_words: ClassVar[Mapping[str, str]] = deliverable_views.FIELD_WORDS

    def records(self, kit: Kit) -> DeliverablesService:
        """Return the service that keeps them."""
        return kit.deliverables

    def listed(self, page: PlanPage[DeliverableView], today: date, showing: Showing) -> Answer:
        """Show all of a project."""
        return deliverable_views.listed(page, today, showing)

    def line(self, record: DeliverableView, today: date) -> str:
        """Return one of them in a line."""
        return deliverable_views.line(record, today)

    def shown(self, field: str, value: str) -> str:
        """Return a field's value as the history tells it."""
        return deliverable_views.shown(field, value)

    def values(self, record: DeliverableView) -> Mapping[str, Raw]:
        """Return what the modal starts with."""
        return {
            "title": record.title,
            "due_on": record.due_on.isoformat() if record.due_on else None,
            "milestone_id": str(record.milestone_id) if record.milestone_number else None,
        }

    def choices(self, kit: Kit, actor: Actor, form: PlanForm) -> Mapping[str, str]:
        """Return the milestones to choose from."""
        if form.verb != PlanVerb.EDIT:
            return {}
        milestones = kit.deliverables.milestones(actor, form.project_id)
        return {str(each.id): f"{each.name} {each.title}" for each in milestones}

    def modal(self, form: PlanForm) -> Block:
        """Draw the modal."""
        return deliverable_views.form_modal(form)

    def save(self, kit: Kit, sent: Submission, actor: Actor, form: PlanForm) -> DeliverableView:
        """Add it, change it, or note what became of it."""
        came_from, now = origin(kit, sent, f":{form.version}"), kit.clock()
        service, record_id, version = kit.deliverables, form.record_id, form.version
        if record_id is None:
            return service.add(actor, form.project_id, _fields(form), origin=came_from, now=now)
        if form.verb == PlanVerb.SUBMIT:
            where = form.get("evidence")
            return service.submit(actor, record_id, where, version=version, origin=came_from, now=now)
        if form.verb == PlanVerb.ACCEPT:
            approval = Approval(form.get("accepted_by"), form.day("accepted_on"))
            return service.accept(actor, record_id, approval, version=version, origin=came_from, now=now)
        if form.verb == PlanVerb.REJECT:
            why = form.get("reason")
            return service.reject(actor, record_id, why, version=version, origin=came_from, now=now)
        return service.edit(actor, record_id, _fields(form), version=version, origin=came_from, now=now)

    def add_typed(self, kit: Kit, ask: Ask, actor: Actor, project: ProjectView, text: str) -> CommandAnswer:
        """Add what the line says; open the form where it says neither a day nor a milestone."""
        said = _read(readable(text), today(kit, actor))
        if said.question:
            return views.asked_back(said.question, text)
        milestone_id = _milestone(kit, actor, project.id, said)
        if not said.title or (said.due_on is None and milestone_id is None):
            values = {
                "title": said.title,
                "due_on": said.due_on.isoformat() if said.due_on else None,
                "milestone_id": str(milestone_id) if milestone_id else None,
            }
            return commands.asked_to_add(kit, actor, self, project, values)
        fields = DeliverableFields(said.title, said.due_on, milestone_id)
        added = kit.deliverables.add(actor, project.id, fields, origin=origin(kit, ask), now=kit.clock())
        note = f"✓ Added to {project.key}: {self.line(added, today(kit, actor))}"
        return views.done(self.name, note, added, undo=PlanVerb.REMOVE)

    def edit_typed(
        self, kit: Kit, ask: Ask, actor: Actor, record: DeliverableView, text: str
    ) -> CommandAnswer:
        """Change what the line says, and leave the rest as it is."""
        if not text:
            return commands.asked_to_edit(kit, actor, self, record)
        said = _read(readable(text), today(kit, actor))
        if said.question:
            return views.asked_back(said.question, text)
        present = record.milestone_id if record.milestone_number else None
        fields = DeliverableFields(
            said.title or record.title,
            said.due_on or record.due_on,
            _milestone(kit, actor, record.project_id, said) or present,
        )
        edited = kit.deliverables.edit(
            actor, record.id, fields, version=record.version, origin=origin(kit, ask), now=kit.clock()
        )
        return self._told(kit, actor, edited, undo=None)

    def step(
        self, kit: Kit, ask: Ask, actor: Actor, record: DeliverableView, line: PlanLine
    ) -> CommandAnswer:
        """Note that it was handed over, accepted or rejected, or take that back."""
        text, came_from, now = readable(line.rest), origin(kit, ask), kit.clock()
        corrects = line.verb is PlanVerb.SUBMIT and record.state is DeliverableState.SUBMITTED
        lacks_words = not text and (corrects or line.verb is PlanVerb.REJECT)
        if line.verb is not PlanVerb.UNDO and (isinstance(ask, Click) or lacks_words):
            present = kit.deliverables.editable(actor, record.id)
            form = PlanForm.of(self.name, present, {"evidence": present.evidence}, line.verb or PlanVerb.EDIT)
            return OpenModal(self.modal(form))
        # To correct where it is takes no step, so there is none to take back.
        undo = None if corrects else PlanVerb.UNDO
        if line.verb is PlanVerb.SUBMIT:
            after = kit.deliverables.submit(actor, record.id, text, origin=came_from, now=now)
        elif line.verb is PlanVerb.ACCEPT:
            said = past_day_at_end(text, today(kit, actor))
            if said.question:
                return views.asked_back(said.question, text)
            approval = Approval(said.rest.removeprefix("by "), said.day)
            after = kit.deliverables.accept(actor, record.id, approval, origin=came_from, now=now)
        elif line.verb is PlanVerb.REJECT:
            after = kit.deliverables.reject(actor, record.id, text, origin=came_from, now=now)
        else:
            after = kit.deliverables.undo(actor, record.id, origin=came_from, now=now)
            return self._told(kit, actor, after, undo=None)
        return self._told(kit, actor, after, undo=undo)

    def _told(self, kit: Kit, actor: Actor, after: DeliverableView, *, undo: PlanVerb | None) -> Answer:
        note = f"✓ {after.project_key}: {self.line(after, today(kit, actor)).removeprefix('✓ ')}"
        return views.done(self.name, note, after, undo=undo)


def _read(text: str, today: date) -> _Said:
    """Read "Runbook due 30 oct for M3", its two ends in either order."""
    due_on, milestone, question = None, None, ""
    for _ in range(2):
        said = day_at_end(text, today)
        due_on, text, question = said.day or due_on, said.rest, question or said.question
        if (found := _PART_OF.search(text)) is not None:
            milestone, text = int(found["number"]), text[: found.start()].rstrip()
    return _Said(text, due_on, milestone, question)


def _milestone(kit: Kit, actor: Actor, project_id: UUID, said: _Said) -> UUID | None:
    """Return the id of the milestone that a line names. Raises Invalid where there is none."""
    if said.milestone is None:
        return None
    milestones = kit.deliverables.milestones(actor, project_id)
    found = next((each.id for each in milestones if each.number == said.milestone), None)
    if found is None:
        raise Invalid(
            {"milestone_id": f"There is no M{said.milestone} here. `/project milestones` shows them."}
        )
    return found


@reading()
def _fields(form: PlanForm) -> DeliverableFields:
    """Return what the service takes. Raises Unreadable."""
    milestone = UUID(form.chosen("milestone_id")) if form.chosen("milestone_id") else None
    return DeliverableFields(form.get("title"), form.day("due_on"), milestone)

"""Turns what people wrote of an agenda's entries into records: decisions of projects, and actions."""

from collections.abc import Iterator
from uuid import UUID

from models.commands import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    EntryMinutes,
    MinutesFields,
    RaidFields,
    RaidOutcome,
)
from models.errors import Invalid
from models.read_models import ActionOrigin, AgendaView, ProjectView, RaidView
from models.rules.access import Capability, may
from models.rules.actions import ActionSource
from models.rules.agendas.entries import Cause, Matter
from models.rules.raid.words import RaidKind
from models.services.actions.following import Following, add
from models.services.agendas.minute_rows import NewPoint
from models.services.agendas.topics import find_topic, matter_of
from models.services.projects.rows import project_by
from models.services.raid import fields as raid_fields
from models.services.raid.changing import Doing, change_along, write_new
from models.services.raid.rows import find_item
from models.services.standing import standing
from models.services.texts import clean, too_long
from models.services.zones import today_of
from models.tables import raid_items
from models.value import Value

_ASKED = frozenset({Cause.DECISION, Cause.TOPIC})
"""What is there as a question, so that a decision about it goes by its name."""
_NOTHING = "Write down a decision, an action or anything else; or close the form."


class _Entry(Value):
    """One entry as somebody wrote of it."""

    matter: Matter
    project: ProjectView | None
    decision: str
    said: EntryMinutes


class MinutesWriter:
    """Writes the records of one meeting, inside the transaction of its minutes."""

    def __init__(self, doing: Doing, agenda: AgendaView) -> None:
        """Take who writes, and what the meeting was about."""
        self._doing, self._agenda = doing, agenda
        matters = (*(slot.matter for slot in agenda.plan.slots), *agenda.plan.overflow)
        self._matters = {matter.id: matter for matter in matters}

    def write(self, fields: MinutesFields) -> tuple[NewPoint, ...]:
        """Write all records, and return the points that name them. Raises NotFound, Invalid."""
        other = clean(fields.other)
        entries = [self._entry(said) for said in fields.entries]
        problems = dict(_problems(entries, other))
        actions: dict[UUID, NewPoint] = {}
        for entry in entries:
            try:
                for point in self._action(entry):
                    actions[entry.matter.id] = point
            except Invalid as invalid:
                problems |= {f"{name} {entry.matter.id}": said for name, said in invalid.problems.items()}
        if problems:
            raise Invalid(problems)
        # A decision takes its project's row, which is held to the end: they come last, in one order.
        decided = [entry for entry in entries if entry.decision]
        decisions = {
            entry.matter.id: self._decision(entry)
            for entry in sorted(decided, key=lambda each: each.matter.name)
        }
        found = [
            points[entry.matter.id]
            for entry in entries
            for points in (decisions, actions)
            if entry.matter.id in points
        ]
        return (*found, NewPoint(other)) if other else tuple(found)

    def _entry(self, said: EntryMinutes) -> _Entry:
        matter = self._matters.get(said.matter_id) or self._left(said.matter_id)
        return _Entry(matter, self._project(matter), clean(said.decision), said)

    def _left(self, matter_id: UUID) -> Matter:
        """Return what the agenda lost while somebody wrote about it: what they agreed counts all the same."""
        session, workspace_id = self._doing.session, self._doing.actor.workspace_id
        project = project_by(session, workspace_id, "id", matter_id)
        if project is not None:
            return Matter(project.id, project.key, ())
        return matter_of(find_topic(session, workspace_id, matter_id))

    def _project(self, matter: Matter) -> ProjectView | None:
        """Return what the entry is about: a topic of a person knows its project itself."""
        session, workspace_id = self._doing.session, self._doing.actor.workspace_id
        if not matter.name:
            return None
        found = project_by(session, workspace_id, "id", matter.id)
        if found is not None or matter.cause is not Cause.TOPIC:
            return found
        topic = find_topic(session, workspace_id, matter.id)
        return project_by(session, workspace_id, "id", topic.project_id) if topic.project_id else None

    def _action(self, entry: _Entry) -> Iterator[NewPoint]:
        doing, agenda_id = self._doing, self._agenda.id
        if entry.said.action is None or agenda_id is None:
            return
        following = Following(ActionOrigin(ActionSource.MEETING, agenda_id), project=entry.project)
        action = add(
            doing.session, doing.actor, entry.said.action, following, origin=doing.origin, now=doing.now
        )
        yield NewPoint(action.title, action.project_id, action_id=action.id)

    def _decision(self, entry: _Entry) -> NewPoint:
        """Write what was decided: of a waiting decision, else as a new one; without a project as words."""
        text, project, doing = entry.decision, entry.project, self._doing
        if project is None or project.is_archived:
            return NewPoint(text, project.id if project else None, is_decision=True)
        today = today_of(project, doing.now)
        waiting = self._waiting(entry.matter, project)
        if waiting is not None:
            by = waiting.owner or doing.actor.person
            after = raid_fields.decided(waiting, RaidOutcome(text), by, today)
            change_along(doing, waiting, after, "decided")
            return NewPoint(text, project.id, is_decision=True, decision_id=waiting.id)
        asked = next((each.detail for each in entry.matter.reasons if each.cause in _ASKED), "")
        title = (asked or " ".join(text.split()))[:TITLE_LENGTH]
        wanted = raid_fields.checked(RaidKind.DECISION, RaidFields(title, outcome=text))
        new = raid_fields.new_item(doing.actor, project, RaidKind.DECISION, wanted, None, doing.now)
        after = raid_fields.decided(new, RaidOutcome(text), doing.actor.person, today)
        written = write_new(doing, after, project)
        return NewPoint(text, project.id, is_decision=True, decision_id=written.id)

    def _waiting(self, matter: Matter, project: ProjectView) -> RaidView | None:
        """Return the decision that the entry waited for, where whoever writes may say how it was decided."""
        doing = self._doing
        record_id = next((each.record_id for each in matter.reasons if each.record_id), None)
        if record_id is None:
            return None
        found = find_item(doing.session, doing.actor.workspace_id, raid_items.c.id == record_id, lock=True)
        if found is None or not found.is_live or found.is_withdrawn:
            return None
        return found if may(standing(doing.actor, project, found), Capability.DECIDE) else None


def _problems(entries: list[_Entry], other: str) -> Iterator[tuple[str, str]]:
    for problem in too_long(other, TEXT_LENGTH):
        yield "other", problem
    for entry in entries:
        for problem in too_long(entry.decision, TEXT_LENGTH):
            yield f"decision {entry.matter.id}", problem
    if not other and not any(entry.decision or entry.said.action for entry in entries):
        yield "other", _NOTHING

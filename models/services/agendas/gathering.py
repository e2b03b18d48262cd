"""What a meeting has to talk about, from the records of all its projects; as many statements for each number.

Nothing restricted is read: an agenda is posted where the whole team reads along.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.rules.agendas import reasons as words
from models.rules.agendas.changes import Changes
from models.rules.agendas.entries import Cause, Matter, Reason, fitting
from models.rules.moods.alerts import open_alert
from models.rules.moods.mood import MoodDay
from models.rules.plans.phases import Phase
from models.rules.projects.kinds import ProjectKind
from models.rules.references import Reference
from models.rules.risks.scoring import SeverityBand
from models.rules.statuses.rag import DIMENSION_WORDS
from models.rules.surveys.loop import CONTACT_WITHIN
from models.services.agendas import facts
from models.services.agendas.ahead import ahead
from models.services.agendas.changes import changes_of
from models.services.agendas.facts import Scope
from models.services.agendas.statuses import LOOKS_BACK, status_reasons, statuses_of
from models.services.moods.days import days_of
from models.services.moods.screens import SHOWN_FOR
from models.services.projects.health_check_rows import checked_projects, owed_by
from models.services.statuses.came_in import submitted_since
from models.services.statuses.deadlines import deadlines
from models.services.statuses.questions import OpenQuestion, open_questions
from models.value import Value

PUT_OFF = 2
"""An action that was put off so often needs the meeting."""
NO_PROJECT = UUID(int=0)
"""Stands for what earlier meetings promised that belongs to no project."""
_BEFORE_THE_WORK = frozenset({Phase.QUALIFY})
"""Phases in which nobody need know yet what tells success."""


class Gathered(Value):
    """What there is to talk about, what changed, and how many projects there is nothing to say of."""

    matters: tuple[Matter, ...]
    changes: Changes
    quiet: Mapping[UUID, str]
    """The short names of the projects of which there is nothing to say."""


def gather(session: Session, scope: Scope, now: datetime) -> Gathered:
    """Return all that the records ask of the meeting, project by project."""
    found = facts.covered(session, scope)
    ids = [each.id for each in found]
    submitted = submitted_since(session, scope.workspace_id, ids, (now - LOOKS_BACK).date())
    due = deadlines(session, scope.workspace_id, now, ids)
    stood = {each.id: statuses_of(each, submitted) for each in found}
    asked = open_questions(session, found, stood)
    grave = facts.grave_risks(session, scope, ids)
    reasons = _by_project(session, scope, found, grave, now)
    kinds = {each.id: each.kind for each in found}
    for row in facts.slipped_plans(session, ids):
        name = DIMENSION_WORDS[kinds[row.project_id]].get(row.dimension, row.dimension.value)
        reasons[row.project_id].append(words.slipped_reason(name, row.slips, row.target_on, scope.today))
    for project in found:
        reasons[project.id] += status_reasons(project, stood[project.id], due, now)
        reasons[project.id] += _question(asked.get(project.id), reasons[project.id])
        if _lacks_measure(project):
            reasons[project.id].append(words.no_measure_reason())
    names = {each.id: each.key for each in found} | {NO_PROJECT: ""}
    matters = [Matter(each, names[each], fitting(said)) for each, said in reasons.items() if said]
    return Gathered(
        matters=tuple(matters),
        changes=changes_of(
            session,
            scope,
            {each.key: stood[each.id] for each in found},
            sum(bool(row.is_new) for row in grave),
            ids,
        ),
        quiet={each.id: each.key for each in found if not reasons[each.id]},
    )


def _by_project(
    session: Session, scope: Scope, projects: Sequence[Any], grave: Sequence[Any], now: datetime
) -> dict[UUID, list[Reason]]:
    """Return what risks, decisions, actions, moods, plans, checks and surveys ask for."""
    ids = [each.id for each in projects]
    found: dict[UUID, list[Reason]] = defaultdict(list)
    for row in grave:
        found[row.project_id].append(_risk(row))
    for row in facts.waiting_decisions(session, scope, ids):
        who, due = row.other_party or row.owner or "", words.due_words(row.due_on, scope.today)
        found[row.project_id].append(words.decision_reason(row.title, who, due, row.id))
    for project_id, reason in _actions(session, scope, ids):
        found[project_id].append(reason)
    for row in facts.waiting_clients(session, ids, now - CONTACT_WITHIN):
        found[row.project_id].append(words.client_waits_reason((now - row.since).days))
    days = days_of(session, scope.workspace_id, ids, since=scope.on - SHOWN_FOR, for_team=True)
    for project_id, theirs in days.items():
        found[project_id] += _mood(theirs)
    for project_id, reason in ahead(session, scope, projects):
        found[project_id].append(reason)
    for project_id, checked in checked_projects(session, scope.workspace_id, ids).items():
        check = owed_by(checked, scope.today)
        if check is not None:
            found[project_id].append(words.check_due_reason(check.since))
    for project_id in facts.clients_to_ask(session, ids):
        found[project_id].append(words.client_to_ask_reason())
    return found


def _question(asked: OpenQuestion | None, known: Sequence[Reason]) -> Iterator[Reason]:
    """Yield what a status asks, unless the decision that waits for it is named already."""
    if asked is not None and (
        asked.record_id is None or asked.record_id not in {each.record_id for each in known}
    ):
        yield words.question_reason(asked.text, asked.asked_by, asked.asked_on, asked.record_id)


def _risk(row: Any) -> Reason:  # noqa: ANN401 - a row.
    is_critical = row.rank >= SeverityBand.CRITICAL.rank
    states = (
        (row.is_escalated, "escalated"),
        (row.lacks_owner, "nobody owns it"),
        (row.is_new, "new"),
        (row.is_stale, "review overdue"),
    )
    state = next((word for holds, word in states if holds), "")
    is_passed_up = row.is_escalated or row.is_told_above
    cause = Cause.CRITICAL_RISK if is_critical else Cause.ESCALATED_RISK if is_passed_up else Cause.HIGH_RISK
    band = SeverityBand.CRITICAL if is_critical else SeverityBand.HIGH
    return words.risk_reason(cause, str(Reference(row.number)), row.title, f"{band.word} {row.points}", state)


def _actions(session: Session, scope: Scope, ids: Collection[UUID]) -> Iterator[tuple[UUID, Reason]]:
    late: dict[UUID, list[Any]] = defaultdict(list)
    for row in facts.late_actions(session, scope, ids):
        late[row.project_id or NO_PROJECT].append(row)
    for project_id, rows in late.items():
        promises = [f"{row.title} ({row.owner}, {words.due_words(row.due_on, scope.today)})" for row in rows]
        yield project_id, words.late_reason(rows[0].due_on, scope.today, promises)
    put_off: dict[UUID, list[Any]] = defaultdict(list)
    for row in facts.postponements(session, scope, ids):
        put_off[row.id] += [row] * _is_put_off(row.changes)
    carried: dict[UUID, list[str]] = defaultdict(list)
    for rows in put_off.values():
        if len(rows) >= PUT_OFF:
            carried[rows[0].project_id or NO_PROJECT].append(f"{rows[0].title} ({rows[0].owner})")
    for project_id, titles in carried.items():
        yield project_id, words.carried_reason(titles)


def _is_put_off(changes: Sequence[Mapping[str, str | None]]) -> bool:
    """Tell whether a change of an action moved its day on; days are kept as ISO has them."""
    return any(
        each["field"] == "due_on" and (each["after"] or "") > (each["before"] or "") for each in changes
    )


def _mood(days: Sequence[MoodDay]) -> Iterator[Reason]:
    """Yield the alert that everybody can tell from what they may see."""
    alert = open_alert(days)
    if alert is None:
        return
    on = next(day for day in days if day.day == alert.opened_on)
    if days[-1].latest != on.lowest:
        # The alert is about that day; how the client is, the newest reading says.
        yield words.mood_reason(days[-1].latest, on.lowest, on.day)
        return
    before = [day for day in days if day.day < alert.opened_on]
    yield words.mood_reason(on.lowest, before[-1].lowest if before else None)


def _lacks_measure(project: Any) -> bool:  # noqa: ANN401 - a row.
    is_at_work = project.phase not in _BEFORE_THE_WORK
    return project.kind is ProjectKind.MANAGED and is_at_work and not project.is_measured

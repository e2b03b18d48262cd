"""Checks what people say of a project's period, and works out the status; touches no database."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from models.commands.statuses import (
    CRITERIA_LENGTH,
    DECISION_LENGTH,
    HEADLINE_LENGTH,
    NOTES_LENGTH,
    REASON_LENGTH,
    STEP_LENGTH,
    DimensionFields,
    StatusFields,
)
from models.errors import Invalid
from models.read_models import DimensionView, FieldChange, PersonRef, StatusView
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.plans import PlanFault, PlanPart, PlanParts, plan_faults
from models.rules.statuses.rag import (
    DIMENSION_WORDS,
    MOST_NOT_APPLICABLE,
    Colour,
    Dimension,
    OverrideFault,
    RagStatus,
    overall,
    override_fault,
)
from models.services.texts import clean, clean_line, too_long
from models.value import replace

GREEN = DimensionFields(Colour.GREEN)

_FAULT_WORDS = {
    (PlanPart.STEP, PlanFault.MISSING): "Say in a line what is wrong and what you do about it.",
    (PlanPart.OWNER, PlanFault.MISSING): "Choose one person who does it.",
    (PlanPart.DUE, PlanFault.MISSING): "Pick the day by which it is done.",
    (PlanPart.DUE, PlanFault.PAST): "That day has passed. Pick today or later.",
    (PlanPart.CRITERIA, PlanFault.MISSING): "Say how everybody will see that it is green again.",
    (PlanPart.TARGET, PlanFault.PAST): "That day has passed. Pick today or later.",
    (PlanPart.TARGET, PlanFault.TOO_EARLY): "It can't be green before that is done. Pick a later day.",
}
_OVERRIDE_WORDS = {
    OverrideFault.NOT_A_COLOUR: "Choose one of the three colours.",
    OverrideFault.TOO_FAR: "The dimensions say Red, so Amber is the best it can be.",
    OverrideFault.TOO_LITTLE_KNOWN: (
        f"With more than {MOST_NOT_APPLICABLE} left out, nobody can call it green. Rate one more."
    ),
}
_NO_REASON = "Better than the dimensions say? Then say in a sentence why."


def field_of(dimension: Dimension, part: PlanPart) -> str:
    """Return the name by which refusals call a part of a dimension's plan."""
    return f"{dimension.value}_{part.value}"


def checked(fields: StatusFields, kind: ProjectKind, today: date) -> StatusFields:
    """Return the fields as they are kept, every dimension that is asked of the kind among them.

    ``today`` is the day against which plans are measured. Raises Invalid with a sentence for each field.
    """
    cleaned = replace(
        fields,
        headline=clean_line(fields.headline),
        done=clean(fields.done),
        coming=clean(fields.coming),
        decision=clean_line(fields.decision),
        reason=clean_line(fields.reason),
        justification=clean_line(fields.justification),
        dimensions={each: _cleaned(fields.dimensions.get(each, GREEN)) for each in DIMENSION_WORDS[kind]},
    )
    problems = dict(_problems(cleaned, today))
    if problems:
        raise Invalid(problems)
    return cleaned


def rag_of(fields: StatusFields) -> RagStatus:
    """Return the overall colour that follows from checked fields, and what is declared of it."""
    computed = overall(colours_of(fields))
    return RagStatus(fields.declared or computed, computed)


def colours_of(fields: StatusFields) -> Mapping[Dimension, Colour]:
    """Return each dimension's colour."""
    return {dimension: said.colour for dimension, said in fields.dimensions.items()}


def views_of(fields: StatusFields, owners: Mapping[UUID, PersonRef]) -> tuple[DimensionView, ...]:
    """Return the dimensions of checked fields as they are read; without a target it is the step's day."""
    return tuple(
        DimensionView(
            dimension=dimension,
            colour=said.colour,
            step=said.step,
            owner=owners.get(said.owner_id) if said.owner_id else None,
            due_on=said.due_on,
            criteria=said.criteria,
            target_on=said.target_on or said.due_on,
        )
        for dimension, said in fields.dimensions.items()
    )


def changes(before: StatusView | None, after: StatusView) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it; its texts are in the versions."""
    old, new = _plain(before) if before else {}, _plain(after)
    return tuple(
        FieldChange(name, old.get(name), value) for name, value in new.items() if old.get(name) != value
    )


def _plain(status: StatusView) -> dict[str, str | None]:
    return {
        "declared": status.rag.declared.value,
        "computed": status.rag.computed.value,
        **{each.dimension.value: each.colour.value for each in status.dimensions},
    }


def _cleaned(said: DimensionFields) -> DimensionFields:
    if not said.colour.wants_plan:
        return DimensionFields(said.colour)
    return replace(said, step=clean_line(said.step), criteria=clean_line(said.criteria))


def _problems(fields: StatusFields, today: date) -> Iterator[tuple[str, str]]:
    if not fields.headline:
        yield "headline", "Say in one line how it stands."
    for name, text, longest in (
        ("headline", fields.headline, HEADLINE_LENGTH),
        ("done", fields.done, NOTES_LENGTH),
        ("coming", fields.coming, NOTES_LENGTH),
        ("decision", fields.decision, DECISION_LENGTH),
        ("reason", fields.reason, REASON_LENGTH),
        ("justification", fields.justification, REASON_LENGTH),
    ):
        for problem in too_long(text, longest):
            yield name, problem
    for dimension, said in fields.dimensions.items():
        if said.colour.wants_plan:
            yield from _plan_problems(dimension, said, today)
    yield from _overall_problems(fields)


def _plan_problems(dimension: Dimension, said: DimensionFields, today: date) -> Iterator[tuple[str, str]]:
    for part, text, longest in (
        (PlanPart.STEP, said.step, STEP_LENGTH),
        (PlanPart.CRITERIA, said.criteria, CRITERIA_LENGTH),
    ):
        for problem in too_long(text, longest):
            yield field_of(dimension, part), problem
    parts = PlanParts(said.step, said.owner_id is not None, said.due_on, said.criteria, said.target_on)
    for part, fault in plan_faults(parts, today):
        yield field_of(dimension, part), _FAULT_WORDS[part, fault]


def _overall_problems(fields: StatusFields) -> Iterator[tuple[str, str]]:
    if fields.declared is None:
        return
    fault = override_fault(colours_of(fields), fields.declared, fields.reason)
    if fault is OverrideFault.NO_REASON:
        yield "reason", _NO_REASON
    elif fault is not None:
        yield "declared", _OVERRIDE_WORDS[fault]

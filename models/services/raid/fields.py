"""Checks what people say of a record, and works out the record that follows; touches no database."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from uuid import uuid4

from models.commands import PARTY_LENGTH, TEXT_LENGTH, TITLE_LENGTH, RaidFields, RaidOutcome
from models.errors import Invalid, RefusedTransition
from models.read_models import Actor, FieldChange, PersonRef, ProjectView, RaidView
from models.rules.raid.states import (
    NEEDS_NO_WORDS,
    RAID_LIVE,
    RAID_TRANSITIONS,
    TARGETS,
    RaidMove,
    RaidStatus,
    allowed_after,
)
from models.rules.raid.words import RaidKind
from models.rules.risks.scoring import LEVELS
from models.services.texts import clean, clean_line, too_long
from models.value import replace

AUDITED = (
    "status",
    "title",
    "details",
    "impact",
    "direction",
    "other_party",
    "supplier",
    "owner_id",
    "due_on",
    "outcome",
    "rationale",
    "settled_on",
    "visibility",
    "risk_id",
    "follows_id",
)
"""The fields whose changes the audit trail keeps."""

_NO_TITLE: Mapping[RaidKind, str] = {
    RaidKind.ISSUE: "Say in a few words what has happened.",
    RaidKind.ASSUMPTION: "Say in a few words what we believe.",
    RaidKind.DEPENDENCY: "Say in a few words what it is that we get or give.",
    RaidKind.DECISION: "Say in a few words what is to be decided.",
}
_NO_WORDS: Mapping[RaidMove, str] = {
    RaidMove.RESOLVE: "Say in a few words what solved it.",
    RaidMove.CONFIRM: "Say in a few words how we know.",
    RaidMove.DOUBT: "Say in a few words what makes you doubt it.",
    RaidMove.WRONG: "Say in a few words what turned out instead.",
    RaidMove.MISSED: "Say in a few words what became of it.",
    RaidMove.DECIDE: "Say in a few words what was decided.",
    RaidMove.DROP: "Say in a few words why nobody needs it any more.",
    RaidMove.REOPEN: "Say in a few words why it begins again.",
}
AS_DECIDED = (
    "What was decided stays as it was written down. "
    "Where something else holds now, let a new decision take its place: `supersede`."
)


def checked(kind: RaidKind, fields: RaidFields) -> RaidFields:
    """Return the fields as they are kept, without what the kind has no use for. Raises Invalid."""
    is_dependency, is_decision = kind is RaidKind.DEPENDENCY, kind is RaidKind.DECISION
    cleaned = replace(
        fields,
        title=clean_line(fields.title),
        details=clean(fields.details),
        impact=fields.impact if kind is RaidKind.ISSUE else None,
        other_party=clean_line(fields.other_party) if is_dependency or is_decision else "",
        supplier=clean_line(fields.supplier) if is_dependency else "",
        outcome=clean(fields.outcome) if is_decision else "",
        rationale=clean(fields.rationale) if is_decision else "",
    )
    problems = dict(_problems(kind, cleaned))
    if problems:
        raise Invalid(problems)
    return cleaned


def _problems(kind: RaidKind, fields: RaidFields) -> Iterator[tuple[str, str]]:
    if not fields.title:
        yield "title", _NO_TITLE[kind]
    texts = (
        ("title", TITLE_LENGTH),
        ("details", TEXT_LENGTH),
        ("other_party", PARTY_LENGTH),
        ("supplier", PARTY_LENGTH),
        ("outcome", TEXT_LENGTH),
        ("rationale", TEXT_LENGTH),
    )
    for name, longest in texts:
        for problem in too_long(getattr(fields, name), longest):
            yield name, problem
    if fields.impact is not None and fields.impact not in LEVELS:
        yield "impact", "Choose a number from 1 to 5."
    if fields.rationale and not fields.outcome:
        yield "outcome", _NO_WORDS[RaidMove.DECIDE]


def checked_outcome(move: RaidMove, outcome: RaidOutcome) -> RaidOutcome:
    """Return the words that a move is made with, as they are kept. Raises Invalid."""
    is_decision = move is RaidMove.DECIDE
    cleaned = replace(
        outcome, text=clean(outcome.text), rationale=clean(outcome.rationale) if is_decision else ""
    )
    problems = {
        name: problem
        for name, text in (("outcome", cleaned.text), ("rationale", cleaned.rationale))
        for problem in too_long(text, TEXT_LENGTH)
    }
    if not cleaned.text and move not in NEEDS_NO_WORDS:
        problems["outcome"] = _NO_WORDS[move]
    if problems:
        raise Invalid(problems)
    return cleaned


def new_item(
    actor: Actor,
    project: ProjectView,
    kind: RaidKind,
    fields: RaidFields,
    owner: PersonRef | None,
    now: datetime,
) -> RaidView:
    """Return the record that the checked fields make; its number is not known yet."""
    item = RaidView(
        id=uuid4(),
        workspace_id=actor.workspace_id,
        project_id=project.id,
        project_key=project.key,
        project_name=project.name,
        channel_id=project.internal_channel_id,
        timezone=project.timezone,
        kind=kind,
        number=0,
        version=1,
        status=RaidStatus.OPEN,
        title="",
        raised_by=actor.person,
        raised_at=now,
        updated_at=now,
    )
    return with_fields(item, fields, owner)


def with_fields(item: RaidView, fields: RaidFields, owner: PersonRef | None) -> RaidView:
    """Return the record with everything that a person may say of it. Raises Invalid for what is decided."""
    if item.is_final:
        raise Invalid({"title": AS_DECIDED})
    is_dependency = item.kind is RaidKind.DEPENDENCY
    return replace(
        item,
        title=fields.title,
        details=fields.details,
        owner=owner,
        due_on=fields.due_on,
        impact=fields.impact,
        direction=fields.direction if is_dependency else None,
        other_party=fields.other_party,
        supplier=fields.supplier,
        visibility=fields.visibility,
    )


def decided(item: RaidView, outcome: RaidOutcome, decider: PersonRef | None, today: date) -> RaidView:
    """Return the decision with what was decided, and by whom."""
    after = moved(item, RaidMove.DECIDE, outcome, today)
    return replace(after, rationale=outcome.rationale, owner=decider)


def moved(item: RaidView, move: RaidMove, outcome: RaidOutcome, today: date) -> RaidView:
    """Return the record after the move; ``today`` is where the project is. Raises RefusedTransition."""
    target = TARGETS[move]
    require_transition(item, target)
    ends = target not in RAID_LIVE
    return replace(
        item,
        status=target,
        # A doubt is kept in the history; what ended it is yet to come.
        outcome=outcome.text if ends else "",
        settled_on=today if ends else None,
    )


def require_transition(item: RaidView, target: RaidStatus) -> None:
    """Raise RefusedTransition unless the record may become ``target``."""
    if target not in RAID_TRANSITIONS[item.kind].get(item.status, frozenset()):
        raise RefusedTransition(item.status, target, allowed_after(item.kind, item.status))


def changes(before: RaidView | None, after: RaidView) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it; ``before`` None means that the record is new."""
    old = _plain(before) if before is not None else dict.fromkeys(AUDITED)
    new = _plain(after)
    return tuple(FieldChange(name, old[name], new[name]) for name in AUDITED if old[name] != new[name])


def _plain(item: RaidView) -> dict[str, str | None]:
    values = {name: getattr(item, name) for name in AUDITED if name != "owner_id"}
    values["owner_id"] = item.owner.id if item.owner else None
    return {name: None if value is None or value == "" else str(value) for name, value in values.items()}

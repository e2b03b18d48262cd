"""How an agenda reads, in messages and on screens alike."""

from collections.abc import Iterator, Mapping, Sequence

from models.rules.agendas.entries import BOXES, Box, Cause, Matter, Reason
from models.rules.agendas.planning import AgendaPlan, Slot
from models.rules.agendas.reasons import brief, cut_between_words, followed
from models.rules.sentences import ended
from models.value import Value

_C = Cause

LABELS: Mapping[Cause, str] = {
    _C.DECISION: "Decide",
    _C.RED: "Red",
    _C.CRITICAL_RISK: "Risk",
    _C.ESCALATED_RISK: "Risk",
    _C.WATERMELON: "Look closer",
    _C.MOOD_ALERT: "Look closer",
    _C.CLIENT_WAITS: "Look closer",
    _C.TOPIC: "Topic",
    _C.PLAN_SLIPPED: "Moved again",
    _C.AMBER: "Amber",
    _C.CARRIED_OVER: "Late actions",
    _C.NO_STATUS: "No status",
    _C.HIGH_RISK: "Risk",
    _C.LATE_ACTION: "Late actions",
    _C.GATE: "Ahead",
    _C.MILESTONE: "Ahead",
    _C.DELIVERABLE: "Ahead",
    _C.CHECK_DUE: "Ahead",
    _C.CLIENT_TO_ASK: "Ahead",
    _C.OPPORTUNITY: "Opportunity",
    _C.NO_MEASURE: "No goal",
}
"""What an entry begins with, by its strongest reason."""

LATE_LABEL = "Late"
"""What stands for *Ahead* of what should have been there by now."""

_KINDS: Mapping[Cause, str] = {
    _C.DECISION: "decisions",
    _C.RED: "status",
    _C.CRITICAL_RISK: "risks",
    _C.ESCALATED_RISK: "risks",
    _C.WATERMELON: "status",
    _C.MOOD_ALERT: "client mood",
    _C.CLIENT_WAITS: "client's answer",
    _C.TOPIC: "topics",
    _C.PLAN_SLIPPED: "plans",
    _C.AMBER: "status",
    _C.CARRIED_OVER: "actions",
    _C.NO_STATUS: "status",
    _C.HIGH_RISK: "risks",
    _C.LATE_ACTION: "actions",
    _C.GATE: "phase",
    _C.MILESTONE: "milestones",
    _C.DELIVERABLE: "deliverables",
    _C.CHECK_DUE: "health check",
    _C.CLIENT_TO_ASK: "client survey",
    _C.OPPORTUNITY: "opportunities",
    _C.NO_MEASURE: "goal",
}
"""What the reasons are about that a line has no room for."""

REASONS_IN_LINE = 2
LINE_LENGTH = 85
"""Characters of what an entry's line says; the rest is in the thread."""
KINDS_NAMED = 3
"""What the reasons are about that a line leaves out: so many are named behind it."""
LONGEST_LIST = 100
"""Characters of a list of names within a line."""


def label(reason: Reason) -> str:
    """Return what stands before a reason: what lay ahead and has passed is late."""
    said = LABELS[reason.cause]
    return LATE_LABEL if reason.days and said == LABELS[Cause.MILESTONE] else said


class Line(Value):
    """A line of the agenda: "*Red* BOREALIS: third week (15 min)"; all of it plain text."""

    label: str
    name: str
    text: str
    minutes: int


def lines(slots: Sequence[Slot]) -> tuple[Line, ...]:
    """Return a line for each entry, in their order; late actions share the one of the first of them."""
    return tuple(_lines(slots))


def _lines(slots: Sequence[Slot]) -> Iterator[Line]:
    rolled_up: set[Box] = set()
    for slot in slots:
        box = slot.matter.box
        if not BOXES[box].is_one_line:
            yield Line(label(slot.matter.reasons[0]), slot.matter.name, line_text(slot.matter), slot.minutes)
        elif box not in rolled_up:
            rolled_up.add(box)
            together = [each for each in slots if each.matter.box is box]
            yield _together(together)


def _together(slots: Sequence[Slot]) -> Line:
    said_first = label(slots[0].matter.reasons[0])
    minutes = sum(slot.minutes for slot in slots)
    if len(slots) == 1:
        return Line(said_first, slots[0].matter.name, line_text(slots[0].matter), minutes)
    said = [f"{slot.matter.name} {slot.matter.reasons[0].text}".strip() for slot in slots]
    return Line(said_first, "", joined(said, len(said)), minutes)


def line_text(matter: Matter) -> str:
    """Return what an entry's line says: its strongest reason, then the next."""
    first, *others = matter.reasons
    kinds = [_KINDS[each.cause] for each in matter.reasons]
    return joined([first.text, *(each.behind for each in others)], REASONS_IN_LINE, kinds)


def field_words(matter: Matter) -> str:
    """Return what the field of an entry's minutes is called: its strongest reason alone."""
    name = f"{matter.name}: " if matter.name else ""
    return f"{name}{label(matter.reasons[0])}, {shortened(matter.reasons[0].text)}"


def joined(texts: Sequence[str], most: int, kinds: Sequence[str] = ()) -> str:
    """Return as many as a line has room for, "+2 more" for the others; the first at least in part.

    Of which ``kinds`` those are is said behind it, of the first: "+2 more: risks".
    """
    shown = [shortened(texts[0], len(f" +{len(texts)} more"))]
    for text in texts[1:most]:
        if len(" · ".join([*shown, text])) + len(f" +{len(texts)} more") > LINE_LENGTH:
            break
        shown.append(text)
    more = len(texts) - len(shown)
    said = " · ".join(shown) + (f" +{more} more" if more else "")
    about = list(dict.fromkeys(kinds[len(shown) :]))[:KINDS_NAMED]
    return f"{said}: {', '.join(about)}" if about else said


def shortened(text: str, spare: int = 0) -> str:
    """Return a text that fits into a line, with so many characters to spare."""
    return cut_between_words(text, LINE_LENGTH - spare)


class Detail(Value):
    """An entry with all its reasons; ``minutes`` is 0 where there is no time for it."""

    label: str
    name: str
    reasons: tuple[str, ...]
    minutes: int


def detail_words(plan: AgendaPlan) -> tuple[Detail, ...]:
    """Return all entries with all that there is to say of them."""
    slots = (*plan.slots, *(Slot(matter, 0) for matter in plan.overflow))
    return tuple(
        Detail(
            label(slot.matter.reasons[0]),
            slot.matter.name,
            tuple(map(_reason_words, slot.matter.reasons)),
            slot.minutes,
        )
        for slot in slots
    )


def _reason_words(reason: Reason) -> str:
    whole, short = " ".join(reason.detail.split()).removesuffix("."), brief(reason.detail)
    if whole in reason.text:
        said = reason.text
    elif short in reason.text:
        # Here is room for all of what the line cut short.
        said = reason.text.replace(short, whole, 1)
    elif reason.text in whole:
        said = whole
    else:
        said = f"{ended(reason.text)} {reason.detail}"
    said = followed(said, reason.asked)
    # A topic stands alone under its own heading, which says already that it is one.
    return said if reason.cause is Cause.TOPIC else f"{label(reason)}: {said}"


def overflow_label(plan: AgendaPlan) -> str:
    """Return what the names of what has no line stand behind."""
    return f"For the {plan.spare} min left" if plan.spare else "No time for"


def overflow_words(overflow: Sequence[Matter]) -> str:
    """Return what has no time of its own, by name; a topic by what it is about, and before the others."""
    in_order = sorted(overflow, key=lambda matter: matter.cause is not Cause.TOPIC)
    return _named([_called(matter) for matter in in_order])


def quiet_words(keys: Sequence[str]) -> str:
    """Return the projects of which there is nothing to say."""
    return _named(keys)


def _called(matter: Matter) -> str:
    if matter.name and matter.cause is not Cause.TOPIC:
        return matter.name
    return brief(matter.reasons[0].text)


def _named(names: Sequence[str]) -> str:
    """Return "ACME, DELTA +5 more"."""
    shown: list[str] = []
    for name in names:
        if len(", ".join([*shown, name])) > LONGEST_LIST:
            break
        shown.append(name)
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" +{more} more" if more else "")


def timing(plan: AgendaPlan) -> str:
    """Return how the meeting's time is spent around the entries."""
    # What stands beside them already has the minutes that are left.
    spare = f" · {plan.spare} min to spare" if plan.spare and not plan.overflow else ""
    return f"{plan.opening} min to adjust · {plan.closing} min to read back{spare}"

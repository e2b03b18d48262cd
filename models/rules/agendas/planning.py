"""Plans a delivery meeting: which entries it has room for, in which order and for how long; one a project.

Source: the agendas of delivery meetings that agencies publish; limits are our defaults.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from models.rules.agendas.entries import BOXES, Box, Cause, Matter
from models.value import Value, replace

HOUR = 60
OPENING, CLOSING = 3, 4
"""Minutes of an hour in which the agenda is adjusted, and in which what was agreed is read back."""
MOST_LINES = 7
"""Lines of the message that are entries; with what stands around them it has twelve at most."""
LEAST_FOR_TOPIC, ENOUGH_FOR_TOPIC = 2, 5
"""Minutes that one is given, where other boxes leave them: to be there at all, and at most."""
MOST_ASKED_FOR = 3
"""Topics that have the minutes that people asked for; the others have what there is."""
BEFORE_TOPICS = 70
"""What people bring has the room before all that the records ask for with less than this."""
_TURN_OF_TOPICS = 1
WORTH_MEETING_FROM = 40
"""With nothing of this priority, and no topic, people need not meet."""


class Slot(Value):
    """A matter with its minutes."""

    matter: Matter
    minutes: int


class AgendaPlan(Value):
    """A meeting's time: adjust the agenda, talk about each matter, read back what was agreed."""

    length: int
    opening: int
    slots: tuple[Slot, ...]
    closing: int
    overflow: tuple[Matter, ...] = ()
    """What there is no room for."""

    @property
    def spare(self) -> int:
        """Return the minutes that nothing asks for."""
        return self.length - self.opening - self.closing - sum(slot.minutes for slot in self.slots)

    @property
    def is_worth_meeting(self) -> bool:
        """Tell whether there is anything that people should meet for."""
        matters = (*(slot.matter for slot in self.slots), *self.overflow)
        return any(
            matter.priority >= WORTH_MEETING_FROM
            or any(reason.cause is Cause.TOPIC for reason in matter.reasons)
            for matter in matters
        )


def gathered(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Return one matter for each id, with all reasons, and those first that ask for most time."""
    found: dict[UUID, Matter] = {}
    for matter in matters:
        known = found.get(matter.id)
        found[matter.id] = matter if known is None else replace(known, reasons=known.reasons + matter.reasons)
    in_order = (
        replace(each, reasons=tuple(sorted(each.reasons, key=lambda reason: -reason.priority)))
        for each in found.values()
        if each.reasons
    )
    return tuple(sorted(in_order, key=lambda each: (-each.priority, each.name, each.id)))


def planned(matters: Iterable[Matter], length: int) -> AgendaPlan:
    """Return the meeting's plan: as much as its boxes and the message have room for, the rest as overflow.

    The minutes that people asked for are theirs, up to half of the meeting; the others share what is left.
    """
    in_order = gathered(matters)
    asked = dict(_asked_for(in_order, length // 2))
    others = [matter for matter in in_order if matter.id not in asked]
    plan = _shared(others, length - sum(asked.values()), MOST_LINES - len(asked))
    if not asked:
        return plan
    minutes = asked | {slot.matter.id: slot.minutes for slot in plan.slots}
    slots = tuple(Slot(matter, minutes[matter.id]) for matter in in_order if matter.id in minutes)
    return replace(plan, length=length, slots=slots)


def _asked_for(in_order: Sequence[Matter], most: int) -> Iterator[tuple[UUID, int]]:
    """Yield which topics have the minutes that were asked for, and how many there are of them."""
    for matter in [each for each in in_order if each.wants][:MOST_ASKED_FOR]:
        given = min(matter.wants, most)
        if given < LEAST_FOR_TOPIC:
            return
        most -= given
        yield matter.id, given


def _shared(in_order: Sequence[Matter], length: int, most_lines: int) -> AgendaPlan:
    opening, boxes, closing = _scaled(length)
    taken: dict[Box, list[Matter]] = {box: [] for box in BOXES}
    for matter in sorted(in_order, key=_turn):
        box = taken[matter.box]
        is_new_line = not (BOXES[matter.box].is_one_line and box)
        alike = [each for each in box if (each.cause is Cause.TOPIC) is (matter.cause is Cause.TOPIC)]
        fits = len(box) < boxes[matter.box] and len(alike) < _most(matter.box, length, boxes)
        if fits and _lines(taken) + is_new_line <= most_lines:
            box.append(matter)
    _bring_more(in_order, taken, boxes, most_lines)
    enough = max(boxes[Box.TOPICS], ENOUGH_FOR_TOPIC * len(taken[Box.TOPICS]))
    given = {**boxes, Box.TOPICS: min(enough, _room_for_topics(taken, boxes))}
    minutes = {
        matter.id: share
        for box, found in taken.items()
        for matter, share in zip(found, shares(given[box], [1] * len(found)), strict=True)
    }
    slots = tuple(Slot(matter, minutes[matter.id]) for matter in in_order if matter.id in minutes)
    overflow = tuple(matter for matter in in_order if matter.id not in minutes)
    return AgendaPlan(length, opening, slots, closing, overflow)


def shares(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide whole minutes by the weights, so that they sum up to the total: by largest remainder."""
    if not weights:
        return ()
    whole = sum(weights)
    floors = [total * weight // whole for weight in weights]
    rest = sorted(range(len(weights)), key=lambda place: -(total * weights[place] % whole))
    more = set(rest[: total - sum(floors)])
    return tuple(floor + (place in more) for place, floor in enumerate(floors))


def _bring_more(
    in_order: Sequence[Matter],
    taken: Mapping[Box, list[Matter]],
    boxes: Mapping[Box, int],
    most_lines: int,
) -> None:
    """Take more of what people bring, in time that other boxes leave and in lines of small things."""
    brought = taken[Box.TOPICS]
    here = {matter.id for found in taken.values() for matter in found}
    waiting = [each for each in in_order if each.box is Box.TOPICS and each.id not in here]
    for matter in sorted(waiting, key=_turn):
        room = _room_for_topics(taken, boxes)
        if room == boxes[Box.TOPICS] or room < LEAST_FOR_TOPIC * (len(brought) + 1):
            return
        if _lines(taken) == most_lines:
            small = [each for each in in_order if _gives_way(each, taken[each.box])]
            if not small:
                return
            taken[small[-1].box].remove(small[-1])
        brought.append(matter)


def _gives_way(matter: Matter, box: Sequence[Matter]) -> bool:
    """Tell whether it has a line that something brought by a person may have instead."""
    return (
        matter in box
        and not BOXES[matter.box].is_one_line
        and matter.box is not Box.TOPICS
        and _turn(matter) > _TURN_OF_TOPICS
    )


def _room_for_topics(taken: Mapping[Box, Sequence[Matter]], boxes: Mapping[Box, int]) -> int:
    """Return the minutes of their own box and of those that nothing is in."""
    return sum(minutes for box, minutes in boxes.items() if box is Box.TOPICS or not taken[box])


def _turn(matter: Matter) -> int:
    """Return when it gets its room: what is grave, then what people bring, then the rest."""
    if matter.priority >= BEFORE_TOPICS:
        return 0
    return _TURN_OF_TOPICS if matter.cause is Cause.TOPIC else _TURN_OF_TOPICS + 1


def _scaled(length: int) -> tuple[int, Mapping[Box, int], int]:
    weights = [OPENING, *(rule.minutes for rule in BOXES.values()), CLOSING]
    opening, *boxes, closing = shares(length, weights)
    return opening, dict(zip(BOXES, boxes, strict=True)), closing


def _most(box: Box, length: int, minutes: Mapping[Box, int]) -> int:
    """Return for how much a box has room: as much more as the meeting is longer, and a minute for each."""
    by_length = (BOXES[box].most * length + HOUR // 2) // HOUR
    return min(max(1, by_length), minutes[box])


def _lines(taken: Mapping[Box, Sequence[Matter]]) -> int:
    return sum(min(1, len(found)) if BOXES[box].is_one_line else len(found) for box, found in taken.items())

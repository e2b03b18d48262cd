"""Takes back the records that somebody's minutes made, inside the transaction that takes back the minutes."""

from collections.abc import Iterable

from models.errors import Invalid
from models.read_models import RaidView
from models.rules.raid.states import RaidStatus
from models.services.actions.following import cancel_open
from models.services.actions.rows import find_action
from models.services.agendas.minute_rows import WrittenPoint
from models.services.raid.changing import Doing, change_along
from models.services.raid.rows import find_item
from models.tables import raid_items
from models.value import replace

_WHY = "taken back with the minutes"
_DONE = "“{}” is done already, so it stays. `/agenda last` changes each thing by itself."
_GONE_ON = "{} has gone on since, so it stays. `/agenda last` changes each thing by itself."


def take_back_records(doing: Doing, points: Iterable[WrittenPoint]) -> None:
    """End these points' actions and undo their decisions. Raises Invalid where somebody went on with one."""
    for point in sorted(points, key=lambda each: str(each.decision_id or "")):
        if point.action_id is not None:
            _end_action(doing, point)
        if point.decision_id is not None:
            _undo_decision(doing, point)


def _end_action(doing: Doing, point: WrittenPoint) -> None:
    workspace_id = doing.actor.workspace_id
    action = find_action(doing.session, workspace_id, point.action_id, lock=True) if point.action_id else None
    if action is None:
        return
    if not action.is_open:
        raise Invalid({"minutes": _DONE.format(action.title)})
    cancel_open(
        doing.session, doing.actor, [action], _WHY, is_removed=True, origin=doing.origin, now=doing.now
    )


def _undo_decision(doing: Doing, point: WrittenPoint) -> None:
    """Let a decision that the minutes made be none, and one that waited for them wait again."""
    found = find_item(
        doing.session, doing.actor.workspace_id, raid_items.c.id == point.decision_id, lock=True
    )
    if found is None or found.is_withdrawn:
        return
    if found.status is not RaidStatus.DECIDED or found.outcome != point.text:
        raise Invalid({"minutes": _GONE_ON.format(found.reference)})
    if found.raised_at == point.added_at:
        change_along(doing, found, replace(found, is_withdrawn=True), "undone")
    else:
        change_along(doing, found, _waiting_again(found), "reopened")


def _waiting_again(found: RaidView) -> RaidView:
    return replace(found, status=RaidStatus.OPEN, outcome="", rationale="", settled_on=None)

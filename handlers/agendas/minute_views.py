"""The minutes' modal, and a meeting that took place with what it agreed; pure functions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from handlers.agendas.minutes_form import DECISION, DUE, OTHER, OWNER, TITLE, MinutesForm, block
from handlers.agendas.views import without_time
from handlers.answers import Answer, say
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    escape,
    link,
    modal,
    moment,
    notice,
    section,
)
from handlers.callback_ids import CallbackId
from handlers.forms import day_in, pack
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, person_select, text_input
from models.commands import TEXT_LENGTH, TITLE_LENGTH
from models.read_models import MinutePointView, MinutesPage, MinutesView
from models.rules.actions import ActionStatus
from models.rules.agendas.entries import Cause, Matter
from models.rules.agendas.words import field_words, lines
from models.rules.rituals.workdays import nearest_working_day
from models.rules.sentences import listed

TEXT = "text"
POINTS_SHOWN = 30
"""Points with a button of their own: a message has fifty blocks at most."""
MOST_WITHOUT_ROOM = 15
"""Topics without room that have fields: a modal has a hundred blocks at most."""
_NEWEST = 5
"""Points that somebody is shown whom others were faster than."""
_WAITS = "There was no room for it: it comes to the next meeting, unless you write something here."
_LEFT = "It has no place on the agenda any more. What you write here is kept all the same."
_NEXT_WEEK = timedelta(days=7)


def matters_of(minutes: MinutesView) -> tuple[Matter, ...]:
    """Return what minutes can be written about: what was on the table, then topics without room there."""
    plan = minutes.agenda.plan
    return tuple(slot.matter for slot in plan.slots) + _without_room(minutes)


def _without_room(minutes: MinutesView) -> tuple[Matter, ...]:
    topics = [matter for matter in minutes.agenda.plan.overflow if matter.cause is Cause.TOPIC]
    return tuple(topics[:MOST_WITHOUT_ROOM])


def offered_due(minutes: MinutesView, now: datetime) -> date:
    """Return the day offered for an action: a week after the meeting, or from now if that is over.

    Where that is no working day, it is the next one.
    """
    after = minutes.agenda.time.starts_at + _NEXT_WEEK
    day = (after if after > now else now + _NEXT_WEEK).date()
    return nearest_working_day(day, timedelta(days=1))


def minutes_modal(form: MinutesForm, minutes: MinutesView, now: datetime) -> Block:
    """Return the modal: for each entry what was decided, and an action where somebody asks for one."""
    blocks = [section(form.note)] if form.note else []
    blocks.append(context(_beginning(minutes)))
    due_on, there = offered_due(minutes, now), {each.id: each for each in matters_of(minutes)}
    waiting = _without_room(minutes)
    for matter in there.values():
        hint = _WAITS if matter in waiting else ""
        blocks += _entry(form, matter.id, field_words(matter), due_on, hint)
    for matter_id, label in form.left(there).items():
        blocks += _entry(form, matter_id, label, due_on, _LEFT)
    element = text_input(OTHER, max_length=TEXT_LENGTH, text=form.values.get(OTHER) or "", multiline=True)
    blocks.append(field(OTHER, "Anything else?", element, hint="What was put off, who thinks it over …"))
    return modal(CallbackId.MINUTES_WRITE, "Minutes", blocks, submit="Save", metadata=pack(form.carried()))


def note_of_others(newer: Sequence[MinutePointView]) -> str:
    """Return what stands above the form of somebody who did not see what others wrote meanwhile."""
    who = listed(list(dict.fromkeys(escape(each.added_by.name) for each in newer if each.added_by)))
    said = "\n".join(f"• {_point(each)}" for each in newer[-_NEWEST:])
    return (
        f"*{who} wrote meanwhile:*\n{said}\nNothing of yours is saved yet. *Save* adds what stands below; "
        "clear what they have said already."
    )


def _beginning(minutes: MinutesView) -> str:
    name = f"*{escape(minutes.agenda.ritual.name)}* · {moment(minutes.agenda.time.starts_at)}"
    if not minutes.points:
        return f"{name} · fill in only what was agreed"
    if len(minutes.points) == 1:
        return f"{name} · one point is written down already; what you add comes behind it"
    return f"{name} · {len(minutes.points)} points are written down already; what you add comes behind them"


def _entry(form: MinutesForm, matter_id: UUID, label: str, due_on: date, hint: str) -> Iterator[Block]:
    element = text_input(
        block(DECISION, matter_id),
        max_length=TEXT_LENGTH,
        placeholder="What was decided?",
        text=form.get(DECISION, matter_id),
    )
    yield field(block(DECISION, matter_id), label, element, hint=hint)
    if matter_id in form.opened:
        yield from _action(form, matter_id, due_on)
    else:
        yield actions([button("Add an action", ActionId.MINUTES_FORM_ACTION, str(matter_id))])


def _action(form: MinutesForm, matter_id: UUID, due_on: date) -> Iterator[Block]:
    title = text_input(
        block(TITLE, matter_id),
        max_length=TITLE_LENGTH,
        placeholder="Ask for a date",
        text=form.get(TITLE, matter_id),
    )
    yield field(block(TITLE, matter_id), "What is to be done?", title)
    owner = person_select(
        block(OWNER, matter_id), placeholder="One person", chosen=form.get(OWNER, matter_id) or None
    )
    yield field(block(OWNER, matter_id), "Who does it?", owner)
    chosen = day_in(form.get(DUE, matter_id)) or due_on
    due = date_picker(block(DUE, matter_id), placeholder="A day", chosen=chosen)
    yield field(block(DUE, matter_id), "By when?", due)


def shown(page: MinutesPage, *, replaces: bool = False) -> Answer:
    """Show a meeting that took place: what it was about, and what it agreed."""
    minutes = page.minutes
    found = minutes.agenda
    notes = f" · {link(found.notes_url, 'shared notes')}" if found.notes_url else ""
    head = f"*{escape(found.ritual.name)}* · {moment(found.time.starts_at)}{notes}"
    about = [
        f"*{line.label}* {f'{escape(line.name)}: ' if line.name else ''}{escape(line.text)}"
        for line in lines(found.plan.slots)
    ]
    about += filter(None, [without_time(found.plan)])
    blocks = [section("\n".join([head, *about]))]
    if minutes.points:
        blocks.append(section("*What was agreed*"))
        blocks += [section(_point(each), _of_point(each)) for each in minutes.points[:POINTS_SHOWN]]
        if len(minutes.points) > POINTS_SHOWN:
            blocks.append(section("\n".join(map(_point, minutes.points[POINTS_SHOWN:]))))
        blocks.append(context(f"Written by {escape(', '.join(each.name for each in minutes.writers))}"))
    else:
        blocks.append(section("Nobody has written down yet what was agreed."))
    blocks.append(actions(list(_buttons(page))))
    return Answer(text=f"{found.ritual.name}: the last meeting", blocks=tuple(blocks), replaces=replaces)


def _point(point: MinutePointView) -> str:
    project = f"{escape(point.project_key)}: " if point.project_key else ""
    after = f" · {escape(point.after)}" if point.after else ""
    return f"*{point.label}* {project}{escape(point.text)}{after}"


def _of_point(point: MinutePointView) -> Element | None:
    """Return the button that changes a point where it is kept."""
    if point.is_text:
        return button("Change", ActionId.MINUTES_POINT, str(point.id))
    if point.decision_id is not None:
        return button("Details", ActionId.RAID_DETAILS, str(point.decision_id))
    if point.status is ActionStatus.OPEN:
        return button("Change", ActionId.ACTION_CHANGE, str(point.action_id))
    return None


def asked_to_take_back(agenda_id: UUID) -> Answer:
    """Ask before what somebody wrote last is taken back."""
    back = button("Take back", ActionId.MINUTES_UNDO, str(agenda_id), style="danger")
    text = "*Take your minutes back?* What you wrote last goes, with the decisions and actions that it made."
    return say(text, actions([back]))


def saved(agenda_id: UUID, left: Sequence[str] = ()) -> Block:
    """Return what the modal says once the minutes are written, with a way back.

    ``left`` is what those entries are called that the agenda lost meanwhile.
    """
    said = "✓ Written down, in the agenda's thread. Whoever has something to do is told."
    if left:
        names = listed([f"*{escape(each)}*" for each in left])
        said += f"\nThe agenda has no place any more for {names}; what you wrote is kept all the same."
    undo = button("Undo", ActionId.MINUTES_UNDO, str(agenda_id))
    return notice("Done", [section(said), actions([undo]), context("`/agenda last` changes single things.")])


def point_modal(point_id: UUID, text: str, fingerprint: str) -> Block:
    """Return the modal in which one thing that was agreed is said otherwise."""
    element = text_input(TEXT, max_length=TEXT_LENGTH, text=text, multiline=True)
    said = field(TEXT, "What was agreed?", element, hint="Leave it empty to take it out of the minutes.")
    return modal(
        CallbackId.MINUTES_POINT,
        "Change the minutes",
        [said],
        submit="Save",
        metadata=pack({"point": str(point_id), "seen": fingerprint}),
    )


def _buttons(page: MinutesPage) -> Iterator[Element]:
    minutes = page.minutes
    label = "Add to the minutes" if minutes.points else "Write minutes"
    yield button(label, ActionId.MINUTES_WRITE, str(minutes.agenda.id))
    if page.may_take_back:
        yield button("Take mine back", ActionId.MINUTES_TAKE_BACK, str(minutes.agenda.id))
    if page.earlier_id is not None:
        yield button("Earlier", ActionId.MINUTES_BACK, str(page.earlier_id))
    if page.later_id is not None:
        yield button("Later", ActionId.MINUTES_ON, str(page.later_id))

"""Actions in messages to whoever asked, and the modal that changes one."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from handlers.actions.forms import ActionForm
from handlers.answers import Answer
from handlers.blocks import Block, actions, button, context, day, escape, modal, option, section, shortened
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import OWN_TEAM, date_picker, field, person_select, select, text_input
from models.commands import TEXT_LENGTH
from models.read_models import ActionView
from models.rules.actions import ActionStatus

TITLE_SHOWN = 75
STEPS_SHOWN = 8


def line(action: ActionView, today: date) -> str:
    """Return an action in a line: what, who, by when; safe as mrkdwn."""
    mark = {ActionStatus.DONE: "✓ ", ActionStatus.CANCELLED: "✗ "}.get(action.status, "")
    return " · ".join([f"{mark}{escape(action.title)}", escape(action.owner.name), when(action, today)])


def steps(actions: Sequence[ActionView], changeable: Collection[UUID], today: date) -> Iterator[Block]:
    """Yield a line for each thing that is done about a record; what may be marked as done has a button."""
    for action in actions[:STEPS_SHOWN]:
        may_settle = action.is_open and action.id in changeable
        done = button("Done", ActionId.ACTION_DONE, str(action.id)) if may_settle else None
        yield section(line(action, today), done)
    more = len(actions) - STEPS_SHOWN
    if more > 0:
        yield context(f"… and {more} more")


def when(action: ActionView, today: date) -> str:
    """Return how late it is, when it is due, or what became of it."""
    late = action.days_late(today)
    if late:
        return f"*{late} day{'s' if late != 1 else ''} late*"
    if action.is_open:
        return f"due {day(action.due_on, today)}"
    return "done" if action.status is ActionStatus.DONE else "cancelled"


def settled(action: ActionView) -> Answer:
    """Confirm that an action is done or cancelled, with a way back."""
    word = "Done" if action.status is ActionStatus.DONE else "Cancelled"
    text = f"✓ {word}: *{escape(action.title)}*{_of_source(action)}"
    more = [
        button("Undo", ActionId.ACTION_REOPEN, str(action.id)),
        button("My actions", ActionId.ACTION_LIST),
    ]
    return Answer(text=f"{word}.", blocks=(section(text), actions(more)), title=word)


def reopened(action: ActionView, today: date) -> Answer:
    """Confirm that an action is to be done after all."""
    text = f"Open again: {line(action, today)}{_of_source(action)}"
    return Answer(text="Open again.", blocks=(section(text),), replaces=True)


def change_modal(form: ActionForm) -> Block:
    """Return the modal that moves an action, hands it over or cancels it."""
    due = form.due_on()
    # Each action has its own fields: Slack keeps what was chosen in one of the same name.
    owner = person_select(f"owner_{form.action_id}", placeholder=OWN_TEAM, chosen=form.get("owner"))
    picker = date_picker(f"due_{form.action_id}", placeholder="Pick a day", chosen=due)
    reason = text_input("reason", max_length=TEXT_LENGTH, text=form.get("reason"))
    blocks = [
        _which(form),
        field("owner", "Who does it?", owner, optional=False),
        field("due", "By when?", picker, optional=False),
        field(
            "reason",
            "Not needed any more?",
            reason,
            hint="Say why, and it is cancelled. Leave this empty to keep it.",
        ),
    ]
    return modal(
        CallbackId.ACTION_CHANGE, "Change an action", blocks, submit="Save", metadata=pack(form.carried())
    )


def _which(form: ActionForm) -> Block:
    if not form.choices:
        return section(f"*{escape(form.title)}*", block_id="subject")
    choices = [option(shortened(title, TITLE_SHOWN), action_id) for action_id, title in form.choices.items()]
    chosen = select(ActionId.ACTION_WHICH, choices, placeholder="Choose", chosen=str(form.action_id))
    return field("which", "Which one?", chosen, optional=False, live=True)


def _of_source(action: ActionView) -> str:
    return f" · {action.source.reference}" if action.source.reference else ""

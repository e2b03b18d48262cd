"""What ends a record or lets it begin again: in words, by a button, or from the menu."""

from collections.abc import Callable
from uuid import UUID

from handlers.access import identify, person
from handlers.answers import ClickAnswer, CommandAnswer, OpenModal, SubmissionAnswer
from handlers.asks import Ask, Click, Submission
from handlers.forms import Unreadable, identifier, reading
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.raid import modals, views
from handlers.raid.finding import find
from handlers.raid.forms import FIELD_OF_PROBLEM, RaidForm
from handlers.raid.line import read_because
from handlers.submitting import chosen_id, written
from handlers.typed.line_ends import Line, next_end
from handlers.typed.text import readable
from models.commands import RaidOutcome
from models.read_models import Actor, RaidDetails
from models.rules.raid.states import NEEDS_NO_WORDS, RaidMove
from models.value import replace

_MOVES = {action.value: move for move, action in views.MOVE_BUTTONS.items()}
Typed = Callable[[Kit, Ask, Actor, str], CommandAnswer]


def typed(move: RaidMove) -> Typed:
    """Return what the verb of the move does: with its words at once, else the modal asks for them."""

    def run(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
        found, said = find(kit, ask, actor, rest)
        return _made(kit, ask, actor, found, move, said)

    return run


def close_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """End a record in the one way that it can end; where there are several, ask which."""
    found, said = find(kit, ask, actor, rest)
    ends = [move for move in found.permissions.moves if move in views.MOVE_BUTTONS]
    if len(ends) != 1:
        return views.which_end(found)
    return _made(kit, ask, actor, found, ends[0], said)


def _made(kit: Kit, ask: Ask, actor: Actor, found: RaidDetails, move: RaidMove, said: str) -> CommandAnswer:
    if not said and move not in NEEDS_NO_WORDS:
        return _asked(kit, actor, found.item.id, move)
    outcome = _decision(kit, ask, actor, said) if move is RaidMove.DECIDE else RaidOutcome(readable(said))
    moved = kit.raid.move(actor, found.item.id, move, outcome, origin=origin(kit, ask), now=kit.clock())
    led_to = kit.raid.details(actor, moved.id, in_project=None).led_to
    return views.changed(moved, today(kit, actor), led_to)


def _decision(kit: Kit, ask: Ask, actor: Actor, said: str) -> RaidOutcome:
    """Read what was decided, why, and at the end of the line by whom."""
    line, rest = Line(), said
    if (step := next_end(line, rest, today(kit, actor))) is not None and step[0].owner_slack_id:
        line, rest = step
    decider = person(kit, ask, line.owner_slack_id) if line.owner_slack_id else None
    outcome, rationale = read_because(rest)
    return RaidOutcome(outcome, rationale, decider.id if decider else None)


def clicked(kit: Kit, click: Click) -> ClickAnswer:
    """Open the modal of the move whose button was pressed."""
    return _asked(kit, identify(kit, click), identifier(click.value), _MOVES[click.action_id])


def chosen(kit: Kit, click: Click) -> ClickAnswer:
    """Open the modal of the move that was chosen in the menu."""
    name, _, carried = click.value.partition(":")
    with reading():
        move = RaidMove(name)
    return _asked(kit, identify(kit, click), identifier(carried), move)


def _asked(kit: Kit, actor: Actor, item_id: UUID, move: RaidMove) -> OpenModal:
    """Open the modal, unless the person or the record's state is in the way."""
    form = RaidForm.of_item(kit.raid.movable(actor, item_id, move))
    return OpenModal(modals.move_modal(replace(form, move=move), move))


def submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Make the move that the modal asked the words of."""
    actor, form = identify(kit, sent), RaidForm.read(sent.view)
    move = form.move
    if move is None:
        raise Unreadable
    return written(
        sent,
        lambda: kit.raid.move(
            actor,
            form.about(),
            move,
            form.ending(chosen_id(kit, sent, form)),
            origin=origin(kit, sent),
            now=kit.clock(),
        ),
        FIELD_OF_PROBLEM,
    )

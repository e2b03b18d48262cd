"""One risk in detail: all that is known of it, its history, and what its reader may do."""

from collections.abc import Iterator
from datetime import date, datetime

from handlers.actions.views import steps
from handlers.answers import Answer
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    day,
    divider,
    escape,
    link,
    moment,
    option,
    overflow,
    quote,
    section,
)
from handlers.ids import ActionId
from handlers.risks import words
from handlers.risks.move_words import (
    ASK,
    ASK_WORDS,
    NOT_YET_WORDS,
    REASSESS_LABEL,
    REVIEW_LABEL,
    REVIEWED,
    words_of,
)
from handlers.risks.views import UNDO, closing_undone, judging_button, line_of, shown_again
from handlers.views import links
from models.read_models import RiskDetails, RiskView
from models.rules.risks.moves import ACTIONS, RiskMove
from models.rules.risks.states import UNDO_WITHIN, RiskStatus, is_undoable
from models.rules.risks.words import STRATEGY_WORDS, RiskKind, Visibility

HISTORY_SHOWN = 8
_WITH_BUTTON = frozenset({RiskMove.CLOSE, RiskMove.REJECT})


def details(found: RiskDetails, here: datetime) -> Answer:
    """Show one risk with its history, newest first; ``here`` is now where the reader is."""
    risk, today = found.risk, here.date()
    blocks = [section("\n".join(_facts(risk, here)))]
    if risk.cause or risk.effect:
        blocks.append(quote(_because(risk)))
    blocks += [*links.came_from(found.came_from), *links.led_to(found.led_to)]
    blocks += steps(found.actions, found.permissions.changeable_actions, today)
    if found.permissions.why_no_more:
        blocks.append(context(found.permissions.why_no_more))
    blocks.append(divider())
    blocks += _history(found)
    if buttons := list(_detail_buttons(found, here)):
        blocks.append(actions(buttons))
    name = str(risk.reference)
    return Answer(text=f"{name} in detail", blocks=tuple(blocks), title=name, again=shown_again(risk))


def _facts(risk: RiskView, here: datetime) -> Iterator[str]:
    today, raised_on = here.date(), risk.raised_at.astimezone(here.tzinfo).date()
    yield words.headline(risk)
    known = f" ({words.levels(risk)})" if words.levels(risk) else ""
    yield line_of(f"{words.severity(risk)}{known}", words.state(risk), words.when(risk, today))
    raised = f"raised by {escape(risk.raised_by.name)} {day(raised_on, today)}"
    # What waits for an owner says so already.
    yield line_of("" if risk.lacks_owner else words.owner(risk), raised)
    if extra := line_of(*_extras(risk, today)):
        yield extra
    if risk.acceptance_asked_by:
        yield f"{escape(risk.acceptance_asked_by.name)} asks a delivery manager to accept it"
    if before := words.before_response(risk):
        yield f"It was {before}."
    if risk.source_url:
        yield link(risk.source_url, "The message it came from")
    if risk.closing_reason:
        yield f"Why: {escape(risk.closing_reason)}"


def _extras(risk: RiskView, today: date) -> Iterator[str]:
    """Yield what only some risks have."""
    if risk.kind is RiskKind.OPPORTUNITY:
        yield "Opportunity"
    if risk.category:
        yield words.CATEGORY_WORDS[risk.category]
    if risk.proximity:
        yield words.PROXIMITY_WORDS[risk.proximity]
    if risk.strategy:
        yield f"Response: {STRATEGY_WORDS[risk.strategy].lower()}"
    if risk.due_on and risk.due_on < today:
        yield f"was due {day(risk.due_on, today)}"
    if risk.due_on and risk.next_review_on:
        yield f"review {day(risk.next_review_on, today)}"
    if risk.visibility is Visibility.RESTRICTED:
        yield "🔒 only project leads, owner and raiser see it"


def _because(risk: RiskView) -> str:
    if not risk.cause:
        return f"It would lead to: {risk.effect}"
    return f"Because: {risk.cause}" + (f"\nLeading to: {risk.effect}" if risk.effect else "")


def _history(found: RiskDetails) -> Iterator[Block]:
    shown = found.history[:HISTORY_SHOWN]
    lines = [f"{moment(entry.at)} {words.HISTORY[found.risk.kind].happened(entry)}" for entry in shown]
    earlier = len(found.history) - len(shown)
    if earlier:
        lines.append(f"… and {earlier} earlier")
    yield context("\n".join(lines))


def _detail_buttons(found: RiskDetails, now: datetime) -> Iterator[Element]:
    yield from _judging_buttons(found, now)
    if found.permissions.may_edit:
        yield button("Edit", ActionId.RISK_EDIT, str(found.risk.id))
    yield from _response_buttons(found)
    yield from _ending_buttons(found, now)
    if steps := list(_next_steps(found, now.date())):
        yield overflow(ActionId.RISK_NEXT, steps)


def _judging_buttons(found: RiskDetails, now: datetime) -> Iterator[Element]:
    value, may = str(found.risk.id), found.permissions
    if may.may_answer_acceptance:
        yield button("Approve", ActionId.RISK_APPROVE, value, style="primary")
        yield button(NOT_YET_WORDS.label, ActionId.RISK_NOT_YET, value)
    if may.may_score and found.risk.status is RiskStatus.PROPOSED:
        yield judging_button(found.risk)
    elif may.may_score:
        yield button("Score", ActionId.RISK_SCORE, value)
    if may.may_review and _asks_for_review(found.risk, now.date()):
        yield button(REVIEW_LABEL, ActionId.RISK_REVIEW, value, style="primary")


def _ending_buttons(found: RiskDetails, now: datetime) -> Iterator[Element]:
    risk, may = found.risk, found.permissions
    if RiskMove.CLOSE in may.moves:
        yield button(words_of(RiskMove.CLOSE, risk.kind).label, ActionId.RISK_CLOSE, str(risk.id))
    if RiskMove.REJECT in may.moves:
        yield button(words_of(RiskMove.REJECT, risk.kind).label, ActionId.RISK_REJECT, str(risk.id))
    if may.may_undo and is_undoable(risk.status, risk.raised_at, now):
        yield UNDO.button(risk.id)
    if RiskMove.REOPEN in may.moves and _was_just_closed(found, now):
        yield closing_undone(risk)


def _was_just_closed(found: RiskDetails, now: datetime) -> bool:
    closed_at = next((each.at for each in found.history if each.action == ACTIONS[RiskMove.CLOSE]), None)
    is_young = closed_at is not None and now - closed_at <= UNDO_WITHIN
    return is_young and found.risk.status is RiskStatus.CLOSED


def _response_buttons(found: RiskDetails) -> Iterator[Element]:
    value, may = str(found.risk.id), found.permissions
    if may.may_respond:
        label = "Add an action" if found.actions else "Plan a response"
        yield button(label, ActionId.RISK_RESPOND, value)
    theirs = [each for each in found.actions if each.is_open and each.id in may.changeable_actions]
    if theirs:
        yield button("Change an action", ActionId.ACTION_CHANGE, str(theirs[0].id))
    if may.may_reassess:
        yield button(REASSESS_LABEL, ActionId.RISK_LEFT, value)


def _asks_for_review(risk: RiskView, today: date) -> bool:
    return risk.is_late(today) or risk.is_stale(today)


def _next_steps(found: RiskDetails, today: date) -> Iterator[Element]:
    """Yield the less common steps, for the menu behind three dots."""
    may = found.permissions
    if may.may_review and not _asks_for_review(found.risk, today):
        yield option(REVIEW_LABEL, f"{REVIEWED}:{found.risk.id}")
    if may.may_ask_acceptance and found.risk.acceptance_asked_by is None:
        yield option(ASK_WORDS.label, f"{ASK}:{found.risk.id}")
    # What is being worked on is open to whoever reads it, however the state is called.
    hidden = {*_WITH_BUTTON, RiskMove.REOPEN} if found.risk.status is RiskStatus.TREATING else _WITH_BUTTON
    for move in may.moves:
        if move not in hidden:
            yield option(words_of(move, found.risk.kind).label, f"{move}:{found.risk.id}")

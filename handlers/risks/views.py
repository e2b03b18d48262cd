"""The risk's messages to whoever asked: what was logged, the list, one risk."""

from collections.abc import Iterator
from datetime import date, datetime

from handlers.actions.views import steps
from handlers.answers import Answer, again
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
from handlers.views import links
from handlers.views.taking_back import Undo
from models.read_models import LinkedRecord, ProjectView, RiskDetails, RiskView, Turn
from models.rules.projects.turns import will_words
from models.rules.risks.moves import ACTIONS, RiskMove
from models.rules.risks.scoring import ANNOUNCED_FROM
from models.rules.risks.states import UNDO_WITHIN, RiskStatus, is_undoable
from models.rules.risks.words import GIVE_OWNER, STRATEGY_WORDS, RiskKind, Visibility

HISTORY_SHOWN = 8
UNDO = Undo(ActionId.RISK_UNDO, ActionId.RISK_TAKE_BACK, ActionId.RISK_DETAILS)
_WITH_BUTTON = frozenset({RiskMove.CLOSE, RiskMove.REJECT})


def logged(risk: RiskView, project: ProjectView, turn: Turn, today: date) -> Answer:
    """Confirm a risk to whoever raised it; ``turn`` says who is to judge it."""
    first = f"✓ Logged {words.headline(risk)}"
    if risk.band is not None:
        first += f" · {words.severity(risk)} ({words.levels(risk)})"
    elif words.levels(risk):
        first += f" · {words.levels(risk)}, {words.not_said_yet(risk)}"
    is_asked = risk.status is RiskStatus.PROPOSED and turn.includes(risk.raised_by)
    own = [_judge(risk)] if is_asked else []
    blocks = (
        section(f"{first}\n{_what_follows(risk, turn, today)}"),
        *map(context, _who_reads_it(risk, project)),
        actions([*own, button("Edit", ActionId.RISK_EDIT, str(risk.id)), UNDO.button(risk.id)]),
    )
    return Answer(text=f"Logged {risk.reference}.", blocks=blocks, again=_again(risk))


def _what_follows(risk: RiskView, turn: Turn, today: date) -> str:
    """Return who sees to it, and until when."""
    due = f" Due {day(risk.due_on, today)}." if risk.due_on else ""
    if risk.status is RiskStatus.PROPOSED:
        return f"{_who_judges(risk, turn, today)}{due}"
    return f"{words.owner(risk)}.{due}"


def _who_reads_it(risk: RiskView, project: ProjectView) -> Iterator[str]:
    if risk.visibility is Visibility.RESTRICTED:
        yield "Only the project's leads, its owner and you can see it."
    elif risk.band is not None and risk.band.rank >= ANNOUNCED_FROM.rank:
        channel = f"<#{project.internal_channel_id}>"
        yield f"I announce it in {channel}; if a guest or client reads there, I tell only its leads."


def _who_judges(risk: RiskView, turn: Turn, today: date) -> str:
    if turn.includes(risk.raised_by):
        if risk.lacks_owner:
            return "It waits for an owner."
        return "It is yours to score: how likely, how bad, and who owns it?"
    asked = [escape(person.name) for person in turn.asked]
    absent = [escape(holder.person.name) for holder in turn.absent]
    until = day(turn.until, today) if turn.until else ""
    task = "score it" if risk.band is None else "see to it"
    return f"{will_words(asked, absent, until, task)}, and you'll hear what became of it."


def _judge(risk: RiskView) -> Element:
    """Return the button that opens what a proposed risk waits for."""
    label = GIVE_OWNER if risk.lacks_owner else "Score"
    return button(label, ActionId.RISK_SCORE, str(risk.id), style="primary")


def closed(risk: RiskView) -> Answer:
    """Confirm that a risk was closed, and offer to take that back."""
    return changed(risk, words_of(RiskMove.CLOSE, risk.kind).done, (), _take_back_closing(risk))


def _take_back_closing(risk: RiskView) -> Element:
    return button("Undo", ActionId.RISK_REOPEN, str(risk.id))


def _was_just_closed(found: RiskDetails, now: datetime) -> bool:
    closed_at = next((each.at for each in found.history if each.action == ACTIONS[RiskMove.CLOSE]), None)
    is_young = closed_at is not None and now - closed_at <= UNDO_WITHIN
    return is_young and found.risk.status is RiskStatus.CLOSED


def changed(risk: RiskView, what: str, led_to: tuple[LinkedRecord, ...] = (), *buttons: Element) -> Answer:
    """Confirm a change made in words, and which other record it led to."""
    known = words.severity(risk) if risk.band or risk.is_live else ""
    text = _line(f"✓ {words.headline(risk)}", known, what)
    more = actions([button("Details", ActionId.RISK_DETAILS, str(risk.id)), *buttons])
    blocks = (section(text), *links.led_to(led_to), more)
    return Answer(text=f"{risk.reference}: {what}", blocks=blocks, title=str(risk.reference))


def reviewed(risk: RiskView, today: date) -> Answer:
    """Confirm that somebody looked at a risk and found all of it right."""
    return changed(risk, f"reviewed · {words.when(risk, today)}")


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
    return Answer(text=f"{name} in detail", blocks=tuple(blocks), title=name, again=_again(risk))


def _again(risk: RiskView) -> str:
    return again(ActionId.RISK_DETAILS, risk.id)


def _facts(risk: RiskView, here: datetime) -> Iterator[str]:
    today, raised_on = here.date(), risk.raised_at.astimezone(here.tzinfo).date()
    yield words.headline(risk)
    known = f" ({words.levels(risk)})" if words.levels(risk) else ""
    yield _line(f"{words.severity(risk)}{known}", words.state(risk), words.when(risk, today))
    raised = f"raised by {escape(risk.raised_by.name)} {day(raised_on, today)}"
    # What waits for an owner says so already.
    yield _line("" if risk.lacks_owner else words.owner(risk), raised)
    if extra := _line(*_extras(risk, today)):
        yield extra
    if risk.acceptance_asked_by:
        yield f"{escape(risk.acceptance_asked_by.name)} asks a delivery manager to accept it"
    if before := words.before_response(risk):
        yield f"It was {before}."
    if risk.source_url:
        yield link(risk.source_url, "The message it came from")
    if risk.closing_reason:
        yield f"Why: {escape(risk.closing_reason)}"


def _line(*parts: str) -> str:
    line = " · ".join(filter(None, parts))
    return line[:1].upper() + line[1:]


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
        yield _judge(found.risk)
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
        yield _take_back_closing(risk)


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

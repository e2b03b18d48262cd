"""The outer edge of every listener: read what came in, run, answer; no error ever reaches a person raw."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from slack_bolt import BoltRequest
from slack_sdk import WebClient

from handlers import asks
from handlers.access import Unwelcome
from handlers.answers import (
    Answer,
    ClickAnswer,
    CloseModal,
    CommandAnswer,
    FieldErrors,
    OpenModal,
    ShortcutAnswer,
    SubmissionAnswer,
    Suggested,
    UpdateModal,
    as_message,
    say,
)
from handlers.asks import Ask, Chosen, Click, Happening, Looking, Submission
from handlers.blocks import Block, plain
from handlers.edge import returning
from handlers.edge.prefixing import prefixed
from handlers.edge.refilling import read_standing
from handlers.edge.returning import Behind
from handlers.edge.telling import blocks_of, open_modal, refusal_of, show_again, tell, update_modal
from handlers.errors import OUT_OF_REACH, UNEXPECTED, words
from handlers.forms import Unreadable
from handlers.kit import DirectoryDown, Kit
from handlers.typed.text import read_text, worth_keeping
from models.errors import DatabaseBusy, DrumbeatError

logger = logging.getLogger(__name__)

FAILED = "a listener failed"
"""How the log says so."""

_A_FEW = 5
"""Words of a line, such as a verb, a record's name and two or three more, that are quickly typed again."""

T = TypeVar("T")
A = TypeVar("A", Click, Submission)
Listener = Callable[[BoltRequest], None]
"""Answers one request, through its acknowledgement."""
Clicks = Mapping[str, Callable[[Kit, Click], ClickAnswer]]
"""What buttons and choices do, by their names."""


def command_listener(kit: Kit, run: Callable[[Kit, Ask, str], CommandAnswer]) -> Listener:
    """Wrap what a slash command does."""

    def listener(request: BoltRequest) -> None:
        body, context, ack = request.body, request.context, request.context.ack
        typed = read_text(str(body.get("text") or ""))
        ask = _guarded(kit, lambda: asks.read_command(body, context))
        answer = ask if isinstance(ask, Answer) else _guarded(kit, lambda: run(kit, ask, typed), typed)
        message = open_modal(context.client, body, answer) if isinstance(answer, OpenModal) else answer
        if message is None:
            ack()
        else:
            ack(**as_message(message))
        if isinstance(ask, Ask) and not isinstance(answer, OpenModal):
            kit.home.follow_later(ask)

    return listener


def click_listener(kit: Kit, run: Callable[[Kit, Click], ClickAnswer], clicks: Clicks) -> Listener:
    """Wrap what a button or a choice does; ``clicks`` are what shows something behind the modal it is in."""

    def listener(request: BoltRequest) -> None:
        body, context, client = request.body, request.context, request.context.client
        click = _guarded(kit, lambda: asks.read_click(body, context))
        answer = (
            click if isinstance(click, Answer) else _guarded(kit, lambda: _in_place(kit, run, click, body))
        )
        if isinstance(answer, OpenModal):
            answer = returning.opened_from(answer, body)
        message = open_modal(client, body, answer) if isinstance(answer, OpenModal) else answer
        if isinstance(message, UpdateModal) and not blocks_of(body.get("view")):
            # What belongs into a form of ours was pressed somewhere else.
            message = say(words(Unreadable()))
        if isinstance(message, UpdateModal):
            update_modal(client, body, returning.drawn_anew(message, body))
            if not message.view.get("submit") and isinstance(click, Click):
                _show_again(kit, clicks, click, returning.behind(body), client)
        elif message is not None:
            note = tell(kit, client, body, message)
            if isinstance(click, Click):
                _show_again(kit, clicks, click, returning.changed_by(body, message), client)
                _follow_click(kit, click, body, note)
        context.ack()

    return listener


def shortcut_listener(kit: Kit, run: Callable[[Kit, Chosen], ShortcutAnswer]) -> Listener:
    """Wrap what a shortcut does."""

    def listener(request: BoltRequest) -> None:
        body, context, client = request.body, request.context, request.context.client
        answer = _guarded(kit, lambda: run(kit, asks.read_shortcut(body, context)))
        message = open_modal(client, body, answer) if isinstance(answer, OpenModal) else answer
        if message is not None:
            tell(kit, client, body, message)
        context.ack()

    return listener


def suggestion_listener(kit: Kit, run: Callable[[Kit, Looking], Suggested]) -> Listener:
    """Wrap what a select has on offer; there is no place for words, so a refusal offers nothing."""

    def listener(request: BoltRequest) -> None:
        ack = request.context.ack
        answer = _guarded(kit, lambda: run(kit, asks.read_looking(request.body, request.context)))
        groups = answer.groups if isinstance(answer, Suggested) else ()
        if groups:
            ack(
                option_groups=[{"label": plain(each.label), "options": list(each.options)} for each in groups]
            )
        else:
            ack(options=[])

    return listener


def submission_listener(
    kit: Kit, run: Callable[[Kit, Submission], SubmissionAnswer], clicks: Clicks
) -> Listener:
    """Wrap what a submitted modal does; ``clicks`` are what shows something behind it."""

    def listener(request: BoltRequest) -> None:
        body, ack = request.body, request.context.ack
        sent = _guarded(kit, lambda: asks.read_submission(body, request.context))
        answer = sent if isinstance(sent, Answer) else _guarded(kit, lambda: _in_place(kit, run, sent, body))
        match answer:
            case Answer():
                ack(**refusal_of(body, answer))
            case FieldErrors(errors=errors):
                ack(response_action="errors", errors=errors)
            case UpdateModal(view=view, shown=shown):
                _take_place(kit, shown, body)
                if not view.get("submit") and isinstance(sent, Submission):
                    _show_again(kit, clicks, sent, returning.behind(body), request.context.client)
                ack(response_action="update", view=returning.drawn_anew(answer, body).view)
            case CloseModal(shown=shown):
                _take_place(kit, shown, body)
                if isinstance(sent, Submission):
                    _show_again(kit, clicks, sent, returning.behind(body), request.context.client)
                ack()
        if isinstance(answer, UpdateModal | CloseModal) and isinstance(sent, Submission):
            kit.home.follow(sent)

    return listener


def event_listener(kit: Kit, run: Callable[[Kit, Happening], None]) -> Listener:
    """Wrap what an event does; nobody waits for an answer but Slack, which brings it again where we fail."""

    def listener(request: BoltRequest) -> None:
        try:
            run(kit, asks.read_happening(request.body, request.context))
        except DatabaseBusy:
            # Not acknowledged, it comes again in a moment. So it does after DirectoryDown.
            raise
        except DrumbeatError as refusal:
            logger.info("an event led to nothing: %s", type(refusal).__name__)
        request.context.ack()

    return listener


def _take_place(kit: Kit, shown: Answer | None, body: Mapping[str, Any]) -> None:
    """Say it in the place of the message in which the form was asked for, if that is remembered."""
    if shown is not None and (address := returning.message_of(body)) is not None:
        kit.respond(address, {**as_message(shown), "replace_original": True})


def _show_again(
    kit: Kit, clicks: Clicks, asked: Click | Submission, behind: Behind | None, client: WebClient
) -> None:
    """Draw what was changed anew, such as what lies behind a modal: it comes into sight as that closes."""
    if behind is None:
        return
    pressed = asks.pressed_again(asked, behind.action, behind.value)
    fresh = _guarded(kit, lambda: clicks[behind.action](kit, pressed))
    if isinstance(fresh, Answer):
        show_again(kit, client, behind, fresh)


def _follow_click(kit: Kit, click: Click, body: Mapping[str, Any], note: Sequence[Block]) -> None:
    """Draw the home anew at once where it was pressed, and later for whoever looks at a conversation."""
    if body.get("response_url"):
        kit.home.follow_later(click)
    else:
        kit.home.follow(click, note)


def _in_place(kit: Kit, run: Callable[[Kit, A], T], asked: A, body: Mapping[str, Any]) -> T:
    """Do what is asked; where that was asked in a form, the answer fits the form as it stands there.

    The form is read first: one that cannot be read is refused before anything is done.
    """
    standing = read_standing(body.get("view"))
    return standing.answered(run(kit, asked))


def _guarded(kit: Kit, run: Callable[[], T], typed: str = "") -> T | Answer:
    """Return what comes of it, or the refusal; of a line that nobody got to read, with the line."""
    try:
        answer = run()
    except (Unwelcome, DatabaseBusy, DirectoryDown) as error:
        if isinstance(error, DatabaseBusy):
            kit.tell_error(FAILED, error)
        return prefixed(say(f"{words(error)}{worth_keeping(typed)}"), kit.prefix)
    except DrumbeatError as error:
        return prefixed(say(f"{words(error)}{worth_keeping(typed, beyond=_A_FEW)}"), kit.prefix)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is logged.
        told = OUT_OF_REACH if kit.tell_error(FAILED, error) else UNEXPECTED
        return say(f"{told.format(code=kit.correlation_id())}{worth_keeping(typed)}")
    return prefixed(answer, kit.prefix)

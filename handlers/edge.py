"""The outer edge of every listener: read what came in, run, answer; no error ever reaches a person raw."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers import asks
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
from handlers.blocks import notice, plain
from handlers.errors import UNEXPECTED, words
from handlers.ids import ActionId
from handlers.kit import DirectoryDown, Kit
from handlers.typed import read_text
from models.errors import DatabaseBusy, DrumbeatError

logger = logging.getLogger(__name__)

T = TypeVar("T")
Body = Mapping[str, Any]
Listener = Callable[..., None]
TOLD_AT_HOME = frozenset(
    {
        ActionId.ACTION_DONE,
        ActionId.ACTION_REOPEN,
        ActionId.RISK_APPROVE,
        ActionId.MOOD_ALERT_TAKE,
    }
)
"""Clicks on a home whose answer stands on it; that of all others opens in front of it."""
_CHANGED_MEANWHILE = "hash_conflict"
"""The modal was drawn anew since the person touched it."""
_GONE = "not_found"
"""The modal was closed while we drew it: there is nothing to tell anybody."""
_OPEN_ALREADY = "exchanged_trigger_id"
"""Slack delivered the same thing twice, and the first delivery opened the modal."""


def command_listener(kit: Kit, run: Callable[[Kit, Ask, str], CommandAnswer]) -> Listener:
    """Wrap what a slash command does."""

    def listener(ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        ask = asks.read_command(body, context)
        typed = read_text(str(body.get("text") or ""))
        answer = _guarded(kit, lambda: run(kit, ask, typed))
        message = _open(client, ask, answer) if isinstance(answer, OpenModal) else answer
        if message is None:
            ack()
        else:
            ack(**as_message(message))

    return listener


def click_listener(kit: Kit, run: Callable[[Kit, Click], ClickAnswer]) -> Listener:
    """Wrap what a button or a choice does."""

    def listener(ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        click = asks.read_click(body, context)
        answer = _guarded(kit, lambda: run(kit, click))
        message = _open(client, click, answer) if isinstance(answer, OpenModal) else answer
        if isinstance(message, UpdateModal):
            _update(client, click, message)
        elif message is not None:
            _put(kit, client, click, body, message)
        ack()

    return listener


def shortcut_listener(kit: Kit, run: Callable[[Kit, Chosen], ShortcutAnswer]) -> Listener:
    """Wrap what a shortcut does; where there is no conversation to answer in, the answer is a modal."""

    def listener(ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        chosen = asks.read_shortcut(body, context)
        answer = _guarded(kit, lambda: run(kit, chosen))
        message = _open(client, chosen, answer) if isinstance(answer, OpenModal) else answer
        if message is not None and body.get("response_url"):
            kit.respond(body["response_url"], as_message(message))
        elif message is not None:
            _open(client, chosen, OpenModal(notice("Drumbeat", message.blocks)))
        ack()

    return listener


def suggestion_listener(kit: Kit, run: Callable[[Kit, Looking], Suggested]) -> Listener:
    """Wrap what a select has on offer; there is no place for words, so a refusal offers nothing."""

    def listener(ack: Ack, body: Body, context: BoltContext) -> None:
        answer = _guarded(kit, lambda: run(kit, asks.read_looking(body, context)))
        groups = answer.groups if isinstance(answer, Suggested) else ()
        if groups:
            ack(
                option_groups=[{"label": plain(each.label), "options": list(each.options)} for each in groups]
            )
        else:
            ack(options=[])

    return listener


def submission_listener(kit: Kit, run: Callable[[Kit, Submission], SubmissionAnswer]) -> Listener:
    """Wrap what a submitted modal does; a refusal that names no field stands beside the first."""

    def listener(ack: Ack, body: Body, context: BoltContext) -> None:
        submission = asks.read_submission(body, context)
        answer = _guarded(kit, lambda: run(kit, submission))
        match answer:
            case Answer(text=text):
                ack(response_action="errors", errors={first_input(submission.view): text})
            case FieldErrors(errors=errors):
                ack(response_action="errors", errors=errors)
            case UpdateModal(view=view):
                ack(response_action="update", view=view)
                kit.home.follow(submission)
            case CloseModal():
                ack()
                kit.home.follow(submission)

    return listener


def event_listener(kit: Kit, run: Callable[[Kit, Happening], None]) -> Listener:
    """Wrap what an event does; nobody waits for an answer but Slack, which brings it again where we fail."""

    def listener(body: Body, context: BoltContext) -> None:
        try:
            run(kit, asks.read_happening(body, context))
        except DatabaseBusy:
            # Not acknowledged, it comes again in a moment. So it does after DirectoryDown.
            raise
        except DrumbeatError as refusal:
            logger.info("an event led to nothing: %s", type(refusal).__name__)

    return listener


def first_input(view: Mapping[str, Any]) -> str:
    """Return the block id of a view's first input."""
    return next(str(block["block_id"]) for block in view["blocks"] if block["type"] == "input")


def _guarded(kit: Kit, run: Callable[[], T]) -> T | Answer:
    try:
        answer = run()
    except (DrumbeatError, DirectoryDown) as error:
        return say(words(error))
    except Exception:
        logger.exception("a listener failed")
        return say(UNEXPECTED.format(code=kit.correlation_id()))
    return answer


def _put(kit: Kit, client: WebClient, click: Click, body: Body, message: Answer) -> None:
    """Put the answer where the click was made: among messages, on the person's home, or into the modal."""
    if body.get("response_url"):
        # Whoever presses a button among messages looks at them; their home is drawn anew as they come to it.
        kit.respond(body["response_url"], {**as_message(message), "replace_original": message.replaces})
        return
    is_told = click.home is not None and click.action_id in TOLD_AT_HOME
    if click.home is not None and not is_told:
        _open(client, click, OpenModal(notice("Drumbeat", message.blocks)))
    elif click.view is not None and not click.view.get("submit"):
        # A modal that is filled in stays as it is: what is typed there matters more.
        _update(client, click, UpdateModal(notice("Drumbeat", message.blocks)))
    kit.home.follow(click, message.blocks if is_told else ())


def _open(client: WebClient, ask: Ask, answer: OpenModal) -> Answer | None:
    try:
        client.views_open(trigger_id=ask.trigger_id, view=answer.view)
    except (SlackApiError, OSError) as error:
        if _is(error, _OPEN_ALREADY):
            return None
        logger.warning("a modal could not be opened", exc_info=True)
        return say("Slack didn't let me open the form in time. Nothing was lost; please try again.")
    return None


def _update(client: WebClient, click: Click, answer: UpdateModal) -> None:
    view = click.view or {}
    try:
        _redraw(client, view, answer)
    except (SlackApiError, OSError) as error:
        # The modal stays as it was, with all that is typed in it, and can still be submitted.
        if not _is(error, _GONE):
            logger.warning("a modal could not be updated", exc_info=True)


def _redraw(client: WebClient, view: Mapping[str, Any], answer: UpdateModal) -> None:
    """Draw the modal; when two choices come in quick succession, the later one wins."""
    try:
        client.views_update(view_id=view["id"], hash=view.get("hash"), view=answer.view)
    except SlackApiError as error:
        if not _is(error, _CHANGED_MEANWHILE):
            raise
        client.views_update(view_id=view["id"], view=answer.view)


def _is(error: Exception, code: str) -> bool:
    return isinstance(error, SlackApiError) and error.response.get("error") == code

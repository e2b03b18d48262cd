"""What must hold after every delivery, whatever it was."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.access import Unwelcome
from handlers.edge.payloads import name_of
from handlers.errors import UNEXPECTED, words
from handlers.forms import Unreadable
from handlers.grammar import COMMANDS
from handlers.ids import ActionId
from tests.fuzz.company import HIDDEN
from tests.fuzz.house import Sent
from tests.fuzz.slack import HOME, MESSAGES, RESPOND, VIEWS

_REFUSALS = (
    words(Unwelcome()),
    words(Unreadable()),
    "I can't find that",
    "isn't here any more",
    "your role doesn't allow it",
    "What you can do: ",
    "and that is final",
    "Before you can ",
    "Nothing was logged",
    "Nothing was saved",
    "nothing was saved",
    "Nothing of ",
    "Which one?",
    "Which project?",
    "id you mean",
    "I don't know",
    "changed while you looked",
    "from an older version",
    "There is no project",
)
"""Phrases of answers after which nothing may have been written."""
SHOWN_IN_PLACE = {ActionId.MORNING_LATER, ActionId.MORNING_NOW, ActionId.MORNING_UNFOLD}
"""Clicks after which the message itself says what came of it, once it is drawn anew."""
UNPREFIXED = re.compile(rf"`/(?:{'|'.join(command.name for command in COMMANDS)})\b")
_VIEW_ID = re.compile(r"V\d+")
_MENTION = re.compile(r"<!(channel|here|everyone|subteam)")


def judge(sent: Sent, *, is_bent: bool, is_replayed: bool) -> None:
    """Raise AssertionError where the delivery was not handled as it must be.

    A bent modal cannot be drawn again, so there Slack may refuse the first try to say something. Where the
    first delivery opened a modal, the second has nothing to say.
    """
    assert sent.status < 500, sent.status
    assert sent.status in (200, 400), sent.status
    if sent.status == 400:
        assert not _is_slacks(sent.payload), "a payload that Slack could have sent is refused"
        assert not sent.calls
        assert not sent.wrote
        return
    said = "\n".join(_texts(sent))
    assert UNEXPECTED.partition("{")[0] not in said, "a listener failed"
    assert HIDDEN.lower() not in everything(sent).lower(), "another workspace's data"
    assert not UNPREFIXED.search(said), "a command is not called what it is called here"
    assert not _mentions(sent), "somebody's text mentions everybody"
    assert not sent.refusals or is_bent, sent.refusals
    assert is_replayed or sent.refusals or not _is_silent(sent), "nobody is told anything"
    # What lies below a form that was saved may be drawn anew, and be another matter.
    about_it = sent.answer if _is_submission(sent.payload) else said
    if is_refused(sent, about_it):
        assert not sent.wrote, "it was refused, and yet something is written"


def judge_again(first: Sent, second: Sent) -> None:
    """Raise AssertionError where what was delivered twice was done twice."""
    assert second.status == first.status
    assert not (first.wrote and second.wrote), "a second delivery wrote again"


def is_refused(sent: Sent, said: str) -> bool:
    """Tell whether the person is told that it did not work."""
    return _answer(sent).get("response_action") == "errors" or any(phrase in said for phrase in _REFUSALS)


def everything(sent: Sent) -> str:
    """Return all that left the bot, as one text."""
    calls = [f"{method} {json.dumps(arguments)}" for method, arguments in sent.calls]
    return "\n".join((sent.answer, *calls))


def _is_slacks(payload: Any) -> bool:  # noqa: ANN401 - any JSON.
    """Tell whether the payload is at least an object whose parts have the types that Slack gives them."""
    if not isinstance(payload, Mapping):
        return False
    event = payload.get("event", {})
    if not isinstance(event, Mapping) or not all(_is_part(event.get(part)) for part in ("user", "channel")):
        return False
    # Slack's are lists wherever they are; an event may have no authorizations.
    lists = [payload[name] for name in ("response_urls",) if name in payload]
    lists += [payload[name] for name in ("authorizations",) if payload.get(name) is not None]
    if not all(isinstance(each, list) and all(isinstance(part, Mapping) for part in each) for each in lists):
        return False
    parts = ("user", "team", "channel", "view", "message", "item", "container", "enterprise")
    return all(_is_part(payload.get(part)) for part in parts)


def _is_part(value: object) -> bool:
    return isinstance(value, Mapping | str | None)


def _is_silent(sent: Sent) -> bool:
    """Tell whether a person who waits for an answer gets none."""
    payload = sent.payload
    if not isinstance(payload, Mapping):
        return False
    if isinstance(payload.get("command"), str):
        return not sent.answer and not _has_call(sent, "views.open")
    kind = payload.get("type")
    if kind == "block_actions" and name_of(payload) not in SHOWN_IN_PLACE:
        can_answer = bool(payload.get("response_url")) or _is_open(payload.get("view"))
        return can_answer and not _has_call(sent, RESPOND, *VIEWS, "chat.postMessage")
    if kind in ("shortcut", "message_action"):
        can_answer = any(payload.get(name) for name in ("user", "trigger_id", "response_url"))
        return can_answer and not _has_call(sent, RESPOND, *VIEWS, "chat.postMessage")
    if kind == "view_submission" and sent.answer:
        answer = _answer(sent)
        return not (answer.get("errors") or answer.get("view"))
    return False


def _is_submission(payload: object) -> bool:
    return isinstance(payload, Mapping) and payload.get("type") == "view_submission"


def _is_open(view: object) -> bool:
    """Tell whether the click names a modal that there is."""
    return isinstance(view, Mapping) and _VIEW_ID.fullmatch(str(view.get("id"))) is not None


def _has_call(sent: Sent, *methods: str) -> bool:
    return any(method in methods for method, _ in sent.calls)


def _answer(sent: Sent) -> Mapping[str, Any]:
    try:
        found = json.loads(sent.answer)
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}


def _shown(sent: Sent) -> Iterator[Mapping[str, Any]]:
    """Walk through what people see of a delivery."""
    yield _answer(sent)
    for method, arguments in sent.calls:
        if method in (*VIEWS, HOME, *MESSAGES, RESPOND):
            yield arguments


def _texts(sent: Sent) -> Iterator[str]:
    """Walk through what is said; in a modal that was noted something in, that note alone is new."""
    yield sent.answer
    for shown in _shown(sent):
        blocks = (shown.get("view") or shown).get("blocks") or ()
        notes = [block for block in blocks if block.get("block_id") == "note"]
        yield from _strings(notes or shown)


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON.
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for part in inner:
        yield from _strings(part)


def _mentions(sent: Sent) -> bool:
    """Tell whether formatted text mentions everybody; plain text never does."""
    return any(_MENTION.search(text) for shown in _shown(sent) for text in _formatted(shown))


def _formatted(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON.
    if isinstance(value, Mapping):
        text = value.get("text")
        if isinstance(text, str) and value.get("type") != "plain_text" and value.get("type") != "text":
            yield text
        for part in value.values():
            yield from _formatted(part)
    elif isinstance(value, list):
        for part in value:
            yield from _formatted(part)

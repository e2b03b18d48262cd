"""Names commands as they are called in this workspace, in all that people read: no text need think of it."""

import re
from typing import Any, TypeVar

from handlers.answers import Answer, CloseModal, FieldErrors, OpenModal, UpdateModal
from handlers.grammar import COMMANDS
from models.value import replace

T = TypeVar("T")
_COMMAND = re.compile(rf"`/(?=(?:{'|'.join(command.name for command in COMMANDS)})\b)")
_READ = ("mrkdwn", "plain_text")


def renamed(text: str, prefix: str) -> str:
    """Put what stands before each command's name where a command is named."""
    return _COMMAND.sub(f"`/{prefix}", text)


def prefixed(answer: T, prefix: str) -> T:
    """Return the answer with its commands named as they are called here."""
    if not prefix:
        return answer
    match answer:
        case Answer(text=text, blocks=blocks):
            shown = tuple(in_blocks(block, prefix) for block in blocks)
            return replace(answer, text=renamed(text, prefix), blocks=shown)
        case OpenModal(view=view) | UpdateModal(view=view):
            return replace(answer, view=in_blocks(view, prefix))
        case CloseModal(shown=Answer() as shown):
            return replace(answer, shown=prefixed(shown, prefix))
        case FieldErrors(errors=errors):
            return replace(answer, errors={name: renamed(text, prefix) for name, text in errors.items()})
    return answer


def in_blocks(value: Any, prefix: str) -> Any:  # noqa: ANN401 - any part of Slack's JSON.
    """Return blocks or a view likewise; what somebody typed into a field is nobody's text but theirs."""
    if not prefix:
        return value
    if isinstance(value, list):
        return [in_blocks(part, prefix) for part in value]
    if not isinstance(value, dict):
        return value
    inner = {name: in_blocks(part, prefix) for name, part in value.items()}
    if inner.get("type") in _READ and isinstance(inner.get("text"), str):
        inner["text"] = renamed(inner["text"], prefix)
    return inner

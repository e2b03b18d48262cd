"""What goes back to the person who asked."""

from dataclasses import field
from typing import Any, TypeVar

from handlers.blocks import Block, Element, section
from handlers.fitting import fitting
from handlers.ids import ActionId
from models.value import Value, replace

_AGAIN = "again"

A = TypeVar("A")


class Answer(Value):
    """A message to the asker alone. ``replaces`` puts it in the place of the message that was clicked."""

    text: str
    blocks: tuple[Block, ...]
    replaces: bool = False
    title: str = ""
    """What heads it where it opens in front of somebody, such as the name of what it shows."""
    again: str = ""
    """What shows the same once more, as ``again`` writes it; a form asked for in it then draws it anew."""


class OpenModal(Value):
    """A modal to open on the trigger of what came in.

    With a ``place`` the form remembers the message in which it was asked for, and gives the place back when
    it is sent: what stands in that message, in words of its feature's own.
    """

    view: Block
    place: str = ""


class UpdateModal(Value):
    """The modal that was touched, drawn again with what was typed kept.

    Of a submitted one, ``shown`` takes the place of the message that the form remembers.
    """

    view: Block
    shown: Answer | None = None


class FieldErrors(Value):
    """A submitted modal stays open, with sentences beside its fields."""

    errors: dict[str, str] = field(default_factory=dict)


class CloseModal(Value):
    """A submitted modal was carried out. ``shown`` takes the place of the message that the form remembers."""

    shown: Answer | None = None


class Group(Value):
    """Options under a label."""

    label: str
    options: tuple[Element, ...]


class Suggested(Value):
    """What a select has on offer."""

    groups: tuple[Group, ...] = ()


CommandAnswer = Answer | OpenModal | None
"""None acknowledges and says nothing."""
ShortcutAnswer = Answer | OpenModal
ClickAnswer = Answer | OpenModal | UpdateModal | None
SubmissionAnswer = CloseModal | FieldErrors | UpdateModal


def say(text: str, *more: Block, replaces: bool = False) -> Answer:
    """Return an answer of one paragraph, with more blocks below it."""
    return Answer(text=text, blocks=(section(text), *more), replaces=replaces)


def in_its_place(answer: A) -> A:
    """Return what comes of a question that is answered by a click: a message takes the question's place."""
    return replace(answer, replaces=True) if isinstance(answer, Answer) else answer


def as_message(answer: Answer) -> dict[str, Any]:
    """Return the answer as ``ack`` and ``respond`` take it."""
    return {"text": answer.text, "blocks": _marked(answer), "response_type": "ephemeral"}


def again(action: ActionId, value: object) -> str:
    """Return the button that shows something, as the message that shows it carries it along."""
    return f"{action}:{value}"


def shown_by(block_id: object) -> tuple[str, str] | None:
    """Return the button that shows once more what stands in a message, and what it carries.

    Slack sends nothing of a message that one person sees, but what its blocks are called.
    """
    match str(block_id).split(":", 3):
        case [mark, _, action, value] if mark == _AGAIN:
            return action, value
    return None


def _marked(answer: Answer) -> list[Block]:
    """Return the blocks, named so that a click tells what shows the same once more."""
    blocks = fitting(answer.blocks)
    if not answer.again:
        return list(blocks)
    names = (f"{_AGAIN}:{number}:{answer.again}" for number in range(len(blocks)))
    return [{"block_id": name, **block} for name, block in zip(names, blocks, strict=True)]

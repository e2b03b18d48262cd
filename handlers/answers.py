"""What goes back to the person who asked."""

from dataclasses import field
from typing import Any

from handlers.blocks import Block, Element, section
from models.value import Value


class Answer(Value):
    """A message to the asker alone. ``replaces`` puts it in the place of the message that was clicked."""

    text: str
    blocks: tuple[Block, ...]
    replaces: bool = False
    title: str = ""
    """What heads it where it opens in front of somebody, such as the name of what it shows."""


class OpenModal(Value):
    """A modal to open on the trigger of what came in.

    With a ``place`` the form remembers the message in which it was asked for, and gives the place back when
    it is sent: what stands in that message, in words of its feature's own.
    """

    view: Block
    place: str = ""


class UpdateModal(Value):
    """The modal that was touched, drawn again with what was typed kept."""

    view: Block


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


def as_message(answer: Answer) -> dict[str, Any]:
    """Return the answer as ``ack`` and ``respond`` take it."""
    return {"text": answer.text, "blocks": list(answer.blocks), "response_type": "ephemeral"}

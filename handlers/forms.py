"""Reads a modal's state: block by block, whatever kind of element stands there."""

import json
import logging
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from handlers.answers import FieldErrors
from models.errors import DrumbeatError, Invalid

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Raw = str | None


class _Keys(NamedTuple):
    """Where the elements that we use have a value."""

    options: str
    option: str
    plain: tuple[str, ...]


_VALUE_KEYS = _Keys(
    "selected_options",
    "selected_option",
    ("value", "selected_user", "selected_date", "selected_conversation", "selected_time"),
)
_INITIAL_KEYS = _Keys(
    "initial_options",
    "initial_option",
    ("initial_value", "initial_user", "initial_date", "initial_conversation", "initial_time"),
)


_SLACK_ID = re.compile(r"[A-Z0-9_]{1,40}")
SEPARATOR = ","
"""Between the values of an element in which several can be chosen; none of ours has a comma."""
TURN = "~"
"""Between a field's name and what tells its block from an earlier one of the same field."""


class Unreadable(DrumbeatError):
    """A button or a form carries what this version of the program never gave it."""


_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class _Reading:
    """For a ``with`` block, or around a whole function; every request passes through several of those."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _where: object) -> None:
        if isinstance(error, _UNREADABLE):
            raise _refused(error) from error

    def __call__(self, function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def read(*given: P.args, **named: P.kwargs) -> T:
            try:
                return function(*given, **named)
            except _UNREADABLE as error:
                raise _refused(error) from error

        return read


def _refused(error: BaseException) -> Unreadable:
    logger.warning("a button or a form carries what cannot be read", exc_info=error)
    return Unreadable()


def reading() -> _Reading:
    """Read what a button or a form carries; raises Unreadable where it is not as we make it."""
    return _Reading()


@reading()
def identifier(text: str) -> UUID:
    """Return the id that a button carries. Raises Unreadable."""
    return UUID(text)


def is_identifier(text: str) -> bool:
    """Tell whether this is such an id, which nobody types."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@reading()
def day_in(value: Raw) -> date | None:
    """Return the day that stands in a form. Raises Unreadable."""
    return date.fromisoformat(value) if value else None


@reading()
def slack_id(value: object) -> str:
    """Return one of Slack's ids; what is none may be markup, or longer than the database takes.

    Raises Unreadable.
    """
    if not isinstance(value, str) or _SLACK_ID.fullmatch(value) is None:
        raise ValueError(type(value))
    return value


def slack_id_or_none(value: object) -> str | None:
    """Return one of Slack's ids, where there is one. Raises Unreadable."""
    return None if value is None else slack_id(value)


@reading()
def raw_values(view: Mapping[str, Any]) -> dict[str, Raw]:
    """Return field → what is filled in, or None. Our forms have one element a block.

    Raises Unreadable.
    """
    state: Mapping[str, Mapping[str, Mapping[str, Any]]] = (view.get("state") or {}).get("values") or {}
    return {
        field_name(block_id): _raw(next(iter(elements.values())), _VALUE_KEYS)
        for block_id, elements in state.items()
        if elements
    }


def field_name(block_id: str) -> str:
    """Return the name of the field in a block, however often the block was named anew."""
    return block_id.partition(TURN)[0]


def block_ids(view: Mapping[str, Any]) -> dict[str, str]:
    """Return how the blocks of a form's fields are called, by the fields' names."""
    inputs = (block for block in view["blocks"] if block["type"] == "input")
    return {field_name(block["block_id"]): str(block["block_id"]) for block in inputs}


def drawn(element: Mapping[str, Any]) -> Raw:
    """Return what an element of ours says at first, as ``raw_values`` would read it."""
    return _raw(element, _INITIAL_KEYS)


def _raw(element: Mapping[str, Any], keys: _Keys) -> Raw:
    options = element.get(keys.options)
    if isinstance(options, list):
        return SEPARATOR.join(str(each["value"]) for each in options) or None
    option = element.get(keys.option)
    if isinstance(option, Mapping):
        return str(option["value"])
    found = next(filter(None, (element.get(key) for key in keys.plain)), None)
    return str(found) if found else None


NOTE_LENGTH = 1000
"""Characters of the note above its fields that a form carries along; Slack lets it carry 3,000 in all."""


def pack(carried: Mapping[str, Any]) -> str:
    """Return what a modal carries along as its private metadata."""
    return json.dumps(carried, separators=(",", ":"), ensure_ascii=False)


FOLDED_LENGTH = 1500
"""Characters of the fields behind More that a form carries along while they are not shown."""


def folded(values: Mapping[str, Raw], names: Collection[str]) -> dict[str, Raw]:
    """Return what is filled in behind More, to be carried along while it is not shown."""
    return {name: value for name, value in values.items() if name in names and value}


@reading()
def unfolded(carried: Mapping[str, Any], name: str = "folded") -> dict[str, Raw]:
    """Return the fields that a form carries along while they are not shown. Raises Unreadable."""
    values = dict(carried.get(name) or {})
    if not all(isinstance(each, str) for each in (*values, *values.values())):
        raise TypeError(name)
    return values


def is_too_long_to_fold(values: Mapping[str, Raw], names: Collection[str]) -> bool:
    """Tell whether what is filled in behind More has no room in what a modal carries along."""
    return len(pack(folded(values, names))) > FOLDED_LENGTH


def metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the modal carries along; empty where it carries nothing. Raises Unreadable."""
    with reading():
        found: dict[str, Any] = json.loads(view.get("private_metadata") or "{}")
    if not isinstance(found, dict):
        raise Unreadable
    return found


@reading()
def text_in(carried: Mapping[str, Any], name: str) -> str:
    """Return a text that a form carries along, "" where there is none. Raises Unreadable."""
    found = carried.get(name) or ""
    if not isinstance(found, str):
        raise TypeError(name)
    return found


_CALLS_EVERYBODY = re.compile(r"<!(?!date\^)")


def carried_note(carried: Mapping[str, Any]) -> str:
    """Return the note above its fields that a form carries along: markup of ours, which calls nobody.

    Raises Unreadable.
    """
    note = text_in(carried, "note")
    if _CALLS_EVERYBODY.search(note):
        raise Unreadable
    return note


def beside_fields(
    problems: Mapping[str, str], view: Mapping[str, Any], names: Mapping[str, str]
) -> FieldErrors:
    """Put a service's sentences beside the modal's fields; what has no field there goes to the first.

    ``names`` says where the service's name for a field is not the block's. Raises Invalid where there is
    no field at all, so that the form is refused as a whole.
    """
    with reading():
        shown = block_ids(view)
    if not shown:
        raise Invalid(dict(problems))
    first = next(iter(shown.values()))
    errors: dict[str, str] = {}
    for name, sentence in problems.items():
        errors[shown.get(field_name(names.get(name, name)), first)] = sentence
    return FieldErrors(errors)

"""The vocabulary of the limits: small checks that combine, each finding faults with their JSON pointer."""

import re
from collections.abc import Callable, Iterator, Mapping

Check = Callable[[object, str], Iterator[str]]


def fault(message: str, pointer: str) -> str:
    """Word a fault as Slack does."""
    return f"{message} [json-pointer:{pointer}]"


def string(longest: int, shortest: int = 1) -> Check:
    """Require a string of that many characters."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must provide a string", pointer)
        elif len(value) > longest:
            yield fault(f"must be less than {longest + 1} characters", pointer)
        elif len(value) < shortest:
            yield fault(f"must be more than {shortest - 1} characters", pointer)

    return check


def pattern(expression: str, meaning: str) -> Check:
    """Require a string of that form."""
    compiled = re.compile(expression)

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, str) or compiled.fullmatch(value) is None:
            yield fault(f"must provide {meaning}", pointer)

    return check


def boolean(value: object, pointer: str) -> Iterator[str]:
    """Require true or false."""
    if not isinstance(value, bool):
        yield fault("must provide a boolean", pointer)


def integer(least: int, most: int) -> Check:
    """Require a whole number in that range."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield fault("must provide an integer", pointer)
        elif value < least:
            yield fault(f"must be greater than {least - 1}", pointer)
        elif value > most:
            yield fault(f"must be less than {most + 1}", pointer)

    return check


def one_of(*allowed: str) -> Check:
    """Require one of these words."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield fault(f"must be a valid enum value: {', '.join(allowed)}", pointer)

    return check


def listing(item: Check, longest: int, shortest: int = 0) -> Check:
    """Require a list of that many items, each of which passes the check."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must provide an array", pointer)
            return
        if len(value) > longest:
            yield fault(f"no more than {longest} items allowed", pointer)
        if len(value) < shortest:
            yield fault(f"no less than {shortest} items allowed", pointer)
        for position, entry in enumerate(value):
            yield from item(entry, f"{pointer}/{position}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """Require an object with these fields and no others."""
    known = {**required, **optional}

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", pointer)
            return
        for name in required:
            if value.get(name) is None:
                yield fault(f"missing required field: {name}", pointer)
        for name, entry in value.items():
            if name not in known:
                yield fault(f"invalid additional property: {name}", pointer)
            elif entry is not None:
                yield from known[name](entry, f"{pointer}/{name}")

    return check


def by_type(table: Mapping[str, Check]) -> Check:
    """Require an object whose ``type`` decides how it is checked."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", pointer)
        elif "type" not in value:
            yield fault("missing required field: type", pointer)
        elif not isinstance(value["type"], str) or value["type"] not in table:
            yield fault(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            yield from table[value["type"]](value, pointer)

    return check


def both(*checks: Check) -> Check:
    """Require what each of the checks requires."""

    def check(value: object, pointer: str) -> Iterator[str]:
        for one in checks:
            yield from one(value, pointer)

    return check


def anything(_value: object, _pointer: str) -> Iterator[str]:
    """Accept whatever it is."""
    yield from ()


def plain_text(longest: int, shortest: int = 1) -> Check:
    """Require a plain_text object."""
    return record(
        {"type": one_of("plain_text"), "text": string(longest, shortest)},
        {"emoji": boolean},
    )


def any_text(longest: int) -> Check:
    """Require a text object, plain or mrkdwn."""
    mrkdwn = record({"type": one_of("mrkdwn"), "text": string(longest)}, {"verbatim": boolean})
    return by_type({"plain_text": plain_text(longest), "mrkdwn": mrkdwn})

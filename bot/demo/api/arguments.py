"""The arguments of a Web API call, however they were sent."""

import json
from collections.abc import Mapping

from bot.demo.errors import Code, SlackError
from bot.demo.values import JsonObject


class Arguments:
    """The named arguments of one call, from a query, a form or a JSON body."""

    def __init__(self, values: Mapping[str, object]) -> None:
        """Take the values as they came."""
        self._values = {name: value for name, value in values.items() if value is not None}

    @property
    def names(self) -> frozenset[str]:
        """Return which arguments were sent."""
        return frozenset(self._values)

    def required(self, name: str) -> str:
        """Return a text without which the call makes no sense."""
        value = self.optional(name)
        if not value:
            raise SlackError(Code.INVALID_ARGUMENTS, [f"missing required field: {name}"])
        return value

    def optional(self, name: str) -> str | None:
        """Return a text if it was sent."""
        value = self._values.get(name)
        if value is None or isinstance(value, str):
            return value
        raise SlackError(Code.INVALID_ARGUMENTS, [f"must provide a string [json-pointer:/{name}]"])

    def text(self, name: str) -> str:
        """Return a text, or an empty one."""
        return self.optional(name) or ""

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        value = self._values.get(name, default)
        try:
            return int(str(value))
        except ValueError:
            raise SlackError(Code.INVALID_ARGUMENTS, [f"must provide an integer: {name}"]) from None

    def flag(self, name: str) -> bool:
        """Return yes or no, in any of the ways in which clients write them."""
        return str(self._values.get(name, "")).lower() in {"1", "true"}

    def structure(self, name: str) -> object:
        """Return what was sent as JSON, or as a string that holds JSON."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            parsed: object = json.loads(value)
        except ValueError:
            code = Code.INVALID_BLOCKS_FORMAT if name == "blocks" else Code.INVALID_ARGUMENTS
            raise SlackError(code, [f"must provide JSON [json-pointer:/{name}]"]) from None
        return parsed


def json_object(body: bytes) -> JsonObject:
    """Parse a body that has to hold a JSON object."""
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        raise SlackError(Code.INVALID_JSON) from None
    if not isinstance(parsed, dict):
        raise SlackError(Code.INVALID_JSON)
    return parsed

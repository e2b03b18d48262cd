"""One method of the Web API: what it does, what it takes, which scope it needs."""

from collections.abc import Callable

from bot.demo.api.arguments import Arguments
from bot.demo.values import JsonObject
from models.value import Value


class Method(Value):
    """One method; ``arguments`` are those that this product may send, ``a_minute`` is Slack's rate limit."""

    run: Callable[[Arguments], JsonObject]
    arguments: frozenset[str]
    scope: str | None = None
    a_minute: int = 50

"""The inputs for numbers, addresses and times, and what Slack refuses in each."""

from collections.abc import Iterator

from bot.demo.limits.checks import Check, boolean, fault, pattern, string
from bot.demo.limits.element_parts import DISPATCH, PLACEHOLDER, element, focusable

_NUMBER = pattern(r"-?\d+(\.\d+)?", "a number in a string")
_TYPED: dict[str, Check] = {**PLACEHOLDER, "dispatch_action_config": DISPATCH, "focus_on_load": boolean}
_ADDRESS: dict[str, Check] = {**_TYPED, "initial_value": string(3000, shortest=0)}


def _numbers_agree(value: object, pointer: str) -> Iterator[str]:
    """Require the bounds to be the right way round, and whole where only whole numbers are allowed."""
    if not isinstance(value, dict):
        return
    named = {name: value.get(name) for name in ("min_value", "max_value", "initial_value")}
    numbers = {name: float(each) for name, each in named.items() if isinstance(each, str)}
    if numbers.get("min_value", float("-inf")) > numbers.get("max_value", float("inf")):
        yield fault("min_value must not exceed max_value", f"{pointer}/min_value")
    for name, number in numbers.items():
        if value.get("is_decimal_allowed") is False and not number.is_integer():
            yield fault("must provide an integer", f"{pointer}/{name}")


def _by_number(check: Check) -> Check:
    """Compare numbers only where each is one."""

    def checked(value: object, pointer: str) -> Iterator[str]:
        faults = list(check(value, pointer))
        yield from faults or _numbers_agree(value, pointer)

    return checked


TYPED_INPUTS: dict[str, Check] = {
    "number_input": _by_number(
        element(
            "number_input",
            {"is_decimal_allowed": boolean},
            {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        )
    ),
    "email_text_input": element("email_text_input", {}, _ADDRESS),
    "url_text_input": element("url_text_input", {}, _ADDRESS),
}
TIMES: dict[str, Check] = {
    "timepicker": focusable(
        "timepicker",
        {},
        {
            **PLACEHOLDER,
            "initial_time": pattern(r"([01]\d|2[0-3]):[0-5]\d", "a time of the form HH:mm"),
            "timezone": string(255),
        },
    ),
}

"""What the limits of interactive elements are put together from."""

from collections.abc import Iterator, Mapping

from bot.demo.limits.checks import (
    Check,
    any_text,
    boolean,
    fault,
    listing,
    one_of,
    pattern,
    plain_text,
    record,
    string,
)

ID = string(255)
DATE = pattern(r"\d{4}-\d{2}-\d{2}", "a date of the form YYYY-MM-DD")
PERSON = pattern(r"[UW][A-Z0-9]+", "a user id")
CONVERSATION = pattern(r"[CDG][A-Z0-9]+", "a conversation id")
CONVERSATION_FILTER = record(
    {},
    {
        "include": listing(one_of("im", "mpim", "private", "public"), 4, 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
CONFIRM = record(
    {"title": plain_text(100), "text": any_text(300)},
    {"confirm": plain_text(30), "deny": plain_text(30), "style": one_of("primary", "danger")},
)
DISPATCH = record(
    {},
    {"trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), 2, 1)},
)


def option(text: Check, *, with_url: bool = False) -> Check:
    """Require an option with such a text; only an overflow menu's may lead to an address."""
    optional = {"description": any_text(75)} | ({"url": string(3000)} if with_url else {})
    return record({"text": text, "value": string(150)}, optional)


PLAIN_OPTION = option(plain_text(75))
TEXT_OPTION = option(any_text(75))
OPTION_GROUP = record({"label": plain_text(75), "options": listing(PLAIN_OPTION, 100, 1)}, {})
SUGGESTIONS = record({}, {"options": listing(PLAIN_OPTION, 100), "option_groups": listing(OPTION_GROUP, 100)})


def choices_exist(value: object, pointer: str) -> Iterator[str]:
    """Require each initial choice to be one of the options, word for word, as Slack does."""
    if not isinstance(value, dict):
        return
    offered = [each for each in value.get("options") or [] if isinstance(each, dict)]
    for group in value.get("option_groups") or []:
        if isinstance(group, dict):
            offered += group.get("options") or []
    if value.get("initial_option") is not None and value["initial_option"] not in offered:
        yield fault("initial_option must be one of the options", f"{pointer}/initial_option")
    for position, each in enumerate(value.get("initial_options") or []):
        if each not in offered:
            yield fault("initial_options must be among the options", f"{pointer}/initial_options/{position}")


def options_or_groups(value: object, pointer: str) -> Iterator[str]:
    """Require exactly one of the two."""
    if isinstance(value, dict) and (value.get("options") is None) == (value.get("option_groups") is None):
        yield fault("must provide either options or option_groups", pointer)


def lengths_agree(value: object, pointer: str) -> Iterator[str]:
    """Require the shortest text to be no longer than the longest, and the first one to fit."""
    if not isinstance(value, dict):
        return
    least, most, initial = value.get("min_length"), value.get("max_length"), value.get("initial_value")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield fault("min_length must not exceed max_length", f"{pointer}/min_length")
    if isinstance(most, int) and isinstance(initial, str) and len(initial) > most:
        yield fault(f"must be less than {most + 1} characters", f"{pointer}/initial_value")


def element(name: str, required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """Require an element of that type with these fields."""
    return record({"type": one_of(name), **required}, {"action_id": ID, **optional})


def focusable(name: str, required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """Require an element in which one chooses, and which may ask first."""
    return element(name, required, {"focus_on_load": boolean, "confirm": CONFIRM, **optional})


PLACEHOLDER = {"placeholder": plain_text(150)}

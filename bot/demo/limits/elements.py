"""The interactive elements Slack knows, and what it refuses in each."""

from collections.abc import Iterator, Mapping

from bot.demo.limits.checks import (
    Check,
    any_text,
    anything,
    boolean,
    both,
    fault,
    integer,
    listing,
    one_of,
    pattern,
    plain_text,
    record,
    string,
)

_ID = string(255)
_DATE = pattern(r"\d{4}-\d{2}-\d{2}", "a date of the form YYYY-MM-DD")
_PERSON = pattern(r"[UW][A-Z0-9]+", "a user id")
_CONVERSATION = pattern(r"[CDG][A-Z0-9]+", "a conversation id")
_CONVERSATION_FILTER = record(
    {},
    {
        "include": listing(one_of("im", "mpim", "private", "public"), 4, 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
_CONFIRM = record(
    {"title": plain_text(100), "text": any_text(300)},
    {"confirm": plain_text(30), "deny": plain_text(30), "style": one_of("primary", "danger")},
)
_DISPATCH = record(
    {},
    {"trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), 2, 1)},
)


def _option(text: Check, *, with_url: bool = False) -> Check:
    optional = {"description": any_text(75)} | ({"url": string(3000)} if with_url else {})
    return record({"text": text, "value": string(150)}, optional)


_PLAIN_OPTION = _option(plain_text(75))
_TEXT_OPTION = _option(any_text(75))
_OPTION_GROUP = record({"label": plain_text(75), "options": listing(_PLAIN_OPTION, 100, 1)}, {})


SUGGESTIONS = record(
    {}, {"options": listing(_PLAIN_OPTION, 100), "option_groups": listing(_OPTION_GROUP, 100)}
)


def _choices_exist(value: object, pointer: str) -> Iterator[str]:
    """Require each initial choice to be one of the options, word for word, as Slack does."""
    if not isinstance(value, dict):
        return
    offered = [option for option in value.get("options") or [] if isinstance(option, dict)]
    for group in value.get("option_groups") or []:
        if isinstance(group, dict):
            offered += group.get("options") or []
    if value.get("initial_option") is not None and value["initial_option"] not in offered:
        yield fault("initial_option must be one of the options", f"{pointer}/initial_option")
    for position, option in enumerate(value.get("initial_options") or []):
        if option not in offered:
            yield fault("initial_options must be among the options", f"{pointer}/initial_options/{position}")


def _options_or_groups(value: object, pointer: str) -> Iterator[str]:
    if isinstance(value, dict) and (value.get("options") is None) == (value.get("option_groups") is None):
        yield fault("must provide either options or option_groups", pointer)


def _lengths_agree(value: object, pointer: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    least, most, initial = value.get("min_length"), value.get("max_length"), value.get("initial_value")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield fault("min_length must not exceed max_length", f"{pointer}/min_length")
    if isinstance(most, int) and isinstance(initial, str) and len(initial) > most:
        yield fault(f"must be less than {most + 1} characters", f"{pointer}/initial_value")


def _element(name: str, required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    return record({"type": one_of(name), **required}, {"action_id": _ID, **optional})


def _input(name: str, required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    return _element(name, required, {"focus_on_load": boolean, "confirm": _CONFIRM, **optional})


_PLACEHOLDER = {"placeholder": plain_text(150)}

ELEMENTS: dict[str, Check] = {
    "button": _element(
        "button",
        {"text": plain_text(75)},
        {
            "value": string(2000),
            "url": string(3000),
            "style": one_of("primary", "danger"),
            "confirm": _CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": _element(
        "overflow",
        {"options": listing(_option(any_text(75), with_url=True), 5, 1)},
        {"confirm": _CONFIRM},
    ),
    "static_select": both(
        _input(
            "static_select",
            {},
            {
                **_PLACEHOLDER,
                "options": listing(_PLAIN_OPTION, 100, 1),
                "option_groups": listing(_OPTION_GROUP, 100, 1),
                "initial_option": _PLAIN_OPTION,
            },
        ),
        _options_or_groups,
        _choices_exist,
    ),
    "external_select": _input(
        "external_select",
        {},
        {**_PLACEHOLDER, "initial_option": _PLAIN_OPTION, "min_query_length": integer(0, 150)},
    ),
    "users_select": _input("users_select", {}, {**_PLACEHOLDER, "initial_user": _PERSON}),
    "conversations_select": _input(
        "conversations_select",
        {},
        {
            **_PLACEHOLDER,
            "initial_conversation": _CONVERSATION,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": _CONVERSATION_FILTER,
        },
    ),
    "datepicker": _input("datepicker", {}, {**_PLACEHOLDER, "initial_date": _DATE}),
    "radio_buttons": both(
        _input("radio_buttons", {"options": listing(_TEXT_OPTION, 10, 1)}, {"initial_option": _TEXT_OPTION}),
        _choices_exist,
    ),
    "checkboxes": both(
        _input(
            "checkboxes",
            {"options": listing(_TEXT_OPTION, 10, 1)},
            {"initial_options": listing(_TEXT_OPTION, 10, 1)},
        ),
        _choices_exist,
    ),
    "plain_text_input": both(
        _element(
            "plain_text_input",
            {},
            {
                **_PLACEHOLDER,
                "initial_value": string(3000, shortest=0),
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
                "dispatch_action_config": _DISPATCH,
                "focus_on_load": boolean,
            },
        ),
        _lengths_agree,
    ),
}

# Slack takes these; the demo stores them unchecked and its page says that it does not know them.
_SELECTS_NOT_DRAWN = {
    "channels_select",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
}
_TIMES_NOT_DRAWN = {"timepicker", "datetimepicker"}
_INPUTS_NOT_DRAWN = {"email_text_input", "url_text_input", "number_input", "file_input", "rich_text_input"}


def _table(drawn: set[str], not_drawn: set[str]) -> dict[str, Check]:
    return {name: ELEMENTS[name] for name in drawn} | dict.fromkeys(not_drawn, anything)


_CHOOSERS = {
    "static_select",
    "users_select",
    "conversations_select",
    "datepicker",
    "radio_buttons",
    "checkboxes",
}

IN_ACTIONS = _table(
    {"button", "overflow", *_CHOOSERS},
    {"workflow_button", "external_select", *_SELECTS_NOT_DRAWN, *_TIMES_NOT_DRAWN},
)
IN_SECTION = IN_ACTIONS | {"image": anything}
IN_INPUT = _table(
    {"plain_text_input", "external_select", *_CHOOSERS},
    {*_SELECTS_NOT_DRAWN, *_TIMES_NOT_DRAWN, *_INPUTS_NOT_DRAWN},
)

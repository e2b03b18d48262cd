"""The interactive elements Slack knows, and what it refuses in each."""

from bot.demo.limits.checks import (
    Check,
    any_text,
    anything,
    boolean,
    both,
    integer,
    listing,
    one_of,
    plain_text,
    string,
)
from bot.demo.limits.element_parts import (
    CONFIRM,
    CONVERSATION,
    CONVERSATION_FILTER,
    DATE,
    DISPATCH,
    OPTION_GROUP,
    PERSON,
    PLACEHOLDER,
    PLAIN_OPTION,
    TEXT_OPTION,
    choices_exist,
    element,
    focusable,
    lengths_agree,
    option,
    options_or_groups,
)
from bot.demo.limits.typed_inputs import TIMES, TYPED_INPUTS

ELEMENTS: dict[str, Check] = {
    "button": element(
        "button",
        {"text": plain_text(75)},
        {
            "value": string(2000),
            "url": string(3000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": element(
        "overflow",
        {"options": listing(option(any_text(75), with_url=True), 5, 1)},
        {"confirm": CONFIRM},
    ),
    "static_select": both(
        focusable(
            "static_select",
            {},
            {
                **PLACEHOLDER,
                "options": listing(PLAIN_OPTION, 100, 1),
                "option_groups": listing(OPTION_GROUP, 100, 1),
                "initial_option": PLAIN_OPTION,
            },
        ),
        options_or_groups,
        choices_exist,
    ),
    "multi_static_select": both(
        focusable(
            "multi_static_select",
            {},
            {
                **PLACEHOLDER,
                "options": listing(PLAIN_OPTION, 100, 1),
                "option_groups": listing(OPTION_GROUP, 100, 1),
                "initial_options": listing(PLAIN_OPTION, 100, 1),
                "max_selected_items": integer(1, 100),
            },
        ),
        options_or_groups,
        choices_exist,
    ),
    "multi_users_select": focusable(
        "multi_users_select",
        {},
        {**PLACEHOLDER, "initial_users": listing(PERSON, 100), "max_selected_items": integer(1, 100)},
    ),
    "external_select": focusable(
        "external_select",
        {},
        {**PLACEHOLDER, "initial_option": PLAIN_OPTION, "min_query_length": integer(0, 150)},
    ),
    "users_select": focusable("users_select", {}, {**PLACEHOLDER, "initial_user": PERSON}),
    "conversations_select": focusable(
        "conversations_select",
        {},
        {
            **PLACEHOLDER,
            "initial_conversation": CONVERSATION,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "datepicker": focusable("datepicker", {}, {**PLACEHOLDER, "initial_date": DATE}),
    "radio_buttons": both(
        focusable("radio_buttons", {"options": listing(TEXT_OPTION, 10, 1)}, {"initial_option": TEXT_OPTION}),
        choices_exist,
    ),
    "checkboxes": both(
        focusable(
            "checkboxes",
            {"options": listing(TEXT_OPTION, 10, 1)},
            {"initial_options": listing(TEXT_OPTION, 10, 1)},
        ),
        choices_exist,
    ),
    "plain_text_input": both(
        element(
            "plain_text_input",
            {},
            {
                **PLACEHOLDER,
                "initial_value": string(3000, shortest=0),
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
                "dispatch_action_config": DISPATCH,
                "focus_on_load": boolean,
            },
        ),
        lengths_agree,
    ),
}

# Slack takes these; the demo stores them unchecked and its page says that it does not know them.
_SELECTS_NOT_DRAWN = {"channels_select"}
_MULTIPLE_NOT_DRAWN = {"multi_external_select", "multi_conversations_select", "multi_channels_select"}
_TIMES_NOT_DRAWN = {"datetimepicker"}
_INPUTS_NOT_DRAWN = {"file_input", "rich_text_input"}

_CHOOSERS = {
    "static_select",
    "users_select",
    "conversations_select",
    "datepicker",
    "radio_buttons",
    "checkboxes",
    "timepicker",
}
_MULTIPLE = {"multi_static_select", "multi_users_select"}
_KNOWN = {**ELEMENTS, **TYPED_INPUTS, **TIMES}


def _table(drawn: set[str], not_drawn: set[str]) -> dict[str, Check]:
    return {name: _KNOWN[name] for name in drawn} | dict.fromkeys(not_drawn, anything)


IN_ACTIONS = _table(
    {"button", "overflow", *_CHOOSERS},
    {"workflow_button", "external_select", *_SELECTS_NOT_DRAWN, *_TIMES_NOT_DRAWN},
)
IN_SECTION = IN_ACTIONS | _table(_MULTIPLE, {"image", *_MULTIPLE_NOT_DRAWN})
IN_INPUT = _table(
    {"plain_text_input", "external_select", *_CHOOSERS, *_MULTIPLE, *TYPED_INPUTS},
    {*_SELECTS_NOT_DRAWN, *_MULTIPLE_NOT_DRAWN, *_TIMES_NOT_DRAWN, *_INPUTS_NOT_DRAWN},
)

"""Blocks at each of Slack's limits, and blocks one beyond."""

from typing import Any

from tests.demo.company import input_block, option, plain, section

Block = dict[str, Any]


def header(length: int) -> Block:
    return {"type": "header", "text": plain("x" * length)}


def context(count: int, length: int = 1) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": "x" * length}] * count}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def a_button(**rest: object) -> Block:
    return {"type": "button", "text": plain("Go"), **rest}


def chooser(kind: str, count: int, **rest: object) -> Block:
    return {"type": kind, "options": [option(f"v{number}") for number in range(count)], **rest}


def typed(**rest: object) -> Block:
    return input_block({"type": "plain_text_input", **rest})


def number(**rest: object) -> Block:
    return input_block({"type": "number_input", "is_decimal_allowed": False, **rest})


def confirm(title: int = 1, text: int = 1, deny: int = 1) -> Block:
    return {"confirm": {"title": plain("x" * title), "text": plain("x" * text), "deny": plain("x" * deny)}}


def rich(*inline: Block) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(inline)}]}


def table(rows: int, cells: int) -> Block:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * cells] * rows}


AT_THE_LIMIT: dict[str, Block] = {
    "section text": section("x" * 3000),
    "fields": {"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 1000}] * 10},
    "field": {"type": "section", "fields": [plain("x" * 2000)]},
    "header": header(150),
    "context": context(10),
    "actions": actions(*[a_button() for _ in range(25)]),
    "divider": {"type": "divider"},
    "button": actions(a_button(text=plain("x" * 75), value="x" * 2000, url="x" * 3000, action_id="x" * 255)),
    "confirm": actions(a_button(**confirm(100, 300, 30), style="danger")),
    "select": actions(chooser("static_select", 100, placeholder=plain("x" * 150))),
    "overflow": actions(chooser("overflow", 5)),
    "radios": actions(chooser("radio_buttons", 10)),
    "boxes": actions(chooser("checkboxes", 10)),
    "date": actions({"type": "datepicker", "initial_date": "2026-10-14"}),
    "person": actions({"type": "users_select", "initial_user": "U01DANA"}),
    "conversation": actions(
        {
            "type": "conversations_select",
            "initial_conversation": "C01ACME",
            "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
        }
    ),
    "input": typed(max_length=3000, initial_value="x" * 3000, placeholder=plain("x" * 150)),
    "rich text": rich(
        {"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}
    ),
    "table": table(100, 20),
    "markdown": {"type": "markdown", "text": "x" * 10_000},
    "image": {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x" * 2000},
    "not drawn": input_block({"type": "datetimepicker", "anything": 1}),
    "search": input_block({"type": "external_select", "min_query_length": 0, "initial_option": option("v")}),
    "several": input_block(chooser("multi_static_select", 100, max_selected_items=3)),
    "several people": section(
        accessory={"type": "multi_users_select", "initial_users": ["U01DANA", "U01SAM"]}
    ),
    "time": actions({"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Berlin"}),
    "number": number(is_decimal_allowed=True, initial_value="1.5", min_value="-2", max_value="3"),
    "email": input_block({"type": "email_text_input", "initial_value": "a@b.example"}),
    "url": input_block({"type": "url_text_input", "placeholder": plain("x" * 150)}),
}

ONE_TOO_MANY: list[tuple[Block, str]] = [
    (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
    (
        {"type": "section", "fields": [plain("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"type": "section", "fields": [plain("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        section(accessory={"type": "plain_text_input"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]",
    ),
    (header(151), "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
    (
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        "must be a valid enum value: plain_text [json-pointer:/blocks/0/text/type]",
    ),
    (context(11), "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
    (actions(*[a_button()] * 26), "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
    (actions(), "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        actions(a_button(text=plain("x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        actions(a_button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        actions(a_button(url="x" * 3001)),
        "must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]",
    ),
    (
        actions(a_button(action_id="x" * 256)),
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        actions(a_button(style="warning")),
        "must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        actions(a_button(colour="red")),
        "invalid additional property: colour [json-pointer:/blocks/0/elements/0]",
    ),
    (section(block_id="x" * 256), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
    (
        actions(a_button(**confirm(title=101))),
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (
        actions(a_button(**confirm(text=301))),
        "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]",
    ),
    (
        actions(a_button(**confirm(deny=31))),
        "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]",
    ),
    (
        actions(chooser("static_select", 101)),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(chooser("static_select", 0)),
        "no less than 1 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "static_select"}),
        "must provide either options or option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(chooser("static_select", 1, placeholder=plain("x" * 151))),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
    ),
    (
        actions(chooser("static_select", 1, initial_option=option("other"))),
        "initial_option must be one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    (
        actions({"type": "static_select", "options": [{"text": plain("x" * 76), "value": "v"}]}),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    (
        actions({"type": "static_select", "options": [{"text": plain("x"), "value": "v" * 151}]}),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        actions(chooser("checkboxes", 1) | {"options": [{**option("v"), "description": plain("x" * 76)}]}),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/description/text]",
    ),
    (
        actions(chooser("overflow", 6)),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(chooser("radio_buttons", 11)),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(chooser("checkboxes", 11)),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(chooser("checkboxes", 2, initial_options=[option("other")])),
        "initial_options must be among the options [json-pointer:/blocks/0/elements/0/initial_options/0]",
    ),
    (
        actions({"type": "datepicker", "initial_date": "tomorrow"}),
        "must provide a date of the form YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    (
        actions({"type": "users_select", "initial_user": "dana"}),
        "must provide a user id [json-pointer:/blocks/0/elements/0/initial_user]",
    ),
    (typed(max_length=3001), "must be less than 3001 [json-pointer:/blocks/0/element/max_length]"),
    (typed(max_length=0), "must be greater than 0 [json-pointer:/blocks/0/element/max_length]"),
    (
        typed(min_length=5, max_length=4),
        "min_length must not exceed max_length [json-pointer:/blocks/0/element/min_length]",
    ),
    (
        typed(max_length=2, initial_value="abc"),
        "must be less than 3 characters [json-pointer:/blocks/0/element/initial_value]",
    ),
    (
        typed(placeholder=plain("x" * 151)),
        "must be less than 151 characters [json-pointer:/blocks/0/element/placeholder/text]",
    ),
    (
        input_block(a_button()),
        "unsupported type: button [json-pointer:/blocks/0/element/type]",
    ),
    (
        {**typed(), "label": plain("x" * 2001)},
        "must be less than 2001 characters [json-pointer:/blocks/0/label/text]",
    ),
    (
        {**typed(), "hint": plain("x" * 2001)},
        "must be less than 2001 characters [json-pointer:/blocks/0/hint/text]",
    ),
    (
        actions(chooser("multi_static_select", 1)),
        "unsupported type: multi_static_select [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        input_block(chooser("multi_static_select", 101)),
        "no more than 100 items allowed [json-pointer:/blocks/0/element/options]",
    ),
    (
        input_block(chooser("multi_static_select", 1, initial_options=[option("other")])),
        "initial_options must be among the options [json-pointer:/blocks/0/element/initial_options/0]",
    ),
    (
        input_block(chooser("multi_static_select", 1, max_selected_items=0)),
        "must be greater than 0 [json-pointer:/blocks/0/element/max_selected_items]",
    ),
    (
        input_block({"type": "multi_users_select", "initial_users": ["dana"]}),
        "must provide a user id [json-pointer:/blocks/0/element/initial_users/0]",
    ),
    (
        actions({"type": "timepicker", "initial_time": "24:00"}),
        "must provide a time of the form HH:mm [json-pointer:/blocks/0/elements/0/initial_time]",
    ),
    (
        input_block({"type": "number_input"}),
        "missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]",
    ),
    (number(initial_value="1.5"), "must provide an integer [json-pointer:/blocks/0/element/initial_value]"),
    (
        number(min_value="3", max_value="2"),
        "min_value must not exceed max_value [json-pointer:/blocks/0/element/min_value]",
    ),
    (
        number(min_value=3),
        "must provide a number in a string [json-pointer:/blocks/0/element/min_value]",
    ),
    (
        input_block({"type": "external_select", "options": [option("v")]}),
        "invalid additional property: options [json-pointer:/blocks/0/element]",
    ),
    (
        section(accessory={"type": "number_input", "is_decimal_allowed": True}),
        "unsupported type: number_input [json-pointer:/blocks/0/accessory/type]",
    ),
    (
        rich({"type": "text", "text": ""}),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    ({"type": "fancy"}, "unsupported type: fancy [json-pointer:/blocks/0/type]"),
    ({"text": plain("x")}, "missing required field: type [json-pointer:/blocks/0]"),
    (table(101, 1), "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    (table(1, 21), "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    (
        {"type": "image", "image_url": "https://x.example/a.png"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    (
        {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x" * 2001},
        "must be less than 2001 characters [json-pointer:/blocks/0/alt_text]",
    ),
    (
        actions(a_button(action_id="a"), a_button(action_id="a")),
        "action_id already exists in this block [json-pointer:/blocks/0/elements/1/action_id]",
    ),
]

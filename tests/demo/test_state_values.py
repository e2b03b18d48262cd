"""``state.values`` as Slack sends it, for each element."""

from typing import Any

import pytest

from bot.demo.people.form_checks import REQUIRED, form_errors
from bot.demo.state.block_ids import filled_in
from bot.demo.state.state_values import UnknownChoice, state, still_fitting, with_typed
from bot.demo.values import RawValue, RawValues
from tests.demo.company import button, input_block, option, plain, section

FULL_A, FULL_B = ({**option(each), "text": {**plain(each.capitalize()), "emoji": True}} for each in "ab")
OPTIONS = {"options": [option("a"), option("b")]}
TEXT = {"type": "plain_text_input"}
SELECT = {"type": "static_select", **OPTIONS}
GROUPED = {"type": "static_select", "option_groups": [{"label": plain("All"), **OPTIONS}]}
RADIO = {"type": "radio_buttons", **OPTIONS}
BOXES = {"type": "checkboxes", **OPTIONS}
DATE = {"type": "datepicker"}
USER = {"type": "users_select"}
SEVERAL = {"type": "multi_static_select", **OPTIONS}
PEOPLE = {"type": "multi_users_select"}
TIME = {"type": "timepicker"}
NUMBER = {"type": "number_input", "is_decimal_allowed": False}
EMAIL = {"type": "email_text_input"}
URL = {"type": "url_text_input"}


def value_of(element: dict[str, Any], values: RawValues) -> dict[str, Any]:
    shown = state(filled_in([input_block(element)]), values)["values"]["b"]["a"]
    assert shown.pop("type") == element["type"]
    answer: dict[str, Any] = shown
    return answer


@pytest.mark.parametrize(
    ("element", "raw", "value"),
    [
        (TEXT, "words", {"value": "words"}),
        (SELECT, "b", {"selected_option": FULL_B}),
        (GROUPED, "b", {"selected_option": FULL_B}),
        (RADIO, "a", {"selected_option": FULL_A}),
        (BOXES, ["a", "b"], {"selected_options": [FULL_A, FULL_B]}),
        (DATE, "2026-10-21", {"selected_date": "2026-10-21"}),
        (USER, "U01DANA", {"selected_user": "U01DANA"}),
        (SEVERAL, ["b"], {"selected_options": [FULL_B]}),
        (PEOPLE, ["U01DANA", "U01SAM"], {"selected_users": ["U01DANA", "U01SAM"]}),
        (TIME, "09:30", {"selected_time": "09:30"}),
        (NUMBER, "12", {"value": "12"}),
        (EMAIL, "a@b.example", {"value": "a@b.example"}),
        (URL, None, {"value": None}),
        (SEVERAL, [], {"selected_options": []}),
        (PEOPLE, [], {"selected_users": []}),
        (TEXT, "", {"value": None}),
        (TEXT, None, {"value": None}),
        (SELECT, None, {"selected_option": None}),
        (RADIO, None, {"selected_option": None}),
        (BOXES, [], {"selected_options": []}),
        (DATE, "", {"selected_date": None}),
        (USER, None, {"selected_user": None}),
    ],
)
def test_what_a_person_put_in(element: dict[str, Any], raw: RawValue, value: dict[str, Any]) -> None:
    assert value_of(element, {"b": {"a": raw}}) == value


@pytest.mark.parametrize(
    ("element", "initial", "value"),
    [
        (TEXT, {"initial_value": "words"}, {"value": "words"}),
        (SELECT, {"initial_option": option("a")}, {"selected_option": FULL_A}),
        (RADIO, {"initial_option": option("b")}, {"selected_option": FULL_B}),
        (BOXES, {"initial_options": [option("b")]}, {"selected_options": [FULL_B]}),
        (DATE, {"initial_date": "2026-10-21"}, {"selected_date": "2026-10-21"}),
        (USER, {"initial_user": "U01DANA"}, {"selected_user": "U01DANA"}),
        (SEVERAL, {"initial_options": [option("b")]}, {"selected_options": [FULL_B]}),
        (PEOPLE, {"initial_users": ["U01DANA"]}, {"selected_users": ["U01DANA"]}),
        (TIME, {"initial_time": "09:30"}, {"selected_time": "09:30"}),
        (NUMBER, {"initial_value": "3"}, {"value": "3"}),
    ],
)
def test_initial_values_count_until_they_are_changed(
    element: dict[str, Any], initial: dict[str, Any], value: dict[str, Any]
) -> None:
    assert value_of({**element, **initial}, {}) == value
    assert list(value_of({**element, **initial}, {"b": {"a": None}}).values()) in ([None], [[]])


def test_buttons_keep_no_state_and_accessories_do() -> None:
    blocks = filled_in(
        [button(), section(block_id="s", accessory={**SELECT, "action_id": "pick"}), section()]
    )
    assert state(blocks, {})["values"] == {"s": {"pick": {"type": "static_select", "selected_option": None}}}


def test_what_is_not_on_offer_cannot_be_chosen() -> None:
    with pytest.raises(UnknownChoice):
        with_typed(filled_in([input_block(SELECT)]), {}, {"b": {"a": "z"}})


def test_an_input_that_shows_its_initial_value_was_not_changed() -> None:
    blocks = filled_in([input_block({**TEXT, "initial_value": "draft"})])
    assert with_typed(blocks, {}, {"b": {"a": "draft"}}) == {}
    assert with_typed(blocks, {}, {"b": {"a": ""}}) == {"b": {"a": ""}}
    assert with_typed(blocks, {"b": {"a": "mine"}}, {"b": {"a": "draft"}}) == {"b": {"a": "draft"}}


def test_typed_values_stay_while_ids_and_type_do() -> None:
    before = filled_in([input_block(TEXT, "x"), input_block(TEXT, "y"), input_block(SELECT, "z")])
    only_a = {"type": "static_select", "options": [option("a")]}
    after = filled_in([input_block(TEXT, "x"), input_block(DATE, "y"), input_block(only_a, "z")])
    typed: RawValues = {"x": {"a": "kept"}, "y": {"a": "2026"}, "z": {"a": "b"}}
    assert still_fitting(before, after, typed) == {"x": {"a": "kept"}}


@pytest.mark.parametrize(
    ("element", "rest", "raw", "error"),
    [
        (TEXT, {}, None, REQUIRED),
        (TEXT, {}, "  ", REQUIRED),
        (TEXT, {"optional": True}, None, None),
        (SELECT, {}, None, REQUIRED),
        (BOXES, {}, [], REQUIRED),
        ({**SELECT, "initial_option": option("a")}, {}, "a", None),
        ({**TEXT, "min_length": 3}, {}, "ab", "Please enter at least 3 characters."),
        ({**TEXT, "min_length": 3}, {"optional": True}, None, None),
        ({**TEXT, "max_length": 3}, {}, "abcd", "Please enter no more than 3 characters."),
        (TEXT, {}, "x" * 3001, "Please enter no more than 3000 characters."),
        (TEXT, {}, "fine", None),
        (SEVERAL, {}, [], REQUIRED),
        ({**SEVERAL, "max_selected_items": 1}, {}, ["a", "b"], "Please choose no more than 1."),
        (PEOPLE, {"optional": True}, [], None),
        (NUMBER, {}, "a dozen", "Please enter a number."),
        (NUMBER, {}, "1.5", "Please enter a whole number."),
        ({**NUMBER, "is_decimal_allowed": True}, {}, "1.5", None),
        ({**NUMBER, "min_value": "2"}, {}, "1", "Please enter a number of at least 2."),
        ({**NUMBER, "max_value": "2"}, {}, "3", "Please enter a number of at most 2."),
        (EMAIL, {}, "dana at acme", "Please enter a valid email address."),
        (EMAIL, {}, "dana@acme.example", None),
        (URL, {}, "acme.example", "Please enter a valid URL, with http:// or https://."),
        (URL, {}, "https://acme.example/x", None),
    ],
)
def test_what_slacks_client_does_not_send(
    element: dict[str, Any], rest: dict[str, Any], raw: RawValue, error: str | None
) -> None:
    found = form_errors(filled_in([input_block(element, **rest)]), {"b": {"a": raw}})
    assert found == ({"b": error} if error else {})

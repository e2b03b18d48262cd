"""Every limit of Slack: one more than allowed is refused, with a pointer to it; what is allowed passes."""

from typing import Any

import pytest

from bot.demo.errors import SlackError
from bot.demo.limits import check_message, check_metadata, check_view
from tests.demo.company import button, input_block, modal, plain, section
from tests.demo.limit_cases import AT_THE_LIMIT, ONE_TOO_MANY, Block, typed


def faults_of(blocks: object) -> tuple[str, ...]:
    try:
        check_message("text", blocks)
    except SlackError as error:
        return error.faults or (str(error),)
    return ()


@pytest.mark.parametrize("block", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_what_slack_takes_passes(block: Block) -> None:
    assert faults_of([block]) == ()


@pytest.mark.parametrize(
    ("block", "fault"),
    ONE_TOO_MANY,
    ids=[f"{number} {fault}" for number, (_, fault) in enumerate(ONE_TOO_MANY)],
)
def test_one_too_many_is_refused(block: Block, fault: str) -> None:
    assert faults_of([block]) == (fault,)


def test_a_message_has_fifty_blocks() -> None:
    assert faults_of([{"type": "divider"}] * 50) == ()
    assert faults_of([{"type": "divider"}] * 51) == ("no more than 50 items allowed [json-pointer:/blocks]",)


def test_block_ids_are_unique() -> None:
    blocks = [section(block_id="same"), section(block_id="same")]
    assert faults_of(blocks) == ("block_id `same` already exists [json-pointer:/blocks/1/block_id]",)


def test_markdown_blocks_share_one_limit() -> None:
    blocks = [{"type": "markdown", "text": "x" * 6001}] * 2
    assert faults_of(blocks) == ("markdown must be less than 12001 characters in all [json-pointer:/blocks]",)


@pytest.mark.parametrize(
    ("text", "blocks", "code"),
    [
        ("", None, "no_text"),
        (" \n", [], "no_text"),
        ("x" * 40_001, None, "msg_too_long"),
        ("x", [section("x" * 2200)] * 5 + [section("x")], "msg_blocks_too_long"),
        ("x", {"type": "section"}, "invalid_blocks_format"),
    ],
)
def test_a_message_that_is_refused_whole(text: str, blocks: object, code: str) -> None:
    with pytest.raises(SlackError) as caught:
        check_message(text, blocks)
    assert caught.value.code == code


def test_a_message_at_the_limit_passes() -> None:
    check_message("x" * 40_000, [section("x" * 2200)] * 5)


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ("words", "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_format"),
        ({"event_type": 1, "event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"k": "v" * 17_000}}, "metadata_too_large"),
    ],
)
def test_metadata_that_is_refused(metadata: object, code: str) -> None:
    with pytest.raises(SlackError) as caught:
        check_metadata(metadata)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("rest", "fault"),
    [
        ({"title": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/title/text]"),
        ({"submit": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/submit/text]"),
        ({"close": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/close/text]"),
        (
            {"private_metadata": "x" * 3001},
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        ({"callback_id": "x" * 256}, "must be less than 256 characters [json-pointer:/view/callback_id]"),
        ({"external_id": "x" * 256}, "must be less than 256 characters [json-pointer:/view/external_id]"),
        (
            {"blocks": [{"type": "divider"}] * 101},
            "no more than 100 items allowed [json-pointer:/view/blocks]",
        ),
        ({"blocks": None}, "missing required field: blocks [json-pointer:/view]"),
        ({"type": "home"}, "must be a valid enum value: modal [json-pointer:/view/type]"),
        ({"blocks": [typed()], "submit": None}, "missing required field: submit [json-pointer:/view]"),
        ({"colour": "red"}, "invalid additional property: colour [json-pointer:/view]"),
        (
            {
                "blocks": [
                    input_block({"type": "plain_text_input", "focus_on_load": True}, block_id)
                    for block_id in "xy"
                ]
            },
            "only one element may have focus_on_load [json-pointer:/view/blocks]",
        ),
    ],
)
def test_a_modal_that_is_refused(rest: dict[str, Any], fault: str) -> None:
    with pytest.raises(SlackError) as caught:
        check_view(modal(**rest))
    assert (caught.value.code, caught.value.faults) == ("invalid_arguments", (fault,))


def test_a_modal_at_the_limit_passes() -> None:
    check_view(
        modal(
            *[section(block_id=f"b{number}") for number in range(99)],
            button(),
            title=plain("x" * 24),
            private_metadata="x" * 3000,
            callback_id="x" * 255,
        )
    )


def test_a_modal_has_a_weight() -> None:
    with pytest.raises(SlackError) as caught:
        check_view(modal(*[section("x" * 3000) for _ in range(90)]))
    assert caught.value.code == "view_too_large"

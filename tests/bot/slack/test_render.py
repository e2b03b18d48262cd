"""Posts as blocks: never beyond Slack's limits, and never cut where that would change the meaning."""

import re
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock

from bot.slack.render import (
    MOST_BLOCKS,
    MOST_BUTTONS,
    SMALL_LENGTH,
    SUMMARY_LENGTH,
    blocks,
    shorten,
    summary,
)
from handlers.blocks import SECTION_LENGTH, escape
from handlers.ids import ActionId
from scheduled.posts import MOST_TEXT, Button, ButtonStyle, Intent, Post, Quote, Section, Small, Text

ID = UUID(int=7)
ENTITY = re.compile(r"&(?:amp|lt|gt);")
typed = st.text(st.characters(codec="utf-8") | st.sampled_from("&<>*_~`😀\n"), max_size=5000)
sections = st.lists(
    st.one_of(typed.map(escape).map(Text), typed.map(Quote), typed.map(escape).map(Small)), max_size=60
)
buttons = st.lists(
    st.builds(
        Button,
        label=st.text(min_size=1, max_size=200),
        intent=st.sampled_from(Intent),
        entity_id=st.none() | st.just(ID),
        style=st.sampled_from(ButtonStyle),
    ),
    max_size=30,
)


def units(text: str) -> int:
    """Return a text's length as Slack counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_of(block: dict[str, object]) -> str:
    """Return the text of a block that has one."""
    match block:
        case {"type": "section", "text": {"text": str(text)}}:
            return text
        case {"type": "context", "elements": [{"text": str(text)}]}:
            return text
        case {"type": "rich_text", "elements": [{"elements": [{"text": str(text)}]}]}:
            return text
        case _:
            return ""


def test_every_intent_has_an_action() -> None:
    assert {ActionId(intent.value) for intent in Intent}


def test_sections_and_buttons_become_blocks() -> None:
    button = Button("Not a risk", Intent.RISK_REJECT, ID, ButtonStyle.PRIMARY)
    post = Post("hello", (Text("*a*"), Quote("*b*\nc"), Small("_d_")), (button,))
    assert blocks(post) == [
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*a*", "verbatim": True},
            "block_id": "section-0",
        },
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "*b*\nc"}]}],
            "block_id": "rich_text-1",
        },
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "_d_", "verbatim": True}],
            "block_id": "context-2",
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "Not a risk", "emoji": False},
                    "action_id": "risk_reject",
                    "value": str(ID),
                    "style": "primary",
                }
            ],
            "block_id": "actions-3",
        },
    ]


@given(sections=sections, buttons=buttons, told=typed)
def test_no_post_is_beyond_slacks_limits(sections: list[Section], buttons: list[Button], told: str) -> None:
    post = Post(escape(told), tuple(sections), tuple(buttons))
    drawn = blocks(post)
    assert units(summary(post)) <= SUMMARY_LENGTH
    assert len(drawn) <= MOST_BLOCKS
    assert len({block["block_id"] for block in drawn}) == len(drawn)
    assert sum(units(text_of(block)) for block in drawn) <= MOST_TEXT
    for block in drawn:
        assert units(text_of(block)) <= (SMALL_LENGTH if block["type"] == "context" else SECTION_LENGTH)
        if block["type"] == "actions":
            assert 1 <= len(block["elements"]) <= MOST_BUTTONS
            assert all(1 <= units(element["text"]["text"]) <= 75 for element in block["elements"])
        else:
            assert text_of(block)
        parsed = SlackBlock.parse(block)
        assert parsed is not None
        parsed.to_dict()


@given(text=typed, limit=st.integers(min_value=1, max_value=200))
def test_a_text_is_never_cut_within_an_entity(text: str, limit: int) -> None:
    safe = escape(text)
    cut = shorten(safe, limit)
    assert units(cut) <= limit
    if units(safe) > limit:
        assert cut.endswith("…")
        assert safe.startswith(cut.removesuffix("…").rstrip())
    assert "&" not in ENTITY.sub("", cut)


def test_a_mention_a_date_and_a_joined_emoji_are_kept_whole_or_left_out() -> None:
    for token in ("<#C0ACME>", "<!date^1760000000^{date}|14 Oct>", "👨\u200d👩", "e\u0301"):
        whole = f"ab{token}"
        for limit in range(3, units(whole)):
            assert shorten(whole, limit) in {"ab…", "a…"}
        assert shorten(whole, units(whole)) == whole


def test_a_title_of_three_thousand_characters_still_has_its_buttons() -> None:
    post = Post(
        "x", (Text("x" * 3500), Text("y" * 3500), Text("z" * 9000)), (Button("Go", Intent.RISK_EDIT, ID),)
    )
    assert [block["type"] for block in blocks(post)] == ["section", "section", "section", "actions"]

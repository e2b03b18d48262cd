"""Block Kit's vocabulary: user text is never markup, and nothing exceeds Slack's limits."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks import cut, escape, mrkdwn, option, plain, quote, unescape
from handlers.ids import ActionId
from handlers.inputs import field, select, text_input

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1> & <https://x|y>", "&lt;@U1&gt; &amp; &lt;https://x|y&gt;"),
        ("*bold*", "∗bold∗"),  # noqa: RUF001 - the look-alike on purpose.
        ("_it_ ~st~ `co`", "ˍitˍ ∼st∼ ˋcoˋ"),  # noqa: RUF001 - as above.
        ("vendor_api_v2", "vendor_api_v2"),
        ("2*3", "2*3"),
        ("two\n> lines", "two &gt; lines"),
        ("abc\u202edef", "abcdef"),
    ],
)
def test_user_text_is_never_markup(text: str, safe: str) -> None:
    assert escape(text) == safe


@given(st.text())
def test_nothing_of_slacks_syntax_survives(text: str) -> None:
    safe = escape(text)
    assert "<" not in safe
    assert ">" not in safe
    assert "\n" not in safe
    assert not _ENTITY.search(safe)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_entities_go_and_come_back(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert unescape(escaped) == text


@given(st.text(alphabet="ab&<> ", max_size=60), st.integers(min_value=2, max_value=40))
def test_cutting_keeps_entities_whole(text: str, length: int) -> None:
    shorter = cut(escape(text), length)
    assert len(shorter) <= length
    assert not _ENTITY.search(shorter)


@pytest.mark.parametrize("text", ["Q&A with all of the vendors", "less < more than anybody thought"])
def test_what_is_no_mrkdwn_has_no_entities_to_keep_whole(text: str) -> None:
    assert plain(text, 20)["text"] == f"{text[:19].rstrip()}…"
    assert quote(text * 200)["elements"][0]["elements"][0]["text"].startswith(text * 90)


def test_long_text_is_cut_to_slacks_limit() -> None:
    assert len(mrkdwn("x" * 5000)["text"]) == 3000


def test_a_select_holds_a_hundred_options_and_keeps_the_chosen_one() -> None:
    choices = [option(str(number), str(number)) for number in range(150)]
    element = select(ActionId.RISK_LIST, choices, placeholder="Pick", chosen="7")
    assert len(element["options"]) == 100
    assert element["initial_option"]["value"] == "7"


def test_a_fields_words_are_never_longer_than_slack_takes() -> None:
    made = field("title", "x" * 3000, text_input("title", max_length=80), hint="y" * 3000)
    assert (len(made["label"]["text"]), len(made["hint"]["text"])) == (2000, 2000)

"""Slack's mrkdwn as the page draws it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from bot.demo.page.dates import divider, slack_date
from bot.demo.page.mrkdwn import mrkdwn, plain


class Readable:
    """Names as a reader in Chicago sees them."""

    def mention(self, user_id: str) -> Markup:
        """Draw a person."""
        return Markup("<b>@{}</b>").format(user_id)

    def channel(self, conversation_id: str, label: str) -> Markup:
        """Draw a channel."""
        return Markup("<b>#{}</b>").format(label or conversation_id)

    def local(self, unix: int, template: str) -> str:
        """Fill in a date in Chicago."""
        zone = ZoneInfo("America/Chicago")
        now = datetime(2026, 10, 14, 9, tzinfo=UTC).astimezone(zone)
        return slack_date(datetime.fromtimestamp(unix, zone), template, now)


def drawn(text: str, *, verbatim: bool = False) -> str:
    return str(mrkdwn(text, Readable(), verbatim=verbatim))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~gone~", "<strong>bold</strong> <em>it</em> <s>gone</s>"),
        ("*bold _both_*", "<strong>bold <em>both</em></strong>"),
        ("`*as typed*`", "<code>*as typed*</code>"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("* not bold *", "* not bold *"),
        ("*one\ntwo*", "*one<br>two*"),
        ("- one\n- two", "- one<br>- two"),
        ("before\n&gt; said\n> too\nafter", "before<blockquote>said<br>too</blockquote>after"),
        ("```\nx = *y*\n```", "<pre>x = *y*</pre>"),
        ("<@U01SAM> in <#C01ACME|acme>", "<b>@U01SAM</b> in <b>#acme</b>"),
        ("*<@U01SAM>*", "<strong><b>@U01SAM</b></strong>"),
        ("<!here>", '<span class="mention mention-loud">@here</span>'),
        ("a &lt;b&gt; &amp;amp; &quot;", "a &lt;b&gt; &amp;amp; &amp;quot;"),
        (":no_such_name: 10:30:45", ":no_such_name: 10:30:45"),
    ],
)
def test_formatting_is_that_of_slack(text: str, html: str) -> None:
    assert drawn(text) == html


def test_known_emoji_are_drawn_with_their_name_even_after_an_unknown_one() -> None:
    assert "⚠️" in drawn("*:warning: Look*")
    assert "🎉" in drawn(":what:tada:")


def test_links_have_their_label_and_open_elsewhere() -> None:
    html = drawn("_<https://example.com/a_b?x=1&amp;y=2|the *board*>_")
    assert 'href="https://example.com/a_b?x=1&amp;y=2"' in html
    assert 'target="_blank" rel="noopener noreferrer">the *board*</a>' in html


def test_bare_addresses_are_linked_unless_the_text_is_verbatim() -> None:
    assert ">https://example.com/a_b_c</a>." in drawn("See https://example.com/a_b_c.")
    assert drawn("See https://example.com/a_b_c.", verbatim=True) == "See https://example.com/a_b_c."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "*<img src=x onerror=alert(1)>*",
        "<javascript:alert(1)|click>",
        '<https://x.example/"onmouseover="alert(1)|x>',
        "`<script>`",
        "```<script>```",
        "<!date^1^{date}^javascript:alert(1)|<b>>",
        "<@U1|<script>>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_no_text_becomes_markup_of_its_own(text: str) -> None:
    html = drawn(text)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert '"onmouseover="' not in html


def test_dates_are_those_of_the_reader() -> None:
    at = int(datetime(2026, 10, 15, 2, 30, tzinfo=UTC).timestamp())
    assert ">today 21:30<" in drawn(f"<!date^{at}^{{date_short_pretty}} {{time}}|later>")
    assert ">Wednesday, October 14th, 2026<" in drawn(f"<!date^{at}^{{date_long}}|later>")
    assert drawn("<!date^soon^{date}|later>") == "later"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{date_num}", "2026-10-22"),
        ("{date}", "October 22nd, 2026"),
        ("{date_short}", "Oct 22, 2026"),
        ("{date_short_pretty}", "Oct 22, 2026"),
        ("{time_secs}", "15:04:05"),
        ("{ago}", "in 8 days"),
        ("at {nonsense}", "at {nonsense}"),
    ],
)
def test_date_templates(template: str, words: str) -> None:
    at = datetime(2026, 10, 22, 15, 4, 5, tzinfo=UTC)
    assert slack_date(at, template, datetime(2026, 10, 14, 9, tzinfo=UTC)) == words


def test_days_are_divided_by_the_words_people_use() -> None:
    today = datetime(2026, 10, 14, tzinfo=UTC).date()
    days = [divider(today.replace(day=day), today) for day in (14, 13, 1)]
    assert days == ["Today", "Yesterday", "Thursday, October 1st"]
    assert divider(today.replace(year=2025), today) == "Tuesday, October 14th, 2025"


def test_plain_text_is_never_formatted() -> None:
    assert plain("*a* <b> :tada:") == "*a* &lt;b&gt; :tada:"
    assert "🎉" in plain("*a* :tada:", with_emoji=True)

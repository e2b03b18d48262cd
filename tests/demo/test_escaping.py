"""What Slack makes of what a person types."""

import pytest

from bot.demo.server import Demo


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("plain words", "plain words"),
        ("@dana", "<@U01DANA|dana>"),
        ("@Dana, please", "<@U01DANA|dana>, please"),
        ("ask @dana.", "ask <@U01DANA|dana>."),
        ("mail dana@dana.example", "mail dana@dana.example"),
        ("@nobody", "@nobody"),
        ("see #acme-shared", "see <#C01ACMESHARED|acme-shared>"),
        ("see #nowhere", "see #nowhere"),
        ("@channel", "<!channel>"),
        ("@here", "<!here>"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U01DANA>", "&lt;@U01DANA&gt;"),
        ("https://x.example/?a=1&b=2 now", "<https://x.example/?a=1&amp;b=2> now"),
    ],
)
def test_command_text(demo: Demo, typed: str, sent: str) -> None:
    assert demo.workspace.escaper.command(typed) == sent


def test_message_text_mentions_by_id_alone(demo: Demo) -> None:
    assert demo.workspace.escaper.message("@dana in #acme") == "<@U01DANA> in <#C01ACME|acme>"

"""What a line says of a topic: its words, its project, and the minutes that it needs."""

import pytest

from handlers.agendas.line import TopicLine, read_line


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Who covers July?", TopicLine("Who covers July?")),
        ("Who covers July? 20 min", TopicLine("Who covers July?", minutes=20)),
        ("Who covers July? 20m #acme", TopicLine("Who covers July?", key="acme", minutes=20)),
        ("Who covers July? #acme, 20 minutes", TopicLine("Who covers July?", key="acme", minutes=20)),
        ("Who covers July \x02#C01ACME|acme\x03 5 min", TopicLine("Who covers July", "C01ACME", minutes=5)),
        ("The budget for 30 min", TopicLine("The budget", minutes=30)),
        ("The budget (15 min)", TopicLine("The budget", minutes=15)),
        ("Cut the stand-up to 10 min", TopicLine("Cut the stand-up to 10 min")),
        ("20 min", TopicLine("20 min")),
        ("20 min Budget of ACME", TopicLine("Budget of ACME", minutes=20)),
        ("20 min: the budget #acme", TopicLine("the budget", key="acme", minutes=20)),
        ("15 minutes for Anna's news", TopicLine("Anna's news", minutes=15)),
        ("10 min stand-up, every day", TopicLine("10 min stand-up, every day")),
        ("2 minutes per card is too little", TopicLine("2 minutes per card is too little")),
        ("Version 20m", TopicLine("Version", minutes=20)),
    ],
)
def test_a_line_says_a_topic(text: str, read: TopicLine) -> None:
    assert read_line(text) == read

"""``/retro``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb

RETRO = Command(
    name="retro",
    summary="Look back together: cards without names, then three actions at most",
    usage_hint="start [sailboat] · add · mine · close · extend · actions · list · help",
    lead="Start one in a project's channel; over two working days everybody adds cards.",
    reading=(
        "It asks for the questions and the end. No name is kept with a card. `/retro` alone shows how the "
        "present one stands; `/retro add stop: meetings without notes` adds a card in a line."
    ),
    verbs=(
        Verb("show", Takes.ANYTHING, "show [ACME]", "how the present or last one stands", ("view", "status")),
        Verb(
            "start",
            Takes.ANYTHING,
            "start [sailboat | 4ls | mad sad glad | starfish | principles]",
            "begin to collect cards",
            ("new", "create", "open", "begin"),
        ),
        Verb(
            "add",
            Takes.ANYTHING,
            "add [stop: meetings without notes]",
            "your cards; several at once in the form",
            ("card", "write"),
        ),
        Verb(
            "mine",
            Takes.ANYTHING,
            "mine",
            "your own cards, to change or delete until it closes",
            ("my", "edit", "delete", "change"),
        ),
        Verb(
            "extend",
            Takes.ANYTHING,
            "extend [fri 17:00]",
            "two working days more, once",
            ("prolong", "longer"),
        ),
        Verb(
            "close",
            Takes.ANYTHING,
            "close",
            "show the cards to the team now",
            ("end", "finish", "stop", "next"),
        ),
        Verb(
            "actions",
            Takes.ANYTHING,
            "actions [ACME]",
            "what was agreed on, and how much of it is done",
            ("action", "todo"),
        ),
        Verb("list", Takes.ANYTHING, "list [ACME]", "all so far, newest first", ("ls", "history", "all")),
        HELP,
    ),
)

"""``/weekly``."""

from handlers.grammar.vocabulary import Command, Takes, Verb

WEEKLY = Command(
    name="weekly",
    summary="Say how your project stands this week, or see how any does",
    usage_hint="[All on track] · show ACME · help",
    lead="Say in one line how it stands, tick what isn't green, and send.",
    reading=(
        "It opens the form with that headline; an all-green week is done with one press. `/weekly` alone "
        "opens it for the channel's project, or else shows yours; `/weekly ACME 40` is another's week 40."
    ),
    verbs=(
        Verb(
            "show",
            Takes.WEEK,
            "show [ACME] [week 40]",
            "how a project stands, with what is done about it",
            ("view", "details"),
        ),
        Verb("help", Takes.NOTHING, "help", "this page"),
    ),
)

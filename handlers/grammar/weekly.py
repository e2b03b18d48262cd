"""``/weekly``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb

WEEKLY = Command(
    name="weekly",
    summary="Say how your project stands this week, or see how any does",
    usage_hint="[All on track] · show · history · missing · edit · copy · help",
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
        Verb(
            "history",
            Takes.WEEK,
            "history [ACME | all]",
            "week by week, in words and as a picture",
            ("weeks", "trend", "grid"),
        ),
        Verb(
            "missing",
            Takes.WEEK,
            "missing [mine | all]",
            "whose status was due and isn't in",
            ("owed", "late"),
        ),
        Verb("edit", Takes.WEEK, "edit [ACME] [week 40]", "a new version; the old one is kept", ("change",)),
        Verb(
            "copy",
            Takes.WEEK,
            "copy [ACME] [week 40]",
            "a text for the client, without what is only for us",
            ("client", "export"),
        ),
        HELP,
    ),
)

"""``/mood``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb

MOOD = Command(
    name="mood",
    summary="Log how a client is in ten seconds, or see where it is going",
    usage_hint="2 tense call about scope [#acme] · trend · list · heard · help",
    lead="Say how the client is, 1 to 5, with one sentence, and press Enter.",
    reading=(
        "1 angry, 2 unhappy, 3 neutral, 4 happy, 5 delighted; the words and 🙂 will do, too. `/mood` alone "
        "opens a form. Behind the sentence you may add `request: …`, `opportunity: …`, `seen yesterday`, and "
        "the channel of another project."
    ),
    verbs=(
        Verb(
            "trend",
            Takes.PLACE,
            "trend [ACME | all]",
            "how the client is, and where that is going",
            ("trends", "chart"),
        ),
        Verb(
            "list",
            Takes.PLACE,
            "list [mine | all | ACME]",
            "what was logged, newest first",
            ("ls", "history"),
        ),
        Verb(
            "heard",
            Takes.PLACE,
            "heard [mine | all | ACME]",
            "requests and opportunities that clients let fall",
            ("requests", "opportunities"),
        ),
        Verb("edit", Takes.PLACE, "edit [ACME]", "change what you logged last", ("change", "update")),
        Verb(
            "delete",
            Takes.PLACE,
            "delete [ACME]",
            "delete what you logged last",
            ("undo", "remove", "withdraw"),
        ),
        HELP,
    ),
)

"""``/csat``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb

CSAT = Command(
    name="csat",
    summary="How satisfied clients say that they are, and whom we may ask",
    usage_hint="ask · record · contacts · list · all · help",
    lead="See how satisfied a client is, and what is open.",
    reading=(
        "Alone in a project's channel, it shows its client; elsewhere, all of yours. Satisfied are the two "
        "best of five answers. Behind each word you may name another project: `/csat record ACME`."
    ),
    verbs=(
        Verb(
            "ask",
            Takes.ANYTHING,
            "ask [ACME | Robin]",
            "ask somebody in the channel with the client; you see the question first",
            ("send", "invite"),
        ),
        Verb(
            "hold",
            Takes.PLACE,
            "hold [ACME]",
            "let a question that I suggested wait, and say why",
            ("wait", "pause"),
        ),
        Verb(
            "record",
            Takes.ANYTHING,
            "record [ACME | Robin]",
            "write down what a client answered by mail or told you",
            ("answer", "answered", "reply", "log"),
        ),
        Verb(
            "mail",
            Takes.ANYTHING,
            "mail [ACME | Robin]",
            "note that you asked somebody by mail; their answer follows when it comes",
            ("mailed",),
        ),
        Verb(
            "contacts",
            Takes.PLACE,
            "contacts [ACME]",
            "whom we may ask, and why we may",
            ("contact", "people"),
        ),
        Verb("add", Takes.ANYTHING, "add [ACME | Robin]", "add a contact of the client", ("new",)),
        Verb(
            "forget",
            Takes.ANYTHING,
            "forget [ACME | Robin]",
            "erase a contact and what they said, for good",
            ("erase",),
        ),
        Verb(
            "list",
            Takes.PLACE,
            "list [all | ACME]",
            "what clients answered, newest first",
            ("ls", "answers", "history"),
        ),
        Verb(
            "edit",
            Takes.PLACE,
            "edit [ACME]",
            "change what you recorded last",
            ("change", "correct"),
        ),
        Verb(
            "undo",
            Takes.PLACE,
            "undo [ACME]",
            "take back what you recorded last",
            ("delete", "remove", "withdraw"),
        ),
        Verb("all", Takes.NOTHING, "all", "all projects, those first that need somebody", ("overview",)),
        HELP,
    ),
)

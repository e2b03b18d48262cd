"""``/agenda``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb

AGENDA = Command(
    name="agenda",
    summary="See what the next delivery meeting is about, and bring a topic",
    usage_hint="add Who covers July? [#acme] · minutes · last · skip · list · edit · remove · help",
    lead="Bring what I can't know; what is red, late or undecided is on the agenda already.",
    reading=(
        "It goes onto the agenda of this channel's meeting, or else of your next one. A project's channel at "
        "the end says which project it is about. `/agenda` alone shows the agenda as it stands, only to you."
    ),
    verbs=(
        Verb(
            "add",
            Takes.ANYTHING,
            "add Who covers July? [20 min] [#acme]",
            "bring a topic, with the time that it needs; `add` alone opens a form",
            ("topic", "new"),
        ),
        Verb("minutes", Takes.NOTHING, "minutes", "write down what the last meeting agreed", ("notes",)),
        Verb("last", Takes.NOTHING, "last", "the last meeting's agenda and minutes", ("show", "past")),
        Verb(
            "skip",
            Takes.DAY,
            "skip [14 jan]",
            "the next one, or that day's, does not take place",
            ("cancel",),
        ),
        Verb("list", Takes.NOTHING, "list", "all meetings, and when they are next", ("ls", "meetings")),
        Verb("edit", Takes.NOTHING, "edit", "change the topic that you brought last", ("change",)),
        Verb("remove", Takes.NOTHING, "remove", "take it back", ("delete", "undo", "withdraw")),
        HELP,
    ),
)

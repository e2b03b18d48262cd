"""``/ritual``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb

_ONE = "One time of it"

RITUAL = Command(
    name="ritual",
    summary="Switch on what comes round by itself: weekly status, meetings, reminders",
    usage_hint="list · new · show · pause delivery pm until 3 jan · skip · run · days-off · help",
    lead="Nothing runs until you switch it on. Type it in a project's channel, and choose.",
    reading="Its name goes behind the verb, or as much of it as tells it apart: `/ritual pause delivery pm`.",
    verbs=(
        Verb("list", Takes.ANYTHING, "list [ACME | all | ended]", "what comes round, and when next", ("ls",)),
        Verb(
            "new",
            Takes.ANYTHING,
            "new [weekly status | agenda | retro | csat]",
            "switch one on; the form shows the next five dates",
            ("on", "switch", "add", "create", "start"),
        ),
        Verb(
            "show",
            Takes.ANYTHING,
            "show weekly status",
            "the next five times, where it is and where you are, and how well it was kept",
            ("view", "details", "preview", "next"),
        ),
        Verb(
            "adherence",
            Takes.ANYTHING,
            "adherence [ACME | all]",
            "how often each took place, was skipped and missed",
            ("kept", "stats"),
        ),
        Verb("edit", Takes.ANYTHING, "edit weekly status", "day, hour, channel, everything", ("change",)),
        Verb(
            "pause",
            Takes.ANYTHING,
            "pause weekly status [until 3 jan]",
            "let it rest; `resume` brings it back",
            ("hold", "off"),
        ),
        Verb("resume", Takes.ANYTHING, "resume weekly status", "go on", ("unpause", "continue")),
        Verb("end", Takes.ANYTHING, "end weekly status we meet no more", "for good", ("stop", "delete")),
        Verb(
            "skip",
            Takes.ANYTHING,
            "skip weekly status [14 jan]",
            "let the next one, or that day's, not take place",
            ("cancel",),
            _ONE,
        ),
        Verb(
            "snooze",
            Takes.ANYTHING,
            "snooze weekly status 2 hours",
            "put the next one off; `until fri 10:00` does, too",
            ("postpone", "move", "put"),
            _ONE,
        ),
        Verb(
            "undo",
            Takes.ANYTHING,
            "undo weekly status [14 jan]",
            "let the skipped one take place, or the one put off at its usual time",
            ("unskip", "unsnooze", "back", "restore"),
            _ONE,
        ),
        Verb("run", Takes.ANYTHING, "run weekly status", "once more, now", ("now",), _ONE),
        Verb(
            "days-off",
            Takes.ANYTHING,
            "days-off [add 24–31 dec Christmas | remove 28 dec]",
            "when nobody works; rituals skip or move, as each says",
            ("daysoff", "holidays", "holiday"),
            "Days off",
        ),
        HELP,
    ),
)

"""``/project``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb

_PLAN = "What it is to reach"

PROJECT = Command(
    name="project",
    summary="A project at a glance: who runs it, where it stands, what is missing",
    usage_hint="show · list · create · edit · team · milestones · deliverables · phase · measures · help",
    lead="Type it in a project's channel, and see where the project stands.",
    reading="A project's short name, such as ACME, goes first wherever you are: `/project show ACME`.",
    verbs=(
        Verb(
            "show",
            Takes.ANYTHING,
            "show [ACME]",
            "one project at a glance",
            ("view", "details", "card", "info"),
        ),
        Verb(
            "list",
            Takes.ANYTHING,
            "list [mine | all | archived]",
            "the projects there are",
            ("ls", "projects"),
        ),
        Verb(
            "create",
            Takes.ANYTHING,
            "create [#channel]",
            "make a channel a project: three fields",
            ("new", "make", "add", "start"),
        ),
        Verb(
            "edit",
            Takes.ANYTHING,
            "edit [ACME]",
            "name, client, channels, dates, kind and links",
            ("update", "change", "rename", "set"),
        ),
        Verb(
            "team",
            Takes.ANYTHING,
            "team [add @lee engineering lead | remove @lee | handover @lee | colleague @guest]",
            "who does what; deputies too",
            ("people", "roles", "members", "who"),
        ),
        Verb(
            "milestones",
            Takes.ANYTHING,
            "milestones [add Beta live due in 3 weeks]",
            "what is to be reached by when; `move M2 by 2 weeks why`, `done M2`, `accepted M2`",
            ("milestone", "plan", "schedule"),
            _PLAN,
        ),
        Verb(
            "deliverables",
            Takes.ANYTHING,
            "deliverables [add Runbook for M4]",
            "what the client gets; `submit D2`, `accepted D2 by Robin`, `reject D2 why`",
            ("deliverable", "acceptance"),
            _PLAN,
        ),
        Verb(
            "phase",
            Takes.ANYTHING,
            "phase [deliver since 14 sep | next | undo]",
            "where it stands, and what has to be true before it goes on",
            ("phases", "stage", "gate"),
            _PLAN,
        ),
        Verb(
            "measures",
            Takes.ANYTHING,
            "measures [add Conversion: 2.6 % by March]",
            "what tells that it went well; all three know `edit`, `remove`, `history`",
            ("measure", "success", "kpi", "kpis", "goals"),
            _PLAN,
        ),
        Verb(
            "history",
            Takes.ANYTHING,
            "history [ACME]",
            "what was changed, when and by whom",
            ("log", "audit"),
        ),
        Verb(
            "archive",
            Takes.ANYTHING,
            "archive [ACME] we delivered it",
            "it is over, with a reason; nothing is lost",
            ("close", "end", "finish", "delete"),
        ),
        Verb(
            "reopen",
            Takes.ANYTHING,
            "reopen [ACME]",
            "bring an archived project back",
            ("unarchive", "restore"),
        ),
        HELP,
    ),
)

"""``/risk``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb

_NAMED_BY_STRATEGY = ("mitigate", "reduce", "avoid", "transfer", "exploit", "enhance", "share")
_WHAT_BECOMES = "What becomes of it"
_HOW_MUCH = "How much there is"


RISK = Command(
    name="risk",
    summary="Log a risk in ten seconds, or see where risks stand",
    usage_hint="What might happen? [p4 i3 @owner due fri] · list · show ACME-R12 · help",
    lead="Say what might happen and press Enter. The project manager takes it from there.",
    reading="p is how likely and i how bad, 1 to 5. `/risk` alone opens a form.",
    verbs=(
        Verb(
            "list",
            Takes.SCOPE,
            'list [mine | all | ACME] [high] [late] [closed] [@dana] ["api"]',
            "this project's open risks, yours, or all; or only some of them",
            ("ls",),
        ),
        Verb("show", Takes.REFERENCE, "show ACME-R12", "one risk with its history", ("view", "details")),
        Verb(
            "score",
            Takes.REFERENCE,
            "score ACME-R12 p4 i3 @dana",
            "say how likely, how bad, and who owns it",
            ("rate",),
        ),
        Verb("edit", Takes.REFERENCE, "edit ACME-R12", "change anything about it", ("update", "change")),
        Verb(
            "close",
            Takes.REFERENCE,
            "close ACME-R12 vendor shipped",
            "it is over, with a reason",
            ("closed", "resolve"),
        ),
        Verb("undo", Takes.REFERENCE, "undo [ACME-R12]", "take back a risk you just logged", ("withdraw",)),
        Verb(
            "matrix",
            Takes.PROJECT,
            "matrix [ACME | all]",
            "where they stand by how likely and how bad, in words and as a picture",
            ("heatmap", "grid"),
            _HOW_MUCH,
        ),
        Verb(
            "burndown",
            Takes.PROJECT,
            "burndown [ACME | all]",
            "how much risk is left, week by week",
            ("burn-down", "trend"),
            _HOW_MUCH,
        ),
        Verb(
            "respond",
            Takes.REFERENCE,
            "respond ACME-R12 reduce Ask for a date @dana due fri",
            "say what we do about it (avoid, reduce, pass on), and the next step",
            ("response", "plan", "treat", *_NAMED_BY_STRATEGY),
            _WHAT_BECOMES,
        ),
        Verb(
            "reassess",
            Takes.REFERENCE,
            "reassess ACME-R12 p2 i2",
            "how likely and how bad it still is, after what was done",
            ("residual",),
            _WHAT_BECOMES,
        ),
        Verb(
            "review",
            Takes.REFERENCE,
            "review ACME-R12",
            "you looked, and it is still right",
            ("confirm", "reviewed"),
            _WHAT_BECOMES,
        ),
        Verb(
            "escalate",
            Takes.REFERENCE,
            "escalate ACME-R12 vendor is silent",
            "it needs help from above",
            ("escalated",),
            _WHAT_BECOMES,
        ),
        Verb(
            "accept",
            Takes.REFERENCE,
            "accept ACME-R12 cheaper so",
            "we live with it",
            ("accepted", "tolerate"),
            _WHAT_BECOMES,
        ),
        Verb(
            "happened",
            Takes.REFERENCE,
            "happened ACME-R12 certs expired",
            "it is no longer a maybe",
            ("happen", "occurred", "materialised", "materialized"),
            _WHAT_BECOMES,
        ),
        Verb(
            "reject",
            Takes.REFERENCE,
            "reject ACME-R12 already covered",
            "it is not a risk",
            ("rejected", "dismiss"),
            _WHAT_BECOMES,
        ),
        Verb(
            "reopen",
            Takes.REFERENCE,
            "reopen ACME-R12 date moved again",
            "it is back",
            ("reopened",),
            _WHAT_BECOMES,
        ),
        HELP,
    ),
)

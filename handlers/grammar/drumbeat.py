"""``/drumbeat``."""

from handlers.grammar.vocabulary import HELP, Command, Takes, Verb
from models.rules.access import Capability

DRUMBEAT = Command(
    name="drumbeat",
    summary="What you have to do, your settings, who has which role, and all that Drumbeat does",
    usage_hint="actions · settings · people · role add @jo delivery manager · help",
    lead="I remember how your projects stand, their risks and how clients are, so that nobody has to.",
    reading="",
    verbs=(
        Verb(
            "actions",
            Takes.ANYTHING,
            "actions",
            "your open actions, from all projects; `actions @dana` shows hers",
            ("action", "todo", "tasks"),
        ),
        Verb(
            "settings",
            Takes.ANYTHING,
            "settings",
            "your time zone and quiet hours; `settings quiet 18:00-08:00`",
            ("setting", "preferences", "me"),
        ),
        Verb(
            "away",
            Takes.ANYTHING,
            "away until fri",
            "your deputies are asked meanwhile; `away off`",
            ("absent",),
        ),
        Verb(
            "people",
            Takes.NOTHING,
            "people",
            "who is an admin, a delivery manager or a leader, and why",
            ("roles", "admins", "who"),
        ),
        Verb(
            "role",
            Takes.ANYTHING,
            "role add @jo delivery manager",
            "give a role; `remove` takes it away",
            needs=Capability.GRANT_ROLE,
        ),
        Verb(
            "doctor",
            Takes.NOTHING,
            "doctor",
            "what is wrong with this installation, and how to mend it",
            ("diagnose", "check"),
            needs=Capability.RUN_DOCTOR,
        ),
        HELP,
    ),
)

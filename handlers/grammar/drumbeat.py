"""``/drumbeat``."""

from handlers.grammar.vocabulary import Command, Takes, Verb

DRUMBEAT = Command(
    name="drumbeat",
    summary="Everything Drumbeat does, in one command",
    usage_hint="risk … · help",
    lead="I keep your projects' risks, so that nobody has to remember them.",
    reading="",
    verbs=(Verb("help", Takes.NOTHING, "help", "this page"),),
)

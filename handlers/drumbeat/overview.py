"""``/drumbeat help``: every command, and what of it works for the person who asks."""

from collections.abc import Iterator

from handlers.answers import Answer
from handlers.blocks import Block, context, section
from handlers.grammar import COMMANDS, DRUMBEAT, HELP, Verb
from models.read_models import Actor
from models.rules.access import Capability, OrganisationRole, may
from models.rules.organisation import ROLE_WORDS
from models.rules.sentences import listed
from models.services.standing import standing

_FOR = {Capability.GRANT_ROLE: "for admins", Capability.RUN_DOCTOR: "for admins and delivery managers"}


def overview(actor: Actor | None) -> Answer:
    """Show it all; without an actor nobody knows what works for them."""
    return Answer(text="What Drumbeat does", blocks=tuple(_blocks(actor)))


def _blocks(actor: Actor | None) -> Iterator[Block]:
    others = [command for command in COMMANDS if command is not DRUMBEAT]
    lines = [f"`/{command.name}` {command.summary}" for command in others]
    yield section("\n".join([f"*{DRUMBEAT.lead}*", *lines]))
    verbs = [verb for verb in DRUMBEAT.verbs if verb is not HELP]
    yield section("\n".join(_usage(verb) for verb in verbs if _works(verb, actor)))
    told = f"You are {_roles_of(actor)}. " if actor is not None else ""
    others_have = [
        f"`{verb.name}` is {_FOR[verb.needs]}." for verb in verbs if verb.needs and not _works(verb, actor)
    ]
    yield context(told + " ".join(others_have))
    yield context(
        f"`/risk help` tells more, and so does each command's `help`. "
        f"Each also works as `/{DRUMBEAT.name} risk …`."
    )


def _usage(verb: Verb) -> str:
    return f"`/{DRUMBEAT.name} {verb.usage}` {verb.summary}"


def _works(verb: Verb, actor: Actor | None) -> bool:
    return verb.needs is None or (actor is not None and may(standing(actor), verb.needs))


def _roles_of(actor: Actor) -> str:
    held = [ROLE_WORDS[role] for role in OrganisationRole if role in actor.organisation_roles]
    if not held:
        return "a member of the team"
    return listed([f"an {word}" if word[0] in "aeiou" else f"a {word}" for word in held])

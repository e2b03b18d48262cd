"""``/drumbeat help``: every command, what of it works for the person who asks, and what is to come."""

from collections.abc import Iterator

from handlers.answers import Answer
from handlers.blocks import Block, context, section
from handlers.grammar import COMMANDS, DRUMBEAT, PLANNED, Verb
from models.read_models import Actor
from models.rules.access import Capability, OrganisationRole, may
from models.rules.organisation import ROLE_WORDS
from models.services.standing import standing

_FOR = {Capability.GRANT_ROLE: "for admins", Capability.RUN_DOCTOR: "for admins and delivery managers"}


def overview(actor: Actor | None) -> Answer:
    """Show it all; without an actor nobody knows what works for them."""
    return Answer(text="What Drumbeat does", blocks=tuple(_blocks(actor)))


def _blocks(actor: Actor | None) -> Iterator[Block]:
    others = [command for command in COMMANDS if command is not DRUMBEAT]
    lines = [f"`/{command.name}` {command.summary}" for command in others]
    yield section("\n".join([f"*{DRUMBEAT.lead}*", *lines]))
    yield section("\n".join(_verb(verb, actor) for verb in DRUMBEAT.verbs))
    if actor is not None:
        yield context(f"You are {_roles_of(actor)}.")
    yield context(
        f"`/risk help` tells more, and so does each command's `help`. "
        f"Each also works as `/{DRUMBEAT.name} risk …`."
    )
    here = {command.name for command in COMMANDS}
    planned = [what for name, what in PLANNED.items() if name not in here]
    if planned:
        yield context(f"To come: {', '.join(planned)}.")


def _verb(verb: Verb, actor: Actor | None) -> str:
    line = f"`/{DRUMBEAT.name} {verb.usage}` {verb.summary}"
    if verb.needs is None or (actor is not None and may(standing(actor), verb.needs)):
        return line
    return f"{line} · _{_FOR[verb.needs]}_"


def _roles_of(actor: Actor) -> str:
    held = [ROLE_WORDS[role] for role in OrganisationRole if role in actor.organisation_roles]
    if not held:
        return "a member of the team, and do on each project what your role there allows"
    return " and ".join(f"an {word}" if word[0] in "aeiou" else f"a {word}" for word in held)

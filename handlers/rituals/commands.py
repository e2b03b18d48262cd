"""What ``/ritual …`` does, verb by verb."""

from collections.abc import Callable, Mapping

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer, OpenModal, say
from handlers.asks import Ask
from handlers.blocks import actions, button, escape
from handlers.grammar import RITUAL, parse
from handlers.help import did_you_mean, help_page
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import today
from handlers.projects.finding import by_key, here
from handlers.projects.views import KEPT_LENGTH
from handlers.rituals import changes, days_off, views
from handlers.rituals.asking import Question, fitting, unnamed, which
from handlers.rituals.asking import unknown as unknown_name
from handlers.rituals.choosing import chosen, unknown
from handlers.rituals.finding import alike, meant
from handlers.rituals.opening import edit_form, new_form
from handlers.rituals.target import Target
from handlers.rituals.words import in_order
from handlers.typed import places
from handlers.typed.text import readable
from models.read_models import Actor, ProjectView

EXAMPLE = "new weekly status"
_ALL = frozenset({"all", "everything"})
_ENDED = frozenset({"ended", "over", "archived"})


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/ritual`` with whatever follows it."""
    parsed = parse(RITUAL, text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, RITUAL, parsed.rest, EXAMPLE)
    actor = identify(kit, ask)
    if parsed.verb is not None:
        name = parsed.verb.name
        if name in _VERBS:
            return _VERBS[name](kit, ask, actor, parsed.rest)
        return about(kit, ask, actor, Question(name, parsed.rest.removeprefix("off ").strip()))
    if not text.strip():
        return _list(kit, ask, actor, "")
    if parsed.meant is not None:
        return _slip(" ".join([parsed.meant.name, *text.split()[1:]]))
    return about(kit, ask, actor, Question("show", text.strip()))


def carried_out(on: Target, verb: str, rest: str) -> CommandAnswer:
    """Do to one ritual what the verb says."""
    if verb == "edit":
        return on.form(edit_form(on.kit, on.actor, on.ritual_id))
    if verb == "show":
        return on.show()
    return changes.VERBS[verb](on, rest)


def about(kit: Kit, ask: Ask, actor: Actor, asked: Question) -> CommandAnswer:
    """Do it to the ritual that the words name, or ask which one is meant."""
    verb, text = asked.verb, asked.typed
    rituals = kit.rituals.names(actor, now=kit.clock())
    project = here(kit, ask, actor)
    found = meant(text, rituals, project.id if project else None)
    if text and not found.rituals:
        over = meant(
            text, kit.rituals.names(actor, now=kit.clock(), is_ended=True), project.id if project else None
        )
        if over.rituals and over.rest != text:
            return _ended(Target(kit, ask, actor, over.rituals[0].id), verb)
    if not rituals:
        return say(views.none_yet())
    named = fitting(verb, found.rituals) or found.rituals
    if len(named) == 1:
        return carried_out(Target(kit, ask, actor, named[0].id), verb, found.rest)
    if named:
        return which(asked, named, readable(found.rest))
    if text and verb == "show":
        return unknown_name(asked, alike(text, rituals))
    fit = fitting(verb, rituals)
    ours = [each for each in fit if project is not None and each.project_id == project.id]
    return which(asked, ours or fit, readable(text), unnamed(asked, today(kit, actor)) if fit else "")


def _ended(on: Target, verb: str) -> Answer:
    """Show one that ended, and say how it is switched on again."""
    return on.show() if verb == "show" else on.tell(views.has_ended(on.card()))


def _slip(corrected: str) -> Answer:
    yes = button(
        f"Yes: {readable(corrected)}", ActionId.RITUAL_MEANT, corrected[:KEPT_LENGTH], style="primary"
    )
    return say(did_you_mean(RITUAL, corrected), actions([yes]))


def _list(kit: Kit, ask: Ask, actor: Actor, rest: str, *, shows_adherence: bool = False) -> Answer:
    wanted = rest.lower().split()
    is_ended = any(word in _ENDED for word in wanted)
    named = [word for word in rest.split() if word.lower() not in _ALL | _ENDED]
    project = by_key(kit, actor, named[0]) if named else None
    if named and project is None:
        return say(f"I don't know a project “{escape(readable(named[0]))}”. Try `/ritual list all`.")
    if project is None and not any(word in _ALL for word in wanted):
        project = here(kit, ask, actor)
    page = kit.rituals.page(actor, project.id if project else None, is_ended=is_ended, now=kit.clock())
    sorts = in_order(kit.ritual_sorts)
    on = today(kit, actor)
    return views.ritual_list(page, sorts, actor.timezone, shows_adherence=shows_adherence, today=on)


def _adherence(kit: Kit, ask: Ask, actor: Actor, rest: str) -> Answer:
    return _list(kit, ask, actor, rest, shows_adherence=True)


def _new(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    project, text = _named_project(kit, actor, rest)
    wanted = chosen(text, sorts := in_order(kit.ritual_sorts))
    if wanted is None and text:
        return unknown(text, sorts)
    choice = (wanted.sort, wanted.number) if wanted else None
    often = wanted.often if wanted else ""
    place = project or places.about(kit, ask, actor)
    return OpenModal(new_form(kit, actor, choice, place, ask.channel_id, often=often))


def _named_project(kit: Kit, actor: Actor, rest: str) -> tuple[ProjectView | None, str]:
    """Return the project whose short name the line begins or ends with, and the other words."""
    said = rest.split()
    for place in (0, -1) if said else ():
        found = by_key(kit, actor, said[place])
        if found is not None:
            del said[place]
            return found, " ".join(said)
    return None, " ".join(said)


_VERBS: Mapping[str, Callable[[Kit, Ask, Actor, str], CommandAnswer]] = {
    "list": _list,
    "adherence": _adherence,
    "new": _new,
    "days-off": days_off.typed,
}

"""Lines that read like a command and would else be logged as a risk: a slip, a risk's name, a list."""

from handlers.answers import Answer, CommandAnswer, say
from handlers.asks import Ask
from handlers.blocks import actions, button
from handlers.grammar import HELP, RISK, Parsed, Takes, Verb
from handlers.help import did_you_mean
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import today
from handlers.projects.finding import by_key, leading
from handlers.projects.views import KEPT_LENGTH
from handlers.risks import lists
from handlers.risks.likeness import Likeness, likeness
from handlers.typed.lists import only_names, read_list
from handlers.typed.naming import read_name
from handlers.typed.text import readable
from models.errors import NotAllowed, NotFound
from models.read_models import Actor, ProjectView
from models.rules.raid.words import kind_of
from models.rules.references import Reference, is_key

_OF_PROJECTS = {
    name: verb for verb in RISK.verbs if verb.takes in {Takes.SCOPE, Takes.PROJECT} for name in verb.names
}


def command(kit: Kit, ask: Ask, actor: Actor, text: str, parsed: Parsed) -> Answer | None:
    """Ask about a line that resembles a command: a slip, a verb that the rest does not fit, a risk's name."""
    if parsed.meant is not None:
        return _ask(" ".join([parsed.meant.name, *text.split()[1:]]), text)
    if parsed.unfit is not None:
        return _unfit(text, parsed.unfit)
    first, _, _ = text.strip().partition(" ")
    like = likeness(text, today(kit, actor))
    if like is None or (parsed.verb is not None and parsed.word):
        return None
    # A name may be of a project "assign", as in "assign R8"; in capitals it is, if there is one.
    is_name = parsed.verb is not None and by_key(kit, actor, first) is not None
    is_sure = like.is_sure and not (is_name and first.isupper())
    if not (is_sure or (not is_name and _is_there(kit, ask, actor, like.named))):
        return None
    return _of_another_kind(like, text) or _ask(like.corrected, text)


def _is_there(kit: Kit, ask: Ask, actor: Actor, named: Reference | None) -> bool:
    """Tell whether the name is a risk's that the person may know of."""
    found = read_name(kit, ask, actor, str(named))
    try:
        return found is not None and bool(
            kit.risks.details(actor, found.reference, in_project=found.in_project)
        )
    except (NotFound, NotAllowed):
        return False


def _of_another_kind(like: Likeness, text: str) -> Answer | None:
    """Say where to look for what is no risk."""
    kind = None if like.named is None else kind_of(like.named.marker)
    if kind is None:
        return None
    there = f"{like.named} is {kind.a_thing}: type `/raid show {like.named}`. Nothing was logged yet."
    return say(there, actions([_anyway(text)]))


def _unfit(text: str, verb: Verb) -> Answer:
    """Say how the verb is used with which the line begins, and offer what else may be meant."""
    usage = f"To {verb.name}, type `/risk {verb.usage}`." if verb is not HELP else "Do you want help?"
    buttons = [_anyway(text)]
    if verb is HELP:
        buttons.insert(0, button("Show the help", ActionId.RISK_MEANT, HELP.name, style="primary"))
    return say(f"{usage} Nothing was logged yet.", actions(buttons))


def of_projects(kit: Kit, ask: Ask, actor: Actor, text: str) -> CommandAnswer | None:
    """Show what a line asks for that names projects behind its verb, or ask; None where it is a sentence."""
    word, _, rest = text.partition(" ")
    verb = _OF_PROJECTS.get(word.lower())
    if verb is None:
        return None
    projects, more = leading(kit, actor, rest)
    if verb.takes is Takes.PROJECT:
        return _one_at_a_time(verb, projects, text) if projects and not more else None
    wanted = read_list(more)
    if projects and wanted is not None and not wanted.key:
        return lists.of_several(kit, ask, actor, projects, wanted)
    stranger, _, _ = more.partition(" ")
    if is_key(stranger) and only_names(more) and by_key(kit, actor, stranger) is None:
        return lists.no_such(kit, actor, stranger)
    if not projects:
        return None
    keys = " ".join(project.key for project in projects)
    return _ask(f'{verb.name} {keys} "{more}"', text)


def _ask(corrected: str, text: str) -> Answer:
    yes = button(f"Yes: {readable(corrected)}", ActionId.RISK_MEANT, corrected[:KEPT_LENGTH], style="primary")
    return say(did_you_mean(RISK, corrected), actions([yes, _anyway(text)]))


def _one_at_a_time(verb: Verb, projects: tuple[ProjectView, ...], text: str) -> Answer:
    wanted = [f"{verb.name} {project.key}" for project in projects] + [f"{verb.name} all"]
    typed = ", ".join(f"`/risk {each}`" for each in wanted[:-1])
    return say(f"It shows one project, or all: {typed} or `/risk {wanted[-1]}`.", actions([_anyway(text)]))


def _anyway(text: str) -> dict[str, object]:
    return button(f"No, log “{readable(text)}” as a risk", ActionId.RISK_LOG_ANYWAY, text[:KEPT_LENGTH])

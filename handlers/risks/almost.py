"""Lines that begin like a command and would else be logged as a risk: a slip, a list of several projects."""

from handlers.answers import Answer, CommandAnswer, say
from handlers.asks import Ask
from handlers.blocks import actions, button
from handlers.grammar import HELP, RISK, Parsed, Takes, Verb
from handlers.help import did_you_mean
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.projects.finding import by_key, leading
from handlers.projects.views import KEPT_LENGTH
from handlers.risks import lists
from handlers.typed.lists import only_names, read_list
from handlers.typed.text import readable
from models.read_models import Actor, ProjectView
from models.rules.references import is_key

_OF_PROJECTS = {
    name: verb for verb in RISK.verbs if verb.takes in {Takes.SCOPE, Takes.PROJECT} for name in verb.names
}


def command(text: str, parsed: Parsed) -> Answer | None:
    """Ask about a line whose first word resembles a verb, or is one that the rest does not fit."""
    if parsed.meant is not None:
        return _ask(" ".join([parsed.meant.name, *text.split()[1:]]), text)
    return None if parsed.unfit is None else _unfit(text, parsed.unfit)


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

"""What ``/project …`` does, verb by verb."""

import re
from collections.abc import Callable, Mapping

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer, say
from handlers.asks import Ask, Submission
from handlers.blocks import actions, button, escape
from handlers.grammar import PROJECT, Parsed, nearest, parse
from handlers.help import did_you_mean, help_page
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.plans.listeners import VERBS as PLAN_VERBS
from handlers.plans.listeners import kind_meant
from handlers.projects import archiving, editing, lists, making, team
from handlers.projects.cards import history, shown
from handlers.projects.finding import by_key, find, stranger, unknown
from handlers.projects.views import KEPT_LENGTH
from handlers.typed.places import about
from handlers.typed.text import readable
from models.read_models import Actor, ProjectView

EXAMPLE = "show"
_CALLED = (
    (re.compile(r"\s*(?:hand[- ]?over|transfer)\b", re.IGNORECASE), "team handover"),
    (re.compile(r"\s*(?:delivery )?health[- ]?checks?\b", re.IGNORECASE), "show"),
)


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/project`` with whatever follows it."""
    parsed = _read(text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, PROJECT, parsed.rest, EXAMPLE)
    actor = identify(kit, ask)
    kind = kind_meant(text)
    if kind is not None and not any(by_key(kit, actor, word) for word in text.split()[:2]):
        return PLAN_VERBS[kind](kit, ask, actor, text)
    if parsed.verb is not None:
        return _VERBS[parsed.verb.name](kit, ask, actor, parsed.rest)
    if not text.strip():
        return _alone(kit, ask, actor)
    return _named(kit, ask, actor, text)


def _read(text: str) -> Parsed:
    """Read the line by its verb, or by what people call what a verb does."""
    parsed = parse(PROJECT, text)
    if parsed.verb is not None:
        return parsed
    said = next((f"{ours} {text[found.end() :]}" for how, ours in _CALLED if (found := how.match(text))), "")
    return parse(PROJECT, said) if said else parsed


def after_project(kit: Kit, sent: Submission, actor: Actor, project: ProjectView, typed: str) -> str:  # noqa: ARG001 - as every command takes up what waited.
    """Say what comes next once a channel is a project."""
    return "`/project` in the channel shows it at a glance, `/project edit` adds the rest."


def _alone(kit: Kit, ask: Ask, actor: Actor) -> Answer:
    project = about(kit, ask, actor)
    if project is None:
        return lists.elsewhere(kit, ask, actor)
    return shown(kit, actor, project.id)


def _named(kit: Kit, ask: Ask, actor: Actor, text: str) -> CommandAnswer:
    """Take ``ACME`` for show, ``ACME edit`` for edit, ``ACME M2`` for its milestone, and ask about others."""
    first, _, rest = text.strip().partition(" ")
    project = by_key(kit, actor, first)
    if project is not None and not rest.strip():
        return shown(kit, actor, project.id)
    if project is not None:
        if kind := kind_meant(rest):
            return PLAN_VERBS[kind](kit, ask, actor, text)
        turned = _read(rest)
        if turned.verb is not None and turned.verb.name in _VERBS:
            return _VERBS[turned.verb.name](kit, ask, actor, f"{project.key} {turned.rest}")
    return _slip(kit, actor, first, rest)


def _slip(kit: Kit, actor: Actor, first: str, rest: str) -> Answer:
    names = [name for verb in PROJECT.verbs for name in verb.names]
    keys = [choice.key.lower() for choice in kit.projects.choices(actor)]
    meant = nearest(first, [*names, *keys])
    if meant is None:
        return say(f"I don't know “{escape(readable(first))}”. `/project help` shows what you can type.")
    corrected = f"{meant} {rest}".strip()
    yes = button(
        f"Yes: {readable(corrected)}", ActionId.PROJECT_MEANT, corrected[:KEPT_LENGTH], style="primary"
    )
    return say(did_you_mean(PROJECT, corrected), actions([yes]))


def _show(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    project, more = find(kit, ask, actor, rest)
    if more and by_key(kit, actor, more) is None:
        return unknown(kit, actor, more, "project show", hint="Try `/project list all`.")
    if project is None:
        return lists.elsewhere(kit, ask, actor, verb="show")
    return shown(kit, actor, project.id)


def _history(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    project, more = find(kit, ask, actor, rest)
    if other := stranger(more):
        return unknown(kit, actor, other, "project history", hint="Try `/project list all`.")
    if project is None:
        return lists.elsewhere(kit, ask, actor, verb="history")
    return history(kit.profiles.history(actor, project.id))


_VERBS: Mapping[str, Callable[[Kit, Ask, Actor, str], CommandAnswer]] = {
    "show": _show,
    "list": lists.typed,
    "create": making.typed,
    "edit": editing.typed,
    "history": _history,
    "team": team.typed,
    **PLAN_VERBS,
    "archive": archiving.archive_typed,
    "reopen": archiving.reopen_typed,
}

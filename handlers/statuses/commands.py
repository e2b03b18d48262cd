"""What ``/weekly …`` does, verb by verb."""

from collections.abc import Callable

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer, OpenModal, UpdateModal, say
from handlers.asks import Ask, Submission
from handlers.blocks import section
from handlers.errors import words as refusal
from handlers.grammar import WEEKLY, parse
from handlers.help import help_page
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.projects.needs import Need
from handlers.projects.offers import offer
from handlers.projects.views import may_become_project
from handlers.statuses import client_copy, histories, opening, slips, views
from handlers.statuses.opening import NOTHING_SAID, Begun
from handlers.statuses.places import Place, Unknown, earlier_than_asked, here, place_of
from handlers.typed.text import readable
from handlers.typed.weeks import read_week_words
from models.commands.statuses import HEADLINE_LENGTH
from models.errors import NotAllowed, NotFound
from models.read_models import Actor, ProjectView
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour
from models.value import replace

NEED = Need("weekly", "A weekly status", ActionId.STATUS_CHOOSE)
MINE, ALL = "mine", "all"
EXAMPLE = "All on track, release still on 23 October"
SAID_COLOURS = {"red": Colour.RED, "amber": Colour.AMBER, "yellow": Colour.AMBER}
"""What opens the form with that colour overall: a colour alone is no headline."""


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/weekly`` with whatever follows it."""
    parsed = parse(WEEKLY, text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, WEEKLY, parsed.rest, EXAMPLE)
    actor = identify(kit, ask)
    if parsed.meant is not None and text.strip().lower() not in SAID_COLOURS:
        return slips.verb_meant(kit, ask, actor, text, parsed.meant)
    if parsed.verb is None:
        return _form(kit, ask, actor, text)
    verb = parsed.verb.name
    if verb in _OF_MANY:
        return _OF_MANY[verb](kit, ask, actor, parsed.rest)
    return _of_one(kit, ask, actor, verb, parsed.rest)


def after_project(
    kit: Kit,
    sent: Submission,  # noqa: ARG001 - what every command's own has.
    actor: Actor,
    project: ProjectView,
    typed: str,
) -> str | UpdateModal:
    """Open the form that waited for its project."""
    headline = readable(typed)[:HEADLINE_LENGTH]
    return UpdateModal(opening.opened(kit, actor, project.id, begun=Begun(headline)))


def _form(kit: Kit, ask: Ask, actor: Actor, text: str) -> CommandAnswer:
    """Open the form: of the project that is named, or of the channel's with the typed headline."""
    named = place_of(kit, ask, actor, text) if text.strip() and read_week_words(text) else None
    if isinstance(named, Place) and named.project is not None:
        return _opened(kit, actor, named)
    colour = SAID_COLOURS.get(text.strip().lower())
    slip = slips.found(kit, ask, actor, text, named) if colour is None else None
    if slip is not None:
        return slip
    headline = readable(text)[:HEADLINE_LENGTH] if colour is None else ""
    project = here(kit, ask, actor)
    if project is not None:
        return _opened(kit, actor, Place(project), Begun(headline, colour))
    if isinstance(named, Unknown):
        return say(named.why)
    return _without_project(kit, ask, actor, text, headline)


def _without_project(kit: Kit, ask: Ask, actor: Actor, text: str, headline: str) -> Answer:
    """Let the person choose among the projects in whose name they post; else say where to go on."""
    owed = kit.statuses.owed(actor, now=kit.clock())
    if owed:
        return views.owed(owed, headline=headline)
    if not may_become_project(ask.channel_id) and kit.projects.choices(actor):
        return views.none_owed(headline)
    offered = offer(kit, ask, NEED, typed=text, has_others=False)
    late = kit.statuses.missing(actor, only_mine=False, now=kit.clock())
    if text.strip() or not any(each.may_submit for each in late.lines):
        return offered
    # Who leads projects for which others post asks here how those stand, and hardly for one more.
    below = views.missing(late, only_mine=False)
    return replace(offered, blocks=(*below.blocks, *offered.blocks))


def _opened(kit: Kit, actor: Actor, place: Place, begun: Begun = NOTHING_SAID) -> CommandAnswer:
    """Open the form; whoever may not submit sees how the project stands, and whose the status is."""
    if place.project is None:
        return say("Which project? Type `/weekly ACME`.")
    try:
        return OpenModal(opening.opened(kit, actor, place.project.id, place.period, begun))
    except NotAllowed as refused:
        return _read_only(kit, actor, place.project, refusal(refused))


def _read_only(kit: Kit, actor: Actor, project: ProjectView, why: str) -> Answer:
    try:
        shown = views.status(kit.statuses.show(actor, project.id, now=kit.clock()), kit.clock())
    except NotFound:
        return say(why)
    return Answer(shown.text, (section(f"{why} This is how it stands:"), *shown.blocks))


def _of_one(kit: Kit, ask: Ask, actor: Actor, verb: str, rest: str) -> CommandAnswer:
    """Do what the verb does with the status that the line names, if there is one."""
    place = place_of(kit, ask, actor, rest)
    if isinstance(place, Unknown):
        return say(place.why)
    if place.project is None:
        return say(f"Which project? Type `/weekly {verb} ACME`.")
    try:
        return _OF_ONE[verb](kit, actor, place.project, place.period)
    except NotFound:
        when = f" of {place.period.name}" if place.period else ""
        return say(
            f"{place.project.key} has no status{when} yet. "
            f"Whoever runs it types `/weekly` in <#{place.project.internal_channel_id}>."
        )


def _show(kit: Kit, actor: Actor, project: ProjectView, period: Period | None) -> CommandAnswer:
    details = kit.statuses.show(actor, project.id, period, now=kit.clock())
    note = earlier_than_asked(kit, project, period, details.found.status.period)
    return _under(note, views.status(details, kit.clock()))


def _under(note: str, answer: Answer) -> Answer:
    return replace(answer, blocks=(section(note), *answer.blocks)) if note else answer


def _edit(kit: Kit, actor: Actor, project: ProjectView, period: Period | None) -> CommandAnswer:
    """Open the form of what is in already, for a new version."""
    shown = kit.statuses.show(actor, project.id, period, now=kit.clock()).found.status.period
    note = earlier_than_asked(kit, project, period, shown)
    return _opened(kit, actor, Place(project, shown), Begun(note=note))


def _copy(kit: Kit, actor: Actor, project: ProjectView, period: Period | None) -> CommandAnswer:
    copy = kit.statuses.for_client(actor, project.id, period, now=kit.clock())
    note = earlier_than_asked(kit, project, period, copy.found.status.period)
    return _under(note, client_copy.answer(copy))


def _history(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    if rest.strip().lower() == ALL:
        return histories.shown(kit, ask, actor, None)
    place = place_of(kit, ask, actor, rest)
    if isinstance(place, Unknown):
        return say(place.why)
    return histories.shown(kit, ask, actor, place.project.id if place.project else None)


def _missing(kit: Kit, _ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Show one's own, or all; without a word, all to those who look after all or post none themselves."""
    word = rest.strip().lower()
    if word not in ("", MINE, ALL):
        return say(f"Type `/weekly missing`, with `{MINE}` or `{ALL}` behind it.")
    only_mine = word == MINE or (not word and not actor.organisation_roles)
    page = kit.statuses.missing(actor, only_mine=only_mine, now=kit.clock())
    if not word and only_mine and not page.asked:
        only_mine = False
        page = kit.statuses.missing(actor, only_mine=only_mine, now=kit.clock())
    return views.missing(page, only_mine=only_mine)


_OF_ONE: dict[str, Callable[[Kit, Actor, ProjectView, Period | None], CommandAnswer]] = {
    "show": _show,
    "edit": _edit,
    "copy": _copy,
}
_OF_MANY: dict[str, Callable[[Kit, Ask, Actor, str], CommandAnswer]] = {
    "history": _history,
    "missing": _missing,
}

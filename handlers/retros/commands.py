"""What ``/retro …`` does, verb by verb."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer, OpenModal, UpdateModal, say
from handlers.asks import Ask, Submission
from handlers.blocks import Block, actions, button, escape, shortened
from handlers.grammar import RETRO, parse
from handlers.help import did_you_mean, help_page
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.projects.finding import find, stranger, unknown
from handlers.projects.needs import Need
from handlers.projects.offers import offer
from handlers.projects.views import KEPT_LENGTH
from handlers.retros import modals, views
from handlers.retros.forms import CardsForm, StartForm
from handlers.retros.line import read_cards, read_until
from handlers.typed.places import about
from handlers.typed.text import readable, spoken, worth_keeping
from models.read_models import Actor, MyCards, ProjectView, RetroScreen
from models.rules.references import is_key
from models.rules.retros.formats import FORMATS, format_named
from models.rules.retros.life import closes_at

NEED = Need("retro", "A retrospective", ActionId.RETRO_CHOOSE)
EXAMPLE = "start"
SHOW, START, ADD = "show", "start", "add"
_OF_A_PROJECT = frozenset({SHOW, "mine", "close", "actions", "list"})
"""Verbs behind which nothing stands but a project's name."""
_READ = frozenset({SHOW, "mine", "actions", "list"})
"""Those which the channel with a client answers, too."""


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/retro`` with whatever follows it."""
    parsed = parse(RETRO, text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, RETRO, parsed.rest, EXAMPLE)
    actor = identify(kit, ask)
    project, words = find(kit, ask, actor, parsed.rest)
    verb = parsed.verb.name if parsed.verb else ADD if _names_column(words) else SHOW
    if verb == SHOW and parsed.verb is None and words:
        return _slip(words, parsed.meant.name if parsed.meant else None)
    if project is None and verb == ADD and (theirs := about(kit, ask, actor)) is not None:
        return _in_form(kit, actor, theirs, words)
    if project is None and verb in _READ:
        project = about(kit, ask, actor)
    if project is None or (verb in _OF_A_PROJECT and stranger(words)):
        return _elsewhere(kit, ask, actor, verb, words)
    return _VERBS[verb](kit, ask, actor, project, words)


def after_project(
    kit: Kit,
    sent: Submission,  # noqa: ARG001 - what every command's own has.
    actor: Actor,
    project: ProjectView,
    typed: str,
) -> str | UpdateModal:
    """Open the form that waited for its project."""
    return UpdateModal(start_form(kit, actor, project, typed))


def start_form(kit: Kit, actor: Actor, project: ProjectView | None, typed: str = "") -> Block:
    """Return the form that starts one, with what was typed of it."""
    words = typed.strip().removeprefix(START).strip()
    kind, note = format_named(words) if words else None, ""
    if words and kind is None:
        names = ", ".join(f"_{spec.name}_" for spec in FORMATS.values())
        note = f"I don't know the questions “{escape(readable(words))}”. There are: {names}."
    closing = closes_at(kit.clock(), ZoneInfo(project.timezone if project else actor.timezone))
    choices = () if project else kit.projects.choices(actor)
    return modals.start_modal(StartForm.blank(project, kind, closing, note), choices)


def shown(kit: Kit, actor: Actor, screen: RetroScreen) -> Answer:
    """Show how one stands."""
    return views.shown(screen, today(kit, actor), kit.clock())


def add_form(mine: MyCards, typed: str = "") -> Block:
    """Return the form in which cards are added, with what was typed; what names no column, in the first."""
    cards = read_cards(typed, mine.retro.spec)
    values = {mine.retro.spec.columns[0].key: typed} if typed and not cards else {}
    for card in cards:
        values[card.column] = f"{values.get(card.column, '')}\n{card.text}".strip()
    return modals.cards_modal(CardsForm(mine.retro.id, values), mine)


def _names_column(words: str) -> bool:
    """Tell whether a line without a verb begins as a card does: "stop: meetings without notes"."""
    first, colon, _ = words.partition(":")
    return bool(colon) and any(spec.asks_for(first) for spec in FORMATS.values())


def _slip(words: str, meant: str | None) -> Answer:
    """Ask about a mistyped verb, or about questions without a verb."""
    _, _, rest = words.partition(" ")
    if meant is None and format_named(words) is not None:
        meant, rest = START, words
    if meant is None:
        as_card = " To write it on a card, type `/retro add` in front of it." if rest else ""
        return say(f"I don't know “{escape(readable(words))}”.{as_card} `/retro help` shows what there is.")
    corrected = f"{meant} {rest}".strip()
    label = f"Yes: {shortened(readable(corrected), 60)}"
    yes = button(label, ActionId.RETRO_MEANT, corrected[:KEPT_LENGTH], style="primary")
    return say(did_you_mean(RETRO, corrected), actions([yes]))


def _elsewhere(kit: Kit, ask: Ask, actor: Actor, verb: str, words: str) -> Answer:
    first, _, more = words.partition(" ")
    is_card = verb == ADD and bool(more)
    if first and is_key(first.upper()) and not is_card and (verb != START or format_named(words) is None):
        return unknown(kit, actor, first, f"retro {verb}", hint="`/project list all` shows what there is.")
    if verb == START:
        return offer(kit, ask, NEED, typed=f"{START} {words}", has_others=bool(kit.projects.choices(actor)))
    return say(
        f"Which project? Type `/retro {verb} ACME`, or the same without its name in the project's channel."
        f"{_kept(verb, words)}"
    )


def _kept(verb: str, words: str) -> str:
    """Return the card that could not be added, for who would else have to write it again."""
    return worth_keeping(words) if verb == ADD else ""


def _show(kit: Kit, _ask: Ask, actor: Actor, project: ProjectView, _words: str) -> CommandAnswer:
    screen = kit.retros.show(actor, project.id, now=kit.clock())
    return shown(kit, actor, screen) if screen else _none_yet(kit, actor, project)


def _none_yet(kit: Kit, actor: Actor, project: ProjectView) -> Answer:
    return views.none_yet(project, may_start=kit.retros.may_start(actor, project))


def _start(kit: Kit, _ask: Ask, actor: Actor, project: ProjectView, words: str) -> CommandAnswer:
    running = _running(kit, actor, project)
    if running is not None:
        return shown(kit, actor, running)
    kit.retros.startable(actor, project.id)
    return OpenModal(start_form(kit, actor, project, words))


def _add(kit: Kit, ask: Ask, actor: Actor, project: ProjectView, words: str) -> CommandAnswer:
    screen = _running(kit, actor, project)
    if screen is None:
        return _nothing_runs(kit, actor, project, _kept(ADD, words))
    cards = read_cards(spoken(words), screen.retro.spec)
    if not cards:
        return _in_form(kit, actor, project, words)
    mine = kit.retro_cards.add(actor, screen.retro.id, cards, origin=origin(kit, ask), now=kit.clock())
    return views.added(mine)


def _in_form(kit: Kit, actor: Actor, project: ProjectView, words: str) -> CommandAnswer:
    """Open the form with what was typed: it says whose project it is, and asks for the column."""
    screen = _running(kit, actor, project)
    if screen is None:
        return _nothing_runs(kit, actor, project, _kept(ADD, words))
    mine = kit.retro_cards.mine(actor, screen.retro.id, now=kit.clock())
    return OpenModal(add_form(mine, spoken(words)))


def _mine(kit: Kit, _ask: Ask, actor: Actor, project: ProjectView, _words: str) -> CommandAnswer:
    screen = _running(kit, actor, project)
    if screen is None:
        return _nothing_runs(kit, actor, project)
    return OpenModal(modals.my_cards(kit.retro_cards.mine(actor, screen.retro.id, now=kit.clock())))


def _close(kit: Kit, _ask: Ask, actor: Actor, project: ProjectView, _words: str) -> CommandAnswer:
    screen = _running(kit, actor, project)
    if screen is None:
        return _nothing_runs(kit, actor, project)
    return views.asked_to_close(kit.retros.closable(actor, screen.retro.id))


def _extend(kit: Kit, ask: Ask, actor: Actor, project: ProjectView, words: str) -> CommandAnswer:
    screen = _running(kit, actor, project)
    if screen is None:
        return _nothing_runs(kit, actor, project)
    retro, zone = screen.retro, ZoneInfo(project.timezone)
    until = read_until(readable(words), retro.closes_at, kit.clock().astimezone(zone).date(), zone)
    if until.problem:
        return say(until.problem)
    came_from, now = origin(kit, ask), kit.clock()
    return views.extended(kit.retros.extend(actor, retro.id, until.at, origin=came_from, now=now))


def _actions(kit: Kit, _ask: Ask, actor: Actor, project: ProjectView, _words: str) -> CommandAnswer:
    agreed = kit.retros.agreed(actor, project.id, now=kit.clock())
    return views.agreed_on(agreed, project, today(kit, actor))


def listed(kit: Kit, actor: Actor, project: ProjectView) -> Answer:
    """Show all of a project."""
    lines = kit.retros.lines(actor, project.id)
    return views.listed(project, lines, kit.clock()) if lines else _none_yet(kit, actor, project)


def _list(kit: Kit, _ask: Ask, actor: Actor, project: ProjectView, _words: str) -> CommandAnswer:
    return listed(kit, actor, project)


def _running(kit: Kit, actor: Actor, project: ProjectView) -> RetroScreen | None:
    screen = kit.retros.show(actor, project.id, now=kit.clock())
    return screen if screen is not None and screen.retro.closed_at is None else None


def _nothing_runs(kit: Kit, actor: Actor, project: ProjectView, kept: str = "") -> Answer:
    text = f"{project.key} collects no cards just now."
    if not kit.retros.may_start(actor, project):
        return say(f"{text} Its team can start a retrospective with `/retro start`.{kept}")
    start = button("Start one", ActionId.RETRO_START, str(project.id), style="primary")
    return say(f"{text} `/retro start` begins.{kept}", actions([start]))


_VERBS: dict[str, Callable[[Kit, Ask, Actor, ProjectView, str], CommandAnswer]] = {
    "show": _show,
    "start": _start,
    "add": _add,
    "mine": _mine,
    "close": _close,
    "extend": _extend,
    "actions": _actions,
    "list": _list,
}

"""What ``/mood …`` does, verb by verb."""

from collections.abc import Callable
from contextlib import suppress

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer, OpenModal, UpdateModal, say
from handlers.asks import Ask, Submission
from handlers.blocks import actions, button, escape
from handlers.errors import words as refusal
from handlers.grammar import MOOD, parse
from handlers.help import did_you_mean, help_page
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.moods import lists, modals, views, words
from handlers.moods.forms import MoodForm
from handlers.moods.line import MoodLine, read_line
from handlers.moods.places import NEED, project_of
from handlers.moods.values import meant_word
from handlers.origins import origin, today
from handlers.projects.offers import offer
from handlers.projects.views import KEPT_LENGTH, may_become_project
from handlers.typed.places import Place, here, place_of
from handlers.typed.text import given_back, readable
from models.commands import MoodFields
from models.errors import Invalid, NotFound
from models.read_models import Actor, ProjectView
from models.value import replace

EXAMPLE = "2 tense call about scope"


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/mood`` with whatever follows it."""
    parsed = parse(MOOD, text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, MOOD, parsed.rest, EXAMPLE)
    actor = identify(kit, ask)
    if parsed.verb is not None:
        place = place_of(kit, ask, actor, parsed.rest)
        return place if isinstance(place, Answer) else _VERBS[parsed.verb.name](kit, ask, actor, place)
    if not text.strip():
        return blank_form(kit, ask, actor)
    line = read_line(text, today(kit, actor))
    if line.value is None and not line.problem and parsed.meant is not None:
        return _slip(text, parsed.meant.name)
    return log_line(kit, ask, actor, text)


def blank_form(kit: Kit, ask: Ask, actor: Actor) -> CommandAnswer:
    """Open the form where the channel has a project; elsewhere first ask which project it is about."""
    project = here(kit, ask, actor)
    choices = kit.projects.choices(actor, project.id if project else None)
    if project is None and (not choices or may_become_project(ask.channel_id)):
        return offer(kit, ask, NEED, typed="", has_others=bool(choices))
    return OpenModal(modals.log_modal(MoodForm.blank(project, ask.channel_id), choices))


def log_line(kit: Kit, ask: Ask, actor: Actor, text: str) -> CommandAnswer:
    """Log a mood from one line; where the line lacks something, the form asks for it and has the rest."""
    line = read_line(text, today(kit, actor))
    if line.problem:
        opens = button("Open the form", ActionId.MOOD_NEW, text[:KEPT_LENGTH], style="primary")
        return say(f"{escape(line.problem)} Nothing was logged.{given_back(text)}", actions([opens]))
    if line.value is None and (word := meant_word(text)) is not None:
        return _slip(text, word)
    project = project_of(kit, ask, actor, line, text)
    if isinstance(project, Answer):
        return project
    form = MoodForm.of_line(line, project, ask.channel_id)
    if line.value is None:
        return OpenModal(modals.log_modal(form, kit.projects.choices(actor, project.id)))
    try:
        logged = kit.moods.log(
            actor, project, fields_of(line), confirm_in=None, origin=origin(kit, ask), now=kit.clock()
        )
    except Invalid as invalid:
        asking = replace(form, note=f"*{escape(refusal(invalid))}*")
        return OpenModal(modals.log_modal(asking, kit.projects.choices(actor, project.id)))
    return views.logged(logged, kit.clock())


def fields_of(line: MoodLine) -> MoodFields:
    """Turn a line into what the services take."""
    return MoodFields(
        value=line.value or 0,
        insight=line.insight,
        observed_on=line.observed_on,
        request=line.request,
        opportunity=line.opportunity,
    )


def after_project(
    kit: Kit, sent: Submission, actor: Actor, project: ProjectView, typed: str
) -> str | UpdateModal:
    """Log the mood that waited for its project; where it lacks something, open the form."""
    line = read_line(typed, today(kit, actor))
    if line.value is not None and not line.problem:
        came_from = origin(kit, sent, ":mood")
        # Where it can't be logged, the form below says why beside its field, with all of it filled in.
        with suppress(Invalid):
            logged = kit.moods.log(
                actor, project, fields_of(line), confirm_in=None, origin=came_from, now=kit.clock()
            )
            return f"Logged: {words.headline(logged.reading)}."
    form = MoodForm.of_line(line, project, project.internal_channel_id)
    return UpdateModal(modals.log_modal(form, kit.projects.choices(actor, project.id)))


def _slip(text: str, meant: str) -> Answer:
    corrected = " ".join([meant, *text.split()[1:]])
    yes = button(f"Yes: {readable(corrected)}", ActionId.MOOD_MEANT, corrected[:KEPT_LENGTH], style="primary")
    form = button("No, open the form", ActionId.MOOD_NEW, text[:KEPT_LENGTH])
    return say(did_you_mean(MOOD, corrected), actions([yes, form]))


def _trend(kit: Kit, ask: Ask, actor: Actor, place: Place) -> CommandAnswer:
    if place.project is None:
        return lists.all_clients(kit, actor)
    return lists.trend_of(kit, ask, actor, place.project.id)


def _list(kit: Kit, _ask: Ask, actor: Actor, place: Place) -> CommandAnswer:
    return lists.of_place(kit, actor, place, heard=False)


def _heard(kit: Kit, _ask: Ask, actor: Actor, place: Place) -> CommandAnswer:
    return lists.of_place(kit, actor, place, heard=True)


def _edit(kit: Kit, _ask: Ask, actor: Actor, place: Place) -> CommandAnswer:
    try:
        mood = kit.moods.newest_of_mine(actor, place.project.id if place.project else None)
    except NotFound:
        return _none_of_yours(place)
    return OpenModal(modals.edit_modal(MoodForm.of_mood(mood)))


def _delete(kit: Kit, _ask: Ask, actor: Actor, place: Place) -> CommandAnswer:
    try:
        mood = kit.moods.newest_of_mine(actor, place.project.id if place.project else None)
    except NotFound:
        return _none_of_yours(place)
    return views.asked_to_delete(mood, kit.clock())


def _none_of_yours(place: Place) -> Answer:
    where = f" on {place.project.key}" if place.project else ""
    return say(f"You haven't logged a mood{where} yet. Type `/mood 4 good call`.")


_VERBS: dict[str, Callable[[Kit, Ask, Actor, Place], CommandAnswer]] = {
    "trend": _trend,
    "list": _list,
    "heard": _heard,
    "edit": _edit,
    "delete": _delete,
}

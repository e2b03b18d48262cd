"""What ``/csat …`` does, verb by verb."""

from collections.abc import Callable

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer, OpenModal, say
from handlers.asks import Ask
from handlers.blocks import actions, button, escape
from handlers.grammar import CSAT, mistyped, parse
from handlers.help import did_you_mean, help_page
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import here_and_now, today
from handlers.surveys import asking, forgetting, holding, list_views, modals, views
from handlers.surveys.contact_forms import ContactForm
from handlers.surveys.contact_views import contact_list, contact_modal, nobody_called
from handlers.surveys.days import as_read, overview_as_read, page_as_read, start_as_read
from handlers.surveys.forms import RecordForm, What
from handlers.typed.places import Place, about, place_of
from handlers.typed.text import readable, worth_keeping
from models.errors import NotFound
from models.read_models import Actor, ProjectView, SurveyView

EXAMPLE = "record"
_CHOOSE_THERE = (
    "Type `/csat record`: its form asks who answered, which of the five it was, and why. "
    "Outside the project's channel, `/csat record ACME`."
)


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/csat`` with whatever follows it."""
    parsed = parse(CSAT, text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, CSAT, parsed.rest, EXAMPLE)
    actor = identify(kit, ask)
    meant = mistyped(CSAT, text.split(maxsplit=1)[0]) if parsed.verb is None and text.strip() else None
    if meant is not None:
        return _slip(text, meant.name)
    if parsed.verb is not None and parsed.verb.name == "all":
        return everywhere(kit, actor)
    rest = parsed.rest if parsed.verb is not None else text.strip()
    verb = parsed.verb.name if parsed.verb else "show"
    if verb == "record" and rest[:1].isdecimal():
        return say(f"{_CHOOSE_THERE}{worth_keeping(rest)}")
    place = _named(kit, ask, actor, rest) if rest else _here(kit, ask, actor, verb)
    if not isinstance(place, Answer):
        return _VERBS[verb](kit, actor, place)
    # No project is called so: in the channel of one, somebody at its client may be.
    project = about(kit, ask, actor) if verb in _OF_SOMEBODY else None
    return _OF_SOMEBODY[verb](kit, actor, project, readable(rest)) if project else place


def _named(kit: Kit, ask: Ask, actor: Actor, rest: str) -> Place | Answer:
    if len(rest.split()) > 1:
        return say(f"I don't know “{escape(readable(rest))}”. `/csat help` shows what I understand.")
    return place_of(kit, ask, actor, rest)


def _here(kit: Kit, ask: Ask, actor: Actor, verb: str) -> Place | Answer:
    """Return the channel's project, also in the one with the client, where no other client is to be named."""
    place = Place(about(kit, ask, actor))
    if place.project is not None or verb not in ON_PROJECT or ask.channel_id is None:
        return place
    theirs = kit.projects.with_client_in(actor, ask.channel_id)
    return views.which_project(verb, theirs) if theirs else place


def _slip(text: str, meant: str) -> Answer:
    corrected = " ".join([meant, *text.split()[1:]])
    yes = button(f"Yes: {readable(corrected)}", ActionId.SURVEY_MEANT, corrected[:1000], style="primary")
    return say(did_you_mean(CSAT, corrected), actions([yes]))


def everywhere(kit: Kit, actor: Actor) -> Answer:
    """Show how satisfied all clients are that the person may know of."""
    return views.all_projects(kit.surveys.all_projects(actor, kit.projects.choices(actor)))


def shown(kit: Kit, actor: Actor, project: ProjectView) -> Answer:
    """Show how satisfied a project's client is."""
    found = kit.surveys.overview(actor, project.id, now=kit.clock())
    return views.overview(overview_as_read(found, actor), here_and_now(kit, actor))


def listed(kit: Kit, actor: Actor, project: ProjectView) -> Answer:
    """Show what a project's client answered."""
    page = page_as_read(kit.surveys.page(actor, project.id), actor)
    return list_views.answer_list(page, here_and_now(kit, actor))


def contacts(kit: Kit, actor: Actor, project: ProjectView) -> Answer:
    """Show whom we may ask."""
    return contact_list(kit.contacts.page(actor, project.id), today(kit, actor))


def added(kit: Kit, actor: Actor, project: ProjectView, name: str = "") -> CommandAnswer:
    """Open the form that adds a contact."""
    return OpenModal(contact_modal(ContactForm.blank(kit.contacts.addable(actor, project.id), name)))


def recorded(kit: Kit, actor: Actor, project: ProjectView, name: str = "") -> CommandAnswer:
    """Open the form that writes down an answer, with whoever is named chosen."""
    return record_form(kit, actor, project, What.ANSWER, name=name)


def mailed(kit: Kit, actor: Actor, project: ProjectView, name: str = "") -> CommandAnswer:
    """Open the form that notes whom somebody asked by mail, likewise."""
    return record_form(kit, actor, project, What.MAIL, name=name)


def record_form(
    kit: Kit,
    actor: Actor,
    project: ProjectView,
    what: What,
    survey: SurveyView | None = None,
    *,
    name: str = "",
) -> Answer | OpenModal:
    """Open the form for a project; where nobody is known to have answered, ask for a contact first."""
    start = start_as_read(kit.surveys.start(actor, project.id, survey.id if survey else None), actor)
    if not start.contacts:
        client = escape(project.client.name)
        add = button("Add a contact", ActionId.CONTACT_ADD, str(project.id), style="primary")
        return say(
            f"First say who it is: nobody at {client} is known yet. Then `/csat record` again.",
            actions([add]),
        )
    named = forgetting.called(name, start.contacts)
    if name and not named:
        opens = ActionId.SURVEY_ASKED if what is What.MAIL else ActionId.SURVEY_RECORD
        return nobody_called(name, project, opens)
    form = RecordForm.of_start(start, what).about(named, start)
    return OpenModal(modals.record_modal(form, start, today(kit, actor)))


ON_PROJECT: dict[str, Callable[[Kit, Actor, ProjectView], CommandAnswer]] = {
    "ask": asking.typed,
    "hold": holding.typed,
    "record": recorded,
    "mail": mailed,
    "contacts": contacts,
    "add": added,
    "forget": forgetting.typed,
    "show": shown,
    "list": listed,
}
"""What is about one project; which, is asked for where neither the place nor the line says so."""


_OF_SOMEBODY: dict[str, Callable[[Kit, Actor, ProjectView, str], CommandAnswer]] = {
    "ask": asking.typed,
    "record": recorded,
    "mail": mailed,
    "add": added,
    "forget": forgetting.typed,
}
"""What takes a contact's name as well, in the channel that says whose client they are with."""


def _on_project(verb: str) -> Callable[[Kit, Actor, Place], CommandAnswer]:
    def run(kit: Kit, actor: Actor, place: Place) -> CommandAnswer:
        if place.project is None:
            return views.which_project(verb, kit.projects.choices(actor))
        return ON_PROJECT[verb](kit, actor, place.project)

    return run


def _show(kit: Kit, actor: Actor, place: Place) -> CommandAnswer:
    return everywhere(kit, actor) if place.project is None else shown(kit, actor, place.project)


def _list(kit: Kit, actor: Actor, place: Place) -> CommandAnswer:
    project_id = place.project.id if place.project else None
    page = page_as_read(kit.surveys.page(actor, project_id), actor)
    return list_views.answer_list(page, here_and_now(kit, actor))


def _edit(kit: Kit, actor: Actor, place: Place) -> CommandAnswer:
    try:
        last = kit.surveys.last_recorded(actor, place.project.id if place.project else None)
    except NotFound:
        return _none_of_yours(place)
    return OpenModal(modals.correction_modal(RecordForm.of_invitation(last)))


def _undo(kit: Kit, actor: Actor, place: Place) -> CommandAnswer:
    try:
        last = kit.surveys.last_recorded(actor, place.project.id if place.project else None)
    except NotFound:
        return _none_of_yours(place)
    return views.asked_to_take_back(as_read(last, actor), today(kit, actor))


def _none_of_yours(place: Place) -> Answer:
    where = f" on {place.project.key}" if place.project else ""
    return say(f"You haven't recorded an answer{where}. `/csat record` writes one down.")


_VERBS: dict[str, Callable[[Kit, Actor, Place], CommandAnswer]] = {
    **{verb: _on_project(verb) for verb in ("ask", "hold", "record", "mail", "contacts", "add", "forget")},
    "show": _show,
    "list": _list,
    "edit": _edit,
    "undo": _undo,
}

"""What the buttons around clients' answers do."""

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, OpenModal, in_its_place
from handlers.asks import Click
from handlers.forms import Unreadable, identifier, reading
from handlers.kit import Kit
from handlers.origins import here_and_now, origin, today
from handlers.surveys import commands, forgetting, list_views, loop_views, modals, views
from handlers.surveys.contact_forms import ContactForm
from handlers.surveys.contact_views import changed, contact_modal
from handlers.surveys.days import page_as_read, start_as_read
from handlers.surveys.forms import RecordForm, What


def show(kit: Kit, click: Click) -> ClickAnswer:
    """Show how satisfied a project's client is."""
    actor = identify(kit, click)
    return commands.shown(kit, actor, kit.projects.get(actor, identifier(click.value)))


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(commands.command(kit, click, click.value))


def choose(kit: Kit, click: Click) -> ClickAnswer:
    """Go on with the project that was chosen."""
    actor = identify(kit, click)
    verb, _, project_id = click.value.partition(":")
    if verb not in commands.ON_PROJECT:
        raise Unreadable
    project = kit.projects.get(actor, identifier(project_id))
    return commands.ON_PROJECT[verb](kit, actor, project)


def listed(kit: Kit, click: Click) -> ClickAnswer:
    """Show a project's answers."""
    return _page(kit, click, replaces=False)


def turned(kit: Kit, click: Click) -> ClickAnswer:
    """Show another page in the place of this one."""
    return _page(kit, click, replaces=True)


def _page(kit: Kit, click: Click, *, replaces: bool) -> Answer:
    actor = identify(kit, click)
    project_id, _, number = click.value.rpartition(":")
    wanted = identifier(project_id) if project_id else None
    with reading():
        page = kit.surveys.page(actor, wanted, int(number))
    return list_views.answer_list(page_as_read(page, actor), here_and_now(kit, actor), replaces=replaces)


def record(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that writes down an answer, to the question that waits for it, if it is to one."""
    actor = identify(kit, click)
    project_id, _, invitation_id = click.value.partition(":")
    project = kit.projects.get(actor, identifier(project_id))
    if not invitation_id:
        return commands.recorded(kit, actor, project)
    start = start_as_read(kit.surveys.start(actor, project.id), actor)
    form = RecordForm.of_start(start, What.ANSWER, identifier(invitation_id))
    return OpenModal(modals.record_modal(form, start, today(kit, actor)))


def asked(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that notes whom somebody asked by mail."""
    actor = identify(kit, click)
    return commands.mailed(kit, actor, kit.projects.get(actor, identifier(click.value)))


def mailed(kit: Kit, click: Click) -> ClickAnswer:
    """Open the same form for an occasion that waits."""
    actor = identify(kit, click)
    survey = kit.questions.request(actor, identifier(click.value))
    project = kit.projects.get(actor, survey.project_id)
    return commands.record_form(kit, actor, project, What.MAIL, survey)


def edit(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that changes what was recorded."""
    found = kit.surveys.editable(identify(kit, click), identifier(click.value))
    return OpenModal(modals.correction_modal(RecordForm.of_invitation(found)))


def take_back(kit: Kit, click: Click) -> ClickAnswer:
    """Take back what was recorded; Slack has asked before."""
    actor, invitation_id = identify(kit, click), identifier(click.value)
    gone = kit.surveys.take_back(actor, invitation_id, origin=origin(kit, click), now=kit.clock())
    return views.taken_back(gone)


def contacted(kit: Kit, click: Click) -> Answer:
    """Note that the person has spoken with a client; the messages about the answer say so."""
    actor, invitation_id = identify(kit, click), identifier(click.value)
    found = kit.surveys.contacted(actor, invitation_id, origin=origin(kit, click), now=kit.clock())
    return loop_views.spoken_with(found, actor.person)


def not_contacted(kit: Kit, click: Click) -> Answer:
    """Take back that somebody has spoken with a client."""
    actor, invitation_id = identify(kit, click), identifier(click.value)
    found = kit.surveys.not_contacted(actor, invitation_id, origin=origin(kit, click), now=kit.clock())
    return loop_views.not_spoken_with(found, actor.person, here_and_now(kit, actor))


def contacts(kit: Kit, click: Click) -> ClickAnswer:
    """Show whom we may ask."""
    actor = identify(kit, click)
    return commands.contacts(kit, actor, kit.projects.get(actor, identifier(click.value)))


def add_contact(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that adds a contact."""
    actor = identify(kit, click)
    return commands.added(kit, actor, kit.projects.get(actor, identifier(click.value)))


def next_step(kit: Kit, click: Click) -> ClickAnswer:
    """Do what was chosen from a contact's menu."""
    actor = identify(kit, click)
    step, _, carried = click.value.partition(":")
    project_id, contact_id = forgetting.pair(carried)
    if step == "edit":
        contact = kit.contacts.editable(actor, project_id, contact_id)
        return OpenModal(contact_modal(ContactForm.of_contact(project_id, contact)))
    if step == "forget":
        return forgetting.confirm(kit, actor, project_id, contact_id)
    steps = {
        "out": (kit.contacts.opt_out, "Not asked any more"),
        "in": (kit.contacts.opt_in, "May be asked again"),
        "remove": (kit.contacts.remove, "Removed"),
    }
    if step not in steps:
        raise Unreadable
    act, what = steps[step]
    contact = act(actor, project_id, contact_id, origin=origin(kit, click), now=kit.clock())
    return changed(contact, kit.projects.get(actor, project_id), what, today(kit, actor))


def restore_contact(kit: Kit, click: Click) -> ClickAnswer:
    """Bring back a contact who was removed."""
    actor = identify(kit, click)
    project_id, contact_id = forgetting.pair(click.value)
    now = kit.clock()
    contact = kit.contacts.restore(actor, project_id, contact_id, origin=origin(kit, click), now=now)
    return changed(contact, kit.projects.get(actor, project_id), "Back again", today(kit, actor))

"""What the submitted modals around clients' answers do."""

from uuid import UUID

from handlers.access import identify, person
from handlers.answers import SubmissionAnswer, UpdateModal
from handlers.asks import Submission
from handlers.blocks import notice
from handlers.forms import Unreadable, beside_fields
from handlers.kit import Kit
from handlers.origins import here_and_now, origin, today
from handlers.surveys import contact_forms, forms, modals, views
from handlers.surveys.contact_forms import ContactForm
from handlers.surveys.contact_views import changed, contact_modal
from handlers.surveys.days import as_read
from handlers.surveys.forms import RecordForm
from models.errors import Conflict, Invalid
from models.read_models import Actor, ContactView
from models.value import replace

_FASTER = (
    "*This was changed in another window.* Nothing of this form is saved yet. "
    "Save again to keep what stands here."
)


def record(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Write down an answer, or that somebody was asked."""
    actor, form = identify(kit, sent), RecordForm.read(sent.view)
    now = kit.clock()
    try:
        found = kit.surveys.record(actor, form.project_id, form.fields(), origin=origin(kit, sent), now=now)
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, forms.FIELD_OF_PROBLEM)
    return UpdateModal(
        notice("Recorded", views.recorded(as_read(found, actor), here_and_now(kit, actor)).blocks)
    )


def edit(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save a changed answer; when it was changed elsewhere meanwhile, say so and keep what was typed."""
    actor, form = identify(kit, sent), RecordForm.read(sent.view)
    if form.invitation_id is None:
        raise Unreadable
    try:
        found = kit.surveys.edit(
            actor,
            form.invitation_id,
            form.fields(),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, forms.FIELD_OF_PROBLEM)
    except Conflict:
        now = kit.surveys.editable(actor, form.invitation_id)
        version = now.answer.version if now.answer else 0
        return UpdateModal(modals.correction_modal(replace(form, version=version, note=_FASTER)))
    shown = views.recorded(as_read(found, actor), here_and_now(kit, actor), what="Changed")
    return UpdateModal(notice("Changed", shown.blocks))


def save_contact(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Add a contact, or save what was changed about one."""
    actor, form = identify(kit, sent), ContactForm.read(sent.view)
    try:
        contact = _saved(kit, sent, actor, form)
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, contact_forms.FIELD_OF_PROBLEM)
    except Conflict as conflict:
        again = replace(form, version=conflict.current.version, note=_FASTER)
        return UpdateModal(contact_modal(again))
    project = kit.projects.get(actor, form.project_id)
    what = "Added" if form.contact_id is None else "Changed"
    shown = changed(contact, project, what, today(kit, actor))
    return UpdateModal(notice(what, shown.blocks))


def _saved(kit: Kit, sent: Submission, actor: Actor, form: ContactForm) -> ContactView:
    """Write the contact. Raises DirectoryDown, Invalid, Conflict."""
    chosen = form.get("person")
    person_id: UUID | None = person(kit, sent, chosen, "person_id").id if chosen else None
    fields, now = form.fields(person_id), kit.clock()
    if form.contact_id is None:
        return kit.contacts.add(actor, form.project_id, fields, origin=origin(kit, sent), now=now)
    came_from = origin(kit, sent, f":{form.version}")
    return kit.contacts.edit(
        actor, form.project_id, form.contact_id, fields, version=form.version, origin=came_from, now=now
    )

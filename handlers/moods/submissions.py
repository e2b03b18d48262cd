"""What a mood's submitted modals do."""

from handlers.access import identify
from handlers.answers import CloseModal, FieldErrors, SubmissionAnswer, UpdateModal
from handlers.asks import Submission
from handlers.blocks import escape
from handlers.forms import Unreadable, beside_fields
from handlers.kit import Kit
from handlers.moods import modals
from handlers.moods.forms import FIELD_OF_PROBLEM, MoodForm
from handlers.origins import origin
from handlers.submitting import kept_as
from models.errors import Conflict, Invalid
from models.value import replace


def log(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Log a mood from the modal."""
    actor = identify(kit, sent)
    form = MoodForm.read(sent.view)
    project_id = form.project_id()
    if project_id is None:
        return FieldErrors({"project": "Choose the project it is about."})
    try:
        kit.moods.log(
            actor,
            kit.projects.get(actor, project_id),
            form.fields(),
            confirm_in=form.channel_id or actor.person.slack_user_id,
            origin=origin(kit, sent),
            now=kit.clock(),
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, FIELD_OF_PROBLEM)
    return CloseModal(kept_as())


def edit(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save a changed reading; when it was changed elsewhere meanwhile, say so and keep what was typed."""
    actor = identify(kit, sent)
    form = MoodForm.read(sent.view)
    if form.reading_id is None:
        raise Unreadable
    try:
        kit.moods.edit(
            actor,
            form.reading_id,
            form.fields(),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, FIELD_OF_PROBLEM)
    except Conflict as conflict:
        return UpdateModal(modals.edit_modal(_with_note(form, conflict)))
    return CloseModal()


def _with_note(form: MoodForm, conflict: Conflict) -> MoodForm:
    """Return what was typed, under a note; sending it again keeps it."""
    note = (
        f"*{escape(str(conflict.current.reference))} was changed in another window.* "
        "Nothing of this form is saved yet. Save again to keep what stands here."
    )
    return replace(form, version=conflict.current.version, note=note)

"""What the submitted modals of agendas do."""

from handlers.access import identify
from handlers.agendas import modals
from handlers.agendas.forms import FIELD_OF_PROBLEM, TopicForm
from handlers.answers import CloseModal, SubmissionAnswer, UpdateModal
from handlers.asks import Submission
from handlers.blocks import escape
from handlers.forms import Unreadable, beside_fields
from handlers.kit import Kit
from handlers.origins import origin
from models.errors import Conflict, Invalid
from models.value import replace


def add(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Bring a topic from the modal."""
    actor = identify(kit, sent)
    form = TopicForm.read(sent.view)
    meeting_id = form.meeting_id()
    if meeting_id is None:
        raise Unreadable
    try:
        topic = kit.agendas.add_topic(
            actor, meeting_id, form.fields(), origin=origin(kit, sent), now=kit.clock()
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, FIELD_OF_PROBLEM)
    text = f"✓ On the agenda of *{escape(topic.meeting)}*: {escape(topic.title)}"
    return UpdateModal(modals.done(f"{text}\n`/agenda edit` and `/agenda remove` change your mind."))


def edit(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save a changed topic; when it was changed elsewhere meanwhile, say so and keep what was typed."""
    actor = identify(kit, sent)
    form = TopicForm.read(sent.view)
    if form.topic_id is None:
        raise Unreadable
    try:
        kit.agendas.edit_topic(
            actor,
            form.topic_id,
            form.fields(),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, FIELD_OF_PROBLEM)
    except Conflict as conflict:
        note = "*The topic was changed in another window.* Save again to keep what stands here."
        again = replace(form, version=conflict.current.version, note=note)
        choices = kit.projects.choices(actor, form.project_id())
        return UpdateModal(modals.topic_modal(again, (), choices))
    return CloseModal()

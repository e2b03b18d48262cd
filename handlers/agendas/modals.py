"""The modals of agendas, drawn."""

from collections.abc import Iterator, Sequence

from handlers.agendas.forms import TopicForm
from handlers.blocks import Block, Element, actions, button, confirmation, modal, notice, option, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import field, select, text_input
from handlers.projects.choosing import project_field
from models.commands import TITLE_LENGTH
from models.read_models import Meeting, ProjectChoice


def topic_modal(form: TopicForm, meetings: Sequence[Meeting], projects: Sequence[ProjectChoice]) -> Block:
    """Return the modal that brings a topic, or changes one."""
    blocks = [*_note(form), _title(form)]
    if projects:
        blocks.append(project_field(projects, form.get("project"), label="About a project?", optional=True))
    if form.ritual_id is None:
        blocks.append(_meeting(form, meetings))
    is_new = form.topic_id is None
    if not is_new:
        blocks.append(actions([_remove(form)]))
    return modal(
        CallbackId.TOPIC_ADD if is_new else CallbackId.TOPIC_EDIT,
        "Add a topic" if is_new else "Change the topic",
        blocks,
        submit="Add" if is_new else "Save",
        metadata=pack(form.carried()),
    )


def done(text: str) -> Block:
    """Return what a modal says once it is carried out."""
    return notice("Done", [section(text)])


def _note(form: TopicForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")


def _title(form: TopicForm) -> Block:
    element = text_input(
        "title",
        max_length=TITLE_LENGTH,
        placeholder="Who covers July?",
        text=form.get("title"),
    )
    hint = "If it needs long, say so at the end: “20 min”."
    return field("title", "What should we talk about?", element, optional=False, hint=hint)


def _remove(form: TopicForm) -> Element:
    question = confirmation("Remove this topic?", "It goes from the agenda.", "Remove it")
    return button("Remove", ActionId.TOPIC_REMOVE, str(form.topic_id), style="danger", confirm=question)


def _meeting(form: TopicForm, meetings: Sequence[Meeting]) -> Block:
    choices = [option(each.ritual.name, str(each.ritual.id)) for each in meetings]
    first = form.get("meeting") or choices[0]["value"]
    element = select("meeting", choices, placeholder="Choose a meeting", chosen=first)
    return field("meeting", "At which meeting?", element, optional=False)

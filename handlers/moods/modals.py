"""The mood's modals, drawn."""

from collections.abc import Iterator, Sequence

from handlers.blocks import Block, Element, actions, button, modal, option, plain, section
from handlers.callback_ids import CallbackId
from handlers.forms import day_in, pack
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, radio, select, text_input
from handlers.moods.forms import MoodForm
from handlers.moods.questions import delete_question
from handlers.moods.words import SOURCE_WORDS, VISIBILITY_WORDS, choice
from handlers.projects.choosing import project_field
from models.commands import CLIENT_ROLE_LENGTH, INSIGHT_LENGTH
from models.read_models import ProjectChoice
from models.rules.moods.mood import VALUES
from models.rules.risks.words import Visibility

_AS_IF_READ = "Needed for 1 and 2, and where much has changed. Write it as if the client may read it."


def log_modal(form: MoodForm, projects: Sequence[ProjectChoice]) -> Block:
    """Return the modal that logs a mood; ``projects`` fill the project's select."""
    form = form.foldable()
    blocks = [*_note(form)]
    if not form.project_key:
        blocks.append(project_field(projects, form.get("project")))
    blocks += [_value(form), _insight(form), *_more(form, projects)]
    title = f"Client mood {form.project_key}".strip()
    return modal(CallbackId.MOOD_LOG, title, blocks, submit="Save", metadata=pack(form.carried()))


def edit_modal(form: MoodForm) -> Block:
    """Return the modal that changes a reading, or deletes it."""
    # Where somebody changed it meanwhile, all of it shows: what they changed may stand behind More.
    form = form.opened() if form.note else form.foldable()
    blocks = [*_note(form), _value(form), _insight(form), *(_details(form) if form.is_open else ())]
    buttons = [_delete_button(form)] if form.is_open else [_more_button(), _delete_button(form)]
    blocks.append(actions(buttons, block_id="more"))
    title = f"Client mood {form.project_key}"
    return modal(CallbackId.MOOD_EDIT, title, blocks, submit="Save", metadata=pack(form.carried()))


def done_modal(text: str) -> Block:
    """Return what the modal says once there is nothing left to fill in."""
    return {"type": "modal", "title": plain("Done"), "close": plain("Close"), "blocks": [section(text)]}


def _note(form: MoodForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")


def _value(form: MoodForm) -> Block:
    choices = [option(choice(value), str(value)) for value in VALUES]
    element = radio("value", choices, chosen=form.get("value"))
    return field("value", "How is the client?", element, optional=False)


def _insight(form: MoodForm) -> Block:
    element = text_input(
        "insight",
        max_length=INSIGHT_LENGTH,
        text=form.get("insight"),
        placeholder="Asked twice who decides about scope",
    )
    return field("insight", "One sentence", element, hint=_AS_IF_READ)


def _more(form: MoodForm, projects: Sequence[ProjectChoice]) -> Iterator[Block]:
    if not form.is_open:
        yield actions([_more_button()], block_id="more")
        return
    if form.project_key:
        yield project_field(projects, form.get("project"))
    yield from _details(form)


def _more_button() -> Element:
    return button("More", ActionId.MOOD_FORM_MORE)


def _details(form: MoodForm) -> Iterator[Block]:
    day = day_in(form.get("day"))
    yield field("day", "When", date_picker("day", placeholder="Today", chosen=day))
    sources = [option(words, source) for source, words in SOURCE_WORDS.items()]
    source = select("source", sources, placeholder="Choose one", chosen=form.get("source"))
    yield field("source", "How do you know?", source)
    yield _line(form, "client_role", "Who at the client?", "Head of digital", CLIENT_ROLE_LENGTH)
    yield _line(form, "request", "A request you heard", "They would like a dark theme")
    yield _line(form, "opportunity", "An opportunity you heard", "A second market opens in spring")
    yield _line(form, "follow_up", "Follow-up", "Send the price list")
    viewers = [option(words, visibility) for visibility, words in VISIBILITY_WORDS.items()]
    chosen = form.get("visibility") or Visibility.TEAM
    yield field("visibility", "Who sees it?", radio("visibility", viewers, chosen=chosen), optional=False)


def _line(form: MoodForm, name: str, label: str, placeholder: str, max_length: int = INSIGHT_LENGTH) -> Block:
    element = text_input(name, max_length=max_length, text=form.get(name), placeholder=placeholder)
    return field(name, label, element)


def _delete_button(form: MoodForm) -> Element:
    return button(
        "Delete this reading",
        ActionId.MOOD_DELETE_IT,
        str(form.reading_id),
        style="danger",
        confirm=delete_question(),
    )

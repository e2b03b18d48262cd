"""The modal that changes a project, drawn."""

from collections.abc import Iterator
from datetime import date

from handlers.blocks import Block, context, modal, option, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.inputs import channel_select, date_picker, field, radio, text_input
from handlers.projects.edit_form import EditForm
from handlers.projects.words import KIND_WORDS, MODE_WORDS
from models.commands import NAME_LENGTH
from models.rules.projects.kinds import LINK_LENGTH
from models.rules.references import KEY_LENGTH

ZONE_LENGTH = 60
_LINKS = (("board", "Board"), ("jira", "Jira"), ("notes", "Notes folder"))


def edit_modal(form: EditForm) -> Block:
    """Return the modal with everything that a person may set."""
    parts = (_note, _names, _channels, _dates, _ways, _links)
    blocks = [block for part in parts for block in part(form)]
    return modal(
        CallbackId.PROJECT_EDIT, f"Edit {form.key}", blocks, submit="Save", metadata=pack(form.carried())
    )


def _note(form: EditForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")


def _names(form: EditForm) -> Iterator[Block]:
    name = text_input("name", max_length=NAME_LENGTH, text=form.get("name"))
    yield field("name", "Project name", name, optional=False)
    client = text_input("client", max_length=NAME_LENGTH, text=form.get("client"))
    yield field("client", "Client", client, optional=False)
    if form.has_key:
        key = text_input("key", max_length=KEY_LENGTH, text=form.get("key"))
        hint = "It can change until the first record is numbered after it."
        yield field("key", "Short name", key, hint=hint, optional=False)
    else:
        yield context(f"The short name stays {form.key}: risks are numbered after it.", block_id="fixed_key")


def _channels(form: EditForm) -> Iterator[Block]:
    own = channel_select("channel", placeholder="Choose a channel", chosen=form.get("channel"), shared=False)
    hint = "Only your team reads it. I post risks there."
    yield field("channel", "Your team's own channel", own, hint=hint, optional=False)
    client = channel_select("client_channel", placeholder="None", chosen=form.get("client_channel"))
    hint = "I never post anything confidential there."
    yield field("client_channel", "Channel with the client", client, hint=hint)


def _dates(form: EditForm) -> Iterator[Block]:
    hint = "Delivery health checks count from it: `/ritual new health check` switches them on."
    for name, label, said in (("starts", "Start", hint), ("ends", "Planned end", "")):
        picker = date_picker(name, placeholder="Pick a day", chosen=_day(form, name))
        yield field(name, label, picker, hint=said)


def _day(form: EditForm, name: str) -> date | None:
    return form.day(name)


def _ways(form: EditForm) -> Iterator[Block]:
    kinds = [option(words, kind) for kind, words in KIND_WORDS.items()]
    yield field("kind", "Kind", radio("kind", kinds, chosen=form.get("kind")), optional=False)
    modes = [option(words, mode) for mode, words in MODE_WORDS.items()]
    yield field("mode", "How the work comes", radio("mode", modes, chosen=form.get("mode")), optional=False)
    zone = text_input(
        "timezone", max_length=ZONE_LENGTH, text=form.get("timezone"), placeholder="Europe/London"
    )
    yield field("timezone", "Time zone", zone, optional=False)


def _links(form: EditForm) -> Iterator[Block]:
    for name, label in _LINKS:
        link = text_input(name, max_length=LINK_LENGTH, text=form.get(name), placeholder="https://")
        yield field(name, label, link)

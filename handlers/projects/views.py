"""What people see of projects: the offer to make one, and its modal."""

from collections.abc import Iterator

from handlers.answers import Answer, say
from handlers.blocks import Block, actions, button, context, escape, modal, notice, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import field, person_select, text_input
from handlers.projects.forms import ProjectForm
from handlers.projects.needs import Need, kept
from handlers.typed.text import readable
from models.commands import NAME_LENGTH
from models.read_models import ProjectView
from models.rules.references import KEY_LENGTH

KEPT_LENGTH = 1000
"""Characters kept of what was typed: far more than a title takes, and well within a modal's metadata."""

DIRECT_MESSAGE = "D"
"""What the ids of direct messages begin with."""


def may_become_project(channel_id: str | None) -> bool:
    """Tell whether a project can live there: in a channel, not in a direct message."""
    return channel_id is not None and not channel_id.startswith(DIRECT_MESSAGE)


def no_project(channel_id: str | None, need: Need, *, typed: str, has_others: bool) -> Answer:
    """Offer to make the channel a project, or to choose another, keeping what was typed."""
    typed = typed[:KEPT_LENGTH]
    buttons = []
    text = f"{need.thing} belongs to a project."
    if may_become_project(channel_id):
        carried = kept(need, typed)
        buttons.append(button("Make this channel a project", ActionId.PROJECT_MAKE, carried, style="primary"))
        text = f"<#{channel_id}> isn't a project yet."
    if has_others:
        buttons.append(button("Choose a project", need.choose, typed))
    if not buttons:
        return say(f"{text} Type `/{need.command}` in your project's channel, and I'll offer to make it one.")
    if typed:
        text += f" Nothing is lost, I kept: “{escape(readable(typed))}”"
    return say(text, actions(buttons))


def not_here(channel_id: str, need: Need, *, typed: str, has_others: bool) -> Answer:
    """Say that a channel which another company can read is no project, and offer those that are."""
    text = f"Another company can read <#{channel_id}>, so use your team's own channel instead."
    if typed:
        text += f" Nothing is lost, I kept: “{escape(readable(typed))}”"
    if not has_others:
        return say(f"{text} `/{need.command}` works there.")
    chosen = button("Choose a project", need.choose, typed[:KEPT_LENGTH], style="primary")
    return say(text, actions([chosen]))


def already_a_project(project: ProjectView, command: str, typed: str) -> Answer:
    """Say that there is nothing to make any more, and give back what was typed."""
    text = f"<#{project.internal_channel_id}> is *{project.key}* already."
    if typed:
        text += f" If it isn't there yet, type `/{command}` and what I kept: “{escape(readable(typed))}”"
    return say(text, actions([button("Show it", ActionId.PROJECT_SHOW, str(project.id))]))


def make_modal(form: ProjectForm) -> Block:
    """Return the modal that makes a channel a project: three fields, the guesses behind More."""
    client = text_input("client", max_length=NAME_LENGTH, text=form.get("client"), placeholder="Acme")
    manager = person_select("manager", placeholder="You", chosen=form.get("manager"))
    key = text_input("key", max_length=KEY_LENGTH, text=form.get("key"), placeholder="ACME")
    blocks = [
        section(f"<#{form.channel_id}> becomes the project's own channel."),
        field("client", "Client", client, optional=False),
        field("manager", "Project manager", manager, optional=False),
        field(
            "key",
            "Short name",
            key,
            hint=f"Each risk's number begins with it, such as {form.get('key') or 'ACME'}-R1.",
            optional=False,
        ),
        *_more(form),
    ]
    metadata = pack(form.carried())
    return modal(
        CallbackId.PROJECT_MAKE, "Make it a project", blocks, submit="Make project", metadata=metadata
    )


def _more(form: ProjectForm) -> Iterator[Block]:
    if not form.is_open:
        yield context(f"Called {escape(form.get('name'))}, in the time zone {escape(form.get('timezone'))}.")
        yield actions([button("Change these", ActionId.PROJECT_FORM_MORE)], block_id="more")
        return
    name = text_input("name", max_length=NAME_LENGTH, text=form.get("name"))
    yield field("name", "Project name", name, optional=False)
    zone = text_input("timezone", max_length=60, text=form.get("timezone"), placeholder="Europe/London")
    yield field("timezone", "Time zone", zone, optional=False)


def made_of_it(project: ProjectView, then: str = "") -> Answer:
    """Say which project a channel is now, and what was done with what waited for it."""
    return say(f"✓ <#{project.internal_channel_id}> is now *{project.key}*.\n{then}".rstrip())


def made(project: ProjectView, then: str, *, invite: bool) -> Block:
    """Return what the modal says once the project is there; ``then`` is what was done with the wait."""
    blocks = list(made_of_it(project, then).blocks)
    if invite:
        blocks.append(
            section("*One more thing:* type `/invite @Drumbeat` in the channel, so that I can post there.")
        )
    blocks.append(context("`/risk list` shows its risks, `/risk help` all that you can type."))
    return notice("Done", blocks)

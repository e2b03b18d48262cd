"""Changing what a project says of itself: typed, clicked, submitted."""

from handlers.access import identify
from handlers.answers import (
    ClickAnswer,
    CloseModal,
    CommandAnswer,
    FieldErrors,
    OpenModal,
    SubmissionAnswer,
    UpdateModal,
)
from handlers.asks import Ask, Click, Submission
from handlers.blocks import escape, plain, section
from handlers.forms import beside_fields, identifier
from handlers.kit import Channel, Kit
from handlers.origins import origin
from handlers.projects import words
from handlers.projects.edit_form import FIELD_OF_PROBLEM, EditForm
from handlers.projects.edit_modal import edit_modal
from handlers.projects.finding import find, stranger, unknown
from handlers.projects.lists import elsewhere
from handlers.typed.places import about
from models.errors import AlreadyExists, Conflict, Invalid
from models.read_models import Actor, ProjectView

_TAKEN = {
    "key": "{} is taken by another project. Choose another short name.",
    "internal_channel_id": "That channel belongs to another project. Choose another.",
}


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Open the form for the project that the line or the channel means."""
    project, more = find(kit, ask, actor, rest)
    if other := stranger(more):
        return unknown(kit, actor, other, "project edit", hint="Try `/project list all`.")
    project = project or about(kit, ask, actor)
    if project is None:
        return elsewhere(kit, ask, actor, verb="edit")
    return opened(kit.profiles.editable(actor, project.id))


def clicked(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form."""
    actor = identify(kit, click)
    return opened(kit.profiles.editable(actor, identifier(click.value)))


def opened(project: ProjectView) -> OpenModal:
    """Return the form with the project as it is."""
    return OpenModal(edit_modal(EditForm.of_project(project)))


def submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save it; when somebody was faster, show both and lose nothing."""
    actor = identify(kit, sent)
    form = EditForm.read(sent.view)
    moved_to = _moved_to(kit, form)
    if moved_to is not None and moved_to.is_shared:
        return FieldErrors({"channel": words.SHARED})
    try:
        project = kit.profiles.edit(
            actor,
            form.project_id,
            form.profile(),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, FIELD_OF_PROBLEM)
    except AlreadyExists as taken:
        said = {taken.field: _TAKEN[taken.field].format(taken.value)}
        return beside_fields(said, sent.view, FIELD_OF_PROBLEM)
    except Conflict as conflict:
        return UpdateModal(edit_modal(form.rebased(conflict, _note(conflict, actor))))
    return _saved(project, moved_to)


def _moved_to(kit: Kit, form: EditForm) -> Channel | None:
    """Return what Slack says of the newly chosen channel; None where it stays. Raises DirectoryDown."""
    chosen = form.get("channel")
    return kit.directory.channel(chosen) if chosen and chosen != form.channel_id else None


def _saved(project: ProjectView, moved_to: Channel | None) -> SubmissionAnswer:
    if moved_to is None or moved_to.has_bot:
        return CloseModal()
    text = (
        f"✓ Saved. *One more thing:* type `/invite @Drumbeat` in <#{project.internal_channel_id}>, "
        "so that I can post there."
    )
    return UpdateModal(
        {"type": "modal", "title": plain("Saved"), "close": plain("Close"), "blocks": [section(text)]}
    )


def _note(conflict: Conflict, actor: Actor) -> str:
    is_somebody = conflict.by is not None and conflict.by.id != actor.person.id
    who = escape(conflict.by.name) if conflict.by is not None and is_somebody else "Somebody"
    changed = "\n".join(f"• {words.change(item)}" for item in conflict.changes)
    return (
        f"*{who} changed {conflict.current.reference} while you were writing.* "
        "Nothing of yours is saved yet.\n"
        f"{changed}\nBelow, what you changed is as you left it, and the rest is as it is now. "
        "Press Save again to keep both."
    )

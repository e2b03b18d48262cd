"""Making a channel a project: the offer's button and its modal."""

import re
from collections.abc import Callable, Mapping

from handlers.access import identify, person
from handlers.answers import (
    Answer,
    ClickAnswer,
    CommandAnswer,
    FieldErrors,
    OpenModal,
    SubmissionAnswer,
    UpdateModal,
    in_its_place,
    say,
)
from handlers.asks import Ask, Click, Submission
from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.forms import Unreadable, beside_fields
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin
from handlers.projects.forms import ProjectForm
from handlers.projects.needs import taken_up
from handlers.projects.views import already_a_project, made, made_of_it, make_modal, may_become_project
from handlers.typed.text import CHANNEL
from models.errors import AlreadyExists, Invalid
from models.read_models import Actor, ProjectView
from models.value import replace

FIELD_OF_PROBLEM = {"client_name": "client", "manager_id": "manager", "internal_channel_id": "key"}
"""Where the service's name for a field is not the modal's."""


_OFFER = "offer"
"""What the form remembers that was asked for in an offer."""

GoOn = Callable[[Kit, Submission, Actor, ProjectView, str], str | UpdateModal]
"""Takes up what waited for the project; returns a line that says so, or the next modal."""


def register(routes: Routes, go_on: Mapping[str, GoOn]) -> None:
    """Register the offer's button and the modal; ``go_on`` takes up what was kept, by its command."""
    routes.clicks({ActionId.PROJECT_MAKE: offer(go_on), ActionId.PROJECT_FORM_MORE: unfold})
    routes.submissions({CallbackId.PROJECT_MAKE: maker(go_on)})


def offer(go_on: Mapping[str, GoOn]) -> Callable[[Kit, Click], ClickAnswer]:
    """Return what the offer's button does: open the modal with everything guessed that can be."""

    def opened(kit: Kit, click: Click) -> ClickAnswer:
        actor = identify(kit, click)
        if taken_up(click.value)[0] not in go_on:
            raise Unreadable
        form = _modal_for(kit, actor, click.channel_id or "", click.value)
        # What offered it offers it no more once it is done.
        return replace(form, place=_OFFER) if isinstance(form, OpenModal) else in_its_place(form)

    return opened


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Open the modal for the channel that the line names, or else for the one it was typed in."""
    named = re.search(CHANNEL, rest)
    channel_id = named["id"] if named else ask.channel_id
    if not may_become_project(channel_id) or channel_id is None:
        return say("Type `/project create` in the channel that is to be the project's own.")
    return _modal_for(kit, actor, channel_id, "project ")


def _modal_for(kit: Kit, actor: Actor, channel_id: str, typed: str) -> Answer | OpenModal:
    """Open the modal with everything guessed that can be, unless the channel cannot become a project."""
    waiting, words = taken_up(typed)
    if (project := kit.projects.in_channel(actor, channel_id)) is not None:
        return already_a_project(project, waiting, words)
    channel = kit.directory.channel(channel_id)
    if channel.is_shared:
        return say(
            "People of another company can read that channel, so it can't be the project's own. "
            f"Open your team's internal channel and type `/{waiting or 'project'}` there."
        )
    return OpenModal(make_modal(ProjectForm.guess(channel, actor, typed)))


def unfold(kit: Kit, click: Click) -> ClickAnswer:  # noqa: ARG001 - every click takes the kit.
    """Show the guessed fields."""
    return UpdateModal(make_modal(ProjectForm.read(click.view or {}).opened()))


def maker(go_on: Mapping[str, GoOn]) -> Callable[[Kit, Submission], SubmissionAnswer]:
    """Return what the submitted modal does: make the project, then go on with what waited for it."""

    def make(kit: Kit, sent: Submission) -> SubmissionAnswer:
        actor = identify(kit, sent)
        form = ProjectForm.read(sent.view)
        command, typed = taken_up(form.typed)
        if command not in go_on:
            raise Unreadable
        try:
            manager = person(kit, sent, form.get("manager"), "manager_id")
            came_from = origin(kit, sent, ":project")
            project = kit.projects.create(actor, form.command(manager.id), origin=came_from, now=kit.clock())
        except Invalid as invalid:
            return beside_fields(invalid.problems, sent.view, FIELD_OF_PROBLEM)
        except AlreadyExists as taken:
            return _taken(taken)
        then = go_on[command](kit, sent, actor, project, typed)
        if isinstance(then, UpdateModal):
            return replace(then, shown=made_of_it(project))
        return UpdateModal(made(project, then, invite=not form.has_bot), made_of_it(project, then))

    return make


def _taken(taken: AlreadyExists) -> FieldErrors:
    if taken.field == "key":
        return FieldErrors({"key": f"{taken.value} is taken by another project. Choose another short name."})
    return FieldErrors(
        {"client": "This channel became a project in the meantime. Close this, and type `/risk` again."}
    )

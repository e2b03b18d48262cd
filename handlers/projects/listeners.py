"""Making a channel a project: the offer's button and its modal."""

from collections.abc import Callable, Mapping

from slack_bolt import App

from handlers.access import identify, person
from handlers.answers import ClickAnswer, FieldErrors, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Click, Submission
from handlers.edge import click_listener, submission_listener
from handlers.forms import Unreadable, beside_fields
from handlers.ids import ActionId, CallbackId
from handlers.kit import Kit
from handlers.origins import origin
from handlers.projects.forms import ProjectForm
from handlers.projects.needs import taken_up
from handlers.projects.views import made, make_modal
from models.errors import AlreadyExists, Invalid
from models.read_models import Actor, ProjectView

FIELD_OF_PROBLEM = {"client_name": "client", "manager_id": "manager", "internal_channel_id": "key"}
"""Where the service's name for a field is not the modal's."""


GoOn = Callable[[Kit, Submission, Actor, ProjectView, str], str | UpdateModal]
"""Takes up what waited for the project; returns a line that says so, or the next modal."""


def register(app: App, kit: Kit, go_on: Mapping[str, GoOn]) -> None:
    """Register the offer's button and the modal; ``go_on`` takes up what was kept, by its command."""
    app.action(ActionId.PROJECT_MAKE.value)(click_listener(kit, offer))
    app.action(ActionId.PROJECT_FORM_MORE.value)(click_listener(kit, unfold))
    app.view(CallbackId.PROJECT_MAKE.value)(submission_listener(kit, maker(go_on)))


def offer(kit: Kit, click: Click) -> ClickAnswer:
    """Open the modal with everything guessed that can be."""
    actor = identify(kit, click)
    channel = kit.directory.channel(click.channel_id or "")
    if channel.is_shared:
        return say(
            "People of another company can read this channel, so it can't be the project's own. "
            f"Open your team's internal channel and type `/{taken_up(click.value)[0] or 'risk'}` there."
        )
    return OpenModal(make_modal(ProjectForm.guess(channel, actor, click.value)))


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
            return then
        return UpdateModal(made(project, then, invite=not form.has_bot))

    return make


def nothing_waits(kit: Kit, sent: Submission, actor: Actor, project: ProjectView, typed: str) -> str:  # noqa: ARG001 - as GoOn has it.
    """Say what comes next where the project was made for its own sake."""
    return f"`/{kit.prefix}risk What might happen` in the channel logs its first risk."


def _taken(taken: AlreadyExists) -> FieldErrors:
    if taken.field == "key":
        return FieldErrors({"key": f"{taken.value} is taken by another project. Choose another short name."})
    return FieldErrors(
        {"client": "This channel became a project in the meantime. Close this, and type /risk again."}
    )

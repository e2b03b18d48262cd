"""Making a channel a project: the offer's button and its modal."""

from slack_bolt import App

from handlers.access import identify, person
from handlers.answers import ClickAnswer, FieldErrors, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Click, Submission
from handlers.blocks import BUTTON_VALUE_LENGTH
from handlers.edge import click_listener, submission_listener
from handlers.forms import beside_fields
from handlers.ids import ActionId, CallbackId
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.projects.forms import ProjectForm
from handlers.projects.views import made, make_modal
from handlers.risks.commands import fields_of, prefilled
from handlers.risks.line import read_line
from handlers.risks.modals import log_modal
from models.errors import AlreadyExists, Invalid
from models.read_models import Actor, ProjectView

FIELD_OF_PROBLEM = {"client_name": "client", "manager_id": "manager", "internal_channel_id": "key"}
"""Where the service's name for a field is not the modal's."""


def register(app: App, kit: Kit) -> None:
    """Register the offer's button and the modal."""
    app.action(ActionId.PROJECT_MAKE.value)(click_listener(kit, offer))
    app.action(ActionId.PROJECT_FORM_MORE.value)(click_listener(kit, unfold))
    app.view(CallbackId.PROJECT_MAKE.value)(submission_listener(kit, make))


def offer(kit: Kit, click: Click) -> ClickAnswer:
    """Open the modal with everything guessed that can be."""
    actor = identify(kit, click)
    channel = kit.directory.channel(click.channel_id or "")
    if channel.is_shared:
        return say(
            "People of another company can read this channel, so it can't be the project's own. "
            "Open your team's internal channel and type `/risk` there."
        )
    return OpenModal(make_modal(ProjectForm.guess(channel, actor, click.value[:BUTTON_VALUE_LENGTH])))


def unfold(kit: Kit, click: Click) -> ClickAnswer:  # noqa: ARG001 - every click takes the kit.
    """Show the guessed fields."""
    return UpdateModal(make_modal(ProjectForm.read(click.view or {}).opened()))


def make(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Make the project, then go on with the risk that waited for it."""
    actor = identify(kit, sent)
    form = ProjectForm.read(sent.view)
    try:
        manager = person(kit, sent, form.get("manager"))
        project = kit.projects.create(
            actor, form.command(manager.id), origin=origin(kit, sent, ":project"), now=kit.clock()
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, FIELD_OF_PROBLEM)
    except AlreadyExists as taken:
        return _taken(taken)
    return _go_on(kit, sent, actor, form, project)


def _taken(taken: AlreadyExists) -> FieldErrors:
    if taken.field == "key":
        return FieldErrors({"key": f"{taken.value} is taken by another project. Choose another short name."})
    return FieldErrors(
        {"client": "This channel became a project in the meantime. Close this, and type /risk again."}
    )


def _go_on(
    kit: Kit, sent: Submission, actor: Actor, form: ProjectForm, project: ProjectView
) -> SubmissionAnswer:
    line = read_line(form.typed, today(kit, actor))
    if not form.typed or line.problem or not line.title:
        started = prefilled(form.typed, today(kit, actor), project, form.channel_id)
        return UpdateModal(log_modal(started, kit.projects.choices(actor)))
    try:
        risk = kit.risks.log(
            actor,
            project.id,
            fields_of(kit, sent, line),
            confirm_in=None,
            origin=origin(kit, sent, ":risk"),
            now=kit.clock(),
        )
    except Invalid:
        started = prefilled(form.typed, today(kit, actor), project, form.channel_id)
        return UpdateModal(log_modal(started, kit.projects.choices(actor)))
    return UpdateModal(made(project, risk, invite=not form.has_bot))

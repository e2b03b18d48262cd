"""What a mood's buttons do."""

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, OpenModal, UpdateModal, in_its_place, say
from handlers.asks import Click
from handlers.blocks import escape
from handlers.callback_ids import CallbackId
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.moods import modals, views
from handlers.moods.commands import command
from handlers.moods.forms import MoodForm
from handlers.moods.line import read_line
from handlers.moods.places import NEED
from handlers.moods.questions import PICKS
from handlers.origins import origin, today
from handlers.projects.offers import offer
from handlers.submitting import of_kept
from handlers.typed.places import about, project_named
from models.read_models import ProjectView

_VALUES = {action.value: value for value, action in PICKS.items()}


def pick(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form with the pressed mood chosen."""
    actor = identify(kit, click)
    project = kit.projects.get(actor, identifier(click.value))
    form = MoodForm.blank(project, click.channel_id, _VALUES[click.action_id])
    return OpenModal(modals.log_modal(form, kit.projects.choices(actor, project.id)))


def new(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form, with the line that was typed, if any, filled in; a project not named is to be chosen."""
    actor = identify(kit, click)
    line = read_line(click.value, today(kit, actor))
    named = project_named(kit, actor, line.key) if line.key else None
    project = named if isinstance(named, ProjectView) else about(kit, click, actor)
    choices = kit.projects.choices(actor, project.id if project else None)
    if not choices:
        return offer(kit, click, NEED, typed=click.value, has_others=False)
    form = MoodForm.of_line(line, project, click.channel_id)
    return of_kept(modals.log_modal(form, choices), click.value)


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(command(kit, click, click.value))


def unfold(kit: Kit, click: Click) -> ClickAnswer:
    """Show the fields behind More, with what is typed kept."""
    form = MoodForm.read(click.view or {}).opened()
    if (click.view or {}).get("callback_id") == CallbackId.MOOD_EDIT:
        return UpdateModal(modals.edit_modal(form))
    choices = kit.projects.choices(identify(kit, click), form.project_id())
    return UpdateModal(modals.log_modal(form, choices))


def edit(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that changes one's own reading."""
    actor = identify(kit, click)
    return OpenModal(modals.edit_modal(MoodForm.of_mood(kit.moods.own(actor, identifier(click.value)))))


def ask_to_delete(kit: Kit, click: Click) -> Answer:
    """Ask whether to delete a reading, of whoever wrote it."""
    mood = kit.moods.own(identify(kit, click), identifier(click.value))
    return views.asked_to_delete(mood, kit.clock())


def delete(kit: Kit, click: Click) -> ClickAnswer:
    """Delete one's own reading; that was asked about before."""
    actor = identify(kit, click)
    gone = kit.moods.delete(actor, identifier(click.value), origin=origin(kit, click), now=kit.clock())
    answer = views.deleted(gone.reading)
    if (click.view or {}).get("callback_id") == CallbackId.MOOD_EDIT:
        return UpdateModal(modals.done_modal(answer.text))
    return answer


def take(kit: Kit, click: Click) -> Answer:
    """Note that the person calls the client; the alert's messages say so to all who have it."""
    actor = identify(kit, click)
    alert = kit.moods.take(actor, identifier(click.value), origin=origin(kit, click), now=kit.clock())
    if alert.taken_by is not None and alert.taken_by.id != actor.person.id:
        return say(f"{escape(alert.taken_by.name)} is calling {alert.project_key}'s client already.")
    return say(
        f"✓ You are calling {alert.project_key}'s client, and the others know. "
        "Log afterwards how it went: `/mood` in the project's channel."
    )


def hand_back(kit: Kit, click: Click) -> Answer:
    """Note that the person can't call after all."""
    actor = identify(kit, click)
    alert = kit.moods.hand_back(actor, identifier(click.value), origin=origin(kit, click), now=kit.clock())
    return say(f"✓ {alert.project_key}'s client waits for a call again, and the others know.")

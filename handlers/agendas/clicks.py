"""What the buttons of agendas do."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from handlers.access import identify
from handlers.agendas import modals, views
from handlers.agendas.commands import command
from handlers.agendas.forms import TopicForm
from handlers.answers import Answer, ClickAnswer, OpenModal, UpdateModal, in_its_place
from handlers.asks import Click
from handlers.callback_ids import CallbackId
from handlers.forms import identifier, reading
from handlers.kit import Kit
from handlers.origins import origin
from models.read_models import Actor, AgendaPage, RitualSetup


def add(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that brings a topic to that meeting."""
    actor = identify(kit, click)
    form = TopicForm(ritual_id=identifier(click.value))
    return OpenModal(modals.topic_modal(form, (), kit.projects.choices(actor)))


def edit(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that changes a topic."""
    actor = identify(kit, click)
    topic = kit.agendas.topic(actor, identifier(click.value))
    choices = kit.projects.choices(actor, topic.project_id)
    return OpenModal(modals.topic_modal(TopicForm.of_topic(topic), (), choices))


def remove(kit: Kit, click: Click) -> ClickAnswer:
    """Take a topic back."""
    actor = identify(kit, click)
    topic_id = identifier(click.value)
    topic = kit.agendas.remove_topic(actor, topic_id, origin=origin(kit, click), now=kit.clock())
    answer = views.removed(topic)
    if (click.view or {}).get("callback_id") == CallbackId.TOPIC_EDIT:
        return UpdateModal(modals.done(answer.text))
    return answer


def show(kit: Kit, click: Click) -> ClickAnswer:
    """Show a meeting's agenda."""
    return _of_meeting(kit, click, lambda page, actor: views.agenda(page, actor.person.id))


def details(kit: Kit, click: Click) -> ClickAnswer:
    """Show all that stands behind the lines of that meeting's agenda."""
    return _of_meeting(kit, click, lambda page, _actor: views.details(page))


def _of_meeting(kit: Kit, click: Click, shown: Callable[[AgendaPage, Actor], Answer]) -> Answer:
    """Show something of the button's meeting, or all meetings where that one takes place no more."""
    actor = identify(kit, click)
    page = kit.agendas.page(actor, ritual_id=identifier(click.value), now=kit.clock())
    if page is None:
        return views.meetings(kit.agendas.meetings(actor, now=kit.clock()))
    return shown(page, actor)


def list_all(kit: Kit, click: Click) -> ClickAnswer:
    """List all meetings."""
    return views.meetings(kit.agendas.meetings(identify(kit, click), now=kit.clock()))


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(command(kit, click, click.value))


def miss(kit: Kit, click: Click) -> Answer:
    """Note that the person can't come; the posted agenda says so."""
    occurrence_id = identifier(click.value)
    return views.stays_away(
        kit.agendas.come(
            identify(kit, click), occurrence_id, can=False, origin=origin(kit, click), now=kit.clock()
        )
    )


def come(kit: Kit, click: Click) -> Answer:
    """Note that the person comes after all."""
    occurrence_id: UUID = identifier(click.value)
    return views.comes(
        kit.agendas.come(
            identify(kit, click), occurrence_id, can=True, origin=origin(kit, click), now=kit.clock()
        )
    )


def skip(kit: Kit, click: Click) -> Answer:
    """Let a meeting not take place; what asked people to come says so."""
    setup, at, name, is_own = _time_of(kit, click, kit.ritual_times.skip)
    return views.skipped(setup, at, name, replaces=is_own)


def hold(kit: Kit, click: Click) -> Answer:
    """Let a meeting that was skipped take place after all."""
    setup, at, _, is_own = _time_of(kit, click, kit.ritual_times.unskip)
    return views.held(setup, at, replaces=is_own)


def _time_of(
    kit: Kit, click: Click, do: Callable[..., tuple[RitualSetup, datetime]]
) -> tuple[RitualSetup, datetime, str, bool]:
    """Do it to the time that a button names; tell whether the button stood where one person reads it."""
    actor = identify(kit, click)
    with reading():
        ritual_id, name, *more = click.value.split(" ")
    setup, at = do(actor, identifier(ritual_id), name, origin=origin(kit, click), now=kit.clock())
    return setup, at, name, views.OWN in more

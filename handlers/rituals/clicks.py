"""What the buttons of rituals do."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, OpenModal, UpdateModal
from handlers.asks import Ask, Click
from handlers.forms import identifier, reading
from handlers.kit import Kit
from handlers.projects.finding import by_key, here
from handlers.rituals import changes, step_modals, views
from handlers.rituals.commands import carried_out, command
from handlers.rituals.forms import AGAIN, RitualForm, read_what
from handlers.rituals.opening import again, drawn, opened
from handlers.rituals.words import in_order
from models.read_models import Actor


def new(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form, with the preset that the button names."""
    actor = identify(kit, click)
    wanted = None
    if click.value.startswith(f"{AGAIN}:"):
        return again(kit, actor, identifier(click.value.partition(":")[2]))
    if click.value:
        kind, number = read_what(click.value)
        with reading():
            wanted = (kit.ritual_sorts[kind], number)
    return opened(kit, actor, wanted, here(kit, click, actor), click.channel_id)


def turned(kit: Kit, click: Click) -> ClickAnswer:
    """Show another page or another list in the place of this one."""
    actor = identify(kit, click)
    with reading():
        key, is_ended, number = click.value.split(":")
        page, ended = int(number), bool(int(is_ended))
    project = by_key(kit, actor, key) if key else None
    shown = kit.rituals.page(actor, project.id if project else None, page, is_ended=ended, now=kit.clock())
    return views.ritual_list(shown, in_order(kit.ritual_sorts), replaces=True)


def chosen(kit: Kit, click: Click) -> ClickAnswer:
    """Do what was chosen from a ritual's menu."""
    with reading():
        verb, ritual_id = click.value.split(":")
    return about(verb)(kit, replace(click, value=ritual_id))


def run(kit: Kit, click: Click) -> ClickAnswer:
    """Hold it once more, now; whoever pressed was asked whether they mean it."""
    return changes.ran(kit, click, identify(kit, click), identifier(click.value))


def about(verb: str) -> Callable[[Kit, Click], ClickAnswer]:
    """Return what a button does that names a ritual and nothing else."""

    def run(kit: Kit, click: Click) -> ClickAnswer:
        actor = identify(kit, click)
        ritual_id = identifier(click.value)
        if verb == "pause":
            return OpenModal(step_modals.pause_modal(kit.rituals.editable(actor, ritual_id, now=kit.clock())))
        return carried_out(kit, click, actor, verb, ritual_id, "")

    return run


def one_time(
    do: Callable[[Kit, Ask, Actor, UUID, str], ClickAnswer],
) -> Callable[[Kit, Click], ClickAnswer]:
    """Return what a button does that names one time of a ritual."""

    def run(kit: Kit, click: Click) -> ClickAnswer:
        actor = identify(kit, click)
        ritual_id, _, name = click.value.partition(" ")
        return _in_place(do(kit, click, actor, identifier(ritual_id), name))

    return run


def resume(kit: Kit, click: Click) -> ClickAnswer:
    """Have it come round again, and show that in the place of the card."""
    return _in_place(about("resume")(kit, click))


def _in_place(answer: ClickAnswer) -> ClickAnswer:
    return replace(answer, replaces=True) if isinstance(answer, Answer) else answer


def which(kit: Kit, click: Click) -> ClickAnswer:
    """Do what was asked to the ritual that was chosen."""
    actor = identify(kit, click)
    verb, _, rest = click.value.partition(" ")
    ritual_id, _, rest = rest.partition(" ")
    if verb not in {"show", "edit", *changes.VERBS}:
        return command(kit, click, "")
    return carried_out(kit, click, actor, verb, identifier(ritual_id), rest)


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for."""
    return command(kit, click, click.value)


def redraw(kit: Kit, click: Click) -> ClickAnswer:
    """Show the next dates anew, with all that is typed kept."""
    return UpdateModal(drawn(kit, identify(kit, click), RitualForm.read(click.view or {})))


def other_preset(kit: Kit, click: Click) -> ClickAnswer:
    """Take over what the chosen preset says."""
    actor, form = identify(kit, click), RitualForm.read(click.view or {})
    kind, number = read_what(form.get("what"))
    with reading():
        sort = kit.ritual_sorts[kind]
    return UpdateModal(drawn(kit, actor, form.with_preset(sort, number)))


def other_project(kit: Kit, click: Click) -> ClickAnswer:
    """Take over the chosen project's channel and zone."""
    actor, form = identify(kit, click), RitualForm.read(click.view or {})
    project_id = form.project_id()
    project = kit.projects.get(actor, project_id) if project_id else None
    return UpdateModal(drawn(kit, actor, form.in_project(project)))


def unfold(kit: Kit, click: Click) -> ClickAnswer:
    """Show the fields behind More, with what is typed kept."""
    form = replace(RitualForm.read(click.view or {}), is_open=True)
    return UpdateModal(drawn(kit, identify(kit, click), form))

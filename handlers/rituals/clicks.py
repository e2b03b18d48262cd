"""What the buttons of rituals do."""

from collections.abc import Callable

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, OpenModal, UpdateModal, in_its_place
from handlers.asks import Click
from handlers.forms import identifier, reading
from handlers.kit import Kit
from handlers.rituals import changes, step_modals
from handlers.rituals.asking import Question
from handlers.rituals.commands import about as about_one
from handlers.rituals.commands import carried_out, command
from handlers.rituals.forms import RitualForm
from handlers.rituals.opening import drawn, edit_form, form_again, new_form
from handlers.rituals.target import CARD, Target, listed
from handlers.rituals.what import AGAIN, ANY, read_what
from handlers.typed import places
from models.value import replace


def new(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form, with what the button names; behind that stands where it is shown once it is on."""
    actor = identify(kit, click)
    what, _, place = click.value.partition(" ")
    if what.startswith(f"{AGAIN}:"):
        return OpenModal(form_again(kit, actor, identifier(what.partition(":")[2])), place or CARD)
    wanted = None
    if what not in {"", ANY}:
        kind, number = read_what(what)
        with reading():
            wanted = (kit.ritual_sorts[kind], number)
    return OpenModal(new_form(kit, actor, wanted, places.about(kit, click, actor), click.channel_id), place)


def turned(kit: Kit, click: Click) -> ClickAnswer:
    """Show another page or another list in the place of this one."""
    return listed(kit, identify(kit, click), click.value, kit.clock())


def chosen(kit: Kit, click: Click) -> ClickAnswer:
    """Do what was chosen from a ritual's menu in a list, and show that there."""
    with reading():
        verb, ritual_id, place = click.value.split(":", 2)
    target = Target(kit, click, identify(kit, click), identifier(ritual_id), place, replaces=True)
    if verb == "show":
        return replace(target, place=CARD, replaces=False).show()
    return _carried_out(target, verb)


def about(verb: str) -> Callable[[Kit, Click], ClickAnswer]:
    """Return what a button of a ritual's card does that names the ritual and nothing else."""

    def run(kit: Kit, click: Click) -> ClickAnswer:
        return _carried_out(_on_card(kit, click, click.value), verb)

    return run


def one_time(do: Callable[[Target, str], ClickAnswer]) -> Callable[[Kit, Click], ClickAnswer]:
    """Return what a button does that names one time of a ritual."""

    def run(kit: Kit, click: Click) -> ClickAnswer:
        ritual_id, _, name = click.value.partition(" ")
        return do(_on_card(kit, click, ritual_id), name)

    return run


def run(kit: Kit, click: Click) -> ClickAnswer:
    """Hold it once more, now; whoever pressed was asked whether they mean it."""
    return changes.ran(_on_card(kit, click, click.value))


def shown(kit: Kit, click: Click) -> Answer:
    """Show one, below the list in which it was clicked."""
    return replace(_on_card(kit, click, click.value), replaces=False).show()


def which(kit: Kit, click: Click) -> ClickAnswer:
    """Do what was asked to the ritual that was chosen."""
    verb, _, rest = click.value.partition(" ")
    ritual_id, _, rest = rest.partition(" ")
    if verb not in {"show", "edit", *changes.VERBS}:
        return command(kit, click, "")
    return carried_out(_on_card(kit, click, ritual_id), verb, rest)


def others(kit: Kit, click: Click) -> ClickAnswer:
    """Ask the same among other rituals, in the place of the question."""
    with reading():
        verb, page, *typed = click.value.split(" ", 2)
        asked = Question(verb, " ".join(typed), int(page), replaces=True)
    return about_one(kit, click, identify(kit, click), asked)


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(command(kit, click, click.value))


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


def present(kit: Kit, click: Click) -> ClickAnswer:
    """Show in the form's place the one that is on already, to be changed."""
    return UpdateModal(edit_form(kit, identify(kit, click), identifier(click.value)))


def unfold(kit: Kit, click: Click) -> ClickAnswer:
    """Show the fields behind More, with what is typed kept."""
    form = replace(RitualForm.read(click.view or {}), is_open=True)
    return UpdateModal(drawn(kit, identify(kit, click), form))


def _on_card(kit: Kit, click: Click, ritual_id: str) -> Target:
    return Target(kit, click, identify(kit, click), identifier(ritual_id), replaces=True)


def _carried_out(target: Target, verb: str) -> ClickAnswer:
    if verb == "pause":
        return target.form(step_modals.pause_modal(target.editable()))
    return carried_out(target, verb, "")

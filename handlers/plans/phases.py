"""``/project phase``: where the project stands, typed, clicked and submitted."""

from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, CommandAnswer, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Ask, Click, Submission
from handlers.blocks import escape
from handlers.forms import beside_fields, reading
from handlers.grammar import nearest
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.plans import phase_views
from handlers.plans.phase_form import PhaseForm
from handlers.plans.phase_line import PhaseLine, read_phase_line
from handlers.plans.views import asked_back, saved
from handlers.projects.finding import find
from handlers.projects.lists import elsewhere
from handlers.typed.text import readable
from models.commands import PhaseMove
from models.errors import Conflict, Invalid
from models.read_models import Actor, PhasePage
from models.rules.plans.phases import PHASE_NAMES, Phase


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Show the phase, or move the project as the line says; ask for the reason where one is missing."""
    project, words = find(kit, ask, actor, rest)
    if project is None:
        return elsewhere(kit, ask, actor, verb="phase")
    page = kit.phases.page(actor, project.id)
    present = page.present
    line = read_phase_line(readable(words), present.phase if present else None, today(kit, actor))
    if line.is_undo:
        return _typed_undo(kit, actor, page)
    if line.target is None:
        return _unknown(line) if line.word else phase_views.page(page, today(kit, actor))
    if line.problem:
        return asked_back(line.problem, rest)
    move = PhaseMove(line.target, line.entered_on, line.reason)
    try:
        after = kit.phases.move(actor, project.id, move, origin=origin(kit, ask), now=kit.clock())
    except Invalid as invalid:
        if line.reason or "reason" not in invalid.problems:
            raise
        form = PhaseForm.of(page, line.target, line.entered_on)
        return OpenModal(phase_views.move_modal(form.seeing(page, invalid.problems["reason"])))
    return phase_views.page(after, today(kit, actor), note=phase_views.moved(after, present), undo=True)


def _typed_undo(kit: Kit, actor: Actor, page: PhasePage) -> Answer:
    """Ask whether to take the latest move back: another may just have done so. Raises NotAllowed, Invalid."""
    if page.present is None:
        return phase_views.page(page, today(kit, actor))
    return phase_views.asked_to_undo(kit.phases.movable(actor, page.project.id))


def _unknown(line: PhaseLine) -> Answer:
    meant = nearest(line.word, PHASE_NAMES)
    if meant is not None:
        usage = f"`/project phase {PHASE_NAMES[meant]}`"
        return say(f"I don't know the phase “{escape(line.word)}”. Did you mean {usage}?")
    names = ", ".join(f"`{phase}`" for phase in Phase)
    return say(f"I don't know the phase “{escape(line.word)}”. There are {names}.")


def shown(kit: Kit, actor: Actor, project_id: UUID) -> Answer:
    """Show where the project stands."""
    return phase_views.page(kit.phases.page(actor, project_id), today(kit, actor))


def asked(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form, with the phase that the button names chosen."""
    actor = identify(kit, click)
    project_id, target = _carried(click.value)
    return OpenModal(phase_views.move_modal(PhaseForm.of(kit.phases.movable(actor, project_id), target)))


def undone(kit: Kit, click: Click) -> ClickAnswer:
    """Take the latest move back."""
    actor = identify(kit, click)
    with reading():
        project_id, stay_id = phase_views.undo_value(click.value)
    return _taken_back(kit, click, actor, project_id, stay_id)


def _taken_back(kit: Kit, ask: Ask, actor: Actor, project_id: UUID, stay_id: UUID) -> Answer:
    page = kit.phases.take_back(actor, project_id, stay_id, origin=origin(kit, ask), now=kit.clock())
    return phase_views.page(page, today(kit, actor), note=phase_views.moved(page, page.present))


def submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Move the project; when somebody was faster, say so and keep what was filled in."""
    actor, form = identify(kit, sent), PhaseForm.read(sent.view)
    came_from = origin(kit, sent, f":{form.stay_id}")
    before = form.present
    try:
        page = kit.phases.move(actor, form.project_id, form.move(), origin=came_from, now=kit.clock())
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    except Conflict as conflict:
        page = kit.phases.page(actor, form.project_id)
        is_other = conflict.by is not None and conflict.by.id != actor.person.id
        who = escape(conflict.by.name) if conflict.by is not None and is_other else "Somebody"
        note = f"*{who} changed the phase while you were writing.* Nothing of yours is saved yet."
        return UpdateModal(phase_views.move_modal(form.seeing(page, note)))
    earlier = next((stay for stay in page.stays[1:] if stay.phase is before), None)
    return UpdateModal(saved(phase_views.moved(page, earlier)))


@reading()
def _carried(value: str) -> tuple[UUID, Phase | None]:
    """Return the project and the phase that a button carries. Raises Unreadable."""
    project, _, phase = value.partition(":")
    return UUID(project), Phase(phase) if phase else None

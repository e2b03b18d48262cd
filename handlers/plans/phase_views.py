"""What people see of a project's phases: where it stands, what it takes to go on, and the form."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from handlers.answers import Answer, say
from handlers.blocks import Block, Element, actions, button, context, day, escape, modal, option, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, select, text_input
from handlers.plans import glance
from handlers.plans.phase_form import PhaseForm
from handlers.projects.words import PHASE_WORDS, headline
from models.commands import TEXT_LENGTH
from models.read_models import PhasePage, PhaseStay
from models.rules.plans.phases import TEMPLATE_OF, TEMPLATES, GateFact, GatePoint, following, skipped

STAYS_SHOWN = 8


def page(
    found: PhasePage, today: date, *, note: str = "", undo: bool = False, replaces: bool = False
) -> Answer:
    """Show where the project stands, what has to be true before it goes on, and where it was."""
    blocks = [section(note)] if note else []
    blocks.append(section(f"{headline(found.project)}\n{_standing(found, today)}"))
    if found.present is not None:
        blocks.append(section(gate(found, found.present)))
    if earlier := found.stays[1:] if found.present else found.stays:
        blocks.append(context("\n".join(_earlier(stay, today) for stay in earlier[:STAYS_SHOWN])))
    if buttons := list(_buttons(found, undo=undo)):
        blocks.append(actions(buttons))
    return Answer(text=f"{found.project.key}: its phase", blocks=tuple(blocks), replaces=replaces)


def _standing(found: PhasePage, today: date) -> str:
    stay = found.present
    if stay is None:
        names = ", ".join(PHASE_WORDS[template.phase] for template in TEMPLATES)
        how = "`/project phase deliver` says it." if found.may_change else "Its leads can say it."
        return f"*Nobody has said yet which phase it is in.* There are {names}. {how}"
    aim = TEMPLATE_OF[stay.phase].aim
    return f"{glance.stay(stay, today)}: {aim}."


def gate(found: PhasePage, stay: PhaseStay) -> str:
    """Return what has to be true before the project leaves the phase, and what the plan shows of it."""
    points = "\n".join(f"• {point.text}{_so(found, point)}" for point in TEMPLATE_OF[stay.phase].exit_gate)
    return f"*Before it leaves {PHASE_WORDS[stay.phase]}:*\n{points}"


def _so(found: PhasePage, point: GatePoint) -> str:
    tally = found.tally.get(point.fact) if point.fact else None
    if tally is None:
        return ""
    if point.fact is GateFact.MEASURES:
        return f" · {tally.all or 'no'} success measure{'s' if tally.all != 1 else ''}"
    return f" · {tally.so} of {tally.all}" if tally.all else " · none named"


def _earlier(stay: PhaseStay, today: date) -> str:
    until = f" – {day(stay.left_on, today)}" if stay.left_on else ""
    who = escape(stay.left_by.name) if stay.left_by else escape(stay.entered_by.name)
    why = f" — {escape(stay.reason)}" if stay.reason else ""
    return f"{PHASE_WORDS[stay.phase]} {day(stay.entered_on, today)}{until}, {who}{why}"


def _buttons(found: PhasePage, *, undo: bool) -> Iterator[Element]:
    if not found.may_change:
        return
    present = found.present
    coming = following(present.phase if present else None)
    if undo and present is not None:
        yield button("Undo", ActionId.PHASE_UNDO, f"{found.project.id}:{present.id}")
    if present is None:
        yield button("Say which", ActionId.PHASE_MOVE, f"{found.project.id}:", style="primary")
    elif coming is not None:
        label = f"On to {PHASE_WORDS[coming]}"
        yield button(
            label, ActionId.PHASE_MOVE, f"{found.project.id}:{coming}", style=None if undo else "primary"
        )
        yield button("Another phase", ActionId.PHASE_OTHER, f"{found.project.id}:")
    else:
        yield button("Another phase", ActionId.PHASE_OTHER, f"{found.project.id}:")


def moved(found: PhasePage, before: PhaseStay | None) -> str:
    """Return what became of a move, in a sentence or two."""
    present = found.present
    if present is None:
        return f"✓ {found.project.key} is in no phase any more."
    told = f"✓ {found.project.key} is in *{PHASE_WORDS[present.phase]}* now."
    left_out = skipped(before.phase if before else None, present.phase)
    if left_out:
        told += f" It went past {', '.join(PHASE_WORDS[phase] for phase in left_out)}."
    return told


def asked_to_undo(found: PhasePage) -> Answer:
    """Ask whether to take the latest move back, saying where that leads."""
    stay, before = found.stays[0], found.stays[1] if len(found.stays) > 1 else None
    back = f"to *{PHASE_WORDS[before.phase]}*" if before else "to no phase"
    who = escape(stay.entered_by.name)
    text = f"Take {found.project.key} from *{PHASE_WORDS[stay.phase]}*, where {who} put it, back {back}?"
    yes = button("Take it back", ActionId.PHASE_UNDO, f"{found.project.id}:{stay.id}", style="danger")
    return say(text, actions([yes]))


def move_modal(form: PhaseForm) -> Block:
    """Return the form: where to, since when, and why."""
    blocks = list(_fields(form))
    return modal(
        CallbackId.PHASE_MOVE, f"Phase of {form.key}", blocks, submit="Save", metadata=pack(form.carried())
    )


def _fields(form: PhaseForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")
    if form.present is not None:
        yield section(_gate_of(form), block_id="gate")
    phases = [option(PHASE_WORDS[each.phase], each.phase) for each in TEMPLATES]
    chosen = select("phase", phases, placeholder="Choose one", chosen=form.get("phase"))
    yield field("phase", "Which phase is it in now?", chosen, optional=False)
    since = date_picker("entered_on", placeholder="Today", chosen=form.day())
    yield field("entered_on", "Since when?", since, hint="Today, where you leave it empty.")
    why = text_input("reason", max_length=TEXT_LENGTH, text=form.get("reason"), multiline=True)
    yield field("reason", "Why?", why, hint="Needed where it goes back, or closes before all is accepted.")


def _gate_of(form: PhaseForm) -> str:
    if form.present is None:
        return ""
    points = "; ".join(_small(point.text) for point in TEMPLATE_OF[form.present].exit_gate)
    return f"It is in *{PHASE_WORDS[form.present]}*. Before it leaves: {points}."


def _small(point: str) -> str:
    return point[0].lower() + point[1:]


def undo_value(text: str) -> tuple[UUID, UUID]:
    """Return the project and the stay that a button carries. Raises ValueError."""
    project, _, stay = text.partition(":")
    return UUID(project), UUID(stay)

"""Changing what a record says, and letting a decision take the place of another."""

from datetime import datetime
from uuid import UUID

from handlers.access import identify
from handlers.answers import (
    Answer,
    ClickAnswer,
    CommandAnswer,
    OpenModal,
    SubmissionAnswer,
    UpdateModal,
    say,
)
from handlers.asks import Ask, Click, Submission
from handlers.blocks import Block
from handlers.callback_ids import CallbackId
from handlers.forms import beside_fields, identifier
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.raid import modals, views
from handlers.raid.finding import find
from handlers.raid.forms import FIELD_OF_PROBLEM, RaidForm
from handlers.raid.words import change, headline
from handlers.submitting import chosen_id, note_of_both, rebased, written, written_or
from handlers.views.taking_back import taken_back
from models.errors import Conflict, Invalid, NotAllowed
from models.read_models import Actor, RaidDetails, RaidView
from models.rules.access import Capability
from models.value import replace

_STANDS = "What was decided stays as it was written down. *Decide anew* lets another decision take its place."

_NOTHING_NEW = (
    "You logged nothing in the last hour. Of what is older, say how it ended: `/raid close ACME-I3 …`."
)


def edit_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Open the form that changes a record."""
    return _editing(find(kit, ask, actor, rest)[0])


def edit_clicked(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that changes a record."""
    actor = identify(kit, click)
    return _editing(kit.raid.details(actor, identifier(click.value), in_project=None))


def _editing(found: RaidDetails) -> OpenModal | Answer:
    if found.item.is_final:
        return say(_STANDS)
    if found.permissions.why_no_more:
        raise Invalid({"project": found.permissions.why_no_more})
    if not found.permissions.may_edit:
        raise NotAllowed(Capability.EDIT_RAID_ITEM, found.permissions.ask)
    return OpenModal(modals.edit_modal(RaidForm.of_item(found.item, is_open=False)))


def edited(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save a changed record; when somebody was faster, show both and lose nothing."""
    actor, form = identify(kit, sent), RaidForm.read(sent.view)
    before = kit.raid.details(actor, form.about(), in_project=None).item
    if problems := form.problems(today(kit, actor), due_before=before.due_on):
        return beside_fields(problems, sent.view, {})

    def write() -> RaidView:
        return kit.raid.edit(
            actor,
            form.about(),
            form.fields(chosen_id(kit, sent, form)),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )

    def both(conflict: Conflict) -> Block:
        values, note = rebased(form, conflict, FIELD_OF_PROBLEM), note_of_both(conflict, actor, change)
        return modals.edit_modal(replace(form, values=values, version=conflict.current.version, note=note))

    return written_or(sent, write, FIELD_OF_PROBLEM, both)


def supersede_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Open the form of the decision that takes the place of one."""
    return _superseding(kit.raid.supersedable(actor, find(kit, ask, actor, rest)[0].item.id))


def supersede_clicked(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form of the decision that takes the place of one."""
    return _superseding(kit.raid.supersedable(identify(kit, click), identifier(click.value)))


def _superseding(item: RaidView) -> OpenModal:
    return OpenModal(modals.supersede_modal(RaidForm.of_item(item)))


def superseded(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Write the new decision down, and let the old one give way."""
    actor, form = identify(kit, sent), RaidForm.read(sent.view)
    return written(
        sent,
        lambda: kit.raid.supersede(
            actor,
            form.about(),
            form.fields(chosen_id(kit, sent, form)),
            origin=origin(kit, sent),
            now=kit.clock(),
        ),
        FIELD_OF_PROBLEM,
    )


def undo_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Ask whether to take a record back; where none is named, the one that the person just logged."""
    now = kit.clock()
    item_id = find(kit, ask, actor, rest)[0].item.id if rest else kit.raid.just_logged(actor, now=now)
    if item_id is None:
        return say(_NOTHING_NEW)
    return _asked(kit, actor, item_id, now)


def undo_clicked(kit: Kit, click: Click) -> Answer:
    """Ask whether to take a record back, of who still may."""
    return _asked(kit, identify(kit, click), identifier(click.value), kit.clock())


def _asked(kit: Kit, actor: Actor, item_id: UUID, now: datetime) -> Answer:
    item = kit.raid.undoable(actor, item_id, now=now)
    return views.UNDO.asked(item.id, headline(item))


def take_back(kit: Kit, click: Click) -> Answer:
    """Take a record back."""
    actor, item_id = identify(kit, click), identifier(click.value)
    item = kit.raid.undo(actor, item_id, origin=origin(kit, click), now=kit.clock())
    return taken_back(item.reference, headline(item))


def redraw(kit: Kit, click: Click) -> ClickAnswer:
    """Draw the modal anew, after a choice that other fields follow."""
    return _redrawn(kit, click, RaidForm.read(click.view or {}))


def unfold(kit: Kit, click: Click) -> ClickAnswer:
    """Show the fields behind More, with what is typed kept."""
    return _redrawn(kit, click, RaidForm.read(click.view or {}).opened())


def _redrawn(kit: Kit, click: Click, form: RaidForm) -> ClickAnswer:
    if (click.view or {}).get("callback_id") == CallbackId.RAID_EDIT:
        return UpdateModal(modals.edit_modal(form))
    choices = kit.projects.choices(identify(kit, click), form.project_id())
    return UpdateModal(modals.log_modal(form, choices))

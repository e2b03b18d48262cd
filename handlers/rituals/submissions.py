"""What the submitted modals of rituals do."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from handlers.access import identify, person
from handlers.answers import CloseModal, FieldErrors, SubmissionAnswer, UpdateModal
from handlers.asks import Submission
from handlers.blocks import Block, context, notice, section
from handlers.edge.returning import place_in
from handlers.forms import beside_fields, reading
from handlers.kit import Channel, Kit
from handlers.origins import origin, today
from handlers.projects.words import SHARED
from handlers.rituals import step_modals, views, words
from handlers.rituals.forms import FIELD_OF_PROBLEM, SETTING, RitualForm
from handlers.rituals.opening import drawn
from handlers.rituals.target import Target
from handlers.submitting import note_of_both
from models.errors import Conflict, Invalid
from models.read_models import Actor, RitualSetup, SwitchedOn
from models.rules.rituals.steps import RitualSort
from models.rules.zones import place_of
from models.services.rituals.fields import zones

_SAID_BELOW = "See below."


def save(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Switch it on, or save what was changed; when somebody was faster, show both and lose nothing."""
    actor, form = identify(kit, sent), RitualForm.read(sent.view)
    with reading():
        sort = kit.ritual_sorts[form.kind]
    channel = kit.directory.channel(form.get("channel")) if form.get("channel") else None
    if channel is not None and channel.is_shared:
        return _beside(sent, Invalid({"channel_id": SHARED}), sort)
    try:
        done = _written(kit, sent, actor, form, sort)
    except Invalid as invalid:
        return _beside(sent, invalid, sort)
    except Conflict as conflict:
        note = note_of_both(conflict, actor, partial(words.change, timezone=actor.timezone))
        return UpdateModal(drawn(kit, actor, form.rebased(conflict, note)))
    is_new = form.ritual_id is None
    told = list(views.saved(done, is_new=is_new, invite=_is_absent(channel)))
    return _done(kit, sent, actor, done.setup, "Switched on" if is_new else "Saved", told)


def _beside(sent: Submission, invalid: Invalid, sort: RitualSort) -> FieldErrors:
    """Put what can't stand beside its field."""
    names = FIELD_OF_PROBLEM | {each.name: SETTING + each.name for each in sort.fields}
    with reading():
        hints = [block["hint"]["text"] for block in sent.view["blocks"] if "hint" in block]
    problems = {
        name: _SAID_BELOW if any(problem in hint for hint in hints) else problem
        for name, problem in invalid.problems.items()
    }
    return beside_fields(problems, sent.view, names)


def _written(kit: Kit, sent: Submission, actor: Actor, form: RitualForm, sort: RitualSort) -> SwitchedOn:
    owner = person(kit, sent, form.get("owner")) if form.get("owner") else None
    fields = form.fields(sort, _today(kit, actor, form), owner.id if owner else None)
    if form.ritual_id is None:
        return kit.rituals.switch_on(actor, fields, origin=origin(kit, sent), now=kit.clock())
    came_from = origin(kit, sent, f":{form.version}")
    return kit.rituals.edit(
        actor, form.ritual_id, fields, version=form.version, origin=came_from, now=kit.clock()
    )


def _today(kit: Kit, actor: Actor, form: RitualForm) -> date:
    """Return the day it is where the ritual is."""
    zone = place_of(form.get("zone"), zones()) or actor.timezone
    return kit.clock().astimezone(ZoneInfo(zone)).date()


def _is_absent(channel: Channel | None) -> bool:
    return channel is not None and not channel.has_bot


def pause(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Let it rest."""
    actor = identify(kit, sent)
    ritual_id, until = step_modals.ritual_of(sent.view), step_modals.until_of(sent.view)
    try:
        setup = kit.rituals.pause(actor, ritual_id, until, origin=origin(kit, sent), now=kit.clock())
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    return _done(kit, sent, actor, setup, "Paused", [section(words.paused(setup, today(kit, actor)))])


def put_off(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Put one off."""
    actor, ritual_id = identify(kit, sent), step_modals.ritual_of(sent.view)
    name, until = step_modals.put_off(sent.view)
    try:
        setup, at = kit.ritual_times.put_off(
            actor, ritual_id, until, name, origin=origin(kit, sent), now=kit.clock()
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {"until": "day"})
    return _done(kit, sent, actor, setup, "Put off", [section(words.put_off(setup, at))])


def end(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """End it, with the reason that was written."""
    actor, ritual_id = identify(kit, sent), step_modals.ritual_of(sent.view)
    reason = step_modals.reason_of(sent.view)
    try:
        setup = kit.rituals.end(actor, ritual_id, reason, origin=origin(kit, sent), now=kit.clock())
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    return _done(kit, sent, actor, setup, "Ended", [section(words.ended(setup))])


def _done(
    kit: Kit, sent: Submission, actor: Actor, setup: RitualSetup, title: str, told: Sequence[Block]
) -> SubmissionAnswer:
    """Show what is done where the form was asked for; where that was typed, in the form's place."""
    place = place_in(sent.view)
    if not place:
        where = context("`/ritual` lists what comes round; pause, skip and end it there.")
        return UpdateModal(notice(title, [*told, where]))
    return CloseModal(Target(kit, sent, actor, setup.id, place, replaces=True).show(told))

"""Opens the modal of rituals, with all that it offers and what the next dates would be."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from handlers.blocks import Block, escape
from handlers.errors import words as refusal
from handlers.kit import Kit
from handlers.origins import today
from handlers.projects.offers import is_shared
from handlers.projects.views import may_become_project
from handlers.rituals.form_timing import timing_of
from handlers.rituals.forms import RitualForm
from handlers.rituals.modals import ritual_modal
from handlers.rituals.timing_fields import Offer
from handlers.rituals.words import in_order
from models.errors import Invalid, NotFound
from models.read_models import Actor, ProjectView, RitualSetup, TimesAhead
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import RitualSort
from models.rules.zones import place_of
from models.services.rituals.countries import country_in
from models.services.rituals.fields import zones
from models.services.rituals.known import require_known
from models.value import replace

_TYPED = {"timezone": "zone", "country": "country"}
"""What is typed and may name nothing: the service's names for it, and the form's."""


def new_form(
    kit: Kit,
    actor: Actor,
    wanted: tuple[RitualSort, int] | None,
    project: ProjectView | None,
    channel_id: str | None,
    *,
    often: str = "",
) -> Block:
    """Draw the modal for something new; the first kind where none is wanted, as often as usual or as said."""
    sort, number = wanted or (in_order(kit.ritual_sorts)[0], 0)
    kit.rituals.addable(actor, project.id if project else None)
    form = RitualForm.of_preset(
        sort,
        number,
        project,
        channel_id=_spoken_in(kit, channel_id),
        timezone=actor.timezone,
        owner=actor.person.slack_user_id,
    )
    return drawn(kit, actor, form.coming(often, sort))


def _spoken_in(kit: Kit, channel_id: str | None) -> str | None:
    """Return the channel where it was asked for, unless it is a direct message or a client reads it."""
    if channel_id is None or not may_become_project(channel_id) or is_shared(kit, channel_id):
        return None
    return channel_id


def form_again(kit: Kit, actor: Actor, ritual_id: UUID) -> Block:
    """Draw the modal for something new with all that a ritual that ended had."""
    setup = kit.rituals.card(actor, ritual_id, now=kit.clock()).setup
    kit.rituals.addable(actor, setup.ritual.project_id)
    require_known(kit.ritual_sorts, setup)
    form = RitualForm.of_ritual(setup, kit.ritual_sorts[setup.ritual.kind], None)
    return drawn(kit, actor, form.as_new())


def edit_form(kit: Kit, actor: Actor, ritual_id: UUID) -> Block:
    """Draw the modal for a ritual as it is, for whoever may change it."""
    setup = kit.rituals.editable(actor, ritual_id, now=kit.clock())
    require_known(kit.ritual_sorts, setup)
    coming = kit.rituals.card(actor, ritual_id, now=kit.clock()).coming
    first = datetime.fromisoformat(coming[0].name).date() if coming else None
    form = RitualForm.of_ritual(setup, kit.ritual_sorts[setup.ritual.kind], first)
    return drawn(kit, actor, form)


def drawn(kit: Kit, actor: Actor, form: RitualForm) -> Block:
    """Draw the modal with what is filled in, and the next dates as they would be.

    Where a zone or a country names nothing they are told by what did last, and that is said beside it.
    """
    form = _in_another_zone(form)
    coming, problems = _coming(kit, actor, form)
    beside = {name: problems[said] for said, name in _TYPED.items() if said in problems}
    named = {name: form.get(name) for name in _TYPED.values() if name not in beside}
    understood = {**form.understood, **named}
    form = replace(form, understood=understood)
    if beside:
        by = {**form.values, **{name: understood.get(name, "") for name in beside}}
        coming, problems = _coming(kit, actor, replace(form, values=by))
    zone = place_of(understood.get("zone", ""), zones()) or actor.timezone
    offer = Offer(
        in_order(kit.ritual_sorts),
        kit.projects.choices(actor, form.project_id()),
        kit.rituals.names(actor, now=kit.clock()),
        coming,
        escape(" ".join(problems.values())),
        beside,
        zone,
        actor.timezone,
        _present(kit, actor, form),
        _on_holiday(kit, actor, form),
    )
    return ritual_modal(form, offer)


def _in_another_zone(form: RitualForm) -> RitualForm:
    """Propose the holidays of another country where the zone is another, and nobody chose a country."""
    now, before = (place_of(each, zones()) for each in (form.get("zone"), form.understood.get("zone", "")))
    is_proposed = before is not None and form.get("country") == country_in(before)
    if now is None or now == before or not is_proposed or form.ritual_id is not None:
        return form
    return replace(form, values={**form.values, "country": country_in(now)})


def _on_holiday(kit: Kit, actor: Actor, form: RitualForm) -> OnHoliday:
    """Return what becomes of its times on holidays; while nobody knows when it is, nothing does."""
    try:
        return form.on_holiday(kit.ritual_sorts[form.kind], timing_of(form, today(kit, actor)))
    except Invalid:
        return OnHoliday.KEEP


def _present(kit: Kit, actor: Actor, form: RitualForm) -> RitualSetup | None:
    """Return what is on already where one is enough."""
    if form.ritual_id is not None:
        return None
    return kit.rituals.present_one(actor, form.kind, form.project_id(), now=kit.clock())


def _coming(kit: Kit, actor: Actor, form: RitualForm) -> tuple[TimesAhead, Mapping[str, str]]:
    """Return the next dates, or what is missing for them, by the service's names of the fields."""
    try:
        fields = form.fields(kit.ritual_sorts[form.kind], today(kit, actor), None)
        return kit.rituals.preview(actor, fields, form.ritual_id, now=kit.clock()), {}
    except Invalid as invalid:
        return TimesAhead(), invalid.problems
    except NotFound as missing:
        return TimesAhead(), {"other": refusal(missing)}

"""What the buttons and the modal of minutes do."""

from uuid import UUID

from handlers.access import identify, person
from handlers.agendas import minute_views
from handlers.agendas.minute_views import TEXT, matters_of, offered_due
from handlers.agendas.minutes_form import MinutesForm
from handlers.agendas.modals import done
from handlers.answers import Answer, ClickAnswer, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Click, Submission
from handlers.forms import Unreadable, beside_fields, identifier, metadata, raw_values, reading
from handlers.kit import Kit
from handlers.origins import origin
from models.errors import Conflict, Invalid
from models.read_models import Actor, MinutesPage
from models.value import replace


def open_form(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form in which a meeting's minutes are written."""
    page = _page(kit, identify(kit, click), identifier(click.value))
    form = MinutesForm.of(page.minutes)
    return OpenModal(minute_views.minutes_modal(form, page.minutes, kit.clock()))


def unfold(kit: Kit, click: Click) -> ClickAnswer:
    """Show an entry's fields for an action, with what is typed kept."""
    form = MinutesForm.read(click.view or {})
    page = _page(kit, identify(kit, click), form.agenda_id)
    unfolded = form.unfolded(identifier(click.value))
    return UpdateModal(minute_views.minutes_modal(unfolded, page.minutes, kit.clock()))


def show(kit: Kit, click: Click) -> Answer:
    """Show a meeting that took place."""
    return minute_views.shown(_page(kit, identify(kit, click), identifier(click.value)))


def turned(kit: Kit, click: Click) -> Answer:
    """Show the meeting before or after in the place of this one."""
    page = _page(kit, identify(kit, click), identifier(click.value))
    return minute_views.shown(page, replaces=True)


def save(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Write down what was agreed; it is told in the agenda's thread."""
    actor = identify(kit, sent)
    form = MinutesForm.read(sent.view)
    minutes = _page(kit, actor, form.agenda_id).minutes
    try:
        due_on = offered_due(minutes, kit.clock())
        fields = form.fields(lambda who, name: person(kit, sent, who, name).id, due_on)
        came_from = origin(kit, sent, f":{form.version}")
        written = kit.minutes.write(
            actor, form.agenda_id, fields, version=form.version, origin=came_from, now=kit.clock()
        )
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    except Conflict:
        minutes = _page(kit, actor, form.agenda_id).minutes
        note = minute_views.note_of_others(minutes.since(form.version, actor.person))
        again = replace(form, version=minutes.version, note=note)
        return UpdateModal(minute_views.minutes_modal(again, minutes, kit.clock()))
    there = {matter.id for matter in matters_of(written)}
    left = [form.labels[each.matter_id] for each in fields.entries if each.matter_id not in there]
    return UpdateModal(minute_views.saved(form.agenda_id, left))


def ask_to_undo(kit: Kit, click: Click) -> Answer:
    """Ask before something is taken back, where it still can be."""
    agenda_id = identifier(click.value)
    kit.minutes.require_fresh(identify(kit, click), agenda_id, now=kit.clock())
    return minute_views.asked_to_take_back(agenda_id)


def undo(kit: Kit, click: Click) -> ClickAnswer:
    """Take back what the person wrote down last."""
    actor, agenda_id = identify(kit, click), identifier(click.value)
    kit.minutes.take_back(actor, agenda_id, origin=origin(kit, click), now=kit.clock())
    text = "✓ Taken back, with the decisions and actions that it made. `/agenda minutes` writes them anew."
    return UpdateModal(done(text)) if click.view is not None else say(text)


def open_point(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form in which one thing that was agreed is said otherwise."""
    point = kit.minutes.point(identify(kit, click), identifier(click.value))
    return OpenModal(minute_views.point_modal(point.id, point.text, point.fingerprint))


def change_point(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Say otherwise what was agreed; the minutes' message follows."""
    actor = identify(kit, sent)
    with reading():
        carried = metadata(sent.view)
        point_id, seen = UUID(carried["point"]), carried.get("seen")
        text = raw_values(sent.view).get(TEXT) or ""
    try:
        kit.minutes.change_point(actor, point_id, text, seen=seen, origin=origin(kit, sent), now=kit.clock())
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    changed = "Changed" if text.strip() else "Taken out"
    return UpdateModal(done(f"✓ {changed}, in the agenda's thread, too."))


def _page(kit: Kit, actor: Actor, agenda_id: UUID) -> MinutesPage:
    page = kit.minutes.page(actor, agenda_id=agenda_id, now=kit.clock())
    if page is None:
        raise Unreadable
    return page

"""Logging a record: from a line, from the form, or once its channel has become a project."""

from contextlib import suppress

from handlers.access import identify, person
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
from handlers.blocks import actions, button, escape
from handlers.errors import words
from handlers.forms import beside_fields
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.projects.needs import Need
from handlers.projects.offers import offer
from handlers.projects.views import KEPT_LENGTH, may_become_project
from handlers.raid import modals, views
from handlers.raid.forms import FIELD_OF_PROBLEM, RaidForm
from handlers.raid.line import RaidLine, read_line
from handlers.raid.words import headline
from handlers.submitting import chosen_id, kept_as, of_kept, written
from handlers.typed.places import about
from handlers.typed.text import given_back
from models.commands import RaidFields
from models.errors import Invalid
from models.read_models import Actor, ProjectView, RaidView
from models.rules.raid.words import RaidKind
from models.rules.sentences import ended

_KINDS = {action.value: kind for kind, action in views.NEW_BUTTONS.items()}


def typed(kit: Kit, ask: Ask, actor: Actor, kind: RaidKind, text: str) -> CommandAnswer:
    """Log a record from one line; without one, open the form."""
    line = read_line(kind, text, today(kit, actor))
    if line.problem:
        return _not_logged(escape(line.problem), kind, text)
    channel_id = line.channel_id or ask.channel_id
    project = kit.projects.in_channel(actor, channel_id) if channel_id else None
    choices = kit.projects.choices(actor, project.id if project else None)
    if project is None and (text or not choices or may_become_project(ask.channel_id)):
        return offer(kit, ask, _need(kind), typed=f"{kind} {text}".strip(), has_others=bool(choices))
    if not line.title or project is None:
        return OpenModal(modals.log_modal(RaidForm.of_line(kind, line, project, ask.channel_id), choices))
    try:
        fields = _fields_of(kit, ask, line)
        item = kit.raid.log(
            actor, project, kind, fields, confirm_in=None, origin=origin(kit, ask), now=kit.clock()
        )
    except Invalid as invalid:
        return _not_logged(words(invalid), kind, text)
    return views.logged(item, today(kit, actor))


def _not_logged(why: str, kind: RaidKind, text: str) -> Answer:
    form = button("Open the form", ActionId.RAID_NEW, f"{kind} {text}"[:KEPT_LENGTH])
    return say(f"{why} Nothing was logged.{given_back(f'{kind} {text}')}", actions([form]))


def _need(kind: RaidKind) -> Need:
    thing = kind.a_thing
    return Need("raid", thing[:1].upper() + thing[1:], ActionId.RAID_NEW)


def _fields_of(kit: Kit, ask: Ask, line: RaidLine) -> RaidFields:
    """Turn a line into what the services take; an owner is looked up."""
    owner = person(kit, ask, line.owner_slack_id) if line.owner_slack_id else None
    return RaidFields(
        title=line.title,
        owner_id=owner.id if owner else None,
        due_on=line.due_on,
        impact=line.impact,
        direction=line.direction,
        other_party=line.other_party,
        outcome=line.outcome,
        rationale=line.rationale,
    )


def split(text: str) -> tuple[RaidKind | None, str]:
    """Return the kind that a kept line begins with, and the rest of it."""
    first, _, rest = text.partition(" ")
    kind = next((each for each in RaidKind if each.value == first.lower()), None)
    return (kind, rest.strip()) if kind else (None, text.strip())


def new(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form with the line that was typed; where its kind is not known, ask for that first."""
    kind, text = split(click.value)
    if kind is None:
        identify(kit, click)
        return views.what_is_it(text)
    return _form(kit, click, kind, text)


def new_of_kind(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form of the kind that was chosen, with the line that was typed, if any."""
    return _form(kit, click, _KINDS[click.action_id], click.value)


def _form(kit: Kit, click: Click, kind: RaidKind, text: str) -> ClickAnswer:
    actor = identify(kit, click)
    project = about(kit, click, actor)
    choices = kit.projects.choices(actor, project.id if project else None)
    if not choices:
        return offer(kit, click, _need(kind), typed=f"{kind} {text}".strip(), has_others=False)
    line = read_line(kind, text, today(kit, actor))
    form = RaidForm.of_line(kind, line, project, click.channel_id)
    return of_kept(modals.log_modal(form, choices), text)


def submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Log a record from the modal."""
    actor = identify(kit, sent)
    form = RaidForm.read(sent.view)
    problems = form.problems(today(kit, actor))
    project_id = form.project_id()
    if project_id is None:
        problems["project"] = "Choose the project it belongs to."
    if problems or project_id is None:
        return beside_fields(problems, sent.view, {})

    def write() -> RaidView:
        return kit.raid.log(
            actor,
            kit.projects.get(actor, project_id),
            form.kind,
            form.fields(chosen_id(kit, sent, form)),
            confirm_in=form.channel_id or actor.person.slack_user_id,
            origin=origin(kit, sent),
            now=kit.clock(),
        )

    return written(sent, write, FIELD_OF_PROBLEM, instead=lambda item: kept_as(item.reference))


def after_project(
    kit: Kit, sent: Submission, actor: Actor, project: ProjectView, waiting: str
) -> str | UpdateModal:
    """Log the record that waited for its project; where there is none that can be logged, open the modal."""
    kind, text = split(waiting)
    kind = kind or RaidKind.ISSUE
    line = read_line(kind, text, today(kit, actor))
    if text and not line.problem:
        came_from = origin(kit, sent, ":raid")
        # Where it can't be logged, the form below says why beside its field, with all of it filled in.
        with suppress(Invalid):
            fields = _fields_of(kit, sent, line)
            item = kit.raid.log(
                actor, project, kind, fields, confirm_in=None, origin=came_from, now=kit.clock()
            )
            return ended(f"Logged {headline(item)}")
    form = RaidForm.of_line(kind, line, project, project.internal_channel_id)
    return UpdateModal(modals.log_modal(form, kit.projects.choices(actor, project.id)))

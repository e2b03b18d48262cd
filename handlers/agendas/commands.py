"""What ``/agenda …`` does, verb by verb."""

from collections.abc import Callable

from handlers.access import identify
from handlers.agendas import minute_views, modals, views
from handlers.agendas.forms import TopicForm
from handlers.agendas.line import TopicLine, read_line
from handlers.agendas.minutes_form import MinutesForm
from handlers.answers import Answer, CommandAnswer, OpenModal, say
from handlers.asks import Ask
from handlers.blocks import actions, button, escape
from handlers.errors import words as refusal
from handlers.grammar import AGENDA, nearest, parse
from handlers.help import did_you_mean, help_page
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin
from handlers.projects.views import KEPT_LENGTH
from handlers.rituals import times
from handlers.rituals.target import Target
from handlers.typed.dates import is_day
from handlers.typed.places import LIST_ALL
from handlers.typed.text import given_back, readable
from models.commands import TopicFields
from models.errors import Invalid, NotFound
from models.read_models import Actor, ComingTime, ProjectView
from models.services.agendas.bringing import MOST_MINUTES

EXAMPLE = "add Who covers July?"
_NO_MEETING = "No meeting has taken place yet. `/agenda` shows what the next one is about."
_HAS_BEGUN = "That meeting has begun, so it can't be skipped any more."
_IS_SKIPPED = "That one is skipped already."
_NONE_OF_YOURS = "You have no topic on an agenda just now. Type `/agenda add Who covers July?`."


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/agenda`` with whatever follows it."""
    parsed = parse(AGENDA, text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, AGENDA, parsed.rest, EXAMPLE)
    actor = identify(kit, ask)
    if parsed.verb is not None:
        return _VERBS[parsed.verb.name](kit, ask, actor, parsed.rest)
    if not text.strip():
        return _show(kit, ask, actor)
    if parsed.meant is not None:
        return _slip(text, parsed.meant.name)
    if len(text.split()) == 1 or is_day(text):
        return _unsure(text)
    return _add(kit, ask, actor, text)


def _show(kit: Kit, ask: Ask, actor: Actor) -> CommandAnswer:
    page = kit.agendas.page(actor, channel_id=ask.channel_id, now=kit.clock())
    return views.agenda(page, actor.person.id) if page else _without_next(kit, actor)


def _without_next(kit: Kit, actor: Actor, typed: str = "") -> Answer:
    """Say what there is where no meeting takes place."""
    found = kit.agendas.meetings(actor, now=kit.clock())
    return views.meetings(found, typed) if found else views.nothing_yet(typed)


def _add(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    now = kit.clock()
    page = kit.agendas.page(actor, channel_id=ask.channel_id, now=now)
    if page is None:
        return _without_next(kit, actor, readable(rest))
    if not rest.strip():
        meetings = [each for each in kit.agendas.meetings(actor, now=now) if each.next]
        form = TopicForm(values={"meeting": str(page.agenda.ritual.id)})
        if len(meetings) == 1:
            form = TopicForm(ritual_id=page.agenda.ritual.id)
        return OpenModal(modals.topic_modal(form, meetings, kit.projects.choices(actor)))
    line = read_line(rest)
    project = _project(kit, ask, actor, line)
    if isinstance(project, Answer):
        return project
    fields = TopicFields(line.title, project.id if project else None, line.minutes)
    try:
        topic = kit.agendas.add_topic(actor, page.agenda.ritual.id, fields, origin=origin(kit, ask), now=now)
    except Invalid as invalid:
        if fields.minutes <= MOST_MINUTES and "project_id" not in invalid.problems:
            raise
        form = TopicForm.refused(fields, page.agenda.ritual.id, invalid, f"*{escape(refusal(invalid))}*")
        return OpenModal(modals.topic_modal(form, (), kit.projects.choices(actor)))
    return views.added(topic)


def _project(kit: Kit, ask: Ask, actor: Actor, line: TopicLine) -> ProjectView | Answer | None:
    """Return the project that a line is about: the one it names, else the channel's; else none."""
    if line.key:
        try:
            return kit.projects.by_key(actor, line.key.upper())
        except NotFound:
            meant = nearest(line.key, [choice.key for choice in kit.projects.choices(actor)])
            hint = f"Did you mean #{meant.upper()}?" if meant else LIST_ALL
            return say(
                f"I don't know a project “{escape(line.key)}”. {hint} Nothing was added."
                f"{given_back(line.title)}"
            )
    channel_id = line.channel_id or ask.channel_id
    found = kit.projects.in_channel(actor, channel_id) if channel_id else None
    if found is None and line.channel_id:
        return say(f"<#{line.channel_id}> isn't a project. Nothing was added.{given_back(line.title)}")
    return found


def _list(kit: Kit, _ask: Ask, actor: Actor, _rest: str) -> CommandAnswer:
    return views.meetings(kit.agendas.meetings(actor, now=kit.clock()))


def _minutes(kit: Kit, ask: Ask, actor: Actor, _rest: str) -> CommandAnswer:
    page = kit.minutes.page(actor, channel_id=ask.channel_id, now=kit.clock())
    if page is None:
        return say(_NO_MEETING)
    form = MinutesForm.of(page.minutes)
    return OpenModal(minute_views.minutes_modal(form, page.minutes, kit.clock()))


def _last(kit: Kit, ask: Ask, actor: Actor, _rest: str) -> CommandAnswer:
    page = kit.minutes.page(actor, channel_id=ask.channel_id, now=kit.clock())
    return minute_views.shown(page) if page else say(_NO_MEETING)


def _edit(kit: Kit, _ask: Ask, actor: Actor, _rest: str) -> CommandAnswer:
    try:
        topic = kit.agendas.newest_topic(actor)
    except NotFound:
        return say(_NONE_OF_YOURS)
    choices = kit.projects.choices(actor, topic.project_id)
    return OpenModal(modals.topic_modal(TopicForm.of_topic(topic), (), choices))


def _remove(kit: Kit, _ask: Ask, actor: Actor, _rest: str) -> CommandAnswer:
    try:
        return views.asked_to_remove(kit.agendas.newest_topic(actor))
    except NotFound:
        return say(_NONE_OF_YOURS)


def _skip(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    now = kit.clock()
    page = kit.agendas.page(actor, channel_id=ask.channel_id, now=now)
    if page is None:
        return _without_next(kit, actor)
    ritual, time = page.agenda.ritual, page.agenda.time
    wanted = times.time_of_day(Target(kit, ask, actor, ritual.id), rest) if rest else time
    if isinstance(wanted, str):
        return say(f"{wanted} `/ritual show {escape(ritual.typed)}` lists them.")
    if wanted.starts_at <= now:
        return say(_HAS_BEGUN)
    if isinstance(wanted, ComingTime) and wanted.is_skipped:
        return say(_IS_SKIPPED)
    name = wanted.name if isinstance(wanted, ComingTime) else wanted.key
    return views.asked_to_skip(kit.rituals.editable(actor, ritual.id, now=now), wanted.starts_at, name)


def _slip(text: str, meant: str) -> Answer:
    corrected = " ".join([meant, *text.split()[1:]])
    yes = button(
        f"Yes: {readable(corrected)}", ActionId.AGENDA_MEANT, corrected[:KEPT_LENGTH], style="primary"
    )
    topic = button("No, it's a topic", ActionId.AGENDA_MEANT, f"add {text}"[:KEPT_LENGTH])
    return say(did_you_mean(AGENDA, corrected), actions([yes]), actions([topic]))


def _unsure(text: str) -> Answer:
    """Ask about what hardly is a topic: a single word, or a day."""
    topic = button("Yes, it's a topic", ActionId.AGENDA_MEANT, f"add {text}"[:KEPT_LENGTH])
    said = f"Is “{escape(readable(text))}” a topic? Nothing was added yet. "
    return say(
        f"{said}`/agenda` shows what the next meeting is about, `/agenda help` the rest.", actions([topic])
    )


_VERBS: dict[str, Callable[[Kit, Ask, Actor, str], CommandAnswer]] = {
    "add": _add,
    "minutes": _minutes,
    "last": _last,
    "skip": _skip,
    "list": _list,
    "edit": _edit,
    "remove": _remove,
}

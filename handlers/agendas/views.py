"""What ``/agenda`` shows; pure functions from values to blocks."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from handlers.answers import Answer, again, say
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    escape,
    link,
    moment,
    section,
)
from handlers.ids import ActionId
from handlers.rituals.what import what_of
from handlers.typed.text import given_back
from models.read_models import AgendaPage, AgendaView, Meeting, RitualSetup, TopicView
from models.rules.agendas.changes import changes_line
from models.rules.agendas.planning import AgendaPlan
from models.rules.agendas.words import (
    Detail,
    detail_words,
    lines,
    overflow_label,
    overflow_words,
    quiet_words,
    timing,
)
from models.rules.days import near_words
from models.value import replace

_TOPICS_SHOWN = 5
_DETAILS_SHOWN = 40
_DELIVERY = what_of("meeting_agenda", 0)
"""The preset that is offered where there is no meeting."""
OWN = "own"
"""What a button carries in an answer to one person, so that what becomes of it takes the answer's place."""


def agenda(page: AgendaPage, reader_id: UUID, *, replaces: bool = False) -> Answer:
    """Show a meeting's agenda as it stands, with what the person may do about it."""
    found = page.agenda
    blocks = [section("\n".join(_lines(found))), context(_state(found))]
    blocks += [_topic(topic, reader_id) for topic in page.topics[-_TOPICS_SHOWN:]]
    blocks.append(actions(list(_buttons(page))))
    shows = again(ActionId.AGENDA_SHOW, found.ritual.id)
    text = f"{found.ritual.name}: the agenda"
    return Answer(text=text, blocks=tuple(blocks), replaces=replaces, title=found.ritual.name, again=shows)


def details(page: AgendaPage) -> Answer:
    """Show each entry of an agenda with all its reasons, and what has no time of its own."""
    found = page.agenda
    title = f"*{escape(found.ritual.name)}: the details* · {moment(found.time.starts_at)}"
    entries = [section("\n".join(_detail(each))) for each in detail_words(found.plan)]
    rest = [context("_…_ and more, without time of their own.")] if len(entries) > _DETAILS_SHOWN else []
    return say(title, *entries[:_DETAILS_SHOWN], *rest)


def _detail(entry: Detail) -> Iterator[str]:
    time = f"({entry.minutes} min)" if entry.minutes else "· no time of its own"
    yield f"*{escape(entry.name or entry.label)}* {time}"
    yield from (f"• {escape(reason)}" for reason in entry.reasons)


def meetings(found: Sequence[Meeting], typed: str = "") -> Answer:
    """List all meetings, one's own first; what was typed is kept where none of them takes place."""
    if not found:
        return nothing_yet(typed)
    kept = [section(f"*No meeting takes place just now.*{_kept(typed)}")] if typed else []
    blocks = [*kept, section(f"*{len(found)} meeting{'' if len(found) == 1 else 's'}*")]
    for each in found:
        show = button("Agenda", ActionId.AGENDA_SHOW, str(each.ritual.id)) if each.next else None
        blocks.append(section(_meeting(each), show))
    if not any(each.next for each in found):
        blocks.append(context(f"`/ritual resume {escape(found[0].ritual.typed)}` has it take place."))
    return Answer(text="Meetings", blocks=tuple(blocks))


def nothing_yet(typed: str = "") -> Answer:
    """Say that no meeting is switched on, and offer to do it."""
    return say(
        "*No delivery meeting is switched on yet.* I can ask for topics, build the agenda from your records "
        f"and post it a working day before.{_kept(typed)}",
        actions([button("Set up a meeting", ActionId.RITUAL_NEW, _DELIVERY, style="primary")]),
    )


def _kept(typed: str) -> str:
    return f" Nothing was added.{given_back(typed)}" if typed else ""


def added(topic: TopicView) -> Answer:
    """Confirm a topic that was typed in a line."""
    more = [f"about {escape(topic.project_key)}"] * bool(topic.project_key)
    more += [f"{topic.minutes} min"] * bool(topic.minutes)
    about = f" ({', '.join(more)})" if more else ""
    buttons = [
        button("Edit", ActionId.TOPIC_EDIT, str(topic.id)),
        button("Remove", ActionId.TOPIC_REMOVE, str(topic.id)),
        button("Agenda", ActionId.AGENDA_SHOW, str(topic.ritual_id)),
    ]
    text = f"✓ On the agenda of *{escape(topic.meeting)}*: {escape(topic.title)}{about}"
    return replace(say(text, actions(buttons)), again=again(ActionId.AGENDA_SHOW, topic.ritual_id))


def removed(topic: TopicView) -> Answer:
    """Confirm that a topic is gone."""
    return say(f"✓ Removed from the agenda of *{escape(topic.meeting)}*: {escape(topic.title)}")


def asked_to_remove(topic: TopicView) -> Answer:
    """Ask before a topic goes that was not looked at just now."""
    remove = button("Remove it", ActionId.TOPIC_REMOVE, str(topic.id), style="danger")
    return say(f"Remove “{escape(topic.title)}” from *{escape(topic.meeting)}*?", actions([remove]))


def stays_away(meeting: Meeting) -> Answer:
    """Confirm that somebody can't come."""
    at = moment(meeting.next.starts_at) if meeting.next else ""
    value = str(meeting.next.occurrence_id) if meeting.next else ""
    back = button("I can come after all", ActionId.MEETING_COME, value)
    text = f"✓ Noted: you can't come to *{escape(meeting.ritual.name)}*, {at}. The agenda says so."
    return say(text, actions([back]))


def comes(meeting: Meeting) -> Answer:
    """Confirm that somebody comes after all."""
    return say(f"✓ Good: you come to *{escape(meeting.ritual.name)}*, and the agenda says so.")


def asked_to_skip(setup: RitualSetup, at: datetime, name: str) -> Answer:
    """Ask before a meeting is called off, for all its people read of it."""
    told = f" <#{setup.ritual.channel_id}> is told at once." if setup.ritual.channel_id else ""
    skip = button("Skip it", ActionId.MEETING_SKIP, f"{setup.id} {name} {OWN}", style="danger")
    return say(
        f"Skip *{escape(setup.ritual.name)}* of {moment(at)}?{told} Topics wait for the next one.",
        actions([skip]),
    )


def skipped(setup: RitualSetup, at: datetime, name: str, *, replaces: bool) -> Answer:
    """Confirm that a meeting does not take place."""
    back = button("Hold it after all", ActionId.MEETING_HOLD, f"{setup.id} {name} {OWN}")
    return say(
        f"✓ *{escape(setup.ritual.name)}* does not take place {moment(at)}.{_channel_knows(setup)} "
        "Topics wait for the next one.",
        actions([back]),
        replaces=replaces,
    )


def held(setup: RitualSetup, at: datetime, *, replaces: bool) -> Answer:
    """Confirm that a meeting takes place after all."""
    told = f"✓ *{escape(setup.ritual.name)}* takes place {moment(at)} after all.{_channel_knows(setup)}"
    return say(told, replaces=replaces)


def _channel_knows(setup: RitualSetup) -> str:
    return f" <#{setup.ritual.channel_id}> says so now." if setup.ritual.channel_id else ""


def _lines(found: AgendaView) -> Iterator[str]:
    at = moment(found.time.starts_at, weekday=True)
    yield f"*{escape(found.ritual.name)}* · {at} · {found.plan.length} min"
    yield from filter(None, [_people(found)])
    if found.changes:
        yield f"_Since {near_words(found.since)}:_ {escape(changes_line(found.changes))}"
    for line in lines(found.plan.slots):
        name = f"{escape(line.name)}: " if line.name else ""
        yield f"*{line.label}* {name}{escape(line.text)} ({line.minutes} min)"
    rest = [
        without_time(found.plan),
        f"Nothing new: {escape(quiet_words(found.quiet))}" if found.quiet else "",
    ]
    yield from filter(None, [" · ".join(filter(None, rest))])
    if not found.plan.is_worth_meeting:
        yield "*Nothing needs a meeting this time.* Shall we skip it? If you have something, add it."


def without_time(plan: AgendaPlan) -> str:
    """Return what has no time of its own, safe as mrkdwn; "" where there is nothing."""
    return f"_{overflow_label(plan)}:_ {escape(overflow_words(plan.overflow))}" if plan.overflow else ""


def _people(found: AgendaView) -> str:
    said = [
        f"Leads: {escape(found.leader.name)}" if found.leader else "",
        f"notes: {escape(found.note_taker.name)}" if found.note_taker else "",
        f"can't come: {escape(', '.join(each.name for each in found.absent))}" if found.absent else "",
    ]
    return " · ".join(filter(None, said))


def _state(found: AgendaView) -> str:
    state = "posted" if found.id else "as it stands, not posted yet"
    notes = f" · {link(found.notes_url, 'shared notes')}" if found.notes_url else ""
    more = " · *Details* has it all" if found.plan.slots or found.plan.overflow else ""
    return f"{timing(found.plan)} · {state}{more}{notes}"


def _topic(topic: TopicView, reader_id: UUID) -> Block:
    whose = "Your" if topic.author.id == reader_id else f"{escape(topic.author.name)}'s"
    about = f" · {escape(topic.project_key)}" if topic.project_key else ""
    about += f" · {topic.minutes} min" if topic.minutes else ""
    is_open = topic.agenda_id is None
    edit = button("Edit", ActionId.TOPIC_EDIT, str(topic.id)) if is_open else None
    return section(f"{whose} topic: {escape(topic.title)}{about}", edit)


def _buttons(page: AgendaPage) -> Iterator[Element]:
    found = page.agenda
    yield button("Add topic", ActionId.TOPIC_ADD, str(found.ritual.id), style="primary")
    if found.plan.slots or found.plan.overflow:
        yield button("Details", ActionId.AGENDA_DETAILS, str(found.ritual.id))
    if found.id is not None:
        yield button("Can't come", ActionId.MEETING_MISS, str(found.time.occurrence_id))
    if page.may_skip and not found.plan.is_worth_meeting:
        yield button("Skip it", ActionId.MEETING_SKIP, f"{found.ritual.id} {found.time.key}")
    if page.last_id is not None:
        yield button("Last meeting", ActionId.MINUTES_SHOW, str(page.last_id))
    for each in page.others[:1]:
        yield button(each.ritual.name, ActionId.AGENDA_SHOW, str(each.ritual.id))
    if len(page.others) > 1:
        yield button("All meetings", ActionId.AGENDA_LIST)


def _meeting(meeting: Meeting) -> str:
    when = moment(meeting.next.starts_at) if meeting.next else "paused"
    where = f" · <#{meeting.ritual.channel_id}>" if meeting.ritual.channel_id else ""
    yours = " · yours" if meeting.is_yours else ""
    return f"*{escape(meeting.ritual.name)}* · {when}{where}{yours}"

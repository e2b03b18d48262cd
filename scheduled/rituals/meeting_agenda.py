"""A delivery meeting: people are asked for topics, and the agenda is built from the records."""

from collections.abc import Callable, Mapping
from datetime import time, timedelta

from models.read_models.agendas import NOTES
from models.rules.access import ProjectRole
from models.rules.delivery import Operation
from models.rules.rituals.steps import (
    IS_OFF,
    OccurrenceState,
    Preset,
    RitualSort,
    RitualState,
    Setting,
    SettingInput,
    StepRule,
)
from models.services.agendas.meetings import KIND, ROLES
from models.services.agendas.rows import agenda_id_of
from models.services.agendas.steps import (
    ANNOUNCED,
    CALLED_OFF,
    COLLECT,
    DATE,
    DETAILS,
    MINUTES,
    POST,
    REFRESH,
    REFRESH_DETAILS,
    close,
    correct,
    draw_up,
)
from models.services.rituals.rows import name_of
from scheduled.calendar_file import CalendarEvent, calendar_file
from scheduled.notices import Drawn
from scheduled.posts import Button, ButtonStyle, Document, Gone, Intent, Post, Small, Text
from scheduled.rituals import Ritual, RitualOccasion
from scheduled.templating import Words
from scheduled.wording.agendas import agenda_values, detail_values, plain_lines, question_values

_MORNING = time(9)
_BEHIND = timedelta(seconds=1)
"""What is said in a thread comes right after what began it."""
_UNTIL_THEN = timedelta(hours=30)
"""An agenda has a point up to the meeting."""
_WHILE_IT_LASTS = timedelta(hours=1)
_WEDNESDAY = 2


def render(occasion: RitualOccasion) -> Drawn | None:
    """Draw the message of a step."""
    if CALLED_OFF in occasion.message.ids:
        return _news(occasion)
    return _DRAWN[occasion.step.kind](occasion)


def _news(occasion: RitualOccasion) -> Post | Gone | None:
    """Say that a time does not take place, or does after all; what was said before of it goes."""
    is_off = _is_called_off(occasion)
    if is_off != occasion.message.ids[CALLED_OFF]:
        return Gone() if occasion.message.operation is Operation.UPDATE else None
    was_announced = occasion.message.ids.get(ANNOUNCED, True)
    words = (
        _words_of_none(occasion, was_announced=was_announced)
        if is_off
        else occasion.words_of("meeting_agenda_held")
    )
    return Post(words.summary, (Text(words.text),))


def _called_off(occasion: RitualOccasion) -> Post:
    """Say in the place of what asked people to come that the meeting does not take place."""
    words = _words_of_none(occasion)
    hold = Button("Hold it after all", Intent.MEETING_HOLD, occasion.step.ritual.id, detail=_time(occasion))
    # What rests comes back with its ritual, not by itself.
    may_be_held = occasion.step.occurrence.state is OccurrenceState.SKIPPED and not _has_begun(occasion)
    return Post(words.summary, (Text(words.text),), (hold,) if may_be_held else ())


def _words_of_none(occasion: RitualOccasion, *, was_announced: bool = True) -> Words:
    return occasion.words_of(
        "meeting_agenda_skipped",
        is_over=_has_begun(occasion),
        was_announced=was_announced,
        is_ended=occasion.step.ritual.state is RitualState.ENDED or _is_archived(occasion),
    )


def _is_archived(occasion: RitualOccasion) -> bool:
    ritual, channels = occasion.step.ritual, occasion.message.desk.channels
    project = channels.project(ritual.workspace_id, ritual.project_id) if ritual.project_id else None
    return project is not None and project.is_archived


def _has_begun(occasion: RitualOccasion) -> bool:
    return occasion.step.occurrence.starts_at <= occasion.message.now


def _time(occasion: RitualOccasion) -> str:
    return name_of(occasion.step.occurrence.name)


def _is_called_off(occasion: RitualOccasion) -> bool:
    return occasion.step.occurrence.state in IS_OFF


def _collect(occasion: RitualOccasion) -> Post | None:
    if _is_called_off(occasion):
        return _called_off(occasion)
    has_begun = _has_begun(occasion)
    words = occasion.words_of("meeting_agenda_collect", has_begun=has_begun)
    if has_begun:
        return Post(words.summary, (Text(words.text),))
    add = Button("Add topic", Intent.TOPIC_ADD, occasion.step.ritual.id, ButtonStyle.PRIMARY)
    return Post(words.summary, (Text(words.text), Small(words.small)), (add,))


def _agenda(occasion: RitualOccasion) -> Post | None:
    agenda = occasion.message.desk.agendas.of_step(occasion.step)
    if agenda is None:
        return None
    if _is_called_off(occasion):
        return _called_off(occasion)
    words = occasion.words(**agenda_values(agenda))
    ritual_id = occasion.step.ritual.id
    buttons: tuple[Button, ...] = ()
    if agenda.time.starts_at > occasion.message.now:
        buttons = (
            Button("Add topic", Intent.TOPIC_ADD, ritual_id),
            Button("Can't come", Intent.MEETING_MISS, agenda.time.occurrence_id),
        )
        if not agenda.plan.is_worth_meeting:
            buttons += (Button("Skip it", Intent.MEETING_SKIP, ritual_id, detail=_time(occasion)),)
    return Post(words.summary, (Text(words.text), Small(words.small)), buttons)


def _details(occasion: RitualOccasion) -> Post | None:
    agenda = occasion.message.desk.agendas.of_step(occasion.step)
    if agenda is None:
        return None
    words = occasion.words_of("meeting_agenda_details", **detail_values(agenda))
    return Post(words.summary, (Text(words.text),))


def _date(occasion: RitualOccasion) -> Document | None:
    agenda = occasion.message.desk.agendas.of_step(occasion.step)
    if agenda is None:
        return None
    words = occasion.words_of("meeting_agenda_date")
    starts_at = agenda.time.starts_at
    event = CalendarEvent(
        uid=f"{agenda.time.occurrence_id}@drumbeat",
        sequence=agenda.version,
        made_at=occasion.message.now,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=agenda.plan.length),
        title=agenda.ritual.name,
        description=plain_lines(agenda),
        url=agenda.notes_url,
    )
    return Document(words.summary, words.text, "ics", calendar_file(event))


def _minutes(occasion: RitualOccasion) -> Post | None:
    agenda_id = agenda_id_of(occasion.step.occurrence.id)
    written = occasion.message.desk.agendas.minutes(occasion.message.workspace_id, agenda_id)
    if written is None:
        return None
    words = occasion.words_of("meeting_agenda_minutes", **question_values(written))
    label = "Add to the minutes" if written.points else "Write minutes"
    button = Button(label, Intent.MINUTES_WRITE, agenda_id)
    return Post(words.summary, (Text(words.text),), (button,))


_DRAWN: Mapping[str, Callable[[RitualOccasion], Drawn | None]] = {
    COLLECT: _collect,
    POST: _agenda,
    DETAILS: _details,
    REFRESH: _agenda,
    REFRESH_DETAILS: _details,
    DATE: _date,
    MINUTES: _minutes,
}

RITUAL = Ritual(
    RitualSort(
        kind=KIND,
        name="Meeting agenda",
        says="Asks for topics, posts an agenda that is built from your records, and keeps it up to date.",
        steps=(
            StepRule(COLLECT, working_days=-3, at=_MORNING),
            StepRule(POST, working_days=-1, at=_MORNING, grace=_UNTIL_THEN, is_main=True),
            StepRule(
                DETAILS,
                working_days=-1,
                at=_MORNING,
                after=_BEHIND,
                grace=_UNTIL_THEN,
                operation=Operation.REPLY,
                about=POST,
            ),
            StepRule(
                DATE,
                working_days=-1,
                at=_MORNING,
                after=2 * _BEHIND,
                grace=_UNTIL_THEN,
                operation=Operation.FILE,
                about=POST,
            ),
            StepRule(REFRESH, grace=_WHILE_IT_LASTS, operation=Operation.UPDATE, about=POST),
            StepRule(
                REFRESH_DETAILS,
                after=_BEHIND,
                grace=_WHILE_IT_LASTS,
                operation=Operation.UPDATE,
                about=DETAILS,
            ),
            StepRule(MINUTES, at_end=True, operation=Operation.REPLY, about=POST),
        ),
        needs_project=False,
        fields=(
            Setting(
                NOTES,
                "Where are its notes?",
                SettingInput.LINK,
                hint="The agenda, the minutes and the file for calendars lead there.",
                placeholder="https://…",
            ),
        ),
        presets=(
            Preset(
                "Delivery – PM",
                "every second Wednesday at 15:00 in Los Angeles, 60 minutes, with the project managers",
                frozenset({_WEDNESDAY}),
                time(15),
                interval=2,
                timezone="America/Los_Angeles",
                duration_minutes=60,
                settings={ROLES: [ProjectRole.PROJECT_MANAGER.value]},
            ),
            Preset(
                "Delivery – PO/QA",
                "every second Wednesday at 15:00 in Los Angeles, 60 minutes, with product owners and leads",
                frozenset({_WEDNESDAY}),
                time(15),
                interval=2,
                timezone="America/Los_Angeles",
                duration_minutes=60,
                settings={ROLES: [ProjectRole.PRODUCT_OWNER.value, ProjectRole.ENGINEERING_LEAD.value]},
            ),
        ),
    ),
    render=render,
    acts={POST: draw_up, REFRESH: close},
    correct=correct,
)

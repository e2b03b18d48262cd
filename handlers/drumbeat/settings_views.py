"""What a person sees of their own settings: each with what it does today."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.answers import Answer, say
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    day,
    escape,
    modal,
    option,
    plain,
    section,
)
from handlers.callback_ids import CallbackId
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, radio, select
from handlers.mornings.views import standing_in
from handlers.typed.text import readable
from models.read_models import PersonalSettings, StandIns
from models.rules.mornings.paces import MORNING_AT, PACES
from models.rules.mornings.quiet import DAY, clock_face
from models.rules.rituals.workdays import WorkingWeek

STEP = 30
"""Minutes between two choices of the form: a select holds a hundred."""

NONE = "none"
"""The choice of no hour: a select that has a value can't be emptied everywhere."""

_NEVER_WAITS = (
    "Answers to what you do never wait, nor do alerts: an unhappy client, a low answer, an escalated risk."
)


def shown(
    settings: PersonalSettings,
    today: date,
    stand_ins: Mapping[str, StandIns] = {},
    *,
    has_changed: bool = False,
    replaces: bool = False,
) -> Answer:
    """Show the settings, with the way to change them, and who stands in for the person."""
    change = button("Change", ActionId.SETTINGS_CHANGE, style=None if has_changed else "primary")
    back = [button("I'm back", ActionId.SETTINGS_BACK)] if settings.away_until else []
    heading = "*Your settings* · saved ✓" if has_changed else "*Your settings*"
    return Answer(
        text="Your settings",
        blocks=(
            section(heading),
            *_lines(settings, today),
            *([section(standing_in(stand_ins))] if stand_ins else []),
            actions([change, *back]),
        ),
        replaces=replaces,
    )


def _lines(settings: PersonalSettings, today: date) -> Sequence[Block]:
    if settings.quiet is None:
        quiet = "*Quiet hours* · none: I write at any hour."
    else:
        end = clock_face(settings.quiet.end)
        quiet = f"*Quiet hours* · {settings.quiet}. What can wait comes at {end}."
    if settings.away_until is None:
        away = "*Away* · no"
    else:
        last = day(settings.away_until, today)
        away = f"*Away* · until {last}. Your deputy or another lead is asked instead, and news waits."
    policy = PACES[settings.pace]
    pace = f"*Morning message* · {policy.word}: {policy.says}. {_comes(settings)}, {settings.week.word}."
    return (section(f"{_zone(settings)}\n{pace}\n{quiet}\n{away}"), context(_NEVER_WAITS))


def _zone(settings: PersonalSettings) -> str:
    return f"*Time zone* · {escape(settings.timezone)}, from your Slack profile."


def _comes(settings: PersonalSettings) -> str:
    """Return at which hour the morning's message comes; quiet hours may hold it."""
    if settings.quiet is not None and settings.quiet.holds_at(MORNING_AT.hour * 60 + MORNING_AT.minute):
        return f"At {clock_face(settings.quiet.end)}, when your quiet hours end"
    return "At nine"


def zone(settings: PersonalSettings) -> Answer:
    """Say where the time zone comes from."""
    return say(f"{_zone(settings)} Change it there, and I follow.")


def not_read(typed: str) -> Answer:
    """Say how a setting is typed."""
    return say(
        f"I didn't get “{escape(readable(typed))}”. These work, and so does the form:\n"
        "`/drumbeat settings pace light`, `standard` or `active`\n"
        "`/drumbeat settings quiet 18:00-08:00`, `quiet off`\n"
        "`/drumbeat settings away until fri`, `back`\n"
        "`/drumbeat settings week sun-thu`, `week mon-fri`",
        actions([button("Change", ActionId.SETTINGS_CHANGE, style="primary")]),
    )


def form(settings: PersonalSettings) -> Block:
    """Return the form with the present settings filled in."""
    quiet = settings.quiet
    return modal(
        CallbackId.SETTINGS,
        "Your settings",
        [
            field(
                "pace",
                "How much in the morning?",
                radio("pace", _paces(), chosen=settings.pace.value),
                optional=False,
            ),
            field(
                "week",
                "Which days do you work?",
                radio("week", _weeks(), chosen=settings.week.value),
                optional=False,
            ),
            field("quiet_from", "Quiet from", _hours("quiet_from", quiet.start if quiet else None)),
            field(
                "quiet_until",
                "Quiet until",
                _hours("quiet_until", quiet.end if quiet else None),
                hint=f"By your clock, {settings.timezone}. With none, everything comes at once.",
            ),
            field(
                "away_until",
                "Away until",
                date_picker("away_until", placeholder="Not away", chosen=settings.away_until),
                hint="The last day of it. Your deputy or another lead is asked instead, and news waits.",
            ),
            context(_NEVER_WAITS),
        ],
        submit="Save",
        metadata="",
    )


def _weeks() -> Sequence[Element]:
    return [option(week.word, week.value) for week in WorkingWeek]


def _paces() -> Sequence[Element]:
    return [option(f"{policy.word}: {policy.brief}", pace.value) for pace, policy in PACES.items()]


def _hours(action_id: str, chosen: int | None) -> Block:
    minutes = sorted({*range(0, DAY, STEP), *([] if chosen is None else [chosen])})
    choices = [option("None", NONE), *(option(clock_face(each), str(each)) for each in minutes)]
    return select(
        action_id, choices, placeholder="No quiet hours", chosen=None if chosen is None else str(chosen)
    )


def done(settings: PersonalSettings, today: date) -> Block:
    """Return what the form says once it is saved."""
    blocks = [section("✓ Saved."), *_lines(settings, today)]
    return {"type": "modal", "title": plain("Done"), "close": plain("Close"), "blocks": blocks}

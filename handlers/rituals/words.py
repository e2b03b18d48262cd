"""How a ritual is told in Slack."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.blocks import day, escape, moment
from models.read_models import Adherence, ComingTime, FieldChange, RitualLine, RitualSetup
from models.rules.days import near_words
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.recurrence_words import DAY_OFF_WORDS, HOLIDAY_WORDS, clock
from models.rules.rituals.steps import Rest, RestReason, RitualSort
from models.rules.zones import city_of
from models.services.rituals.countries import country_name
from models.services.rituals.fields import SETTINGS

EVERYBODY = "the whole organisation"

FIRST = ("weekly_status", "meeting_agenda", "retrospective")
"""The kinds that are offered first, where they are there."""

HOLIDAY_CHOICES: Mapping[OnHoliday, str] = {
    OnHoliday.KEEP: "It takes place all the same",
    OnHoliday.SKIP: "It is skipped",
    OnHoliday.PREVIOUS: "On the last working day before",
    OnHoliday.NEXT: "On the next working day",
}

FIELD_WORDS = {
    "name": "name",
    "channel_id": "channel",
    "owner_id": "whose it is",
    "timing": "when",
    "timezone": "time zone",
    "on_holiday": "on holidays",
    "country": "country",
    "duration_minutes": "minutes",
    "settings.text": "what it says",
    "settings.notes_url": "where its notes are",
    "settings.roles": "who comes",
    "settings.format": "what is asked",
    "settings.names": "cards",
    "settings.safety": "asked first how free people feel",
    "resumes_on": "until",
}
_CHOSEN = frozenset({"settings.roles", "settings.format", "settings.names", "settings.safety"})
"""Settings whose values are names of choices."""
_TIME = "time"
_WHOLE_SETTINGS = "settings"
"""How changes of settings were noted before each was noted by itself."""
ACTION_WORDS = {
    "switched_on": "switched it on",
    "edited": "changed it",
    "paused": "paused it",
    "resumed": "resumed it",
    "ended": "ended it",
    "skipped": "skipped one",
    "brought back": "brought one back",
    "put off": "put one off",
    "put back": "put one back",
    "run now": "ran it once more",
}


UNKNOWN_KIND = (
    "⚠️ *Not known to this version of Drumbeat*, so nothing comes of it. Ask whoever runs Drumbeat to bring "
    "back the version that set it up; it then goes on by itself. Or pause or end it."
)
_NEARLY_A_YEAR = timedelta(days=300)


def in_order(sorts: Mapping[str, RitualSort]) -> Sequence[RitualSort]:
    """Return the kinds in the order in which they are offered."""

    def rank(sort: RitualSort) -> tuple[int, str]:
        return (FIRST.index(sort.kind) if sort.kind in FIRST else len(FIRST), sort.name)

    return sorted(sorts.values(), key=rank)


def name(setup: RitualSetup) -> str:
    """Return how it is called, safe as mrkdwn."""
    return f"*{escape(setup.reference)}*"


def place(setup: RitualSetup, *, names_project: bool = True) -> str:
    """Return whose it is and where it says something; a list names the project above its rituals.

    A ritual whose own name says it need not either.
    """
    is_said = not names_project or setup.project_key in setup.reference.split()
    told = [] if is_said else [setup.project_key or EVERYBODY]
    if setup.ritual.channel_id:
        told.append(f"in <#{setup.ritual.channel_id}>")
    told.append(escape(setup.ritual.owner.name))
    return " · ".join(told)


def when(line: RitualLine, viewer: str, today: date | None = None) -> str:
    """Return when it comes next by the viewer's clock, or why it does not."""
    if line.setup.rest is not None:
        return rests(line.setup.rest, line.setup, today)
    if not line.is_known:
        return "⚠️ not known to this version, so nothing comes of it"
    return f"next {local(line.next_at, viewer)} for you" if line.next_at else "nothing more to come"


def rests(rest: Rest, setup: RitualSetup, today: date | None = None) -> str:
    """Return why it does not come round; its last day without the year where that is today's."""
    told = _REST_WORDS[rest.reason].format(key=setup.project_key, other=escape(setup.followed) or "the other")
    until = f" until {day(rest.until, today)}" if rest.until else ""
    return f"⏸ {told}{until}"


_REST_WORDS = {
    RestReason.PAUSED: "paused",
    RestReason.ENDED: "ended",
    RestReason.ARCHIVED: "rests while {key} is archived",
    RestReason.FOLLOWED: "rests with {other}",
}


def paused(setup: RitualSetup, today: date) -> str:
    """Say that it rests, and what brings it back."""
    until = setup.resumes_on
    back = f"It comes back on {day(until, today)}." if until else "`/ritual resume` brings it back."
    return f"⏸ {name(setup)} rests. {back}"


def put_off(setup: RitualSetup, to: datetime) -> str:
    """Say that one was put off."""
    return f"✓ {name(setup)} is put off to {moment(to)}."


def falls_away(at: datetime, timezone: str) -> str:
    """Say that a time that was put off is so no more."""
    return f"One was put off to {local(at, timezone)}; by this rule that falls away."


def ended(setup: RitualSetup) -> str:
    """Say that it ended."""
    return f"✓ {name(setup)} ended. `/ritual list ended` keeps it, and switches it on again."


def times(
    coming: Sequence[datetime], timezone: str, viewer: str, skipped: Collection[datetime] = ()
) -> Iterator[str]:
    """Yield each time in the ritual's zone, and in the viewer's where that is another."""
    for at in coming:
        yield f"• {_skipped(at, timezone) if at in skipped else _both(at, timezone, viewer, coming[0])}"


def _skipped(at: datetime, timezone: str) -> str:
    return f"~{local(at, timezone)}~ skipped"


def coming_times(coming: Sequence[ComingTime], timezone: str, viewer: str) -> Iterator[str]:
    """Yield each of the next times, with what somebody did to it."""
    for each in coming:
        told = _both(each.starts_at, timezone, viewer, coming[0].starts_at)
        if each.is_skipped:
            told = _skipped(each.starts_at, timezone)
        elif each.is_put_off:
            told += " · put off"
            if each.usually_at is not None:
                told += f" from {local(each.usually_at, timezone)}"
        yield f"• {told}"


def local(at: datetime, timezone: str, first: datetime | None = None) -> str:
    """Return an instant by the clock of a zone: "Wed 14 Jan, 15:00".

    In a list that begins with ``first``, one much later has its year, so that it is not taken for this one's.
    """
    there = at.astimezone(ZoneInfo(timezone))
    year = f" {there.year}" if first is not None and at - first >= _NEARLY_A_YEAR else ""
    return f"{near_words(there.date(), weekday=True)}{year}, {clock(there.time())}"


def _both(at: datetime, timezone: str, viewer: str, first: datetime) -> str:
    there, here = (at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in (timezone, viewer))
    by_its_clock = local(at, timezone, first)
    if there == here:
        return by_its_clock
    # On the same day only the hour is another.
    for_viewer = clock(here.time()) if there.date() == here.date() else local(at, viewer)
    return f"{by_its_clock} in {city_of(timezone)} · {for_viewer} for you"


def kept(adherence: Adherence) -> str:
    """Return how well a ritual was kept."""
    if adherence.since is None:
        return "nothing to count yet"
    told = f"{adherence.counted_as} {adherence.kept} of {adherence.total}"
    of_these = _numbers({"late": adherence.late, "on another day": adherence.moved})
    if of_these:
        told += f" ({of_these})"
    others = {"skipped": adherence.skipped, "missed": adherence.missed, "on days off": adherence.days_off}
    return ", ".join(filter(None, [told, _numbers(others)])) + f" since {near_words(adherence.since)}"


def _numbers(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counted.items() if number)


def holidays(on_holiday: OnHoliday, country: str) -> str:
    """Return what becomes of a time on a holiday; ``country`` is its two letters, or ""."""
    if on_holiday is OnHoliday.KEEP:
        return "holidays make no difference"
    if not country:
        return f"{DAY_OFF_WORDS[on_holiday]}; holidays of no country are chosen"
    return f"{HOLIDAY_WORDS[on_holiday]} ({country_name(country)})"


def short_day(at: datetime, timezone: str) -> str:
    """Return the day of an instant by the clock of a zone: "14 Jan"."""
    return near_words(at.astimezone(ZoneInfo(timezone)).date())


def change(item: FieldChange, timezone: str) -> str:
    """Return one changed field as the history tells it; times by the clock of a zone, the ritual's own."""
    if item.field == _WHOLE_SETTINGS:
        return "its own settings"
    if item.field == _TIME:
        told = [local(datetime.fromisoformat(at), timezone) for at in (item.before, item.after) if at]
        return " → ".join(told)
    before, after = _value(item.field, item.before), _value(item.field, item.after)
    what = FIELD_WORDS.get(item.field, item.field.removeprefix(SETTINGS).replace("_", " "))
    return (f"{what} {after}" if item.before is None else f"{what} {before} → {after}").strip()


def _value(field: str, value: str | None) -> str:
    if not value:
        return "–"
    if field == "channel_id":
        return f"<#{value}>"
    if field == "on_holiday":
        return HOLIDAY_CHOICES[OnHoliday(value)].lower()
    if field == "resumes_on":
        return day(date.fromisoformat(value))
    return escape(value.replace("_", " ") if field in _CHOSEN else value)

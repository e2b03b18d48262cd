"""What becomes of single times of a ritual, typed and clicked: skipped, put off, and back again."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.answers import Answer, CommandAnswer, say
from handlers.blocks import escape, moment
from handlers.rituals import step_modals, words
from handlers.rituals.target import Target
from handlers.typed.dates import no_such_day, read_date, read_past_date
from handlers.typed.text import readable
from models.read_models import ComingTime, RitualCard
from models.rules.days import near_words
from models.rules.rituals.putting_off import probably_until
from models.rules.rituals.recurrence import instant

_SPAN = re.compile(r"(?:by\s+)?(\d{1,3})\s*(m|min|minutes?|h|hours?|d|days?)", re.IGNORECASE)
_MINUS = re.compile(r"(?:by\s+)?[-–\u2212]\s*\d", re.IGNORECASE)
_CLOCK = re.compile(r"(?:^|\s)(?:at\s+)?([01]?\d|2[0-3]):([0-5]\d)$")
_UNTIL = re.compile(r"^(until|to)\s+", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_DASHES = "-–\u2212 "
_HALF_A_YEAR = timedelta(days=183)
_ONLY_LATER = (
    "One can only be put off to later. Type `2 hours`, or `until fri 10:00`; `/ritual edit` changes the hour."
)
_NONE_TO_UNDO = "None of these is skipped or put off."


def skip(on: Target, rest: str) -> CommandAnswer:
    """Let the next one, or that day's, not take place."""
    wanted = time_of_day(on, rest) if rest else None
    if isinstance(wanted, str):
        return on.tell(wanted)
    return skipped(on, wanted.name if wanted else None)


def time_of_day(on: Target, rest: str) -> ComingTime | str:
    """Return the one of the day that the line names, or what is wrong with that day."""
    shown = on.known_card()
    return _of_day(on, shown, shown.coming, rest) or _none_of_these(on, shown, rest)


def skipped(on: Target, name: str | None) -> Answer:
    """Let that one not take place."""
    setup, at = on.kit.ritual_times.skip(on.actor, on.ritual_id, name, origin=on.origin, now=on.now)
    return on.tell(f"✓ {words.name(setup)} does not take place on {words.local(at, setup.ritual.timezone)}.")


def undo(on: Target, rest: str) -> CommandAnswer:
    """Let one that was skipped take place after all, or one that was put off when it usually does."""
    shown = on.known_card()
    changed = [each for each in shown.coming if each.is_skipped or each.is_put_off]
    if rest:
        wanted = _of_day(on, shown, changed, rest)
        if wanted is None and _of_day(on, shown, shown.coming, rest) is None:
            return on.tell(_none_of_these(on, shown, rest))
        changed = [wanted] if wanted is not None else []
    if not changed:
        return on.tell(_NONE_TO_UNDO)
    if len(changed) > 1:
        return on.tell(_which_to_undo(shown, changed))
    [only] = changed
    return unskipped(on, only.name) if only.is_skipped else put_back(on, only.name)


def unskipped(on: Target, name: str) -> Answer:
    """Let that one take place after all."""
    setup, at = on.kit.ritual_times.unskip(on.actor, on.ritual_id, name, origin=on.origin, now=on.now)
    return on.tell(
        f"✓ {words.name(setup)} takes place on {words.local(at, setup.ritual.timezone)} after all."
    )


def put_back(on: Target, name: str) -> Answer:
    """Let that one take place when it usually does."""
    setup, at = on.kit.ritual_times.put_back(on.actor, on.ritual_id, name, origin=on.origin, now=on.now)
    return on.tell(f"✓ {words.name(setup)} is back at its usual time: {moment(at)}.")


def put_off(on: Target, rest: str) -> CommandAnswer:
    """Put the next one off by a while or to a time; ask where the line says neither."""
    shown = on.known_card()
    coming = [each for each in shown.coming if not each.is_skipped]
    if not coming:
        return on.tell("There is no time to come that could be put off.")
    first = coming[0]
    if not rest:
        return on.form(step_modals.put_off_modal(on.editable(), first, _probably_until(on, shown, first)))
    if (problem := _why_not(on, shown, rest)) is not None:
        return say(problem)
    until = _until(on, shown, first, rest)
    if until is None:
        return say(f"I don't understand “{escape(readable(rest))}”. Type `2 hours`, or `until fri 10:00`.")
    setup, at = on.kit.ritual_times.put_off(
        on.actor, on.ritual_id, until, first.name, origin=on.origin, now=on.now
    )
    return on.tell(words.put_off(setup, at))


def _probably_until(on: Target, shown: RitualCard, first: ComingTime) -> datetime:
    """Return until when that one is probably put off, by the ritual's clock."""
    zone = ZoneInfo(shown.setup.ritual.timezone)
    at = first.starts_at.astimezone(zone).replace(tzinfo=None)
    walls = (each.starts_at.astimezone(zone).replace(tzinfo=None) for each in shown.coming)
    last = None
    if on.kit.ritual_sorts[shown.setup.ritual.kind].keeps_its_week:
        last = at.date() + timedelta(days=6 - at.weekday())
    return probably_until(at, min((wall for wall in walls if wall > at), default=None), last)


def _of_day(on: Target, shown: RitualCard, among: Sequence[ComingTime], rest: str) -> ComingTime | None:
    """Return the time of the day that the line names: the ritual's own day, else the person's.

    Late in Los Angeles it is the next day in Berlin, and the card tells both. One that was put off is found
    by the day to which it was, and else by its usual one.
    """
    wanted = read_date(rest.lstrip(_DASHES), _today(on, shown)) if rest else None
    zones = (shown.setup.ritual.timezone, on.actor.timezone)
    by_days = [
        *((each, each.starts_at.astimezone(ZoneInfo(zone)).date()) for zone in zones for each in among),
        *((each, datetime.fromisoformat(each.name).date()) for each in among if each.is_put_off),
        *(
            (each, each.usually_at.astimezone(ZoneInfo(zone)).date())
            for zone in zones
            for each in among
            if each.is_put_off and each.usually_at is not None
        ),
    ]
    return next((each for each, day in by_days if wanted is not None and day == wanted), None)


def _why_not(on: Target, shown: RitualCard, rest: str) -> str | None:
    """Say what is wrong with a line that names no later time: a minus, or a day that has passed."""
    if _MINUS.match(rest.strip()):
        return _ONLY_LATER
    words_left = _UNTIL.sub("", rest.strip())
    if (clock := _CLOCK.search(words_left)) is not None:
        words_left = words_left[: clock.start()].strip()
    today = _today(on, shown)
    if nowhere := no_such_day(words_left, today):
        return f"{nowhere} Type another day, such as `until fri 10:00`."
    meant = read_date(words_left, today)
    if meant is not None and meant > today + _HALF_A_YEAR:
        # A day without a year is the next one of that name; a day of last week's is hardly next year's.
        meant = read_past_date(words_left, today)
    if meant is None or meant >= today:
        return None
    return (
        f"{near_words(meant, weekday=True)} has passed. Type a day that is still to come, or `/ritual skip`."
    )


def _none_of_these(on: Target, shown: RitualCard, rest: str) -> str:
    nowhere = no_such_day(rest, _today(on, shown))
    return nowhere or f"“{escape(readable(rest))}” is none of its next days."


def _which_to_undo(shown: RitualCard, changed: Sequence[ComingTime]) -> str:
    zone = shown.setup.ritual.timezone
    days = [words.short_day(each.starts_at, zone) for each in changed]
    meant = escape(f"{shown.setup.reference} {days[0]}".lower())
    return f"Which one: {', '.join(days)}? Type `/ritual undo {meant}`."


def _today(on: Target, shown: RitualCard) -> date:
    return on.now.astimezone(ZoneInfo(shown.setup.ritual.timezone)).date()


def _until(on: Target, shown: RitualCard, first: ComingTime, rest: str) -> datetime | None:
    """Return the instant that the line names: so much later, or a time by the ritual's clock."""
    if (span := _SPAN.fullmatch(rest.strip())) is not None:
        return first.starts_at + int(span[1]) * _UNITS[span[2][0].lower()]
    zone = ZoneInfo(shown.setup.ritual.timezone)
    words_left = _UNTIL.sub("", rest.strip())
    there = first.starts_at.astimezone(zone)
    at: time | None = there.time()
    clock = _CLOCK.search(words_left)
    if clock is not None:
        at, words_left = time(int(clock[1]), int(clock[2])), words_left[: clock.start()].strip()
    day = read_date(words_left, _today(on, shown)) if words_left else there.date()
    return instant(datetime.combine(day, at), zone) if day is not None and at is not None else None

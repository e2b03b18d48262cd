"""A person's own settings: ``/drumbeat settings``, in words or by the form."""

import re
from collections.abc import Mapping
from datetime import date

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, CommandAnswer, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Ask, Click, Submission
from handlers.callback_ids import CallbackId
from handlers.drumbeat import settings_views as views
from handlers.edge.routes import Routes
from handlers.errors import words
from handlers.forms import Raw, beside_fields, raw_values, reading
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.typed.dates import no_such_day, read_date
from models.errors import Invalid
from models.read_models import Actor, PersonalSettings
from models.rules.mornings.paces import Pace
from models.rules.mornings.quiet import QuietHours
from models.rules.rituals.workdays import USUAL, WorkingWeek
from models.services.settings import Wishes
from models.value import replace

_HOURS = re.compile(r"(?P<start>\S+)\s*(?:-|–|to|until|till)\s*(?P<end>\S+)")
_HOUR = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})?)?\s*(?P<half>am|pm)?")
_WORD = re.compile(r"[a-zA-Z]+")
_ZONE = re.compile(r"(?:time\s*)?zone\b|tz\b", re.IGNORECASE)
_NO = frozenset({"off", "no", "none", "never", "stop"})
_BACK = _NO | {"back", "over", "here"}
NOON = 12
_WISHES = frozenset({"pace", "quiet", "week"})
"""With these a wish begins, and goes on."""


def register(routes: Routes) -> None:
    """Register the buttons and the form."""
    routes.clicks({ActionId.SETTINGS_CHANGE: _open, ActionId.SETTINGS_BACK: _back})
    routes.submissions({CallbackId.SETTINGS: _submitted})


def typed(kit: Kit, ask: Ask, rest: str) -> CommandAnswer:
    """Show the settings, or change one in a line."""
    actor = identify(kit, ask)
    settings = kit.settings.of(actor, now=kit.clock())
    if not rest.strip():
        return _shown(kit, actor, settings)
    if _ZONE.match(rest.strip()):
        return views.zone(settings)
    wishes = read_wishes(rest, settings, today(kit, actor))
    if wishes is None:
        nowhere = no_such_day(rest.strip().lower().removeprefix("away"), today(kit, actor))
        return say(nowhere) if nowhere else views.not_read(rest)
    try:
        return _shown(kit, actor, _change(kit, ask, actor, wishes), has_changed=True)
    except Invalid as invalid:
        return say(words(invalid))


def is_wish(text: str) -> bool:
    """Tell whether a line is a setting though it does not say so: ``pace light``, ``back``."""
    first, *others = text.lower().split() or [""]
    return first in _WISHES if others else first == "back"


def _shown(kit: Kit, actor: Actor, settings: PersonalSettings, *, has_changed: bool = False) -> Answer:
    """Show them, and while the person is away who stands in for them."""
    on = today(kit, actor)
    stand_ins = kit.mornings.stand_ins(actor, on) if settings.away_until else {}
    return views.shown(settings, on, stand_ins, has_changed=has_changed)


def away(kit: Kit, ask: Ask, rest: str) -> CommandAnswer:
    """Take ``away until friday`` for what it is."""
    return typed(kit, ask, f"away {rest}" if rest.strip() else "")


def read_wishes(text: str, settings: PersonalSettings, on: date) -> Wishes | None:
    """Read ``quiet 18-8``, ``away until fri``, ``back``, ``pace light``, ``week sun-thu``; else None."""
    first, _, rest = text.lower().replace("quiet hours", "quiet").strip().partition(" ")
    present = Wishes.of(settings)
    rest = rest.strip()
    if first == "back" or (first == "away" and rest in _BACK):
        return replace(present, away_until=None)
    if first == "away":
        until = read_date(rest.removeprefix("until ").removeprefix("till ").strip(), on)
        return None if until is None else replace(present, away_until=until)
    paced = {pace.value: pace for pace in Pace}.get(rest if first == "pace" else first)
    if paced is not None:
        return replace(present, pace=paced)
    weeks = [week for week in WorkingWeek if _days(rest) == _days(week.word)]
    if first == "week" and weeks:
        return replace(present, week=weeks[0])
    if first == "quiet":
        quiet = None if rest in _NO else _quiet(rest.removeprefix("from "))
        return None if quiet is None and rest not in _NO else replace(present, quiet=quiet)
    return None


def _days(text: str) -> list[str]:
    """Return the first letters of the days that are named: ``sun-thu`` is ``sunday to thursday``."""
    return [word[:3].lower() for word in _WORD.findall(text) if word.lower() != "to"]


def _quiet(text: str) -> QuietHours | None:
    hours = _HOURS.fullmatch(text.replace(" am", "am").replace(" pm", "pm"))
    if hours is None:
        return None
    start, end = _minute(hours["start"]), _minute(hours["end"])
    return None if start is None or end is None else QuietHours(start, end)


def _minute(text: str) -> int | None:
    """Return the minute of the day of ``18``, ``18:30``, ``6pm``; None where it is none."""
    read = _HOUR.fullmatch(text)
    if read is None:
        return None
    hour, minute = int(read["hour"]), int(read["minute"] or 0)
    if read["half"] and not 1 <= hour <= NOON:
        return None
    if read["half"]:
        hour = hour % NOON + (NOON if read["half"] == "pm" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a day's hours.


def _change(kit: Kit, ask: Ask, actor: Actor, wishes: Wishes) -> PersonalSettings:
    return kit.settings.change(actor, wishes, origin=origin(kit, ask), now=kit.clock())


def _open(kit: Kit, click: Click) -> ClickAnswer:
    return OpenModal(views.form(kit.settings.of(identify(kit, click), now=kit.clock())))


def _back(kit: Kit, click: Click) -> ClickAnswer:
    actor = identify(kit, click)
    present = kit.settings.of(actor, now=kit.clock())
    settings = _change(kit, click, actor, replace(Wishes.of(present), away_until=None))
    return views.shown(settings, today(kit, actor), has_changed=True, replaces=True)


def _submitted(kit: Kit, sent: Submission) -> SubmissionAnswer:
    actor = identify(kit, sent)
    values = {name: None if value == views.NONE else value for name, value in raw_values(sent.view).items()}
    if bool(values.get("quiet_from")) != bool(values.get("quiet_until")):
        missing = "quiet_until" if values.get("quiet_from") else "quiet_from"
        return beside_fields({missing: "Quiet hours need both, a beginning and an end."}, sent.view, {})
    try:
        settings = _change(kit, sent, actor, _filled_in(values))
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    return UpdateModal(views.done(settings, today(kit, actor)))


@reading()
def _filled_in(values: Mapping[str, Raw]) -> Wishes:
    """Return what the form says. Raises Unreadable."""
    start, end, until = values.get("quiet_from"), values.get("quiet_until"), values.get("away_until")
    return Wishes(
        QuietHours(int(start), int(end)) if start and end else None,
        date.fromisoformat(until) if until else None,
        Pace(values.get("pace") or Pace.STANDARD),
        WorkingWeek(values.get("week") or USUAL),
    )

"""What becomes of a ritual, and of single times of it: typed and clicked."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.answers import Answer, CommandAnswer, OpenModal, say
from handlers.asks import Ask
from handlers.blocks import escape, moment
from handlers.dates import read_date
from handlers.kit import Kit
from handlers.origins import origin
from handlers.rituals import step_modals, views, words
from handlers.typed import readable
from models.read_models import Actor, ComingTime, RitualCard, RitualView
from models.rules.recurrence import instant
from models.services.retros.ritual import KIND as RETROSPECTIVE

_SPAN = re.compile(r"(?:by\s+)?(\d{1,3})\s*(m|min|minutes?|h|hours?|d|days?)", re.IGNORECASE)
_CLOCK = re.compile(r"(?:^|\s)(?:at\s+)?([01]?\d|2[0-3]):([0-5]\d)$")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def pause(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID, rest: str) -> CommandAnswer:
    """Let it rest, until a day where the line says one."""
    until = rest.removeprefix("until").strip()
    found = (
        read_date(until, _today(kit, kit.rituals.card(actor, ritual_id, now=kit.clock()))) if until else None
    )
    if until and found is None:
        return say(f"I don't know the day “{escape(readable(until))}”. Type `/ritual pause … until 3 jan`.")
    setup = kit.rituals.pause(actor, ritual_id, found, origin=origin(kit, ask), now=kit.clock())
    back = f"It comes back on {found.day} {found:%b}." if found else "`/ritual resume` brings it back."
    return _card(kit, actor, ritual_id, f"⏸ {words.name(setup)} rests. {back}")


def resume(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID, _rest: str) -> CommandAnswer:
    """Have it come round again."""
    setup = kit.rituals.resume(actor, ritual_id, origin=origin(kit, ask), now=kit.clock())
    return _card(kit, actor, ritual_id, f"✓ {words.name(setup)} comes round again.")


def end(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID, rest: str) -> CommandAnswer:
    """End it with the reason typed; ask for one where there is none."""
    if not rest:
        return OpenModal(step_modals.end_modal(kit.rituals.editable(actor, ritual_id, now=kit.clock())))
    setup = kit.rituals.end(actor, ritual_id, readable(rest), origin=origin(kit, ask), now=kit.clock())
    return views.ended(setup)


def skip(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID, rest: str) -> CommandAnswer:
    """Let the next one, or that day's, not take place."""
    shown = kit.rituals.card(actor, ritual_id, now=kit.clock())
    wanted = _of_day(kit, actor, shown, rest)
    if rest and wanted is None:
        return _card(kit, actor, ritual_id, _no_such_day(rest))
    return skipped(kit, ask, actor, ritual_id, wanted.name if wanted else None)


def skipped(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID, name: str | None) -> Answer:
    """Let that one not take place."""
    setup, at = kit.ritual_times.skip(actor, ritual_id, name, origin=origin(kit, ask), now=kit.clock())
    told = words.local(at, setup.ritual.timezone)
    return _card(kit, actor, ritual_id, f"✓ {words.name(setup)} does not take place on {told}.")


def unskip(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID, rest: str) -> CommandAnswer:
    """Let one that was skipped take place after all: that day's, or the next of them."""
    shown = kit.rituals.card(actor, ritual_id, now=kit.clock())
    wanted = (
        _of_day(kit, actor, shown, rest) if rest else next((e for e in shown.coming if e.is_skipped), None)
    )
    if wanted is None:
        return _card(kit, actor, ritual_id, _no_such_day(rest) if rest else "None of these is skipped.")
    return unskipped(kit, ask, actor, ritual_id, wanted.name)


def unskipped(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID, name: str) -> Answer:
    """Let that one take place after all."""
    setup, at = kit.ritual_times.unskip(actor, ritual_id, name, origin=origin(kit, ask), now=kit.clock())
    told = words.local(at, setup.ritual.timezone)
    return _card(kit, actor, ritual_id, f"✓ {words.name(setup)} takes place on {told} after all.")


def snooze(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID, rest: str) -> CommandAnswer:
    """Put the next one off by a while or to a time; ask where the line says neither."""
    shown = kit.rituals.card(actor, ritual_id, now=kit.clock())
    first = next((each for each in shown.coming if not each.is_skipped), None)
    if first is None:
        return _card(kit, actor, ritual_id, "There is no time to come that could be put off.")
    if not rest:
        return OpenModal(
            step_modals.snooze_modal(kit.rituals.editable(actor, ritual_id, now=kit.clock()), first)
        )
    until = _until(kit, shown, first, rest)
    if until is None:
        text = f"I don't understand “{escape(readable(rest))}”. Type `2 hours`, or `until fri 10:00`."
        return _card(kit, actor, ritual_id, text)
    setup, at = kit.ritual_times.snooze(actor, ritual_id, until, origin=origin(kit, ask), now=kit.clock())
    return _card(kit, actor, ritual_id, f"✓ {words.name(setup)} is put off to {moment(at)}.")


def run(kit: Kit, _ask: Ask, actor: Actor, ritual_id: UUID, _rest: str) -> CommandAnswer:
    """Ask whether it is to be held once more, now: what is posted is not taken back."""
    setup = kit.rituals.editable(actor, ritual_id, now=kit.clock())
    if _is_running(kit, actor, setup.ritual):
        return say(f"{words.name(setup)}: the last one still collects cards, so no other begins.")
    return views.run_question(setup)


def ran(kit: Kit, ask: Ask, actor: Actor, ritual_id: UUID) -> Answer:
    """Hold it once more, now."""
    setup = kit.ritual_times.run_now(actor, ritual_id, origin=origin(kit, ask), now=kit.clock())
    return say(f"✓ {words.name(setup)} takes place now, once more. Its regular times stay.")


def _is_running(kit: Kit, actor: Actor, ritual: RitualView) -> bool:
    """Tell whether it is a retrospective, and the project's last one is not closed."""
    if ritual.kind != RETROSPECTIVE or ritual.project_id is None:
        return False
    screen = kit.retros.show(actor, ritual.project_id, now=kit.clock())
    return screen is not None and screen.retro.closed_at is None


VERBS: Mapping[str, Callable[[Kit, Ask, Actor, UUID, str], CommandAnswer]] = {
    "pause": pause,
    "resume": resume,
    "end": end,
    "skip": skip,
    "unskip": unskip,
    "snooze": snooze,
    "run": run,
}
"""What is done to one ritual, by its verb."""


def _card(kit: Kit, actor: Actor, ritual_id: UUID, note: str) -> Answer:
    return views.card(kit.rituals.card(actor, ritual_id, now=kit.clock()), actor.timezone, note=note)


def _today(kit: Kit, shown: RitualCard) -> date:
    return kit.clock().astimezone(ZoneInfo(shown.setup.ritual.timezone)).date()


def _of_day(kit: Kit, actor: Actor, shown: RitualCard, rest: str) -> ComingTime | None:
    """Return the time of the day that the line names: the ritual's own day, else the person's.

    Late in Los Angeles it is the next day in Berlin, and the card tells both.
    """
    wanted = read_date(rest, _today(kit, shown)) if rest else None
    for name in (shown.setup.ritual.timezone, actor.timezone):
        for each in shown.coming:
            if each.starts_at.astimezone(ZoneInfo(name)).date() == wanted:
                return each
    return None


def _no_such_day(rest: str) -> str:
    return f"“{escape(readable(rest))}” is none of its next days."


def _until(kit: Kit, shown: RitualCard, first: ComingTime, rest: str) -> datetime | None:
    """Return the instant that the line names: so much later, or a time by the ritual's clock."""
    if (span := _SPAN.fullmatch(rest.strip())) is not None:
        return first.starts_at + int(span[1]) * _UNITS[span[2][0].lower()]
    zone = ZoneInfo(shown.setup.ritual.timezone)
    words_left = re.sub(r"^(until|to)\s+", "", rest.strip(), flags=re.IGNORECASE)
    there = first.starts_at.astimezone(zone)
    at: time | None = there.time()
    clock = _CLOCK.search(words_left)
    if clock is not None:
        at, words_left = time(int(clock[1]), int(clock[2])), words_left[: clock.start()].strip()
    day = read_date(words_left, _today(kit, shown)) if words_left else there.date()
    return instant(datetime.combine(day, at), zone) if day is not None and at is not None else None

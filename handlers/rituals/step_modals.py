"""The small modals: pause until when, put off until when, why it ends."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.blocks import Block, escape, modal, section
from handlers.callback_ids import CallbackId
from handlers.forms import metadata, pack, raw_values, reading
from handlers.inputs import date_picker, field, text_input, time_picker
from handlers.rituals import words
from models.commands import TEXT_LENGTH
from models.read_models import ComingTime, RitualSetup
from models.rules.rituals.recurrence import instant
from models.rules.zones import clock_words


def pause_modal(setup: RitualSetup) -> Block:
    """Ask until when it rests."""
    picker = date_picker("until", placeholder="Until I resume it")
    blocks = [
        section(f"{words.name(setup)} · {escape(setup.words)}"),
        field("until", "Comes back on", picker, hint="Without a day it rests until somebody resumes it."),
    ]
    return _modal(CallbackId.RITUAL_PAUSE, "Pause", blocks, {"ritual": str(setup.id)})


def put_off_modal(setup: RitualSetup, first: ComingTime, until: datetime) -> Block:
    """Ask until when the next one is put off; ``until`` is when it probably is, by the ritual's clock."""
    zone = setup.ritual.timezone
    blocks = [
        section(f"{words.name(setup)} is on {words.local(first.starts_at, zone)}, {clock_words(zone)}."),
        field(
            "day",
            "Put it off to",
            date_picker("day", placeholder="Pick a day", chosen=until.date()),
            optional=False,
        ),
        field(
            "at",
            "At",
            time_picker("at", placeholder="15:00", chosen=f"{until:%H:%M}"),
            hint=f"{clock_words(zone)}.",
            optional=False,
        ),
    ]
    carried = {"ritual": str(setup.id), "time": first.name, "zone": zone}
    return _modal(CallbackId.RITUAL_SNOOZE, "Put off", blocks, carried)


def end_modal(setup: RitualSetup) -> Block:
    """Ask why it ends."""
    reason = text_input("reason", max_length=TEXT_LENGTH, placeholder="We meet no more")
    blocks = [
        section(f"{words.name(setup)} · {escape(setup.words)}\nIt ends for good; what it said stays."),
        field("reason", "Why does it end?", reason, optional=False),
    ]
    return _modal(CallbackId.RITUAL_END, "End", blocks, {"ritual": str(setup.id)})


def _modal(callback: CallbackId, title: str, blocks: list[Block], carried: Mapping[str, str]) -> Block:
    return modal(callback, title, blocks, submit=title, metadata=pack(carried))


@reading()
def ritual_of(view: Mapping[str, Any]) -> UUID:
    """Return which ritual a modal is about. Raises Unreadable."""
    return UUID(metadata(view)["ritual"])


@reading()
def until_of(view: Mapping[str, Any]) -> date | None:
    """Return the day on which it comes back. Raises Unreadable."""
    until = raw_values(view).get("until")
    return date.fromisoformat(until) if until else None


@reading()
def put_off(view: Mapping[str, Any]) -> tuple[str, datetime]:
    """Return which time is put off, and until when. Raises Unreadable."""
    carried, values = metadata(view), raw_values(view)
    wall = datetime.combine(date.fromisoformat(values["day"] or ""), time.fromisoformat(values["at"] or ""))
    return str(carried["time"]), instant(wall, ZoneInfo(carried["zone"]))


def reason_of(view: Mapping[str, Any]) -> str:
    """Return why it ends."""
    return raw_values(view).get("reason") or ""

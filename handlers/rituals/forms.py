"""The modal that switches a ritual on or changes it, read: state in, what the service takes out."""

import re
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from handlers.forms import SEPARATOR, Raw, metadata, pack, raw_values, reading
from models.commands import RitualFields
from models.errors import Conflict, Invalid
from models.read_models import ProjectView, RitualSetup
from models.rules.recurrence import MonthlyByDay, MonthlyByWeekday, Once, OnHoliday, Weekly
from models.rules.rituals import AroundRitual, Preset, RitualSort, Timing
from models.value import Value

NONE = "none"
"""What a select holds where somebody chose none of the others: Slack lets nobody empty one."""

NTH, DAY, ONCE, AROUND = "nth", "day", "once", "around"
_WEEKS = re.compile(r"w([1-9]\d?)")
"""How often, for what comes in weeks: "w2" is every second week."""

SETTING = "set_"
"""What stands before the name of a kind's own setting."""

FIELD_OF_PROBLEM = {
    "kind": "what",
    "project_id": "project",
    "channel_id": "channel",
    "owner_id": "owner",
    "weekdays": "days",
    "interval": "often",
    "timezone": "zone",
    "on_holiday": "holiday",
    "duration_minutes": "minutes",
}
"""Where the service's name for a field is not the modal's."""

_TURN = "~"
_CARRIED_LENGTH = 2600
_NO_TIME = "Pick a time."
_NO_DAY = "Pick a day."
_NO_NUMBER = "Write a number from 1 to 31."
_NO_MINUTES = "Write how many minutes it takes, such as 60."


class RitualForm(Value):
    """The modal with what is filled in so far; raw values as Slack names them."""

    kind: str
    values: Mapping[str, Raw] = field(default_factory=dict)
    ritual_id: UUID | None = None
    name: str = ""
    """How the ritual is called that is changed."""
    version: int = 0
    is_open: bool = False
    """Whether the fields behind More show."""
    is_placed: bool = False
    """Whether the channel in which it was asked for says the project and the channel."""
    turn: int = 0
    """How often fields were filled in anew: Slack keeps what is in one unless its block is another."""
    note: str = ""
    """What stands above the fields, in mrkdwn."""

    @classmethod
    def of_preset(
        cls,
        sort: RitualSort,
        number: int,
        project: ProjectView | None,
        *,
        channel_id: str | None,
        timezone: str,
        owner: str,
    ) -> "RitualForm":
        """Return the modal for something new; ``timezone`` and ``owner`` are the person's own."""
        chosen = project if sort.needs_project or _is_projects(sort, number) else None
        values: dict[str, Raw] = {
            "what": what_of(sort.kind, number),
            "project": str(chosen.id) if chosen else NONE,
            "channel": chosen.internal_channel_id if chosen else channel_id,
            "zone": chosen.timezone if chosen else timezone,
            "owner": owner,
        }
        return cls(sort.kind, values, is_placed=chosen is not None).with_preset(sort, number)

    def with_preset(self, sort: RitualSort, number: int) -> "RitualForm":
        """Take over what a preset says; the project and its channel stay."""
        preset = sort.presets[number] if number < len(sort.presets) else _PLAIN
        values: dict[str, Raw] = {
            "what": what_of(sort.kind, number),
            "name": preset.name or sort.name,
            "often": f"w{preset.interval}",
            "days": SEPARATOR.join(str(each) for each in sorted(preset.weekdays)),
            "at": f"{preset.at:%H:%M}",
            "minutes": str(preset.duration_minutes or ""),
            "holiday": OnHoliday.KEEP.value,
        }
        if preset.timezone:
            values["zone"] = preset.timezone
        asked = {each.name for each in sort.fields}
        values |= {SETTING + name: str(value) for name, value in preset.settings.items() if name in asked}
        return replace(self, kind=sort.kind, values={**self.values, **values}, turn=self.turn + 1)

    @classmethod
    def of_ritual(cls, setup: RitualSetup, sort: RitualSort, first: date | None) -> "RitualForm":
        """Return the modal with a ritual as it is; ``first`` is the day of its next time."""
        ritual = setup.ritual
        values: dict[str, Raw] = {
            "project": str(ritual.project_id) if ritual.project_id else NONE,
            "name": ritual.name,
            "channel": ritual.channel_id,
            "zone": ritual.timezone,
            "owner": ritual.owner.slack_user_id,
            "holiday": setup.on_holiday.value,
            "country": setup.country,
            "minutes": str(ritual.duration_minutes or ""),
            **_timing_values(setup.timing, first),
            **{SETTING + each.name: str(ritual.settings.get(each.name) or "") for each in sort.fields},
        }
        return cls(ritual.kind, values, setup.id, ritual.name, ritual.version)

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "RitualForm":
        """Read the modal as it came back. Raises Unreadable."""
        carried = metadata(view)
        ritual_id = carried["ritual"]
        return cls(
            kind=str(carried["kind"]),
            values={**carried["kept"], **{_bare(name): raw for name, raw in raw_values(view).items()}},
            ritual_id=UUID(ritual_id) if ritual_id else None,
            name=str(carried["name"]),
            version=int(carried["version"]),
            is_open=bool(carried["open"]),
            is_placed=bool(carried["placed"]),
            turn=int(carried["turn"]),
            note=str(carried["note"]),
        )

    def as_new(self) -> "RitualForm":
        """Return it as the modal for something new that is just like this."""
        values = {**self.values, "what": what_of(self.kind, 0)}
        return replace(self, values=values, ritual_id=None, name="", version=0)

    def carried(self, shown: frozenset[str]) -> dict[str, Any]:
        """Return what the modal has to carry along: all that has no field in it."""
        return {
            "kind": self.kind,
            "ritual": str(self.ritual_id) if self.ritual_id else "",
            "name": self.name,
            "version": self.version,
            "open": self.is_open,
            "placed": self.is_placed,
            "turn": self.turn,
            "note": self.note,
            "kept": {name: value for name, value in self.values.items() if value and name not in shown},
        }

    @property
    def is_too_long_to_fold(self) -> bool:
        """Tell whether what would be hidden behind More has no room in what a modal carries along."""
        return len(pack(self.carried(frozenset()))) > _CARRIED_LENGTH

    def get(self, name: str) -> str:
        """Return a field's value, "" where nothing is filled in."""
        return (self.values.get(name) or "").strip()

    @reading()
    def project_id(self) -> UUID | None:
        """Return the chosen project; None for none. Raises Unreadable."""
        chosen = self.get("project")
        return UUID(chosen) if chosen not in {"", NONE} else None

    def in_project(self, project: ProjectView | None) -> "RitualForm":
        """Take over the channel and the zone of another project."""
        if project is None:
            return replace(self, values={**self.values, "project": NONE})
        values = {
            "project": str(project.id),
            "channel": project.internal_channel_id,
            "zone": project.timezone,
        }
        return replace(self, values={**self.values, **values}, turn=self.turn + 1)

    def block_id(self, name: str) -> str:
        """Return how the block of a field is called at this turn; what a person wrote keeps its block."""
        return name if name.startswith(SETTING) or name == "what" else f"{name}{_TURN}{self.turn}"

    def fields(self, sort: RitualSort, today: date, owner_id: UUID | None) -> RitualFields:
        """Return what the service takes. Raises Invalid, Unreadable."""
        minutes = self.get("minutes")
        if minutes and not minutes.isdecimal():
            raise Invalid({"duration_minutes": _NO_MINUTES})
        return RitualFields(
            kind=self.kind,
            name=self.get("name"),
            timing=self.timing(today),
            timezone=self.get("zone"),
            project_id=self.project_id(),
            channel_id=self.get("channel") or None if sort.needs_channel else None,
            owner_id=owner_id,
            on_holiday=self._on_holiday(),
            country=self.get("country"),
            duration_minutes=int(minutes or 0),
            settings={**self._preset_settings(sort), **self._settings(sort)},
        )

    @reading()
    def _on_holiday(self) -> OnHoliday:
        return OnHoliday(self.get("holiday") or OnHoliday.KEEP)

    def _settings(self, sort: RitualSort) -> dict[str, str]:
        return {each.name: self.values.get(SETTING + each.name) or "" for each in sort.fields}

    def _preset_settings(self, sort: RitualSort) -> Mapping[str, Any]:
        """Return what the preset says besides what the form asks."""
        _, number = read_what(self.get("what"))
        return sort.presets[number].settings if self.get("what") and number < len(sort.presets) else {}

    def timing(self, today: date) -> Timing:
        """Return when it comes round. Raises Invalid, Unreadable."""
        at, often = self._at(), self.get("often")
        if (weeks := weeks_of(often)) is not None:
            with reading():
                days = frozenset(map(int, filter(None, self.get("days").split(SEPARATOR))))
            return Weekly(days, at, self._anchor(today), weeks)
        if often == NTH:
            with reading():
                return MonthlyByWeekday(int(self.get("nth") or 1), self._weekday(), at, today.replace(day=1))
        if often == DAY:
            return MonthlyByDay(self._day_of_month(), at, today.replace(day=1))
        if often == ONCE:
            return Once(datetime.combine(self._required_day("on"), at))
        return self._around(at)

    def _anchor(self, today: date) -> date:
        """Return from which week on weeks are counted; of what is there already, whole weeks count."""
        first = self._day("first")
        if first is None:
            return today if self.ritual_id is None else today - timedelta(days=today.weekday())
        return first if self.ritual_id is None else first - timedelta(days=first.weekday())

    def _weekday(self) -> int:
        """Return the chosen day; while none is, the first of the days that were chosen for weeks."""
        return int(self.get("weekday") or self.get("days").partition(SEPARATOR)[0] or 0)

    @reading()
    def _read_at(self) -> time | None:
        return time.fromisoformat(self.get("at")) if self.get("at") else None

    def _at(self) -> time:
        at = self._read_at()
        if at is None:
            raise Invalid({"at": _NO_TIME})
        return at

    @reading()
    def _day(self, name: str) -> date | None:
        return date.fromisoformat(self.get(name)) if self.get(name) else None

    def _required_day(self, name: str) -> date:
        found = self._day(name)
        if found is None:
            raise Invalid({name: _NO_DAY})
        return found

    def _day_of_month(self) -> int:
        number = self.get("number")
        if not number.isdecimal() or not 1 <= int(number) <= 31:  # noqa: PLR2004 - a month's days.
            raise Invalid({"number": _NO_NUMBER})
        return int(number)

    @reading()
    def _read_around(self) -> tuple[UUID | None, int]:
        other = self.get("other")
        return (UUID(other) if other not in {"", NONE} else None), int(self.get("apart") or -1)

    def _around(self, at: time) -> AroundRitual:
        other, apart = self._read_around()
        if other is None:
            raise Invalid({"other": "Choose the ritual that it goes by."})
        return AroundRitual(other, apart, at)

    def rebased(self, conflict: Conflict, note: str) -> "RitualForm":
        """Keep what stands here, above it what somebody else changed."""
        return replace(self, version=conflict.current.version, note=note)


ANY = "any"
"""What a button carries that switches on whatever is chosen in the form."""
AGAIN = "again"
"""What a button carries, with a ritual's id, that switches on the like of one that ended."""

_PLAIN = Preset("", "", frozenset({0}), time(9))
"""What a kind without presets begins with."""


def weeks_of(often: str) -> int | None:
    """Return how many weeks lie between two times; None for what does not come in weeks."""
    found = _WEEKS.fullmatch(often)
    return int(found[1]) if found is not None else None


def _bare(block_id: str) -> str:
    return block_id.partition(_TURN)[0]


def block_ids(view: Mapping[str, Any]) -> Mapping[str, str]:
    """Return how the blocks of a modal's fields are called, by the fields' names."""
    found = (str(block.get("block_id", "")) for block in view["blocks"])
    return {_bare(block_id): block_id for block_id in found}


def what_of(kind: str, number: int) -> str:
    """Return what a choice of a preset carries."""
    return f"{kind}:{number}"


@reading()
def read_what(what: str) -> tuple[str, int]:
    """Return the kind and the number of its preset. Raises Unreadable."""
    kind, _, number = what.partition(":")
    return kind, int(number or 0)


def _is_projects(sort: RitualSort, number: int) -> bool:
    """Tell whether what anybody may have is a project's where there is one: but for the named meetings."""
    return number >= len(sort.presets) or sort.presets[number].timezone is None


def _timing_values(timing: Timing, first: date | None) -> dict[str, Raw]:
    if isinstance(timing, Once):
        return {"often": ONCE, "on": timing.on.date().isoformat(), "at": f"{timing.on:%H:%M}"}
    at = {"at": f"{timing.at:%H:%M}"}
    if isinstance(timing, AroundRitual):
        return {"often": AROUND, "other": str(timing.ritual_id), "apart": str(timing.working_days), **at}
    if isinstance(timing, MonthlyByWeekday):
        return {"often": NTH, "nth": str(timing.nth), "weekday": str(timing.weekday), **at}
    if isinstance(timing, MonthlyByDay):
        return {"often": DAY, "number": str(timing.day), **at}
    days = SEPARATOR.join(str(each) for each in sorted(timing.weekdays))
    return {"often": f"w{timing.interval}", "days": days, "first": (first or timing.anchor).isoformat(), **at}

"""The modal that switches a ritual on or changes it, read: state in, what the service takes out."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, time
from typing import Any
from uuid import UUID

from handlers.forms import (
    SEPARATOR,
    Raw,
    carried_note,
    metadata,
    pack,
    raw_values,
    reading,
    unfolded,
)
from handlers.rituals.form_timing import NONE, timing_of, timing_values
from handlers.rituals.what import read_what, what_of
from models.commands import RitualFields
from models.errors import Conflict, Invalid
from models.read_models import ProjectView, RitualSetup
from models.rules.rituals.on_holidays import probably_on_holiday
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import Preset, RitualSort, Timing
from models.services.rituals.countries import country_in
from models.value import Value, replace

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

_CARRIED_LENGTH = 2600
_NO_MINUTES = "Write how many minutes it takes, such as 60."


_PLAIN = Preset("", "", frozenset({0}), time(9))
"""What a kind without presets begins with."""


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
    note: str = ""
    """What stands above the fields, in mrkdwn."""
    understood: Mapping[str, str] = field(default_factory=dict)
    """Of what is typed and may name nothing, what did so last: the dates are told by that meanwhile."""

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
            **_in_zone(chosen.timezone if chosen else timezone),
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
            "holiday": None,
        }
        if preset.timezone:
            values |= _in_zone(preset.timezone)
        asked = {each.name for each in sort.fields}
        values |= {SETTING + name: str(value) for name, value in preset.settings.items() if name in asked}
        return replace(self, kind=sort.kind, values={**self.values, **values})

    def coming(self, often: str, sort: RitualSort) -> "RitualForm":
        """Take over how often it was said to come, where that is not as usual and it is not of a week."""
        if often in {"", self.get("often")} or sort.keeps_its_week:
            return self
        name = sort.name if " every " in self.get("name") else self.get("name")
        return replace(self, values={**self.values, "often": often, "name": name})

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
            **timing_values(setup.timing, first),
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
            values={**unfolded(carried, "kept"), **raw_values(view)},
            ritual_id=UUID(ritual_id) if ritual_id else None,
            name=str(carried["name"]),
            version=int(carried["version"]),
            is_open=bool(carried["open"]),
            is_placed=bool(carried["placed"]),
            note=carried_note(carried),
            understood={str(name): str(each) for name, each in carried.get("understood", {}).items()},
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
            "note": self.note,
            "understood": dict(self.understood),
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
            **_in_zone(project.timezone),
        }
        return replace(self, values={**self.values, **values})

    def fields(self, sort: RitualSort, today: date, owner_id: UUID | None) -> RitualFields:
        """Return what the service takes. Raises Invalid, Unreadable."""
        minutes = self.get("minutes")
        if minutes and not minutes.isdecimal():
            raise Invalid({"duration_minutes": _NO_MINUTES})
        timing = timing_of(self, today)
        return RitualFields(
            kind=self.kind,
            name=self.get("name"),
            timing=timing,
            timezone=self.get("zone"),
            project_id=self.project_id(),
            channel_id=self.get("channel") or None if sort.needs_channel else None,
            owner_id=owner_id,
            on_holiday=self.on_holiday(sort, timing),
            country=self.get("country"),
            duration_minutes=int(minutes or 0),
            settings={**self._preset_settings(sort), **self._settings(sort)},
        )

    @reading()
    def on_holiday(self, sort: RitualSort, timing: Timing) -> OnHoliday:
        """Return what becomes of it on a holiday: as chosen, else as proposed. Raises Unreadable."""
        chosen = self.get("holiday")
        usual = probably_on_holiday(timing, keeps_its_week=sort.keeps_its_week)
        return OnHoliday(chosen) if chosen else usual

    def _settings(self, sort: RitualSort) -> dict[str, str]:
        return {each.name: self.values.get(SETTING + each.name) or "" for each in sort.fields}

    def _preset_settings(self, sort: RitualSort) -> Mapping[str, Any]:
        """Return what the preset says besides what the form asks."""
        _, number = read_what(self.get("what"))
        return sort.presets[number].settings if self.get("what") and number < len(sort.presets) else {}

    def rebased(self, conflict: Conflict, note: str) -> "RitualForm":
        """Keep what stands here, above it what somebody else changed."""
        return replace(self, version=conflict.current.version, note=note)


def _in_zone(zone: str) -> dict[str, Raw]:
    """Return what the form says of a zone, and of the holidays of its country."""
    return {"zone": zone, "country": country_in(zone)}


def _is_projects(sort: RitualSort, number: int) -> bool:
    """Tell whether what anybody may have is a project's where there is one: but for the named meetings."""
    return number >= len(sort.presets) or sort.presets[number].timezone is None

"""Checks what people say of a ritual, and tells what differs; touches no database."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any
from zoneinfo import available_timezones

from models.commands import RITUAL_NAME_LENGTH, SETTING_LENGTH, RitualFields
from models.errors import Invalid
from models.read_models import FieldChange, RitualSetup
from models.rules.projects.kinds import is_link
from models.rules.rituals.recurrence import Once, OnHoliday, Rule, occurrences
from models.rules.rituals.steps import RitualSort, Setting, SettingInput
from models.rules.rituals.workdays import is_working_day
from models.rules.zones import place_of, why_no_place
from models.services.rituals.countries import country_of
from models.services.rituals.setups import timing_data
from models.services.texts import clean, clean_line, too_long
from models.value import Value, replace

AUDITED = (
    "name",
    "channel_id",
    "owner_id",
    "timing",
    "timezone",
    "on_holiday",
    "country",
    "duration_minutes",
)
"""The fields whose changes the audit trail keeps, besides its settings."""

SETTINGS = "settings."
"""What stands in the audit trail before the name of one of a ritual's own settings."""

_TIMING = frozenset({"timezone", "country", "weekdays", "interval"})
LONGEST_MINUTES = 480
LONGEST_INTERVAL = 52

_LOOK_AHEAD = 60
"""Times that are looked at to tell whether any is on a working day."""


class Checked(Value):
    """A ritual's fields as they are kept."""

    fields: RitualFields
    sort: RitualSort

    def values(self) -> dict[str, Any]:
        """Return the columns; whose it is, is the caller's to say."""
        return {
            "name": self.fields.name,
            "channel_id": self.fields.channel_id,
            "timezone": self.fields.timezone,
            "recurrence": timing_data(self.fields.timing),
            "on_holiday": self.fields.on_holiday,
            "country": self.fields.country or None,
            "duration_minutes": self.fields.duration_minutes,
            "settings": dict(self.fields.settings),
        }


def checked(
    fields: RitualFields,
    sorts: Mapping[str, RitualSort],
    kept: Mapping[str, Any],
    *,
    only_timing: bool = False,
) -> Checked:
    """Return the fields as they are kept. Raises Invalid with a sentence for each that can't stand.

    What ``kept`` has beside the settings that the kind asks for stays. While a form is being filled in, only
    what says when it is need be right.
    """
    sort = sorts.get(fields.kind)
    if sort is None:
        raise Invalid({"kind": "Choose what it is to be."})
    zone = place_of(fields.timezone, zones())
    country = country_of(fields.country) if fields.country.strip() else ""
    cleaned = replace(
        fields,
        name=clean_line(fields.name) or sort.name,
        channel_id=fields.channel_id or None,
        timezone=zone or fields.timezone,
        country=country or "",
        settings={**kept, **_settings(sort, fields.settings)},
    )
    problems = dict(_problems(cleaned, sort))
    if zone is None:
        problems["timezone"] = why_no_place(fields.timezone)
    if country is None:
        problems["country"] = "I don't know that country's holidays. Write its name, or its two letters."
    if only_timing:
        problems = {name: problem for name, problem in problems.items() if name in _TIMING}
    if problems:
        raise Invalid(problems)
    return Checked(cleaned, sort)


@cache
def zones() -> frozenset[str]:
    """Return the zones that there are."""
    return frozenset(available_timezones())


def require_comes_round(rule: Rule, on_holiday: OnHoliday, holidays: frozenset[Any], now: datetime) -> None:
    """Raise Invalid for a rule whose every time would be skipped, or is over."""
    here = now.astimezone(UTC).replace(tzinfo=None)
    if isinstance(rule, Once):
        return
    first = islice(occurrences(rule, here, holidays=holidays), _LOOK_AHEAD)
    if on_holiday is OnHoliday.SKIP and not any(is_working_day(each.wall.date(), holidays) for each in first):
        raise Invalid({"on_holiday": "Then it never comes round: all of it is on weekends or holidays."})


def changes(before: RitualSetup, after: RitualSetup, sort: RitualSort) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it."""
    old, new = _plain(before) | _set(before, sort), _plain(after) | _set(after, sort)
    names = (*AUDITED, *sorted({*old, *new} - {*AUDITED}))
    return tuple(
        FieldChange(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
    )


def _set(setup: RitualSetup, sort: RitualSort) -> dict[str, str | None]:
    """Return its own settings; one that was never chosen is the first that can be."""
    said = {each.name: next(iter(each.choices), "") for each in sort.fields}
    said |= {
        name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for name, value in setup.ritual.settings.items()
        if value not in (None, "", [])
    }
    return {SETTINGS + name: value or None for name, value in said.items()}


def _plain(setup: RitualSetup) -> dict[str, str | None]:
    ritual = setup.ritual
    values: dict[str, object] = {
        "name": ritual.name,
        "channel_id": ritual.channel_id,
        "owner_id": ritual.owner.id,
        "timing": setup.words,
        "timezone": ritual.timezone,
        "on_holiday": setup.on_holiday,
        "country": setup.country,
        "duration_minutes": ritual.duration_minutes or "",
    }
    return {name: str(value) if value not in (None, "") else None for name, value in values.items()}


def _settings(sort: RitualSort, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of the kind's own settings; others belong to the presets, and stay as they are."""
    asked = {each.name: each for each in sort.fields}
    return {name: _kept(asked[name], value) if name in asked else value for name, value in said.items()}


def _kept(setting: Setting, value: object) -> str:
    text = str(value or "")
    return clean(text) if setting.kind is SettingInput.TEXT else clean_line(text)


def _problems(fields: RitualFields, sort: RitualSort) -> Iterator[tuple[str, str]]:
    for problem in too_long(fields.name, RITUAL_NAME_LENGTH):
        yield "name", problem
    if sort.needs_project and fields.project_id is None:
        yield "project_id", "Choose the project it is for."
    if sort.needs_channel and fields.channel_id is None:
        yield "channel_id", "Choose the channel in which I say it."
    if not 0 <= fields.duration_minutes <= LONGEST_MINUTES:
        yield "duration_minutes", f"Up to {LONGEST_MINUTES} minutes; leave it empty where nobody meets."
    interval = getattr(fields.timing, "interval", 1)
    if not 1 <= interval <= LONGEST_INTERVAL:
        yield "interval", f"Write a number from 1 to {LONGEST_INTERVAL}."
    if getattr(fields.timing, "weekdays", None) == frozenset():
        yield "weekdays", "Choose a day at least."
    for setting in sort.fields:
        for problem in _setting_problems(setting, str(fields.settings.get(setting.name) or "")):
            yield setting.name, problem


def _setting_problems(setting: Setting, value: str) -> Iterator[str]:
    if setting.is_required and not value:
        yield "Fill this in; it says nothing without."
    yield from too_long(value, SETTING_LENGTH)
    if value and setting.kind is SettingInput.LINK and not is_link(value):
        yield "Paste the whole address, beginning with https://."
    if value and setting.kind is SettingInput.CHOICE and value not in setting.choices:
        yield "Choose one of these."

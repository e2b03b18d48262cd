"""The burn-down: how much risk a project carried at the end of each week, rebuilt from what changed since.

Source: earned-value practice, where exposure is probability times impact; that opportunities are never netted
against threats, and which states count, are our defaults.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from models.rules.risks.scoring import score
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind
from models.value import Value, replace

CARRIED = frozenset({RiskStatus.OPEN, RiskStatus.TREATING, RiskStatus.ACCEPTED, RiskStatus.ESCALATED})
"""States in which a risk weighs on the project."""

WEEKS_SHOWN = 12


class Weight(Value):
    """What decides how much a risk weighs. The names are those under which the history keeps changes."""

    status: RiskStatus | None
    """None before the risk was logged."""
    kind: RiskKind | None
    probability: int | None = None
    impact: int | None = None
    residual_probability: int | None = None
    residual_impact: int | None = None

    @property
    def points(self) -> int:
        """Return the active score of a threat that is carried, residual if known, else inherent; or 0."""
        return self._score if self.status in CARRIED else 0

    @property
    def points_once_agreed(self) -> int:
        """Return what a threat that is only proposed would weigh; or 0."""
        return self._score if self.status is RiskStatus.PROPOSED else 0

    @property
    def _score(self) -> int:
        if self.kind is not RiskKind.THREAT:
            return 0
        if self.residual_probability is not None and self.residual_impact is not None:
            return score(self.residual_probability, self.residual_impact)
        if self.probability is None or self.impact is None:
            return 0
        return score(self.probability, self.impact)


WEIGHING = tuple(field.name for field in fields(Weight))
"""The fields of a risk on which its weight depends."""

_WEIGHING = frozenset(WEIGHING)

Before = Mapping[str, str | None]
"""The values that fields had before a change, as the history keeps them: plain strings, or None."""


class Change(Value):
    """A change of a risk: when, and what was before."""

    at: datetime
    before: Before


def undone(weight: Weight, before: Before) -> Weight:
    """Return the weight as it was before a change."""
    found: dict[str, Any] = {name: _read(name, before[name]) for name in _WEIGHING & before.keys()}
    return replace(weight, **found)


def _read(name: str, value: str | None) -> object:
    if not value:
        return None
    if name == "status":
        return RiskStatus(value)
    return RiskKind(value) if name == "kind" else int(value)


def points_at(now: Weight, newest_first: Iterable[Change], instants: Sequence[datetime]) -> tuple[int, ...]:
    """Return a risk's points at each of the ascending instants: what happened later is undone."""
    changes = iter(newest_first)
    change = next(changes, None)
    found, points = [], now.points
    for instant in reversed(instants):
        while change is not None and change.at > instant:
            now = undone(now, change.before)
            change, points = next(changes, None), now.points
        found.append(points)
    return tuple(reversed(found))


def week_ends(now: datetime, zone: tzinfo, weeks: int = WEEKS_SHOWN) -> tuple[tuple[date, datetime], ...]:
    """Return the latest ISO weeks, oldest first, as their Monday and the instant at which each is looked at.

    That is their end, midnight after Sunday where the project is; for the week that still runs, now.
    """
    today = now.astimezone(zone).date()
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=ago) for ago in reversed(range(weeks))]
    return tuple((monday, min(now, _midnight(monday + timedelta(weeks=1), zone))) for monday in mondays)


def _midnight(on: date, zone: tzinfo) -> datetime:
    return datetime.combine(on, time(), zone)

"""What Studio North has on record beside risks: issues, assumptions, dependencies and decisions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from models.commands import RaidFields
from models.database import Database
from models.read_models import Actor, Origin, ProjectView
from models.rules.raid.words import Direction, RaidKind
from models.services.raid.register import RaidRegister
from models.value import Value


class _Record(Value):
    """A record from before the visitor came in; who logged it owns it, unless somebody outside decides."""

    project: str
    raiser: str
    kind: RaidKind
    title: str
    days_ago: int
    due_in: int | None
    more: Mapping[str, Any]


_K = RaidKind
_RECORDS = (
    _Record(
        "ACME",
        "priya",
        _K.ASSUMPTION,
        "Acme delivers the product texts two weeks before the launch",
        16,
        9,
        {"details": "Without them half the shop would open empty."},
    ),
    _Record(
        "ACME",
        "dana",
        _K.DEPENDENCY,
        "A sandbox that stays up",
        19,
        -2,
        {"other_party": "the vendor", "supplier": "Their platform team"},
    ),
    _Record(
        "ACME",
        "dana",
        _K.DECISION,
        "Drop single sign-on from the first version?",
        8,
        6,
        {"other_party": "Robin at Acme", "details": "It costs two weeks; six people would use it."},
    ),
    _Record("BOREALIS", "lee", _K.ISSUE, "The seat map takes half a minute to load", 7, 4, {"impact": 3}),
    _Record(
        "BOREALIS",
        "lee",
        _K.DECISION,
        "Open the season with the old seat map?",
        3,
        None,
        {
            "outcome": "Yes, and the new one follows behind a switch",
            "rationale": "the season's start can't move",
        },
    ),
    _Record("COBALT", "ines", _K.ASSUMPTION, "The stores review within three days", 12, 14, {}),
    _Record(
        "DELTA",
        "mina",
        _K.DEPENDENCY,
        "Icons and colours",
        5,
        11,
        {"direction": Direction.GIVE, "other_party": "Cobalt's app team"},
    ),
)


def log_records(
    database: Database,
    actors: Mapping[str, Actor],
    projects: Mapping[str, ProjectView],
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Log them as their raisers did."""
    register = RaidRegister(database)
    for record in _RECORDS:
        at = now - timedelta(days=record.days_ago, hours=3)
        raiser = actors[record.raiser]
        is_decided_outside = record.kind is _K.DECISION and "other_party" in record.more
        fields = RaidFields(
            title=record.title,
            owner_id=None if is_decided_outside else raiser.person.id,
            due_on=None if record.due_in is None else (now + timedelta(days=record.due_in)).date(),
            **record.more,
        )
        project = projects[record.project]
        register.log(raiser, project, record.kind, fields, confirm_in=None, origin=origin, now=at)

"""How projects are told in words: safe as mrkdwn wherever a person's own text stands in it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from handlers.blocks import day, escape
from models.read_models import (
    FieldChange,
    HistoryEntry,
    ProjectLinks,
    ProjectView,
    RoleHolder,
)
from models.rules.access import ProjectRole
from models.rules.plans.phases import Phase
from models.rules.projects.kinds import DeliveryMode, ProjectKind
from models.rules.projects.roles import ROLE_WORDS
from models.rules.risks.scoring import SeverityBand

SHARED = "People of another company can read that channel. Choose one that only your team reads."
"""What is said of a channel that must not be read by a client."""

KIND_WORDS: Mapping[ProjectKind, str] = {
    ProjectKind.MANAGED: "Managed: we answer for what is delivered",
    ProjectKind.TALENT_ON_DEMAND: "Talent on demand: the client leads our people",
}
MODE_WORDS: Mapping[DeliveryMode, str] = {
    DeliveryMode.ITERATIVE: "Towards milestones and goals",
    DeliveryMode.PULL: "Ticket by ticket, as in maintenance",
}
PHASE_WORDS: Mapping[Phase, str] = {phase: phase.value.capitalize() for phase in Phase}
_SHORT_KIND = {ProjectKind.MANAGED: "managed", ProjectKind.TALENT_ON_DEMAND: "talent on demand"}
_SHORT_MODE = {DeliveryMode.ITERATIVE: "by milestones", DeliveryMode.PULL: "ticket by ticket"}
_LINK_WORDS = (("board", "Board"), ("jira", "Jira"), ("notes", "Notes"))
_BANDS: tuple[SeverityBand | None, ...] = (*reversed(SeverityBand), None)


def headline(project: ProjectView) -> str:
    """Return "ACME · Acme web shop · for Acme"."""
    return f"*{project.key} · {escape(project.name)}* · for {escape(project.client.name)}"


def nature(project: ProjectView) -> str:
    """Return "managed, by milestones"."""
    return f"{_SHORT_KIND[project.kind]}, {_SHORT_MODE[project.delivery_mode]}"


def dates(project: ProjectView, today: date) -> str:
    """Return "1 Sep → 18 Dec", "since 1 Sep" or "until 18 Dec"; "" where neither is known."""
    start = day(project.starts_on, today) if project.starts_on else ""
    end = day(project.planned_end_on, today) if project.planned_end_on else ""
    if start and end:
        return f"{start} → {end}"
    return f"from {start}" if start else f"until {end}" if end else ""


def channels(project: ProjectView) -> str:
    """Return the project's channels as links."""
    own = f"<#{project.internal_channel_id}>"
    return f"{own} · with the client <#{project.client_channel_id}>" if project.client_channel_id else own


def links(found: ProjectLinks) -> str:
    """Return the links by their names; what isn't there is left out."""
    shown = ((getattr(found, name), label) for name, label in _LINK_WORDS)
    return " · ".join(f"<{_address(url)}|{label}>" for url, label in shown if url)


def _address(url: str) -> str:
    return url.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def phase(found: Phase | None) -> str:
    """Return the phase, or that nobody has said it."""
    return PHASE_WORDS[found] if found else "No phase yet"


def open_risks(per_band: Mapping[SeverityBand | None, int]) -> str:
    """Return "2 high, 1 moderate", or that there are none."""
    counts = [
        f"{per_band[band]} {band.value if band else 'not scored'}" for band in _BANDS if per_band.get(band)
    ]
    return ", ".join(counts) or "none"


def team(holders: Iterable[RoleHolder]) -> str:
    """Return "Dana Ortiz (project manager), Lee Park (her deputy)": the leading roles, each person once."""
    roles: dict[str, list[str]] = {}
    for holder in sorted(holders, key=lambda each: (list(ProjectRole).index(each.role), each.is_deputy)):
        roles.setdefault(holder.person.name, []).append(role(holder))
    return ", ".join(f"{escape(name)} ({', '.join(held)})" for name, held in roles.items())


def role(holder: RoleHolder) -> str:
    """Return "product owner", or "deputy product owner"."""
    return f"deputy {ROLE_WORDS[holder.role]}" if holder.is_deputy else ROLE_WORDS[holder.role]


def happened(entry: HistoryEntry) -> str:
    """Return one line of history without its time."""
    who = escape(entry.person.name) if entry.person else "Drumbeat"
    line = f"{who} {_ACTION_WORDS.get(entry.action, entry.action)}"
    changed = [change(item) for item in entry.changes if item.field != "archived"]
    if changed:
        line += f": {', '.join(changed)}"
    return f"{line} — {escape(entry.reason)}" if entry.reason else line


_ACTION_WORDS = {
    "created": "made this channel a project",
    "edited": "changed",
    "assigned": "gave a role",
    "deputised": "named a deputy",
    "removed": "took a role",
    "handed over": "handed it over",
    "checked": "did the delivery health check",
    "marked": "marked a guest",
    "unmarked": "marked a guest no longer",
    "archived": "archived it",
    "reopened": "reopened it",
    "moved": "moved it",
    "took back a phase": "took a move back",
}


def change(item: FieldChange) -> str:
    """Return "name Acme shop → Acme web shop"."""
    name = _FIELD_WORDS.get(item.field, item.field)
    return f"{name} {_value(item.field, item.before)} → {_value(item.field, item.after)}"


def _value(field: str, value: str | None) -> str:
    if value is None or value == "":
        return "–"
    return _SHOWN[field](value) if field in _SHOWN else escape(value)


_FIELD_WORDS = {
    "key": "short name",
    "client_name": "client",
    "internal_channel_id": "own channel",
    "client_channel_id": "channel with the client",
    "timezone": "time zone",
    "delivery_mode": "delivery",
    "starts_on": "start",
    "planned_end_on": "planned end",
    "entered_on": "since",
    "board_url": "board",
    "jira_url": "Jira",
    "notes_url": "notes",
    "has_health_checks": "delivery health checks",
    "health_checked_on": "last check",
    **{role.value: words for role, words in ROLE_WORDS.items()},
}


def _channel(channel_id: str) -> str:
    return f"<#{channel_id}>"


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


_SHOWN: dict[str, Callable[[str], str]] = {
    "internal_channel_id": _channel,
    "client_channel_id": _channel,
    "starts_on": _day,
    "planned_end_on": _day,
    "entered_on": _day,
    "health_checked_on": _day,
    "phase": lambda value: PHASE_WORDS[Phase(value)],
    "kind": lambda value: _SHORT_KIND[ProjectKind(value)],
    "delivery_mode": lambda value: _SHORT_MODE[DeliveryMode(value)],
}

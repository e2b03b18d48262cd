"""How an agenda reads in messages; templates take these values by their names."""

from typing import Any

from models.read_models import AgendaView, MinutesView
from models.rules.agendas.changes import changes_line
from models.rules.agendas.words import (
    detail_words,
    lines,
    overflow_label,
    overflow_words,
    quiet_words,
    timing,
)
from models.rules.days import near_words
from models.rules.sentences import listed


def agenda_values(agenda: AgendaView) -> dict[str, Any]:
    """Return what the message says."""
    return {
        "length": agenda.plan.length,
        "leader": agenda.leader.name if agenda.leader else None,
        "note_taker": agenda.note_taker.name if agenda.note_taker else None,
        "absent": ", ".join(person.name for person in agenda.absent),
        "since": near_words(agenda.since),
        "changes": changes_line(agenda.changes),
        "lines": lines(agenda.plan.slots),
        "overflow_label": overflow_label(agenda.plan),
        "overflow": overflow_words(agenda.plan.overflow),
        "quiet": quiet_words(agenda.quiet),
        "timing": timing(agenda.plan),
        "is_worth_meeting": agenda.plan.is_worth_meeting,
        "notes_url": agenda.notes_url,
    }


def detail_values(agenda: AgendaView) -> dict[str, Any]:
    """Return what its thread says."""
    return {
        "entries": detail_words(agenda.plan),
        "quiet": ", ".join(agenda.quiet),
        "since": near_words(agenda.since),
        "changes": " · ".join(agenda.changes),
    }


def question_values(minutes: MinutesView) -> dict[str, Any]:
    """Return what the question for minutes says."""
    asked = minutes.agenda.note_taker or minutes.agenda.leader or minutes.agenda.ritual.owner
    return {"asked": asked.name, "writers": listed([person.name for person in minutes.writers])}


def minute_values(minutes: MinutesView) -> dict[str, Any]:
    """Return what the minutes say."""
    return {
        "name": minutes.agenda.ritual.name,
        "starts_at": minutes.agenda.time.starts_at,
        "writers": ", ".join(person.name for person in minutes.writers),
        "points": minutes.points,
        "notes_url": minutes.agenda.notes_url,
    }


def plain_lines(agenda: AgendaView) -> str:
    """Return the agenda as a calendar shows it: plain text, a line for each entry."""
    people = [
        f"Leads: {agenda.leader.name}" if agenda.leader else "",
        f"notes: {agenda.note_taker.name}" if agenda.note_taker else "",
    ]
    about = [
        f"{line.label} {f'{line.name}: ' if line.name else ''}{line.text} ({line.minutes} min)"
        for line in lines(agenda.plan.slots)
    ]
    notes = f"Notes: {agenda.notes_url}" if agenda.notes_url else ""
    return "\n".join(filter(None, [" · ".join(filter(None, people)), *about, notes]))

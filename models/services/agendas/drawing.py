"""Draws up an agenda as it would be now: from the records, what people bring, and whose turn it is."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import AgendaView, MeetingTime, PersonRef, RitualView
from models.rules.agendas.changes import change_words
from models.rules.agendas.planning import planned
from models.rules.agendas.turns import Candidate, Turns, duties
from models.services.agendas.facts import Scope
from models.services.agendas.gathering import gather
from models.services.agendas.meetings import PROJECTS, day_after, expected, ids_in
from models.services.agendas.rows import Earlier, absent_from, agenda_id_of, earlier_of
from models.services.agendas.topics import is_waiting, matter_of, topics_where
from models.tables import person_settings

FIRST_LOOKS_BACK = timedelta(days=14)
"""Since when things count as new where there was no meeting before."""


def drawn(session: Session, ritual: RitualView, time: MeetingTime, now: datetime) -> AgendaView:
    """Return the agenda of that time as it would be now; without an id, for it is not kept."""
    earlier = earlier_of(session, ritual.id, time.starts_at)
    zone = ZoneInfo(ritual.timezone)
    on = time.starts_at.astimezone(zone).date()
    scope = Scope(
        workspace_id=ritual.workspace_id,
        on=on,
        today=now.astimezone(zone).date(),
        since=earlier[0].starts_at if earlier else now - FIRST_LOOKS_BACK,
        project_ids=ids_in(ritual.settings.get(PROJECTS)),
        earlier_ids=tuple(each.agenda_id for each in earlier),
        next_on=day_after(session, ritual, time, now),
        zone=zone,
    )
    found = gather(session, scope, now)
    brought = topics_where(
        session, ritual.workspace_id, is_waiting(ritual.id, agenda_id_of(time.occurrence_id))
    )
    absent = absent_from(session, time.occurrence_id)
    people = expected(session, ritual)
    leader, note_taker = _duties(session, people, earlier, absent, on)
    about = {topic.project_id for topic in brought}
    return AgendaView(
        ritual=ritual,
        time=time,
        plan=planned([*found.matters, *map(matter_of, brought)], ritual.duration_minutes),
        since=found.changes.since,
        changes=change_words(found.changes),
        quiet=tuple(key for project_id, key in found.quiet.items() if project_id not in about),
        leader=leader,
        note_taker=note_taker,
        absent=absent,
    )


def _duties(
    session: Session,
    people: Sequence[PersonRef],
    earlier: Sequence[Earlier],
    absent: Collection[PersonRef],
    on: date,
) -> tuple[PersonRef | None, PersonRef | None]:
    """Return who leads and who takes notes."""
    led = _turns([(each.leader_id, each.starts_at) for each in earlier])
    noted = _turns([(each.note_taker_id, each.starts_at) for each in earlier])
    candidates = [
        Candidate(person.id, led.get(person.id, Turns()), noted.get(person.id, Turns())) for person in people
    ]
    away = session.connection().execute(
        select(person_settings.c.person_id).where(
            person_settings.c.person_id.in_([person.id for person in people]),
            person_settings.c.away_until >= on,
        )
    )
    chosen = duties(candidates, {*away.scalars(), *(person.id for person in absent)})
    by_id = {person.id: person for person in people}
    return (
        by_id[chosen.leads] if chosen.leads else None,
        by_id[chosen.notes] if chosen.notes else None,
    )


def _turns(found: Sequence[tuple[UUID | None, datetime]]) -> dict[UUID, Turns]:
    """Return how often each person did it and when last; ``found`` has the latest first."""
    counts = Counter(person_id for person_id, _ in found if person_id)
    last: dict[UUID, date] = {}
    for person_id, at in found:
        if person_id:
            last.setdefault(person_id, at.date())
    return {person_id: Turns(count, last[person_id]) for person_id, count in counts.items()}

"""Statuses that somebody is asked for: what is due before their next morning, and what is late."""

from datetime import date, datetime

from models.read_models import MorningItemView, StoodProject
from models.rules.days import near_words
from models.rules.statuses.periods import Cadence, Period
from models.services.mornings.planning import Contribution
from models.services.statuses.deadlines import KIND
from models.services.statuses.mornings import requests
from models.services.statuses.owed import looked_at_since
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent


def draw(occasion: MorningOccasion) -> MorningPart | None:
    """Show what isn't in, the earliest due first, and name what came in since."""
    named = standing(occasion)
    waiting = [(item, project) for item, project in named if period_of(item) not in project.colours]
    done = [project.key for item, project in named if period_of(item) in project.colours]
    late = sum(_is_late(occasion, item) for item, _ in waiting)
    times = {_due(occasion, item) for item, _ in waiting}
    time = f"{next(iter(times)):%H:%M}" if len(times) == 1 else None
    heading = occasion.words(
        "heading",
        count=len(waiting),
        late=late,
        today=sum(_due(occasion, item).date() == occasion.today for item, _ in waiting),
        time=time,
    )
    return MorningPart(
        heading.text if waiting else "",
        tuple(_line(occasion, item, project, is_said=time is not None) for item, project in waiting),
        occasion.words("done", keys=done).text if done else "",
    )


def standing(occasion: MorningOccasion) -> list[tuple[MorningItemView, StoodProject]]:
    """Return the items with how their projects stood, without those of projects that are over."""
    message, items = occasion.message, occasion.items
    ids = {item.entity_id for item in items}
    stood = message.desk.statuses.stood(message.workspace_id, ids, looked_at_since(message.now))
    found = {each.id: each for each in stood}
    return [(item, found[item.entity_id]) for item in items if item.entity_id in found]


def period_of(item: MorningItemView) -> Period:
    """Return the period that an item is about."""
    starts_on = datetime.fromisoformat(str(item.detail["starts_on"])).date()
    return Period(starts_on, Cadence(item.detail["cadence"]))


def due_on(occasion: MorningOccasion, item: MorningItemView) -> date:
    """Return the day on which it is due where the project is: the same for everybody who reads of it."""
    day = item.detail.get("due_on")
    return date.fromisoformat(str(day)) if day else _due(occasion, item).date()


def _also(item: MorningItemView, period: Period) -> Period | None:
    """Return the period before that is late as well, where one is."""
    starts_on = item.detail.get("also")
    return Period(datetime.fromisoformat(str(starts_on)).date(), period.cadence) if starts_on else None


def update_button(project: StoodProject, period: Period) -> Button:
    """Return the button that opens the form of that period."""
    detail = f"{period.cadence} {period.starts_on.isoformat()}"
    return Button("Update", Intent.STATUS_OPEN, project.id, detail=detail)


def _due(occasion: MorningOccasion, item: MorningItemView) -> datetime:
    return datetime.fromisoformat(str(item.detail["due_at"])).astimezone(occasion.morning.zone)


def _is_late(occasion: MorningOccasion, item: MorningItemView) -> bool:
    return _due(occasion, item) < occasion.morning.planned_at


def _line(
    occasion: MorningOccasion, item: MorningItemView, project: StoodProject, *, is_said: bool
) -> MorningLine:
    """Draw a project; when it is due is left out where the heading says it of all."""
    period, due = period_of(item), _due(occasion, item)
    before, also = project.before(period), _also(item, period)
    is_late = _is_late(occasion, item)
    is_today = due.date() == occasion.today and not is_late
    words = occasion.words(
        "line",
        project=project.key,
        period=period.name,
        is_late=is_late,
        is_said=is_said and is_today,
        due=_due_words(due, on=due_on(occasion, item), is_late=is_late, is_today=is_today),
        last=f"{before[1].mark} {before[1].word}" if before else None,
        also=also.name if also and also not in project.colours else None,
        last_period=_named(before[0], occasion.today) if before else None,
    )
    return MorningLine(words.text, update_button(project, period))


def _named(before: Period, today: date) -> str:
    """Return "last week" where that is what the reader calls it, and else the period's name."""
    is_last_week = before == Period.containing(today, Cadence.WEEKLY).previous
    return "last week" if is_last_week else before.name


def _due_words(at: datetime, *, on: date, is_late: bool, is_today: bool) -> str:
    """Return the project's day where that is over, and else when it is by the reader's clock."""
    if is_late:
        return near_words(on, weekday=True)
    return f"{at:%H:%M}" if is_today else f"{near_words(at.date(), weekday=True)}, {at:%H:%M}"


MORNING = MorningPiece(Contribution("weekly_status", requests, ritual=KIND), rank=10, draw=draw)

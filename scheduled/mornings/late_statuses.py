"""Statuses that were due and aren't in, to delivery managers: when they are late, and when missing."""

from datetime import datetime

from models.rules.rag_periods import Period
from models.services.mornings.planning import Contribution
from models.services.statuses.deadlines import KIND
from models.services.statuses.mornings import late_ones
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.mornings.weekly_status import period_of, standing
from scheduled.posts import Button, Intent
from scheduled.wording import plain_day
from scheduled.wording.statuses import whose_turn


def draw(occasion: MorningOccasion) -> MorningPart | None:
    """Name what isn't in, and whose it is; and what came in since."""
    named = standing(occasion)
    waiting = [(item, project) for item, project in named if period_of(item) not in project.colours]
    done = [project.key for item, project in named if period_of(item) in project.colours]
    message = occasion.message
    ids = {project.id for _, project in waiting}
    turns = message.desk.statuses.turns(ids, occasion.today)
    lines = []
    for item, project in waiting:
        period, due = period_of(item), datetime.fromisoformat(str(item.detail["due_at"]))
        before = project.before(period)
        words = occasion.words(
            "line",
            project=project.key,
            period=period.name,
            due=plain_day(due.astimezone(occasion.morning.zone).date(), occasion.today),
            last=f"{before[1].mark} {before[1].word}" if before else None,
            in_a_row=_in_a_row(before[0], period) if before else 0,
            turn=whose_turn(turns[project.id], occasion.today),
        )
        lines.append(MorningLine(words.text, Button("Show", Intent.PROJECT_SHOW, project.id)))
    return MorningPart(
        occasion.words("heading", count=len(waiting)).text if waiting else "",
        tuple(lines),
        occasion.words("done", keys=done).text if done else "",
    )


def _in_a_row(last: Period, period: Period) -> int:
    """Return how many periods there are after the last one that has a status."""
    count = 0
    while period > last:
        count, period = count + 1, period.previous
    return count


MORNING = MorningPiece(Contribution("late_statuses", late_ones, ritual=KIND), rank=20, draw=draw)

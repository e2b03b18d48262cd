"""Statuses that were due and aren't in, to delivery managers: when they are late, and when missing."""

from models.rules.days import near_words
from models.rules.statuses.periods import longest_silence_first
from models.rules.statuses.words import in_a_row_words
from models.services.mornings.planning import Contribution
from models.services.statuses.deadlines import KIND
from models.services.statuses.mornings import late_ones
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.mornings.weekly_status import due_on, period_of, standing
from scheduled.posts import Button, Intent
from scheduled.wording.statuses import whose_turn


def draw(occasion: MorningOccasion) -> MorningPart | None:
    """Name what isn't in, the longest silence first, and whose it is; and what came in since."""
    named = standing(occasion)
    waiting = [(item, project) for item, project in named if period_of(item) not in project.colours]
    done = [project.key for item, project in named if period_of(item) in project.colours]
    message = occasion.message
    ids = {project.id for _, project in waiting}
    turns = message.desk.statuses.turns(ids, occasion.today)
    silences = message.desk.statuses.silences(
        message.workspace_id, {project.id: period_of(item) for item, project in waiting}, now=message.now
    )
    waiting.sort(key=lambda one: longest_silence_first(silences[one[1].id].since, period_of(one[0])))
    lines = []
    for item, project in waiting:
        period, silence = period_of(item), silences[project.id]
        before = project.before(period)
        words = occasion.words(
            "line",
            project=project.key,
            period=period.name,
            due=near_words(due_on(occasion, item), weekday=True),
            last=f"{before[1].mark} {before[1].word}" if before else None,
            is_stale=silence.is_missing or silence.missed > 1,
            in_a_row=in_a_row_words(silence.missed),
            turn=whose_turn(turns[project.id], occasion.today),
        )
        lines.append(MorningLine(words.text, Button("Show", Intent.PROJECT_SHOW, project.id)))
    return MorningPart(
        occasion.words("heading", count=len(waiting)).text if waiting else "",
        tuple(lines),
        occasion.words("done", keys=done).text if done else "",
    )


MORNING = MorningPiece(Contribution("late_statuses", late_ones, ritual=KIND), rank=20, draw=draw)

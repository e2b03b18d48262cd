"""How the week ended, to leaders and delivery managers: what needs somebody first, the rest counted."""

from collections.abc import Iterator, Sequence

from models.read_models import StoodProject
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour, movement
from models.rules.statuses.words import movement_words
from models.services.mornings.planning import Contribution
from models.services.statuses.deadlines import KIND
from models.services.statuses.mornings import digests
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.mornings.weekly_status import period_of
from scheduled.posts import Button, Intent
from scheduled.wording.statuses import whose_turn

_FIRST = (Colour.RED, Colour.AMBER)


def draw(occasion: MorningOccasion) -> MorningPart | None:
    """Count the colours, and name what is red, missing, amber, or green without an explanation.

    Where nothing is in, there is no end to tell of beside what the same message names.
    """
    message, period = occasion.message, period_of(occasion.items[0])
    found = message.desk.statuses.week(message.workspace_id, period, now=message.now)
    if not found:
        return None
    missing = [project for project in found if period not in project.colours]
    if len(missing) == len(found) and _are_named(occasion):
        return None
    by_colour = {
        colour: [project for project in found if project.colours.get(period) is colour] for colour in Colour
    }
    counts = [f"{len(those)} {colour.word.lower()}" for colour, those in by_colour.items() if those]
    counts += [f"{len(missing)} not in"] if missing else []
    heading = occasion.words("heading", period=period.name, counts=counts).text
    lines = [line for colour in _FIRST[:1] for line in _named(occasion, by_colour[colour], period)]
    if missing and not _are_named(occasion):
        words = occasion.words(
            "missing", keys=_with_last(missing, period), turns=_stood_in(occasion, missing)
        )
        lines.append(MorningLine(words.text))
    lines += [line for colour in _FIRST[1:] for line in _named(occasion, by_colour[colour], period)]
    doubted = [project for project in by_colour[Colour.GREEN] if period in project.unexplained]
    lines += _named(occasion, doubted, period)
    if not lines:
        lines.append(MorningLine(occasion.words("calm", is_all=not missing).text))
    return MorningPart(heading, tuple(lines), stays=True)


def _with_last(missing: Sequence[StoodProject], period: Period) -> Sequence[str]:
    """Return what isn't in with its last colour, the worst first: nobody said that it is better by now."""
    last = {project.id: project.before(period) for project in missing}
    ranks = {each: found[1].rank if found else -1 for each, found in last.items()}
    in_order = sorted(missing, key=lambda project: (-ranks[project.id], project.key))
    return [f"{project.key}{_last_words(last[project.id], period)}" for project in in_order]


def _last_words(last: tuple[Period, Colour] | None, period: Period) -> str:
    if last is None:
        return ""
    said, colour = last
    since = "" if said == period.previous else f", {said.name}"
    return f" (last {colour.mark} {colour.word}{since})"


def _are_named(occasion: MorningOccasion) -> bool:
    """Tell whether the same message names what isn't in already; of what stays, nothing else is left."""
    return not occasion.morning.is_over and any(
        item.contribution == "late_statuses" for item in occasion.morning.items
    )


def _stood_in(occasion: MorningOccasion, missing: Sequence[StoodProject]) -> Sequence[str]:
    """Return of those whose people are away who that is, and who stands in."""
    ids = [project.id for project in missing]
    turns = occasion.message.desk.statuses.turns(ids, occasion.today)
    return [
        f"{project.key}: {whose_turn(turns[project.id], occasion.today)}"
        for project in missing
        if turns[project.id].absent
    ]


def _named(occasion: MorningOccasion, those: Sequence[StoodProject], period: Period) -> Iterator[MorningLine]:
    for project in those:
        colour, before = project.colours[period], project.colours.get(period.previous)
        moved = movement_words(movement(before, colour), before, 1, period.cadence)
        words = occasion.words(
            "line",
            project=project.key,
            name=project.name,
            colour=f"{colour.mark} {colour.word}",
            moved=moved if before is not colour else "",
            is_doubted=period in project.unexplained,
        )
        yield MorningLine(words.text, Button("Show", Intent.STATUS_SHOW, project.status_ids[period]))


MORNING = MorningPiece(Contribution("week_digest", digests, ritual=KIND), rank=75, draw=draw)

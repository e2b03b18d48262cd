"""How the projects of Studio North stood in the weeks before the visitor came in."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from models.database import Database
from models.read_models import Actor, DimensionView, Finding, Origin, ProjectView, StatusView
from models.rules.statuses.inside import Inside, Look
from models.rules.statuses.periods import CADENCES, Period
from models.rules.statuses.rag import DIMENSION_WORDS, Colour, Dimension, RagStatus, overall
from models.services.statuses.past import PastStatuses
from models.value import Value, replace

_D = Dimension
_COLOURS = {colour.letter: colour for colour in Colour}


class _Step(Value):
    """A plan as a week had it; who by handle, and days counted from that week's same day."""

    what: str
    owner: str
    due_in: int
    criteria: str
    target_in: int
    slips: int = 0


class _Week(Value):
    """A project's week; ``colours`` are letters in the order of the dimensions."""

    project: str
    author: str
    weeks_ago: int
    colours: str
    headline: str
    plans: Mapping[Dimension, _Step] | None = None
    done: str = ""
    decision: str = ""
    mood_was_low: str = ""
    """Why it was green all the same."""


_VENDOR = _Step("Mock the vendor API", "sam", 9, "the checkout tests pass", 12)
_SEATS = _Step(
    "Build the fallback without the seat map", "tom", 6, "a booking runs through without the map", 10
)
_CALLS = _Step("Weekly call with the managing director", "priya", 7, "they plan with our date", 14)
_WEEKS = (
    _Week("ACME", "dana", 6, "GGGGGG", "Checkout is designed, and Acme likes it."),
    _Week("ACME", "dana", 5, "GGGGGG", "Search is live on staging."),
    _Week("ACME", "dana", 4, "AGGGGG", "The vendor's sandbox is down.", {_D.SCHEDULE: _VENDOR}),
    _Week("ACME", "dana", 3, "AGGGGG", "Still no sandbox; we mock it.", {_D.SCHEDULE: _VENDOR}),
    _Week("ACME", "dana", 2, "GGGGGG", "The mock works, checkout tests pass."),
    _Week(
        "ACME",
        "dana",
        1,
        "GGGGGG",
        "On track for the release.",
        done="Checkout tests\nContent for the start page",
    ),
    _Week("BOREALIS", "lee", 6, "GGGGGG", "The season's plan is agreed."),
    _Week("BOREALIS", "lee", 5, "GGGGGG", "Booking flow in test."),
    _Week("BOREALIS", "lee", 4, "AGGGGG", "The seat map needs another week.", {_D.SCHEDULE: _SEATS}),
    _Week(
        "BOREALIS",
        "lee",
        3,
        "AGGGGA",
        "The seat map slips; the client counts.",
        {_D.SCHEDULE: _SEATS, _D.CLIENT_RELATIONSHIP: _CALLS},
    ),
    _Week(
        "BOREALIS",
        "lee",
        2,
        "RGGGGA",
        "The season's start can't be met with the map.",
        {_D.SCHEDULE: replace(_SEATS, slips=1), _D.CLIENT_RELATIONSHIP: _CALLS},
    ),
    _Week(
        "BOREALIS",
        "lee",
        1,
        "RGGGGA",
        "We start the season without the seat map.",
        {_D.SCHEDULE: replace(_SEATS, slips=2), _D.CLIENT_RELATIONSHIP: _CALLS},
        "Fallback designed",
        "Start without the map? Managing director, by Friday",
    ),
    _Week("COBALT", "dana", 6, "GGGGGG", "Login and payment are in test."),
    _Week(
        "COBALT",
        "dana",
        5,
        "GGGAGG",
        "Crashes on old phones.",
        {_D.QUALITY: _Step("Drop two old system versions", "alex", 5, "no crash in a day", 7)},
    ),
    _Week("COBALT", "dana", 4, "GGGGGG", "No more crashes."),
    _Week("COBALT", "dana", 3, "GGGGGG", "Handed in to the stores."),
    _Week("COBALT", "dana", 2, "GGGGGG", "Waiting for the store review."),
    _Week(
        "COBALT",
        "dana",
        1,
        "GGGGGG",
        "The store review is through.",
        mood_was_low="They heard of the review from somebody else; we have talked since.",
    ),
    _Week("DELTA", "lee", 5, "GGGGGG", "Tokens for colour and type."),
    _Week("DELTA", "lee", 4, "GG-GGG", "Buttons and forms are done."),
    _Week("DELTA", "lee", 2, "GG-GGG", "Dark theme in review."),
    _Week("DELTA", "lee", 1, "GG-GGG", "Dark theme is merged."),
)


def write_statuses(
    database: Database,
    actors: Mapping[str, Actor],
    projects: Mapping[str, ProjectView],
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Write each project's weeks, and let last week's plans go on; nothing of it is posted again."""
    past = PastStatuses(database)
    for key, project in projects.items():
        weeks = [week for week in _WEEKS if week.project == key]
        manager = actors[weeks[-1].author]
        stood = [_status(week, project, manager, actors, now) for week in weeks]
        past.take_over(manager, project, stood, origin=origin, now=now)


def _status(
    week: _Week, project: ProjectView, author: Actor, actors: Mapping[str, Actor], now: datetime
) -> StatusView:
    zone = ZoneInfo(project.timezone)
    present = Period.containing(now.astimezone(zone).date(), CADENCES[project.kind])
    period = Period.containing(present.starts_on - timedelta(weeks=week.weeks_ago))
    written_at = datetime.combine(period.due_on, time(15, 40), zone).astimezone(UTC)
    said = tuple(_dimensions(week, project, actors, now))
    computed = overall({each.dimension: each.colour for each in said})
    is_flagged = bool(week.mood_was_low)
    return StatusView(
        id=uuid4(),
        workspace_id=author.workspace_id,
        project_id=project.id,
        project_key=project.key,
        project_name=project.name,
        project_kind=project.kind,
        channel_id=project.internal_channel_id,
        timezone=project.timezone,
        period=period,
        version=1,
        submitted_by=author.person,
        submitted_at=written_at,
        is_late=False,
        author=author.person,
        written_at=written_at,
        headline=week.headline,
        rag=RagStatus(computed, computed),
        done=week.done,
        decision=week.decision,
        inside=Inside.FLAGGED if is_flagged else Inside.CLEAR,
        findings=(Finding(Look.CLIENT_MOOD, 2),) if is_flagged else (),
        justification=week.mood_was_low,
        dimensions=said,
    )


def _dimensions(
    week: _Week, project: ProjectView, actors: Mapping[str, Actor], now: datetime
) -> Iterator[DimensionView]:
    for dimension, letter in zip(DIMENSION_WORDS[project.kind], week.colours.replace("-", "–"), strict=True):
        step = (week.plans or {}).get(dimension)
        if step is None:
            yield DimensionView(dimension, _COLOURS[letter])
            continue
        today = (now - timedelta(weeks=week.weeks_ago - 1)).date()
        yield DimensionView(
            dimension,
            _COLOURS[letter],
            step=step.what,
            owner=actors[step.owner].person,
            due_on=today + timedelta(days=step.due_in),
            criteria=step.criteria,
            target_on=today + timedelta(days=step.target_in),
            slips=step.slips,
        )

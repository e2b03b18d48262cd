"""How issues, assumptions, dependencies and decisions read in messages; templates take them as ``item``."""

from datetime import date

from models.read_models import RaidView
from models.rules.raid.states import RAID_STATUS_WORDS
from models.rules.raid.words import Direction, RaidKind
from models.rules.risks.scoring import IMPACT_WORDS
from models.rules.risks.words import Visibility
from models.value import Value
from scheduled.wording import brief, plain_day

MARKS = {RaidKind.ISSUE: "🔥", RaidKind.ASSUMPTION: "💭", RaidKind.DEPENDENCY: "🔗", RaidKind.DECISION: "⚖️"}


class RaidWords(Value):
    """A record in words. None where something is not known, for the template to ask."""

    reference: str
    title: str
    mark: str
    kind: str
    a_kind: str
    """Such as "an issue"."""
    status: str
    state: str
    is_live: bool
    is_restricted: bool
    badness: str | None
    """Such as "Major 4"."""
    way: str | None
    """Such as "We get it from Acme IT"."""
    owner: str | None
    other_party: str | None
    raiser: str
    due: str | None
    is_late: bool
    """Whether that day has passed; the day itself stays true for as long as the message stands."""
    decider: str | None
    ended: str | None
    """The day on which it ended."""
    outcome: str | None
    rationale: str | None
    project: str
    channel: str
    """The channel's id, for the filter of that name."""


def raid_words(item: RaidView, today: date) -> RaidWords:
    """Return the record in words."""
    return RaidWords(
        reference=str(item.reference),
        title=item.title,
        mark=MARKS[item.kind],
        kind=item.kind.value,
        a_kind=item.kind.a_thing,
        status=item.status.value,
        state=RAID_STATUS_WORDS[item.status],
        is_live=item.is_live,
        is_restricted=item.visibility is Visibility.RESTRICTED,
        badness=f"{IMPACT_WORDS[item.impact]} {item.impact}" if item.impact is not None else None,
        way=_way(item),
        owner=item.owner.name if item.owner else None,
        other_party=item.other_party or None,
        raiser=item.raised_by.name,
        due=plain_day(item.due_on, today) if item.due_on and item.is_live else None,
        is_late=item.days_late(today) > 0,
        decider=item.owner.name if item.owner else item.other_party or None,
        ended=plain_day(item.settled_on, today) if item.settled_on else None,
        outcome=brief(item.told_outcome) or None,
        rationale=brief(item.rationale) or None,
        project=item.project_name,
        channel=item.channel_id,
    )


def _way(item: RaidView) -> str | None:
    if item.direction is None:
        return None
    way, whom = ("We get it", "from") if item.direction is Direction.GET else ("We give it", "to")
    return f"{way} {whom} {item.other_party}" if item.other_party else way

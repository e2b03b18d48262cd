"""How these records' values read in Slack; every message and modal takes its words from here."""

from collections.abc import Callable
from datetime import date

from handlers.blocks import day, escape
from handlers.views.histories import HistoryWords
from models.read_models import RaidView
from models.rules.raid.states import RAID_STATUS_WORDS, RaidStatus
from models.rules.raid.words import Direction, RaidKind
from models.rules.risks.scoring import IMPACT_WORDS
from models.rules.risks.words import Visibility

OPEN_WORDS = {
    RaidKind.ISSUE: "open",
    RaidKind.ASSUMPTION: "not checked yet",
    RaidKind.DEPENDENCY: "still to come",
    RaidKind.DECISION: "to be decided",
}
"""What "open" means of each kind."""
VISIBILITY_WORDS = {
    Visibility.TEAM: "The whole team",
    Visibility.RESTRICTED: "Only project leads, owner and whoever logged it",
}
_DUE_WORDS = {
    RaidKind.ISSUE: "due",
    RaidKind.ASSUMPTION: "check by",
    RaidKind.DEPENDENCY: "needed by",
    RaidKind.DECISION: "decide by",
}
_OUTCOME_WORDS = {
    RaidStatus.RESOLVED: "What solved it",
    RaidStatus.CONFIRMED: "How we know",
    RaidStatus.WRONG: "What turned out",
    RaidStatus.MET: "How it came",
    RaidStatus.MISSED: "What became of it",
    RaidStatus.DECIDED: "Decided",
    RaidStatus.SUPERSEDED: "Was decided",
    RaidStatus.DROPPED: "Why not needed",
}
_ACTION_WORDS = {
    "logged": "logged it",
    "edited": "changed it",
    "resolved": "resolved it",
    "confirmed": "confirmed it",
    "doubted": "doubts it",
    "found_wrong": "found it wrong",
    "met": "said that it came",
    "missed": "said that it was missed",
    "decided": "wrote down the decision",
    "superseded": "let another decision take its place",
    "holds_again": "took the newer decision back, so this one holds again",
    "dropped": "said that nobody needs it any more",
    "reopened": "opened it again",
    "undone": "took it back",
}
_FIELD_WORDS = {
    "title": "what it is",
    "details": "details",
    "impact": "how bad",
    "direction": "direction",
    "other_party": "other side",
    "supplier": "supplier",
    "owner_id": "owner",
    "due_on": "by when",
    "visibility": "who sees it",
}
_UNSHOWN = frozenset({"status", "outcome", "rationale", "settled_on", "risk_id", "follows_id"})
_LONG = frozenset({"details"})


def headline(item: RaidView) -> str:
    """Return the reference and the title, safe as mrkdwn."""
    return f"*{item.reference} {escape(item.title)}*"


def state(item: RaidView) -> str:
    """Return where it stands, in the words of its kind."""
    if item.status is RaidStatus.OPEN:
        return OPEN_WORDS[item.kind]
    if item.status is RaidStatus.MET and item.direction is Direction.GIVE:
        return "given"
    return "came" if item.status is RaidStatus.MET else RAID_STATUS_WORDS[item.status]


def badness(item: RaidView) -> str:
    """Return "*Major 4*" of an issue, "" where nobody said how bad it is."""
    return f"*{IMPACT_WORDS[item.impact]} {item.impact}*" if item.impact is not None else ""


def sides(item: RaidView) -> str:
    """Return "we get it from Acme IT", safe as mrkdwn; "" of what is no dependency."""
    if item.direction is None:
        return ""
    way, whom = ("we get it", "from") if item.direction is Direction.GET else ("we give it", "to")
    return f"{way} {whom} {escape(item.other_party)}" if item.other_party else way


def other_side(item: RaidView) -> str:
    """Return "from Acme IT", or who decides though not of the team, safe as mrkdwn; "" where it is nobody."""
    if not item.other_party:
        return ""
    way = {Direction.GET: "from ", Direction.GIVE: "to "}.get(item.direction, "") if item.direction else ""
    return f"{way}{escape(item.other_party)}"


def who(item: RaidView) -> str:
    """Return who sees to it or decides, safe as mrkdwn; "" where nobody did and it is over."""
    if item.kind is RaidKind.DECISION:
        decider = escape(item.owner.name) if item.owner else escape(item.other_party)
        verb = "decides" if item.is_live else "decided"
        return f"{decider} {verb}" if decider else "Nobody named to decide"
    if item.owner is None:
        return "No owner yet" if item.is_live else ""
    return f"{escape(item.owner.name)} owns it"


def when(item: RaidView, today: date) -> str:
    """Return by when, or how late it is; "" where nothing is set or it is over."""
    if late := item.days_late(today):
        return f"*{late} day{'s' if late != 1 else ''} late*"
    if item.due_on is None or not item.is_live:
        return f"{state(item)} {day(item.settled_on, today)}" if item.settled_on else ""
    return f"{_DUE_WORDS[item.kind]} {day(item.due_on, today)}"


def outcome(item: RaidView) -> str:
    """Return what ended it, with its label and safe as mrkdwn; "" where there is nothing new to say."""
    if not item.told_outcome:
        return ""
    label = _OUTCOME_WORDS.get(item.status, "Outcome")
    because = f"\n*Because:* {escape(item.rationale)}" if item.rationale else ""
    return f"*{label}:* {escape(item.told_outcome)}{because}"


def count(kind: RaidKind, number: int) -> str:
    """Return "1 issue", "3 dependencies"."""
    return f"{number} {kind.value if number == 1 else kind.things}"


_SHOWN: dict[str, Callable[[str], str]] = {
    "impact": lambda value: f"{IMPACT_WORDS[int(value)].lower()} {value}",
    "direction": lambda value: "we get it" if value == Direction.GET else "we give it",
    "visibility": lambda value: VISIBILITY_WORDS[Visibility(value)].lower(),
    "status": lambda value: RAID_STATUS_WORDS[RaidStatus(value)],
    "due_on": lambda value: day(date.fromisoformat(value)),
    "title": lambda value: f"“{escape(value)}”",
}
_HISTORY = HistoryWords(_ACTION_WORDS, _FIELD_WORDS, _SHOWN, unshown=_UNSHOWN, long=_LONG)
happened, change = _HISTORY.happened, _HISTORY.change
"""One line of a record's history, and one field of it that changed, safe as mrkdwn."""

"""What else waits on Home, counted as Home counts it: a few lines of it, and all when it is unfolded."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from models.read_models import ActionView, MoodAlertView, RaidView, RiskView
from models.read_models.home import HomePages, LateCall
from models.rules.moods.words import AlertOutcome
from models.rules.raid.words import RaidKind
from models.rules.risks.states import LIVE, RiskStatus
from models.rules.risks.words import GIVE_OWNER
from models.services.mornings.planning import Contribution
from models.services.mornings.still_waiting import Waiting, gather
from models.value import Value, replace
from scheduled.clients_to_call import named_for_the_day
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent
from scheduled.wording import plain_day
from scheduled.wording.actions import action_words
from scheduled.wording.raid import raid_words
from scheduled.wording.risks import risk_words


class _Thing(Value):
    """One thing as it is drawn; ``line`` is None once it waits no more, and ``became`` what it came to."""

    name: str
    line: MorningLine | None
    became: str = ""
    client: str = ""
    """Whose client waits for a call, where one does."""
    reason: str = ""
    """Why the client waits, beside another line about them."""


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show what still waits, the most urgent first, without what the message names anyway.

    Risks that nobody looks after leave out what stands here.
    """
    named = {
        item.entity_id
        for item in occasion.morning.items
        if item not in occasion.items and item.contribution != "neglected_risks"
    }
    by_id = {thing_id: thing for sort in Waiting for thing_id, thing in _read(occasion, sort, named)}
    things = [by_id[item.entity_id] for item in occasion.items if item.entity_id in by_id]
    called = named_for_the_day(occasion)
    waiting = list(_once(each for each in things if each.line is not None and each.client not in called))
    count, late = _reckoned(occasion) if waiting else (0, 0)
    heading = occasion.words("heading", count=count, late=late, is_part=bool(named)).text
    seen_to = [thing.name for thing in things if thing.line is None and not thing.became]
    done = [thing.became for thing in things if thing.line is None and thing.became]
    done += [occasion.words("done", names=seen_to).text] if seen_to else []
    return MorningPart(
        heading if waiting else "",
        tuple(thing.line for thing in waiting if thing.line is not None),
        " · ".join(done),
        is_brief=True,
        elsewhere=0 if named else max(0, count - len(waiting)),
    )


def _once(things: Iterable[_Thing]) -> Iterable[_Thing]:
    """Return the things with each client who waits for a call once, for all that they wait for."""
    found: dict[str, _Thing] = {}
    for thing in things:
        first = found.setdefault(thing.client or thing.name, thing)
        if first is not thing and thing.client and first.line is not None:
            text = " · ".join(filter(None, (first.line.text, thing.reason)))
            found[thing.client] = replace(first, line=replace(first.line, text=text))
        elif first is not thing:
            found[f"{thing.name} {len(found)}"] = thing
    return found.values()


def _reckoned(occasion: MorningOccasion) -> tuple[int, int]:
    """Return how many things the person's Home says that wait for them, and how many of those are late."""
    message = occasion.message
    actor = message.desk.people.find(message.workspace_id, occasion.morning.person.slack_user_id)
    if actor is None or not actor.is_full_member:
        return 0, 0
    home = message.desk.homes.of(actor, HomePages(), now=message.now)
    return home.debts, home.late


def _read(occasion: MorningOccasion, sort: Waiting, named: set[UUID]) -> Iterable[tuple[UUID, _Thing]]:
    ids = [
        item.entity_id
        for item in occasion.items
        # A status that is asked for is named by its project, too.
        if item.detail["sort"] == sort and (item.entity_id not in named or sort is Waiting.PLAN)
    ]
    return _READ[sort](occasion, ids) if ids else ()


def _alerts(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    message = occasion.message
    for alert in message.desk.moods.alerts(message.workspace_id, ids):
        waits = alert.ended_at is None and alert.taken_by is None
        yield alert.id, _client(occasion, alert, _alert(occasion, alert) if waits else None)


def _client(occasion: MorningOccasion, alert: MoodAlertView, line: MorningLine | None) -> _Thing:
    """Return a client of whom there is an alert, and what became of it."""
    key, corrected = alert.project_key, None
    if line is None and alert.outcome is AlertOutcome.TAKEN_BACK:
        found = occasion.message.desk.moods.alert(occasion.message.workspace_id, alert.id)
        corrected = (found.since or found.reading) if found else None
    became = occasion.words(
        "became",
        project=key,
        outcome=alert.outcome.value if alert.outcome else None,
        mood=corrected.value if corrected else None,
        caller=alert.taken_by.name if alert.taken_by and not alert.ended_at else None,
        is_yours=alert.taken_by == occasion.morning.person,
    ).text
    return _Thing(f"{key}'s client", line, became, key)


def _alert(occasion: MorningOccasion, alert: MoodAlertView) -> MorningLine:
    since = plain_day(alert.opened_on, occasion.today)
    told = occasion.words("alert", project=alert.project_key, since=since)
    return MorningLine(told.text, Button("I'll call them", Intent.MOOD_ALERT_TAKE, alert.id))


def _promises(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    message = occasion.message
    unheard = message.desk.moods.unheard(message.workspace_id, ids, message.now)
    for alert in message.desk.moods.alerts(message.workspace_id, ids):
        line = _promise(occasion, alert) if alert.id in unheard else None
        thing = _client(occasion, alert, line)
        yield alert.id, thing if alert.ended_at else replace(thing, became="")


def _promise(occasion: MorningOccasion, alert: MoodAlertView) -> MorningLine:
    taker, taken_at = alert.taken_by, alert.taken_at
    told = occasion.words(
        "promise", project=alert.project_key, taker=taker.name if taker else None, taken_at=taken_at
    )
    return MorningLine(told.text, Button("Trend", Intent.MOOD_TREND, alert.project_id))


def _calls(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    message = occasion.message
    for call in message.desk.surveys.late_calls(message.workspace_id, ids):
        days = (message.now - call.answered_at).days
        line = _call(occasion, call, days) if call.is_open else None
        key, reason = call.project_key, occasion.words("reason", days=days).text
        yield call.id, _Thing(f"{key}'s client", line, client=key, reason=reason)


def _call(occasion: MorningOccasion, call: LateCall, days: int) -> MorningLine:
    told = occasion.words("call", project=call.project_key, days=days)
    return MorningLine(told.text, Button("Show", Intent.SURVEY_SHOW, call.project_id))


def _records(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    message, me = occasion.message, occasion.morning.person
    for item in message.desk.raid.of(message.workspace_id, ids).values():
        waits = item.owner == me and item.days_late(occasion.today) > 0
        yield item.id, _Thing(str(item.reference), _record(occasion, item) if waits else None)


def _record(occasion: MorningOccasion, item: RaidView) -> MorningLine:
    words = raid_words(item, occasion.today)
    told = occasion.words("record", item=words, days=item.days_late(occasion.today))
    is_decision = item.kind is RaidKind.DECISION
    label, intent = ("Decide", Intent.RAID_DECIDE) if is_decision else ("Details", Intent.RAID_DETAILS)
    return MorningLine(told.text, Button(label, intent, item.id))


def _actions(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    message, me = occasion.message, occasion.morning.person
    for action in message.desk.actions.of(message.workspace_id, ids).values():
        waits = action.owner == me and action.days_late(occasion.today) > 0
        yield action.id, _Thing(action.title, _action(occasion, action) if waits else None)


def _action(occasion: MorningOccasion, action: ActionView) -> MorningLine:
    words, days = action_words(action, occasion.today), action.days_late(occasion.today)
    return MorningLine(
        occasion.words("action", action=words, days=days).text,
        Button("Done", Intent.ACTION_DONE, action.id),
    )


def _plans(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    message = occasion.message
    found = message.desk.plans.behind(message.workspace_id, ids, occasion.today)
    for each in ids:
        plan = found[each]
        told = occasion.words("plan", plan=plan)
        line = MorningLine(told.text, Button("Show", Intent.PROJECT_SHOW, each)) if plan.is_behind else None
        yield each, _Thing(plan.project_key, line)


def _reviews(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    me = occasion.morning.person
    for risk in _risks(occasion, ids):
        is_passed = risk.is_late(occasion.today) or risk.is_stale(occasion.today)
        waits = risk.owner == me and is_passed and risk.status in LIVE
        yield risk.id, _thing(occasion, risk, "review", Button("Review", Intent.RISK_DETAILS, risk.id), waits)


def _judgements(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    for risk in _risks(occasion, ids):
        button = Button(GIVE_OWNER if risk.lacks_owner else "Score", Intent.RISK_SCORE, risk.id)
        waits = risk.status is RiskStatus.PROPOSED
        yield risk.id, _thing(occasion, risk, "judgement", button, waits)


def _acceptances(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterator[tuple[UUID, _Thing]]:
    for risk in _risks(occasion, ids):
        button = Button("Details", Intent.RISK_DETAILS, risk.id)
        waits = risk.acceptance_asked_by is not None
        yield risk.id, _thing(occasion, risk, "acceptance", button, waits)


def _risks(occasion: MorningOccasion, ids: Sequence[UUID]) -> Iterable[RiskView]:
    return occasion.message.desk.risks.of(occasion.message.workspace_id, ids).values()


def _thing(occasion: MorningOccasion, risk: RiskView, step: str, button: Button, waits: bool) -> _Thing:  # noqa: FBT001
    asker = risk.acceptance_asked_by
    words = risk_words(risk, occasion.today)
    told = occasion.words(step, risk=words, asker=asker.name if asker else None)
    line = MorningLine(told.text, button) if waits and not risk.is_withdrawn else None
    return _Thing(str(risk.reference), line)


_READ: Mapping[Waiting, Callable[[MorningOccasion, Sequence[UUID]], Iterable[tuple[UUID, _Thing]]]] = {
    Waiting.ALERT: _alerts,
    Waiting.PROMISE: _promises,
    Waiting.CALL: _calls,
    Waiting.ACCEPTANCE: _acceptances,
    Waiting.REVIEW: _reviews,
    Waiting.RECORD: _records,
    Waiting.ACTION: _actions,
    Waiting.PLAN: _plans,
    Waiting.JUDGEMENT: _judgements,
}

MORNING = MorningPiece(Contribution("still_waiting", gather), rank=80, draw=draw)

"""What waits for somebody, drawn on their home: each with the button that ends it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from handlers.actions.views import when
from handlers.blocks import (
    Block,
    actions,
    button,
    context,
    day,
    day_of,
    divider,
    escape,
    moment,
    section,
)
from handlers.home.words import late_plan, subject, unexplained
from handlers.ids import ActionId
from handlers.raid import words as raid_words
from handlers.risks import words as risk_words
from handlers.statuses import words as status_words
from handlers.surveys import words as survey_words
from models.read_models import ActionView, RaidView, RiskView
from models.read_models.home import (
    Debt,
    HomeView,
    LatePlan,
    MissingMinutes,
    Owed,
    UntakenAlert,
    WaitingSurvey,
)
from models.rules.raid.words import RaidKind
from models.rules.risks.words import GIVE_OWNER

T = TypeVar("T")

_HEADLINES = {
    Debt.ACCEPTANCE: "Accept, or not yet?",
    Debt.OWNER: "Who owns it?",
    Debt.SCORE: "How likely, how bad?",
    Debt.REVIEW: "Still right?",
}


def debts(found: HomeView) -> Iterator[Block]:
    """Return all of it, the most pressing first."""
    if found.debts:
        yield divider()
    yield from (_alert(alert, found) for alert in found.alerts.first)
    yield from more(found.alerts, "`/mood trend all`")
    for call in found.calls.first:
        told = f"*{call.project_key}'s client needs a call* · {_waits(call.answered_at, found)}"
        yield section(told, button("Show", ActionId.SURVEY_SHOW, str(call.project_id)))
    yield from more(found.calls, "`/csat`")
    if found.statuses.total:
        yield section("*How do they stand?*")
        for owed in found.statuses.first:
            value = status_words.encode(owed.project_id, owed.period)
            yield section(status_words.owed(owed), button("Update", ActionId.STATUS_OPEN, value))
        yield from more(found.statuses, "`/weekly`")
    for green in found.unexplained.first:
        press = button("Explain or recolour", ActionId.STATUS_EXPLAIN, str(green.unexplained_id))
        yield section(unexplained(green), press)
    yield from more(found.unexplained, "`/weekly`")
    mine = "*My actions*, or `/drumbeat actions`"
    yield from _each("Yours to do", found.actions, lambda action: _action(action, found), mine)
    yield from _each("Yours to see to", found.records, lambda item: _record(item, found), "`/raid list mine`")
    yield from _each(
        "What was agreed?", found.minutes, lambda each: _minutes(each, found), "`/agenda minutes`"
    )
    yield from _each("Behind the plan?", found.plans, lambda each: _plan(each, found), "`/project list mine`")
    yield from _each("Ask how satisfied they are?", found.surveys, _survey, "`/csat`")
    for debt in Debt:
        if debt in found.owed:
            yield from _risks(debt, found.owed[debt], found)


def _waits(answered_at: datetime, found: HomeView) -> str:
    return f"dissatisfied, and waiting for {(found.now - answered_at).days} days"


def _alert(alert: UntakenAlert, found: HomeView) -> Block:
    """Return a client who waits for a call, with every reason, or whose call nobody has told of since."""
    show = button("Show", ActionId.SURVEY_SHOW, str(alert.project_id))
    waits = f" · {_waits(alert.dissatisfied_at, found)}" if alert.dissatisfied_at else ""
    if alert.taken_at is None:
        since = day(alert.opened_on, found.today)
        told = f"*{alert.project_key}'s client needs a call* · mood alert since {since}"
        return section(told + waits, button("I'll call them", ActionId.MOOD_ALERT_TAKE, str(alert.id)))
    taken = f"{escape(alert.taker or 'Somebody')} took it on {moment(alert.taken_at)}"
    told = f"*{alert.project_key}'s client: how did the call go?* · {taken}"
    log = button("Log a mood", ActionId.MOOD_NEW, f"#{alert.project_key}")
    return section(told + waits, show if waits else log)


def _each(heading: str, owed: Owed[T], line: Callable[[T], Block], where: str) -> Iterator[Block]:
    """Return what is owed of a kind, under its heading; nothing where nothing is."""
    if owed.total:
        yield section(f"*{heading}*")
        yield from (line(each) for each in owed.first)
        yield from more(owed, where)


def _minutes(each: MissingMinutes, found: HomeView) -> Block:
    told = f"{escape(each.meeting)} of {day(each.held_on, found.today)}: nobody has written it down"
    return section(told, button("Write minutes", ActionId.MINUTES_WRITE, str(each.agenda_id)))


def _plan(each: LatePlan, found: HomeView) -> Block:
    told = f"*{each.project_key}* {late_plan(each, found.today)}"
    return section(told, button("Show", ActionId.PROJECT_SHOW, str(each.project_id)))


def _survey(each: WaitingSurvey) -> Block:
    told = f"*{each.project_key}* {escape(each.about)} · {survey_words.occasion(each.trigger)}"
    return section(told, button("Ask or hold", ActionId.SURVEY_SHOW, str(each.project_id)))


def _action(action: ActionView, found: HomeView) -> Block:
    origin = action.source.reference or action.project_key
    source = f" · {origin}" if origin else ""
    text = f"{escape(action.title)}{source} · {when(action, found.today)}"
    return section(text, button("Done", ActionId.ACTION_DONE, str(action.id)))


def _record(item: RaidView, found: HomeView) -> Block:
    """Draw a record: a decision can be written down from here, of all others the details are shown."""
    kind, when_due = item.kind.value, raid_words.when(item, found.today)
    text = f"*{item.reference}* {kind}: {escape(item.title)} · {when_due}"
    is_decision = item.kind is RaidKind.DECISION
    label, action = ("Decide", ActionId.RAID_DECIDE) if is_decision else ("Details", ActionId.RAID_DETAILS)
    return section(text, button(label, action, str(item.id)))


def _risks(debt: Debt, owed: Owed[RiskView], found: HomeView) -> Iterator[Block]:
    yield section(f"*{_HEADLINES[debt]}*")
    for risk in owed.first:
        yield from _risk(debt, risk, found)
    yield from more(owed, "`/risk list mine`")


def more(owed: Owed[Any], where: str) -> Iterator[Block]:
    """Say how many there are beside those named, and where."""
    if owed.more:
        yield context(f"and {owed.more} more: {where}")


def _risk(debt: Debt, risk: RiskView, found: HomeView) -> Iterator[Block]:
    value = str(risk.id)
    raised = f"raised by {escape(risk.raised_by.name)} {day_of(risk.raised_at)}"
    match debt:
        case Debt.OWNER:
            told = f"{subject(risk)} · {risk_words.severity(risk)} · {raised}"
            yield section(told, button(GIVE_OWNER, ActionId.RISK_SCORE, value))
        case Debt.SCORE:
            yield section(f"{subject(risk)} · {raised}", button("Score", ActionId.RISK_SCORE, value))
        case Debt.REVIEW:
            told = f"{subject(risk)} · {risk_words.severity(risk)}"
            if risk.due_on is not None and risk.is_late(found.today):
                asked = f"*due {day(risk.due_on, found.today)} has passed: new date?*"
                yield section(f"{told} · {asked}", button("New date", ActionId.RISK_REVIEW, value))
            else:
                when_due = risk_words.when(risk, found.today)
                yield section(f"{told} · {when_due}", button("Review", ActionId.RISK_DETAILS, value))
        case Debt.ACCEPTANCE:
            asker = risk.acceptance_asked_by
            asks = f" · {escape(asker.name)} asks" if asker else ""
            yield section(f"{subject(risk)} · {risk_words.severity(risk)}{asks}")
            yield actions(
                [
                    button("Approve", ActionId.RISK_APPROVE, value, style="primary"),
                    button("Not yet", ActionId.RISK_NOT_YET, value),
                    button("Details", ActionId.RISK_DETAILS, value),
                ]
            )

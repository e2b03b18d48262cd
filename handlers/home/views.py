"""A person's home as Slack's blocks: what they owe, each with its button, then their projects."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
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
    home,
    moment,
    section,
)
from handlers.home.pages import encode
from handlers.home.words import client, gravity, late_plan, manager, standing, subject, unexplained
from handlers.ids import ActionId
from handlers.raid import words as raid_words
from handlers.risks import words as risk_words
from handlers.statuses import words as status_words
from handlers.surveys import words as survey_words
from handlers.views.paging import turning
from models.read_models import ActionView, RaidView, RiskView
from models.read_models.home import (
    Debt,
    HomePages,
    HomeProject,
    HomeProjects,
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
_FIRST_STEPS = (
    "*1.* Make a channel a project: type `/project create` in it. Three fields, and you manage it.",
    "*2.* Something worries you? `/risk Staging certs expire in March`, Enter, done.",
    "*3.* After a call with the client: `/mood 4 good call`.",
)


def view(found: HomeView, pages: HomePages, note: Sequence[Block] = ()) -> Block:
    """Draw the home, under what was just done there."""
    shown = HomePages(found.mine.page, found.portfolio.page if found.portfolio else pages.portfolio)
    blocks = [*note, *_beginning(found)]
    if found.is_empty:
        blocks += [divider(), *(section(step) for step in _FIRST_STEPS)]
    blocks += _debts(found)
    blocks += _missing(found)
    blocks += _mine(found, shown)
    if found.portfolio is not None:
        blocks += _portfolio(found, found.portfolio, shown)
    blocks.append(context(f"As of {moment(found.now)}. Come back to this tab, and it is drawn anew."))
    return home(blocks, metadata=encode(shown))


def turned_away() -> Block:
    """Draw the home of a guest, or of somebody of another team."""
    return home(
        [
            section(
                "*Hello!* Drumbeat keeps a delivery team's risks and actions, for the team's own members. "
                "As a guest you won't find anything here; whoever invited you can tell you what you need."
            )
        ]
    )


def _beginning(found: HomeView) -> Iterator[Block]:
    if found.away_until is not None:
        told = f"*You're away until {day(found.away_until, found.today)}.* Others are asked in your place."
        yield section(told, button("I'm back", ActionId.SETTINGS_BACK))
    if found.is_empty:
        yield section(
            f"*Welcome, {escape(found.actor.person.name)}.* Three steps, and this page fills itself:"
        )
    elif found.debts:
        things = "1 thing waits" if found.debts == 1 else f"{found.debts} things wait"
        late = f" · {found.late} late" if found.late else ""
        yield section(f"*{things} for you*{late}")
    else:
        yield section("*Nothing waits for you.* All you own is on time.")
    label = f"My actions {found.actions.open}" if found.actions.open else "My actions"
    yield actions(
        [
            button("Log a risk", ActionId.RISK_NEW),
            button("Log a mood", ActionId.MOOD_NEW),
            button(label, ActionId.ACTION_LIST),
        ]
    )


def _debts(found: HomeView) -> Iterator[Block]:
    if found.debts:
        yield divider()
    yield from (_call(alert, found) for alert in found.alerts.first)
    yield from _more(found.alerts, "`/mood trend all`")
    for call in found.calls.first:
        waits = f"dissatisfied, and waiting for {(found.now - call.answered_at).days} days"
        told = f"*{call.project_key}'s client needs a call* · {waits}"
        yield section(told, button("Show", ActionId.SURVEY_SHOW, str(call.project_id)))
    yield from _more(found.calls, "`/csat`")
    if found.statuses.total:
        yield section("*How do they stand?*")
        for owed in found.statuses.first:
            value = status_words.encode(owed.project_id, owed.period)
            yield section(status_words.owed(owed), button("Update", ActionId.STATUS_OPEN, value))
        yield from _more(found.statuses, "`/weekly`")
    for green in found.unexplained.first:
        press = button("Explain or recolour", ActionId.STATUS_EXPLAIN, str(green.unexplained_id))
        yield section(unexplained(green), press)
    yield from _more(found.unexplained, "`/weekly`")
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


def _call(alert: UntakenAlert, found: HomeView) -> Block:
    """Return a call that a client waits for, or that somebody took on and nobody said how it went."""
    if alert.taken_at is None:
        since = day(alert.opened_on, found.today)
        told = f"*{alert.project_key}'s client needs a call* · mood alert since {since}"
        return section(told, button("I'll call them", ActionId.MOOD_ALERT_TAKE, str(alert.id)))
    taken = f"{escape(alert.taker or 'Somebody')} took it on {moment(alert.taken_at)}"
    told = f"*{alert.project_key}'s client: how did the call go?* · {taken}"
    return section(told, button("Log a mood", ActionId.MOOD_NEW, f"#{alert.project_key}"))


def _each(heading: str, owed: Owed[T], line: Callable[[T], Block], where: str) -> Iterator[Block]:
    """Return what is owed of a kind, under its heading; nothing where nothing is."""
    if owed.total:
        yield section(f"*{heading}*")
        yield from (line(each) for each in owed.first)
        yield from _more(owed, where)


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
    yield from _more(owed, "`/risk list mine`")


def _more(owed: Owed[Any], where: str) -> Iterator[Block]:
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


def _missing(found: HomeView) -> Iterator[Block]:
    """Draw what others have yet to say, to who may say it for them."""
    if found.missing.total:
        count = found.missing.total
        yield divider()
        yield section(
            f"*{count} {'status is' if count == 1 else 'statuses are'} late* · "
            "ask whose turn it is, or fill it in for them"
        )
        for owed in found.missing.first:
            value = status_words.encode(owed.project_id, owed.period)
            yield section(status_words.missing(owed), button("Fill in", ActionId.STATUS_OPEN, value))
        yield from _more(found.missing, "`/weekly missing all`")


def _mine(found: HomeView, shown: HomePages) -> Iterator[Block]:
    if found.mine.total:
        yield divider()
        yield section(f"*Your projects: {found.mine.total}*")
        yield from (_project(line) for line in found.mine.lines)
        turns = (ActionId.HOME_MINE_BACK, ActionId.HOME_MINE_ON)
        yield from _turning(found.mine, turns, lambda number: encode(replace(shown, mine=number)))


def _portfolio(found: HomeView, portfolio: HomeProjects, shown: HomePages) -> Iterator[Block]:
    """Draw what is wrong anywhere; what is not is only counted."""
    if not found.everywhere:
        return
    yield divider()
    if not portfolio.total:
        yield section(f"*All projects: nothing stands out.* None of {found.everywhere} has a high risk open.")
        return
    yield section(f"*Look here first* · {portfolio.total} of {found.everywhere} projects")
    yield from (_project(line, of_portfolio=True) for line in portfolio.lines)
    turns = (ActionId.HOME_ALL_BACK, ActionId.HOME_ALL_ON)
    yield from _turning(portfolio, turns, lambda number: encode(replace(shown, portfolio=number)))


def _project(line: HomeProject, *, of_portfolio: bool = False) -> Block:
    told = [standing(line), gravity(line), client(line)]
    if of_portfolio:
        told.append(manager(line))
    name = f"*{line.key}* {escape(line.name)}"
    return section(f"{name}\n{' · '.join(told)}", button("Show", ActionId.PROJECT_SHOW, str(line.id)))


def _turning(
    projects: HomeProjects, turns: tuple[ActionId, ActionId], value_of: Callable[[int], str]
) -> Iterator[Block]:
    if projects.pages > 1:
        yield context(f"Page {projects.page} of {projects.pages}")
        yield actions(list(turning(projects.page, projects.pages, turns, value_of)))

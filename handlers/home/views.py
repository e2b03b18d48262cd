"""A person's home as Slack's blocks: what they owe, each with its button, then their projects."""

from collections.abc import Callable, Iterator, Sequence

from handlers.blocks import (
    Block,
    actions,
    button,
    context,
    day,
    divider,
    escape,
    home,
    moment,
    section,
)
from handlers.home.debts import debts, more
from handlers.home.pages import encode
from handlers.home.words import client, gravity, manager, standing
from handlers.ids import ActionId
from handlers.statuses import words as status_words
from handlers.views.paging import turning
from models.read_models.home import (
    HomePages,
    HomeProject,
    HomeProjects,
    HomeView,
)
from models.value import replace

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
    blocks += debts(found)
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
        yield from more(found.missing, "`/weekly missing all`")


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

"""What people see of retrospectives in messages to them alone."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from handlers.actions.views import steps
from handlers.answers import Answer, again, say
from handlers.blocks import Block, Element, actions, button, confirmation, context, moment, section
from handlers.ids import ActionId
from handlers.retros import words
from handlers.views.paging import turning
from models.read_models import CardView, MyCards, ProjectView, RetroLine, RetroScreen, RetroView
from models.read_models.retros import RetroActions, counted
from models.rules.retros.life import MOST_ACTIONS, safety_words

TURNS = (ActionId.RETRO_PAGE_BACK, ActionId.RETRO_PAGE_ON)


def none_yet(project: ProjectView, *, may_start: bool) -> Answer:
    """Say that there was none, and how one begins."""
    text = f"*{project.key} has had no retrospective yet.*"
    if not may_start:
        return say(f"{text} Its team can start one: `/retro start`")
    start = button("Start one", ActionId.RETRO_START, str(project.id), style="primary")
    more = f"{text} Type `/retro start`; other questions come with `/retro start sailboat`."
    return say(more, actions([start]))


def shown(screen: RetroScreen, today: date, now: datetime) -> Answer:
    """Show how one stands."""
    blocks = [section(words.headline(screen.retro, now)), *_body(screen, today)]
    buttons = list(_buttons(screen))
    if buttons:
        blocks.append(actions(buttons))
    shows = again(ActionId.RETRO_SHOW, screen.retro.id)
    return Answer(text=screen.retro.reference, blocks=tuple(blocks), again=shows)


def _body(screen: RetroScreen, today: date) -> Iterator[Block]:
    retro = screen.retro
    if retro.closed_at is None:
        yours = f" {screen.mine} of them {'is' if screen.mine == 1 else 'are'} yours." if screen.mine else ""
        so_far = f"So far: {words.gathered(retro)}.{yours}" if retro.cards else "No card yet."
        if screen.are_all_in:
            so_far += " Everybody on the team has written."
        yield section(f"{retro.spec.question} {words.promise(retro)}\n{so_far}")
        told = words.last_time(screen.last)
        if told:
            yield context(told)
        return
    if retro.safety is not None:
        yield context(safety_words(retro.safety))
    yield from _agreed(RetroActions(retro, screen.actions), today, may_act=screen.may_act)


def _agreed(of: RetroActions, today: date, *, may_act: bool) -> Iterator[Block]:
    if not of.counted:
        hint = " What will you do differently? *Add an action*." if may_act else ""
        yield section(f"No action was agreed on.{hint}")
        return
    yield context(words.rate(of.done, len(of.counted)).capitalize())
    yield from steps(of.counted, [each.id for each in of.open] if may_act else [], today)


def _still_open(screen: RetroScreen, today: date) -> Iterator[Block]:
    if screen.still_open:
        yield context("Still open from earlier ones")
        yield from steps(
            screen.still_open, [each.id for each in screen.still_open] if screen.may_act else [], today
        )


def _buttons(screen: RetroScreen) -> Iterator[Element]:
    retro, value = screen.retro, str(screen.retro.id)
    if screen.are_all_in and screen.may_run:
        question = _question(retro)
        yield button("Next step now", ActionId.RETRO_CLOSE, value, style="primary", confirm=question)
    if screen.is_open:
        style = None if screen.are_all_in and screen.may_run else "primary"
        yield button("Add a card", ActionId.RETRO_ADD, value, style=style)
        if screen.mine:
            yield button("My cards", ActionId.RETRO_MINE, value)
        yield button("How it works", ActionId.RETRO_HOW, value)
    if retro.closed_at is None:
        if screen.may_run and not retro.is_extended:
            yield button("Extend", ActionId.RETRO_EXTEND, value)
        if screen.may_run and not screen.are_all_in:
            yield button("Close now", ActionId.RETRO_CLOSE, value, confirm=_question(retro))
        return
    if screen.may_act and len(counted(screen.actions)) < MOST_ACTIONS:
        yield button("Add an action", ActionId.RETRO_ACTION, value, style="primary")
    if screen.may_see_cards and retro.cards:
        yield button("Read the cards", ActionId.RETRO_CARDS, value)
    if screen.may_start:
        yield button("Start another", ActionId.RETRO_START, str(retro.project_id))
    yield button("All so far", ActionId.RETRO_LIST, str(retro.project_id))


def _question(retro: RetroView) -> Element:
    text = f"{words.gathered(retro).capitalize()}. The team sees them, and nobody can change them any more."
    return confirmation("Close it now?", text, "Close it")


def asked_to_close(retro: RetroView) -> Answer:
    """Ask before it is closed: what was written can't be changed afterwards."""
    text = (
        f"*Close the {retro.reference} now?* So far: {words.gathered(retro)}. The team sees them in "
        f"<#{retro.channel_id}>, and nobody can change them any more."
    )
    buttons = [button("Close it", ActionId.RETRO_CLOSE, str(retro.id), style="primary")]
    if not retro.is_extended:
        buttons.append(button("Extend it instead", ActionId.RETRO_EXTEND, str(retro.id)))
    return say(text, actions(buttons))


def closed(retro: RetroView) -> Answer:
    """Confirm that it is closed."""
    text = f"✓ The {retro.reference} is closed: {words.gathered(retro)}, in <#{retro.channel_id}>."
    return Answer(text=text, blocks=(section(text),), replaces=True)


def extended(retro: RetroView) -> Answer:
    """Confirm until when it goes on."""
    text = f"✓ The {retro.reference} collects cards until {moment(retro.closes_at)} now."
    return Answer(text=text, blocks=(section(text),), replaces=True)


def added(mine: MyCards) -> Answer:
    """Confirm a card that was typed in a line."""
    value = str(mine.retro.id)
    more = [button("My cards", ActionId.RETRO_MINE, value), button("Add more", ActionId.RETRO_ADD, value)]
    told = "✓ Already there, and kept once" if mine.already_there else "✓ Added"
    told += f"; you have {words.cards(len(mine.cards))}. Only you see this."
    if not mine.retro.asks_safety or mine.safety is not None:
        return say(told, actions(more))
    # The question is never part of a line: an answer is kept apart from cards, and counted by itself.
    free = button("Say how free", ActionId.RETRO_ADD, value)
    return say(told, actions(more), section("This retro asks how free you feel to speak, too: 1 to 5.", free))


def how(retro: RetroView) -> Answer:
    """Say how it works."""
    text = words.how(retro)
    add = button("Add a card", ActionId.RETRO_ADD, str(retro.id), style="primary")
    return Answer(text="How it works", blocks=(section(text), actions([add])))


def agreed_on(screen: RetroScreen | None, project: ProjectView, today: date) -> Answer:
    """Show what came of the last one that is closed."""
    if screen is None:
        return say(
            f"*No retro of {project.key} is closed yet*, so nothing was agreed on. "
            "`/retro` shows how it stands."
        )
    retro, may_act = screen.retro, screen.may_act
    blocks = [
        section(f"*{retro.reference}: what was agreed on*"),
        *_agreed(RetroActions(retro, screen.actions), today, may_act=may_act),
        *_still_open(screen, today),
    ]
    if may_act and len(counted(screen.actions)) < MOST_ACTIONS:
        add = button("Add an action", ActionId.RETRO_ACTION, str(retro.id), style="primary")
        blocks.append(actions([add]))
    return Answer(text=f"{retro.reference}: actions", blocks=tuple(blocks))


def listed(project: ProjectView, lines: Sequence[RetroLine], now: datetime) -> Answer:
    """Show a project's retrospectives, newest first."""
    if not lines:
        return none_yet(project, may_start=True)
    blocks: list[Block] = [section(f"*{project.key}: retrospectives*")]
    for line in lines:
        show = button("Show", ActionId.RETRO_SHOW, str(line.retro.id))
        blocks.append(section(_line(line, now), show, block_id=str(line.retro.id)))
    return Answer(text=f"{project.key}: retrospectives", blocks=tuple(blocks))


def _line(line: RetroLine, now: datetime) -> str:
    retro = line.retro
    stands = words.rate(line.done, line.actions) if retro.closed_at else "open"
    parts = (words.local_day(retro, now), retro.spec.name, words.gathered(retro), stands)
    return " · ".join(parts)


def cards(
    retro: RetroView, pages: Sequence[Sequence[CardView]], page: int, now: datetime, *, replaces: bool = False
) -> Answer:
    """Show one page of a closed retrospective's cards, by column."""
    shown_page = min(max(1, page), max(1, len(pages)))
    found = pages[shown_page - 1] if pages else ()
    blocks: list[Block] = [section(words.headline(retro, now))]
    for column in retro.spec.columns:
        theirs = [card for card in found if card.column == column.key]
        if theirs:
            lines = [f"*{column.title}*", *(f"• {words.card(card)}" for card in theirs)]
            blocks.append(section("\n".join(lines)))
    if len(pages) > 1:
        turns = turning(shown_page, len(pages), TURNS, lambda number: f"{retro.id}:{number}")
        blocks += [context(f"Page {shown_page} of {len(pages)}"), actions(list(turns))]
    return Answer(text=f"{retro.reference}: cards", blocks=tuple(blocks), replaces=replaces)

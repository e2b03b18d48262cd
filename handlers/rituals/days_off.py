"""``/ritual days-off``: when nobody works, on one project or anywhere."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, say
from handlers.asks import Ask, Click
from handlers.blocks import Block, button, confirmation, context, escape, section
from handlers.forms import identifier, reading
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.projects.finding import by_key, here
from handlers.rituals.words import EVERYBODY
from handlers.typed.date_lists import leading_days, strange_span
from handlers.typed.dates import no_such_day
from handlers.typed.text import readable
from models.errors import NotFound
from models.read_models import Actor, DayOffView, ProjectView
from models.rules.days import day_words
from models.rules.rituals.workdays import WORKING_WEEK

_ADD = frozenset({"add", "new"})
_REMOVE = frozenset({"remove", "delete", "drop"})
_EVERYBODY = frozenset({"all", "everybody", "everyone", "organisation"})
_WHICH = "Say it as `24 dec`, `24–31 dec` or `2026-12-24`; bare numbers are two dates in two countries."
_HOW = (
    "`/ritual days-off add 24–31 dec Christmas` adds some, `remove 28 dec` takes one back; "
    "`add everybody …` is for all projects."
)
_BACK_ALREADY = "Somebody took that back already: those are working days again."
_WEEKEND = 2
_MOST_LINES = 40
_MOST_AT_ONCE = 50
_NOBODYS = "-"


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> Answer:
    """Add or remove one, or show those there are."""
    verb, _, more = rest.strip().partition(" ")
    if verb.lower() not in _ADD | _REMOVE:
        project = by_key(kit, actor, verb) if verb else here(kit, ask, actor)
        return _listed(kit, actor, project)
    project, words = _place(kit, ask, actor, more)
    if verb.lower() in _ADD:
        return _add(kit, ask, actor, project, words)
    return _remove(kit, ask, actor, project, words)


def removed(kit: Kit, click: Click) -> ClickAnswer:
    """Take back those whose button was pressed, and show what is left in their place."""
    actor = identify(kit, click)
    with reading():
        key, *rest = click.value.split()
    ids, project = [identifier(each) for each in rest], by_key(kit, actor, key) if key != _NOBODYS else None
    try:
        gone = kit.days_off.remove(actor, ids, origin=origin(kit, click), now=kit.clock())
    except NotFound:
        return _listed(kit, actor, project, note=_BACK_ALREADY, replaces=True)
    note = f"✓ {_told(gone, today(kit, actor))}: {_again(gone)}. What was skipped for it comes back."
    return _listed(kit, actor, project, note=note, replaces=True)


def _place(kit: Kit, ask: Ask, actor: Actor, text: str) -> tuple[ProjectView | None, str]:
    """Return whose day it is, and the words after that."""
    first, _, more = text.strip().partition(" ")
    if first.lower() in _EVERYBODY:
        return None, more
    named = by_key(kit, actor, first) if first.isupper() else None
    return (named, more) if named is not None else (here(kit, ask, actor), text.strip())


def _add(kit: Kit, ask: Ask, actor: Actor, project: ProjectView | None, text: str) -> Answer:
    days, name = leading_days(text, today(kit, actor))
    if nowhere := no_such_day(text, today(kit, actor)):
        return say(f"{nowhere} {_WHICH}")
    if strange := strange_span(text, today(kit, actor)):
        return say(strange)
    if days and days[-1] < today(kit, actor):
        return say(f"{day_words(days[-1], today(kit, actor))} has passed. Which day is meant?")
    if not days:
        return say(f"Which day? {_WHICH} {_HOW}")
    came_from, project_id = origin(kit, ask), project.id if project else None
    added = kit.days_off.add(actor, project_id, days, readable(name), origin=came_from, now=kit.clock())
    if not added:
        # Slack brings a line again of which nothing is left.
        return _listed(kit, actor, project, note=_BACK_ALREADY)
    number = f"{len(added)} days are" if len(added) > 1 else "it is"
    note = f"✓ {_told(added, today(kit, actor))}: {number} off. Rituals that mind days off skip or move them."
    return _listed(kit, actor, project, note=note)


def _remove(kit: Kit, ask: Ask, actor: Actor, project: ProjectView | None, text: str) -> Answer:
    if nowhere := no_such_day(text, today(kit, actor)):
        return say(nowhere)
    days, rest = leading_days(text, today(kit, actor))
    known = kit.days_off.coming(actor, project.id if project else None, today=today(kit, actor))
    key = project.key if project else ""
    found = [each for each in known if each.day in days and each.project_key == key]
    if rest or not found:
        return _listed(kit, actor, project, note=f"“{escape(readable(text))}” is none of these days off.")
    ids = [each.id for each in found]
    gone = kit.days_off.remove(actor, ids, origin=origin(kit, ask), now=kit.clock())
    return _listed(kit, actor, project, note=f"✓ {_told(gone, today(kit, actor))}: {_again(gone)}.")


def _listed(
    kit: Kit, actor: Actor, project: ProjectView | None, note: str = "", *, replaces: bool = False
) -> Answer:
    known = kit.days_off.coming(actor, project.id if project else None, today=today(kit, actor))
    whose = project.key if project else "All projects"
    blocks: list[Block] = [section(note)] if note else []
    if not known:
        blocks.append(section(f"*{whose}: no days off to come*"))
    else:
        blocks.append(section(f"*{whose}: days off to come*"))
        blocks += _lines(known, project.key if project else _NOBODYS, today(kit, actor))
    blocks.append(context(_HOW))
    return Answer(text=f"{whose}: days off", blocks=tuple(blocks), replaces=replaces)


def _lines(known: Sequence[DayOffView], key: str, today: date) -> list[Block]:
    """Return a line for each span; its button carries whose list it is in, and the days."""
    found = []
    for those in _in_a_row(known)[:_MOST_LINES]:
        carried = " ".join([key, *(str(each.id) for each in those[:_MOST_AT_ONCE])])
        title = f"{_again(those)}?".removeprefix("a ").capitalize()
        asked = confirmation(title, "What was skipped for it comes back.", "Remove")
        remove = button("Remove", ActionId.DAY_OFF_REMOVE, carried, confirm=asked)
        found.append(section(_told(those, today), remove))
    return found


def _in_a_row(known: Sequence[DayOffView]) -> list[list[DayOffView]]:
    """Return the days with those together that follow each other, weekends between them or not."""
    found: list[list[DayOffView]] = []
    for each in sorted(known, key=lambda one: (one.project_key, one.name, one.day)):
        if found and _follows(found[-1][-1], each):
            found[-1].append(each)
        else:
            found.append([each])
    return sorted(found, key=lambda those: those[0].day)


def _follows(before: DayOffView, after: DayOffView) -> bool:
    between = (after.day - before.day).days - 1
    is_weekend = between <= _WEEKEND and all(
        (before.day + timedelta(days=ahead)).weekday() >= WORKING_WEEK for ahead in range(1, between + 1)
    )
    return is_weekend and (before.name, before.project_key) == (after.name, after.project_key)


def _told(those: Sequence[DayOffView], today: date) -> str:
    """Return days that were added together, as spans: "Thu 24 – Thu 31 Dec"."""
    spans = ", ".join(_span(each[0].day, each[-1].day, today) for each in _in_a_row(those))
    return f"*{spans}* {escape(those[0].name)} · {those[0].project_key or EVERYBODY}"


def _span(first: date, last: date, today: date) -> str:
    end = day_words(last, today, weekday=True)
    return end if first == last else f"{day_words(first, last, weekday=True)} – {end}"


def _again(gone: Sequence[DayOffView]) -> str:
    return "a working day again" if len(gone) == 1 else f"{len(gone)} working days again"

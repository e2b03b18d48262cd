"""``/ritual days-off``: when nobody works, on one project or anywhere."""

from collections.abc import Sequence

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, say
from handlers.asks import Ask, Click
from handlers.blocks import Block, button, context, escape, section
from handlers.dates import read_date
from handlers.forms import identifier
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.projects.finding import by_key, here
from handlers.rituals.words import EVERYBODY
from handlers.typed import readable
from models.read_models import Actor, DayOffView, ProjectView

_ADD = frozenset({"add", "new"})
_REMOVE = frozenset({"remove", "delete", "drop"})
_EVERYBODY = frozenset({"all", "everybody", "everyone", "organisation"})
_MOST_WORDS = 3
"""Words of a date: "24 dec 2026"."""
_WHICH = "Say it as `24 dec` or `2026-12-24`; bare numbers are two dates in two countries."
_HOW = "`/ritual days-off add 2026-12-24 Christmas Eve` adds one; `add everybody …` is for all projects."


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
    """Take back the one whose button was pressed."""
    actor = identify(kit, click)
    gone = kit.days_off.remove(actor, identifier(click.value), origin=origin(kit, click), now=kit.clock())
    return say(f"✓ {_told(gone)} is a working day again. What was skipped for it comes back.")


def _place(kit: Kit, ask: Ask, actor: Actor, text: str) -> tuple[ProjectView | None, str]:
    """Return whose day it is, and the words after that."""
    first, _, more = text.strip().partition(" ")
    if first.lower() in _EVERYBODY:
        return None, more
    named = by_key(kit, actor, first) if first.isupper() else None
    return (named, more) if named is not None else (here(kit, ask, actor), text.strip())


def _add(kit: Kit, ask: Ask, actor: Actor, project: ProjectView | None, text: str) -> Answer:
    words = text.split()
    for number in range(min(_MOST_WORDS, len(words)), 0, -1):
        day = read_date(" ".join(words[:number]), today(kit, actor))
        if day is not None:
            break
    else:
        return say(f"Which day? {_WHICH} {_HOW}")
    added = kit.days_off.add(
        actor,
        project.id if project else None,
        day,
        readable(" ".join(words[number:])),
        origin=origin(kit, ask),
        now=kit.clock(),
    )
    text = f"✓ {_told(added)} is off. Rituals that mind days off skip or move it."
    return _listed(kit, actor, project, note=text)


def _remove(kit: Kit, ask: Ask, actor: Actor, project: ProjectView | None, text: str) -> Answer:
    day = read_date(text, today(kit, actor))
    known = kit.days_off.coming(actor, project.id if project else None, today=today(kit, actor))
    key = project.key if project else ""
    found = next((each for each in known if each.day == day and each.project_key == key), None)
    if found is None:
        return _listed(kit, actor, project, note=f"“{escape(readable(text))}” is none of these days off.")
    gone = kit.days_off.remove(actor, found.id, origin=origin(kit, ask), now=kit.clock())
    return _listed(kit, actor, project, note=f"✓ {_told(gone)} is a working day again.")


def _listed(kit: Kit, actor: Actor, project: ProjectView | None, note: str = "") -> Answer:
    known = kit.days_off.coming(actor, project.id if project else None, today=today(kit, actor))
    whose = project.key if project else "All projects"
    blocks: list[Block] = [section(note)] if note else []
    if not known:
        blocks.append(section(f"*{whose}: no days off to come*"))
    else:
        blocks.append(section(f"*{whose}: days off to come*"))
        blocks += _lines(known)
    blocks.append(context(_HOW))
    return Answer(text=f"{whose}: days off", blocks=tuple(blocks))


def _lines(known: Sequence[DayOffView]) -> list[Block]:
    return [section(_told(each), button("Remove", ActionId.DAY_OFF_REMOVE, str(each.id))) for each in known]


def _told(off: DayOffView) -> str:
    whose = off.project_key or EVERYBODY
    return f"*{off.day:%a} {off.day.day} {off.day:%b %Y}* {escape(off.name)} · {whose}"

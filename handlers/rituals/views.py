"""What people see of rituals: what there is to switch on, lists, and one with its next times."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from handlers.answers import Answer, say
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    confirmation,
    context,
    escape,
    moment,
    option,
    overflow,
    section,
)
from handlers.ids import ActionId
from handlers.rituals import words
from handlers.rituals.place import ListPlace
from handlers.rituals.what import AGAIN, ANY, what_of
from handlers.views.paging import turning
from models.read_models import (
    HistoryEntry,
    RitualCard,
    RitualLine,
    RitualPage,
    RitualSetup,
    SwitchedOn,
)
from models.rules.rituals.steps import RestReason, RitualSort, RitualState
from models.rules.sentences import listed
from models.value import replace

_ALL_OF_US = "The whole organisation"
_EMPTY = (
    "Nothing comes round here yet. Pick one: you see its next dates before you switch it on, "
    "and nothing runs until you do."
)


def ritual_list(
    page: RitualPage,
    sorts: Sequence[RitualSort],
    viewer_zone: str,
    *,
    above: Sequence[Block] = (),
    shows_adherence: bool = False,
    today: date | None = None,
    replaces: bool = False,
) -> Answer:
    """Show one page; where there is none yet, what could be switched on. What was just done stands above."""
    whose = page.project_key or "All projects"
    place = ListPlace(page.project_key, page.is_ended, page.page, shows_adherence)
    number = f"{page.total} {'ritual' if page.total == 1 else 'rituals'}"
    title = f"{whose}: {number}{' that ended' if page.is_ended else ''}"
    if not page.total:
        blocks = [section(f"*{whose}*\n{'None ended.' if page.is_ended else _EMPTY}")]
        if not page.is_ended and page.may_switch_on:
            blocks += offers(sorts, place.encode())
    else:
        blocks = [section(f"*{title}*")]
        for key, lines in groupby(page.lines, key=lambda line: line.setup.project_key):
            blocks += [] if page.project_key else [context(f"*{key or _ALL_OF_US}*")]
            blocks += [_line(line, place, viewer_zone, today) for line in lines]
    if page.pages > 1:
        blocks.append(context(f"Page {page.page} of {page.pages}"))
    if buttons := list(_buttons(page, place)):
        blocks.append(actions(buttons))
    return Answer(text=title, blocks=(*above, *blocks), replaces=replaces)


def offers(sorts: Sequence[RitualSort], place: str) -> Iterator[Block]:
    """Yield what can be switched on, each kind with its button; the form has all presets."""
    for sort in sorts:
        told = listed([f"*{preset.name}*" for preset in sort.presets], "or") or f"*{sort.name}*"
        if sort.presets:
            told += f" · {sort.presets[0].says}"
        set_up = button("Set up", ActionId.RITUAL_NEW, f"{what_of(sort.kind, 0)} {place}")
        yield section(f"{told}\n{sort.says}", set_up)


def _line(line: RitualLine, place: ListPlace, viewer_zone: str, today: date | None) -> Block:
    setup = line.setup
    first = f"{words.name(setup)} · {escape(setup.words)}"
    second = words.kept(line.adherence) if place.shows_adherence else words.when(line, viewer_zone, today)
    text = f"{first}\n{second} · {words.place(setup, names_project=False)}"
    if place.is_ended or not line.may_change:
        return section(text, button("Show", ActionId.RITUAL_SHOW, str(setup.id)))
    return section(text, overflow(ActionId.RITUAL_NEXT, _choices(line, place.encode())))


def _choices(line: RitualLine, place: str) -> Iterator[Element]:
    is_paused = line.setup.rest is not None and line.setup.rest.reason is RestReason.PAUSED
    rest = ("Resume", "resume") if is_paused else ("Pause", "pause")
    known = (("Show", "show"), ("Edit", "edit"), rest, ("Skip the next", "skip"))
    for label, verb in known if line.is_known else (("Show", "show"), rest, ("End", "end")):
        yield option(label, f"{verb}:{line.setup.id}:{place}")


def _buttons(page: RitualPage, place: ListPlace) -> Iterator[Element]:
    turns = (ActionId.RITUAL_PAGE_BACK, ActionId.RITUAL_PAGE_ON)
    yield from turning(page.page, page.pages, turns, lambda number: replace(place, number=number).encode())
    if page.total and page.may_switch_on and not page.is_ended:
        yield button("Switch on another", ActionId.RITUAL_NEW, f"{ANY} {place.encode()}", style="primary")
    other = replace(place, number=1, is_ended=not page.is_ended).encode()
    if page.is_ended:
        yield button("Back to the list", ActionId.RITUAL_LIST, other)
    elif page.ended:
        yield button(f"{page.ended} ended", ActionId.RITUAL_LIST_ENDED, other)


def card(
    shown: RitualCard,
    viewer_zone: str,
    today: date,
    *,
    above: Sequence[Block] = (),
    replaces: bool = False,
) -> Answer:
    """Show one with its next times, how well it was kept, and what can be done. See ``ritual_list``."""
    setup = shown.setup
    blocks = list(above)
    blocks.append(section(f"{words.name(setup)} · {escape(setup.words)}\n{words.place(setup)}"))
    if setup.rest is not None:
        blocks.append(section(words.rests(setup.rest, setup, today)))
    if shown.coming:
        told = words.coming_times(shown.coming, setup.ritual.timezone, viewer_zone)
        blocks.append(section("*The next ones*\n" + "\n".join(told)))
    elif not shown.is_known and setup.ritual.state is not RitualState.ENDED:
        blocks.append(section(words.UNKNOWN_KIND))
    elif setup.rest is None:
        blocks.append(section("Nothing more to come."))
    blocks.append(context(" · ".join(_small(shown))))
    if shown.history:
        blocks.append(context("\n".join(_told(entry, setup.ritual.timezone) for entry in shown.history)))
    if shown.may_change:
        blocks.append(actions(list(_steps(shown))))
    if shown.may_switch_on_again:
        blocks.append(actions([_again(setup)]))
    return Answer(text=f"{setup.reference}: {setup.words}", blocks=tuple(blocks), replaces=replaces)


def _small(shown: RitualCard) -> Iterator[str]:
    setup = shown.setup
    yield words.kept(shown.adherence)
    if setup.ritual.duration_minutes:
        yield f"{setup.ritual.duration_minutes} minutes"
    yield words.holidays(setup.on_holiday, setup.country)


def _told(entry: HistoryEntry, timezone: str) -> str:
    who = escape(entry.person.name) if entry.person else "Drumbeat"
    line = f"{moment(entry.at)} {who} {words.ACTION_WORDS.get(entry.action, entry.action)}"
    if entry.changes:
        line += f": {', '.join(words.change(item, timezone) for item in entry.changes)}"
    return f"{line} — {escape(entry.reason)}" if entry.reason else line


def _steps(shown: RitualCard) -> Iterator[Element]:
    setup, ritual_id = shown.setup, str(shown.setup.id)
    if shown.is_known:
        yield button("Edit", ActionId.RITUAL_EDIT, ritual_id)
    if setup.rest is not None and setup.rest.reason is RestReason.PAUSED:
        yield button("Resume", ActionId.RITUAL_RESUME, ritual_id, style="primary")
    elif setup.rest is None:
        yield button("Pause", ActionId.RITUAL_PAUSE, ritual_id)
    first = next((each for each in shown.coming if not each.is_skipped), None)
    skipped = next((each for each in shown.coming if each.is_skipped), None)
    if first is not None and setup.rest is None:
        yield button("Skip the next", ActionId.RITUAL_SKIP, f"{ritual_id} {first.name}")
        yield button("Put it off", ActionId.RITUAL_SNOOZE, ritual_id)
    if skipped is not None:
        label = f"Don't skip {words.short_day(skipped.starts_at, setup.ritual.timezone)}"
        yield button(label, ActionId.RITUAL_UNSKIP, f"{ritual_id} {skipped.name}")
    put_off = next((each for each in shown.coming if each.is_put_off and each.usually_at), None)
    if put_off is not None and put_off.usually_at is not None:
        label = f"Back to {words.local(put_off.usually_at, setup.ritual.timezone)}"
        yield button(label, ActionId.RITUAL_PUT_BACK, f"{ritual_id} {put_off.name}")
    if setup.rest is None and shown.is_known:
        question = confirmation(
            "Run it now?", "It takes place once more, at once. Its regular times stay.", "Run it now"
        )
        yield button("Run now", ActionId.RITUAL_RUN, ritual_id, confirm=question)
    yield button("End", ActionId.RITUAL_END, ritual_id, style="danger")


def _again(setup: RitualSetup) -> Element:
    return button("Switch on again", ActionId.RITUAL_NEW, f"{AGAIN}:{setup.id}")


def run_question(setup: RitualSetup, *, has_topics: bool) -> Answer:
    """Ask whether it is really to be held now; topics that wait are used up by it."""
    text = f"Run {words.name(setup)} now? It takes place once more, at once. Its regular times stay."
    if has_topics:
        text += " What it has on its agenda is talked about then: those topics do not wait for the next time."
    return say(text, actions([button("Run it now", ActionId.RITUAL_RUN, str(setup.id), style="primary")]))


def none_yet() -> str:
    """Say that there is no ritual to do that to."""
    return "Nothing comes round yet. `/ritual new` switches something on."


def has_ended(shown: RitualCard) -> str:
    """Say that it ended, and what switches it on again."""
    again = "*Switch on again* has it come round again." if shown.may_switch_on_again else ""
    return f"{words.name(shown.setup)} ended, so nothing of it is to come. {again}".strip()


def saved(done: SwitchedOn, *, is_new: bool, invite: bool) -> Iterator[Block]:
    """Yield what there is to say once it is done."""
    setup = done.setup
    what = "is on" if is_new else "is saved"
    told = f"✓ {words.name(setup)} {what}: {escape(setup.words)}."
    if setup.rest is not None:
        told += f"\n{words.rests(setup.rest, setup)}"
    elif done.next_at is not None:
        told += f"\nFirst {moment(done.next_at)}." if is_new else f"\nNext {moment(done.next_at)}."
    for at in done.falls_away:
        told += f"\n⚠️ {words.falls_away(at, setup.ritual.timezone)}"
    yield section(told)
    if done.clashes:
        names = ", ".join(f"*{escape(each)}*" for each in done.clashes)
        yield section(f"⚠️ At the same time, with some of the same people: {names}.")
    if invite:
        channel = f"<#{setup.ritual.channel_id}>"
        yield section(f"*One more thing:* type `/invite @Drumbeat` in {channel}, so that I can post there.")

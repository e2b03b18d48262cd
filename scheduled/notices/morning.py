"""Somebody's morning: all that they are asked for and reminded of, in one message kept up to date."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from models.read_models import MorningView
from models.rules.days import near_words
from models.rules.delivery import NoticeKind, Operation
from models.rules.mornings.paces import MOST_LINES
from models.services.mornings.contributions import LEFT_OUT
from models.services.mornings.touching import LATER
from models.value import replace
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, discover
from scheduled.notices import Notice, Occasion
from scheduled.posts import MOST_TEXT, Button, Gone, Intent, Line, Post, Section, Small, Text
from scheduled.templating import Safe
from scheduled.wording import plain_day

BRIEFLY = 3
"""Lines of what is to be brief; as many more are shown rather than counted."""
MOST_UNFOLDED = 40
"""Lines of a message that was unfolded: a chat program shows fifty blocks."""
ROOM = MOST_TEXT - 1000
"""Characters of its lines; what is left over is for what stands around them."""


def render(occasion: Occasion) -> Post | Gone | None:
    """Say what is to be done, each thing with its button, and what is done since; nothing when nothing is."""
    found = occasion.desk.mornings.morning(occasion.workspace_id, UUID(str(occasion.ids["morning_id"])))
    if found is None or (occasion.operation is Operation.POST and _is_away(occasion, found)):
        return None
    if found.is_over:
        return _closed(occasion, found)
    if _is_away(occasion, found):
        return _left(occasion, found)
    return _open(occasion, found)


def _open(occasion: Occasion, found: MorningView) -> Post | Gone | None:
    """Draw what is of today."""
    is_first = occasion.ids.get("part") != LATER
    if is_first and found.later_at is not None and found.later_at > occasion.now:
        return _put_off(occasion, found, found.later_at)
    parts = list(_parts(occasion, found))
    still_open = [part for part in parts if part.lines]
    if is_first and found.later_at is not None and still_open:
        # It has come once more.
        return Gone()
    if not still_open and occasion.operation is Operation.POST:
        return None
    shown = _shown(_folded(parts, is_unfolded=found.is_unfolded), _most(found))
    hidden = sum(len(part.lines) for part in still_open) - sum(len(part.lines) for part in shown)
    words = occasion.words(
        headings=[Safe(part.heading) for part in still_open],
        hidden=hidden + _left_out(found) + sum(part.elsewhere for part in still_open),
        is_unfolded=found.is_unfolded or not hidden,
        later=None,
        over=None,
        away=None,
        is_done=any(part.done for part in parts),
        is_again=occasion.ids.get("part") == LATER,
    )
    sections = (Text(words.text), *_sections(shown), Small(words.small))
    return Post(
        words.summary,
        tuple(section for section in sections if section.text),
        tuple(_buttons(found, hidden)) if still_open else (),
    )


def _left_out(found: MorningView) -> int:
    """Return how much is on Home that was too much for a message from the first."""
    by_kind = {item.contribution: int(item.detail.get(LEFT_OUT, 0)) for item in found.items}
    return sum(by_kind.values())


def _is_away(occasion: Occasion, found: MorningView) -> bool:
    """Tell whether somebody has left since their morning was planned, or put off."""
    today = occasion.now.astimezone(found.zone).date()
    return found.away_until is not None and found.away_until >= today


def _closed(occasion: Occasion, found: MorningView) -> Post | Gone:
    """Keep of an earlier day's message what was done and what stays; where nothing is, it goes."""
    parts = list(_parts(occasion, found))
    done = [Safe(part.done) for part in parts if part.done]
    day = near_words(found.day, weekday=True)
    has_more = any(part.lines for part in parts)
    stays = [part for part in parts if part.stays and part.lines and not found.is_followed]
    if not stays:
        return _short(occasion, done, over=day, has_more=has_more) if done else Gone()
    over = _short(occasion, done, over=day, has_more=has_more).sections if done else ()
    shown = _shown([replace(part, done="") for part in stays], MOST_UNFOLDED)
    return Post(" · ".join(part.heading for part in stays), (*over, *_sections(shown)))


def _left(occasion: Occasion, found: MorningView) -> Post:
    """Say that what is still to do waits for their first morning back."""
    until = plain_day(found.away_until, found.day) if found.away_until else ""
    return _short(occasion, _done(occasion, found), away=until)


def _put_off(occasion: Occasion, found: MorningView, later_at: datetime) -> Post:
    later = f"{later_at.astimezone(found.zone):%H:%M}"
    return _short(occasion, later=later, buttons=(Button("Show it now", Intent.MORNING_NOW, found.id),))


def _done(occasion: Occasion, found: MorningView) -> Sequence[Safe]:
    return [Safe(part.done) for part in _parts(occasion, found) if part.done]


def _short(
    occasion: Occasion,
    done: Sequence[Safe] = (),
    *,
    later: str | None = None,
    over: str | None = None,
    away: str | None = None,
    has_more: bool = False,
    buttons: tuple[Button, ...] = (),
) -> Post:
    """Return a message in one line, without what is still to do."""
    words = occasion.words(
        headings=[],
        hidden=0,
        is_unfolded=False,
        later=later,
        over=over,
        away=away,
        done=done,
        has_more=has_more,
        is_again=False,
        is_done=False,
    )
    return Post(words.summary, (Text(words.text),), buttons)


def _parts(occasion: Occasion, found: MorningView) -> Iterator[MorningPart]:
    """Yield what each contribution shows; one that this version does not know shows nothing."""
    pieces = discover()
    for name, items in groupby(found.items, key=lambda item: item.contribution):
        if name in pieces:
            part = pieces[name].draw(MorningOccasion(occasion, found, tuple(items), name))
            if part is not None and (part.lines or part.done):
                yield part


def _most(found: MorningView) -> int:
    return MOST_UNFOLDED if found.is_unfolded else MOST_LINES


def _folded(parts: Sequence[MorningPart], *, is_unfolded: bool) -> Sequence[MorningPart]:
    """Return the parts with few lines of what is to be brief, as long as nobody asked for more."""
    return [
        replace(part, lines=part.lines[:BRIEFLY])
        if part.is_brief and not is_unfolded and len(part.lines) > 2 * BRIEFLY
        else part
        for part in parts
    ]


def _shown(parts: Sequence[MorningPart], most: int) -> Sequence[MorningPart]:
    """Return the parts with so many lines in all, of each at least one; the first parts have the most."""
    waiting = [part for part in parts if part.lines]
    left = max(0, most - 2 * len(waiting) - sum(bool(part.done) for part in parts))
    shown = []
    for part in parts:
        count = min(len(part.lines), 1 + left) if part.lines else 0
        left -= max(0, count - 1)
        shown.append(replace(part, lines=part.lines[:count]))
    return _fitting(shown)


def _fitting(parts: Sequence[MorningPart]) -> Sequence[MorningPart]:
    """Return the parts without the last lines that a message has no characters for."""
    room = ROOM - sum(len(part.heading) + len(part.done) for part in parts)
    room -= sum(len(part.lines[0].text) for part in parts if part.lines)
    fitting = []
    for part in parts:
        lines = list(part.lines[:1])
        for line in part.lines[1:]:
            room -= len(line.text)
            if room < 0:
                break
            lines.append(line)
        fitting.append(replace(part, lines=tuple(lines)))
    return fitting


def _sections(parts: Sequence[MorningPart]) -> Iterator[Section]:
    for part in parts:
        if part.lines:
            yield Text(f"*{part.heading}*")
        for line in part.lines:
            yield _line(line)
    done = " · ".join(part.done for part in parts if part.done)
    if done:
        yield Text(f"✓ {done}")


def _line(line: MorningLine) -> Section:
    return Line(line.text, line.button) if line.button else Text(line.text)


def _buttons(found: MorningView, hidden: int) -> Iterator[Button]:
    if hidden and not found.is_unfolded:
        yield Button(f"Show {hidden} more", Intent.MORNING_UNFOLD, found.id)
    if found.later_at is None:
        yield Button("Later today", Intent.MORNING_LATER, found.id)
    yield Button("I'm away", Intent.MORNING_AWAY, found.id)


NOTICE = Notice(NoticeKind.MORNING, confidential=True, render=render)

"""A client's mood over time as a picture, to whoever asked for it."""

from models.rules.delivery import NoticeKind
from models.rules.moods.mood import MOOD_WORDS, MoodDay, figure
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_pictures import asked_for
from scheduled.posts import Picture
from scheduled.wording import plain_date


def render(occasion: Occasion) -> Picture | None:
    """Draw how the mood went; None where too little is known for a line, or nobody may see it."""
    # Pillow takes a tenth of a second and 11 MB, and many a process never draws.
    from scheduled.pictures.mood import draw, shown  # noqa: PLC0415

    moods, now = occasion.desk.moods, occasion.now
    found = asked_for(
        occasion, lambda actor, project_id: moods.trend(actor, project_id, now=now) if project_id else None
    )
    if found is None or not found.state.makes_a_line:
        return None
    state = found.state
    words = occasion.words(
        project=found.project.key,
        day=plain_date(state.today),
        days=[(plain_date(each.day), figure(each.mean), _word(each)) for each in shown(state.days)],
        average=figure(state.average) if state.average is not None else None,
        trend=state.trend,
        is_unknown=state.is_unknown,
    )
    return Picture(words.summary, words.small, words.text, draw(found.project.key, state))


def _word(one: MoodDay) -> str:
    """Return the day's word; a mean between two values has none."""
    return MOOD_WORDS[int(one.mean)].lower() if one.mean.denominator == 1 else ""


NOTICE = Notice(NoticeKind.MOOD_TREND, confidential=True, render=render)

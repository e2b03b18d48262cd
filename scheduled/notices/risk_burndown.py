"""The burn-down of risk as a picture, to whoever asked for it."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_pictures import asked_for, day_there
from scheduled.posts import Picture
from scheduled.wording import plain_date


def render(occasion: Occasion) -> Picture | None:
    """Draw the burn-down up to now; None where nothing weighs, or nobody may see it."""
    # Pillow takes a tenth of a second and 11 MB, and many a process never draws.
    from scheduled.pictures.burndown import draw  # noqa: PLC0415

    reports, now = occasion.desk.reports, occasion.now
    burn_down = asked_for(occasion, lambda actor, project_id: reports.burn_down(actor, project_id, now=now))
    if burn_down is None or burn_down.is_empty:
        return None
    today = day_there(occasion)
    words = occasion.words(
        project=burn_down.project.key if burn_down.project else None,
        day=plain_date(today),
        weeks=burn_down.weeks,
    )
    return Picture(words.summary, words.small, words.text, draw(burn_down, today))


NOTICE = Notice(NoticeKind.RISK_BURNDOWN, confidential=True, render=render)

"""That somebody owns a risk now, to them, when another person made it so."""

from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_risks import change_of, details, update, who_did
from scheduled.posts import Post, Text
from scheduled.wording.risks import risk_words


def render(occasion: Occasion) -> Post | None:
    """Say who made them the owner of what; nothing when somebody else owns it by now."""
    change = change_of(occasion)
    risk = occasion.desk.risks.for_notice(occasion.workspace_id, change.after.id) if change else None
    if change is None or risk is None or risk.owner is None:
        return None
    if risk.owner.slack_user_id != occasion.ids["owner"]:
        return None
    words = occasion.words(**who_did(change), risk=risk_words(risk, occasion.day_at(risk.timezone)))
    return Post(words.summary, (Text(words.text),), (update(risk), details(risk)))


NOTICE = Notice(NoticeKind.RISK_OWNED, confidential=True, render=render)

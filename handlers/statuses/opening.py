"""Opens the status's form: begun from last time, or from a draft, and drawn again as choices are made."""

from dataclasses import replace
from uuid import UUID

from handlers.blocks import Block
from handlers.kit import Kit
from handlers.statuses.forms import StatusForm, begun
from handlers.statuses.modals import status_modal
from models.read_models import Actor
from models.rules.statuses.periods import Period


def opened(
    kit: Kit, actor: Actor, project_id: UUID, period: Period | None = None, *, headline: str = ""
) -> Block:
    """Return the form for a period, or the present one. Raises NotFound, NotAllowed, Invalid."""
    start = kit.statuses.start(actor, project_id, period, now=kit.clock())
    form = begun(start, headline)
    draft = kit.statuses.draft(actor, project_id, start.period)
    if draft is not None:
        kept = {**draft.filled_in, **({"headline": headline} if headline else {})}
        form = replace(form, values={**form.values, **kept}, has_draft=True)
        form = replace(form, is_open=bool(form.get("declared") or form.get("reason")))
    elif form.get("declared"):
        form = replace(form, is_open=True)
    return status_modal(form, start, actor.person.slack_user_id)


def drawn_again(kit: Kit, actor: Actor, form: StatusForm) -> Block:
    """Return the form as it was filled in, with the fields that now belong to it."""
    start = kit.statuses.start(actor, form.project_id, form.period, now=kit.clock())
    kept = {name: value or "" for name, value in begun(start).values.items()}
    return status_modal(form.over(kept), start, actor.person.slack_user_id)


def kept(kit: Kit, actor: Actor, form: StatusForm) -> StatusForm:
    """Keep the form as a draft: Slack tells nothing of what was typed when a modal is closed."""
    draft = kit.statuses.draft(actor, form.project_id, form.period)
    whole = form.over(draft.filled_in) if draft else form
    kit.statuses.keep_draft(actor, form.project_id, form.period, whole.filled_in(), now=kit.clock())
    return whole

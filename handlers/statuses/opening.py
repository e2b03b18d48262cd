"""Opens the status's form: begun from last time, or from a draft, and drawn again as choices are made."""

from uuid import UUID

from handlers.blocks import Block
from handlers.forms import Raw
from handlers.kit import Kit
from handlers.statuses.forms import StatusForm, beginning
from handlers.statuses.modals import status_modal
from models.read_models import Actor
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour
from models.value import Value, replace


class Begun(Value):
    """What a line says of the form that it opens."""

    headline: str = ""
    declared: Colour | None = None
    """The overall colour, set by hand."""
    note: str = ""
    """What stands above the fields."""

    @property
    def values(self) -> dict[str, Raw]:
        """Return what it fills in, whatever else the form begins with."""
        said = {"headline": self.headline, "declared": self.declared}
        return {name: value for name, value in said.items() if value}


NOTHING_SAID = Begun()


def opened(
    kit: Kit, actor: Actor, project_id: UUID, period: Period | None = None, begun: Begun = NOTHING_SAID
) -> Block:
    """Return the form for a period, or the present one. Raises NotFound, NotAllowed, Invalid."""
    start = kit.statuses.start(actor, project_id, period, now=kit.clock())
    form = beginning(start)
    draft = kit.statuses.draft(actor, project_id, start.period)
    # Where nothing was changed but a box ticked and unticked again, there is nothing to come back.
    kept = (
        draft.filled_in
        if draft and any(form.get(name) != was for name, was in draft.filled_in.items())
        else {}
    )
    form = replace(
        form, values={**form.values, **kept, **begun.values}, has_draft=bool(kept), note=begun.note
    )
    form = replace(form, is_open=bool(form.get("declared") or form.get("reason")))
    return status_modal(form, start, actor.person.slack_user_id)


def drawn_again(kit: Kit, actor: Actor, form: StatusForm) -> Block:
    """Return the form as it was filled in, with the fields that now belong to it."""
    start = kit.statuses.start(actor, form.project_id, form.period, now=kit.clock())
    kept = {name: value or "" for name, value in beginning(start).values.items()}
    return status_modal(form.over(kept), start, actor.person.slack_user_id)


def kept(kit: Kit, actor: Actor, form: StatusForm) -> StatusForm:
    """Keep the form as a draft: Slack tells nothing of what was typed when a modal is closed."""
    draft = kit.statuses.draft(actor, form.project_id, form.period)
    whole = form.over(draft.filled_in) if draft else form
    kit.statuses.keep_draft(actor, form.project_id, form.period, whole.filled_in(), now=kit.clock())
    return whole

"""What the submissions of a risk's modals share."""

from collections.abc import Callable, Mapping
from uuid import UUID

from handlers import submitting
from handlers.answers import Answer, SubmissionAnswer
from handlers.asks import Submission
from handlers.blocks import Block
from handlers.forms import Unreadable
from handlers.risks.forms import FIELD_OF_PROBLEM, RiskForm
from handlers.risks.words import HISTORY
from handlers.submitting import note_of_both, rebased
from models.errors import Conflict
from models.read_models import Actor, RiskView
from models.value import replace


def written(
    sent: Submission,
    write: Callable[[], RiskView],
    names: Mapping[str, str] = FIELD_OF_PROBLEM,
    told: Callable[[RiskView], Answer] | None = None,
    instead: Callable[[RiskView], Answer] | None = None,
) -> SubmissionAnswer:
    """Write it; what can't stand is said beside its field."""
    return submitting.written(sent, write, names, told, instead)


def written_or_both(
    sent: Submission,
    write: Callable[[], RiskView],
    form: RiskForm,
    actor: Actor,
    draw: Callable[[RiskForm], Block],
) -> SubmissionAnswer:
    """Write it; when somebody was faster, draw the modal again with both.

    Below the note of what changed meanwhile stands what the person typed; sending it again keeps theirs.
    """

    def both(conflict: Conflict) -> Block:
        values = rebased(form, conflict, FIELD_OF_PROBLEM)
        note = note_of_both(conflict, actor, HISTORY[form.kind()].change)
        return draw(replace(form, values=values, version=conflict.current.version, note=note))

    return submitting.written_or(sent, write, FIELD_OF_PROBLEM, both)


def risk_id_of(form: RiskForm) -> UUID:
    """Return the risk that the form is about. Raises Unreadable."""
    if form.risk_id is None:
        raise Unreadable
    return form.risk_id

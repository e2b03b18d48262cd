"""Opens a risk's forms, for whoever may do what they are for; typed and clicked alike."""

from handlers.answers import Answer, OpenModal, say
from handlers.risks import modals
from handlers.risks.forms import RiskForm
from handlers.risks.line import RiskLine
from models.errors import Invalid, NotAllowed
from models.read_models import RiskDetails
from models.rules.access import Capability
from models.value import replace


def editing(found: RiskDetails, typed: RiskLine | None = None) -> OpenModal:
    """Open the form that changes the risk, ``typed`` in its fields. Raises NotAllowed, Invalid."""
    _require_active(found)
    if not found.permissions.may_edit:
        raise NotAllowed(Capability.EDIT_RISK, found.permissions.ask)
    form = replace(RiskForm.of_risk(found.risk, is_open=False), may_score=found.permissions.may_score)
    return OpenModal(modals.edit_modal(form if typed is None else form.with_line(typed)))


def scoring(found: RiskDetails) -> OpenModal:
    """Open the form that scores the risk, or gives it an owner. Raises NotAllowed, Invalid."""
    _require_active(found)
    if found.risk.lacks_owner and not found.permissions.may_score:
        # Whoever raised it may say whose it is, and can't judge it in the place of those who lead.
        return editing(found)
    if not found.permissions.may_score:
        raise NotAllowed(Capability.SCORE_RISK, found.permissions.ask)
    form = replace(RiskForm.of_risk(found.risk), is_about_owner=found.risk.lacks_owner)
    return OpenModal(modals.score_modal(form))


def reassessing(found: RiskDetails) -> OpenModal | Answer:
    """Open the form that judges what is left, once something was done. Raises NotAllowed, Invalid."""
    _require_active(found)
    if not found.permissions.may_score:
        raise NotAllowed(Capability.SCORE_RISK, found.permissions.ask)
    if not found.permissions.may_reassess:
        return say("Nothing was done about it yet. Mark an action as done first, or change its score.")
    risk = found.risk
    form = RiskForm.of_risk(risk)
    levels = {"probability": str(risk.active_probability or ""), "impact": str(risk.active_impact or "")}
    return OpenModal(modals.reassess_modal(replace(form, values={**form.values, **levels})))


def _require_active(found: RiskDetails) -> None:
    """Raise Invalid before anybody fills in a form that would be refused."""
    if found.permissions.why_no_more:
        raise Invalid({"project": found.permissions.why_no_more})

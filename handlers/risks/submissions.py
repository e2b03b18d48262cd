"""What a risk's submitted modals do."""

from handlers.access import identify
from handlers.answers import FieldErrors, SubmissionAnswer
from handlers.asks import Submission
from handlers.forms import Unreadable, beside_fields
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.risks import acceptance, modals, views
from handlers.risks.forms import RiskForm
from handlers.risks.submitting import risk_id_of, written, written_or_both
from handlers.submitting import chosen_id, kept_as
from models.read_models import RiskView
from models.rules.risks.moves import RiskMove


def log(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Log a risk from the modal."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    problems = form.problems(today(kit, actor))
    project_id = form.project_id()
    if project_id is None:
        problems["project"] = "Choose the project it belongs to."
    if problems or project_id is None:
        return beside_fields(problems, sent.view, {})

    def write() -> RiskView:
        return kit.risks.log(
            actor,
            kit.projects.get(actor, project_id),
            form.fields(chosen_id(kit, sent, form)),
            confirm_in=form.channel_id or actor.person.slack_user_id,
            origin=origin(kit, sent),
            now=kit.clock(),
        )

    return written(sent, write, instead=lambda risk: kept_as(risk.reference))


def edit(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save a changed risk; when somebody was faster, show both and lose nothing."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    risk_id = risk_id_of(form)
    before = kit.risks.details(actor, risk_id, in_project=None).risk
    if problems := form.problems(today(kit, actor), due_before=before.due_on):
        return beside_fields(problems, sent.view, {})

    def write() -> RiskView:
        return kit.risks.edit(
            actor,
            risk_id,
            form.fields(chosen_id(kit, sent, form)),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )

    return written_or_both(sent, write, form, actor, modals.edit_modal)


def score(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Score a proposed risk."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    probability, impact = form.level("probability"), form.level("impact")
    if probability is None or impact is None:
        missing = {"probability": probability, "impact": impact}
        return FieldErrors(
            {name: "Choose one of the five." for name, level in missing.items() if level is None}
        )

    def write() -> RiskView:
        return kit.risks.score(
            actor,
            risk_id_of(form),
            probability,
            impact,
            chosen_id(kit, sent, form),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )

    return written_or_both(sent, write, form, actor, modals.score_modal)


def review(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Confirm that all is right but the day by which it is due, which is given anew."""
    actor, form = identify(kit, sent), RiskForm.read(sent.view)
    return written(
        sent,
        lambda: kit.risks.review(
            actor, risk_id_of(form), form.due_on(), origin=origin(kit, sent), now=kit.clock()
        ),
    )


def move(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Make the move that the modal asked the reason of."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    chosen, reason = form.move, form.get("reason")
    if chosen is None:
        raise Unreadable
    if chosen is RiskMove.ACCEPT:
        return written(sent, lambda: acceptance.accept(kit, sent, actor, risk_id_of(form), reason)[0])
    return written(
        sent,
        lambda: kit.risks.move(
            actor, risk_id_of(form), chosen, reason, origin=origin(kit, sent), now=kit.clock()
        ),
        told=views.closed if chosen is RiskMove.CLOSE else None,
    )

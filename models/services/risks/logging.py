"""Writes a new risk with all that follows from it: one transaction, on Postgres one statement."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from models.commands import RiskFields
from models.database import Database
from models.direct import Untouched
from models.errors import Invalid
from models.read_models import Actor, Origin, PersonRef, ProjectView, RiskView
from models.rules.access import Capability, may
from models.rules.risks.states import RiskStatus
from models.services import audit
from models.services.outbox.enqueue import Outgoing, enqueuing, is_message, make_way
from models.services.projects.rows import required_project
from models.services.receipts import RECEIPT, handled, noting
from models.services.risks import fields as risk_fields
from models.services.risks.escalating import Occasion, keeping
from models.services.risks.found import required_risk
from models.services.risks.rows import RISK, insert_risk, inserting
from models.services.standing import standing
from models.value import replace

_ARCHIVED = {
    "project_id": "That project is archived, so it takes no new risks. "
    "Choose another, or bring it back with `/project reopen`."
}


def write_new(
    database: Database,
    actor: Actor,
    risk: RiskView,
    said: Sequence[Outgoing],
    occasions: Sequence[Occasion],
    *,
    origin: Origin,
    now: datetime,
) -> RiskView:
    """Write a new risk and return it with its number; for a replay, return what the first delivery made.

    ``said`` is what people are told, ``occasions`` what those above the project are told of. Raises NotFound
    for the project, Invalid for an archived one.
    """
    entry = audit.Entry(RISK, risk.id, risk.version, "logged", risk_fields.changes(None, risk))
    rests = None
    while True:
        writes = [
            *noting(risk.workspace_id, origin, risk.id, now),
            *enqueuing(risk.workspace_id, said, rests, correlation_id=origin.correlation_id, now=now),
            audit.recording(actor, entry, origin=origin, now=now),
            *inserting(risk),
            *keeping(risk, occasions, now),
        ]
        try:
            returned = database.write_directly(writes, leaves_work=bool(said))
        except Untouched as untouched:
            if not is_message(untouched.name):
                return _instead(database, risk, untouched.name, origin)
            with database.write() as session:
                rests = make_way(session, risk.workspace_id, said, now=now)
        else:
            return replace(risk, number=returned[RISK])


def write_along(session: Session, actor: Actor, risk: RiskView, *, origin: Origin, now: datetime) -> RiskView:
    """Write a new risk at the end of a transaction that it belongs to, and return it with its number.

    What is said of it has been enqueued by then: the project's row, which is held from here on, comes last.
    Raises Invalid for an archived project.
    """
    entry = audit.Entry(RISK, risk.id, risk.version, "logged", risk_fields.changes(None, risk))
    audit.record(session, actor, entry, origin=origin, now=now)
    number = insert_risk(session, risk)
    if number is None:
        raise Invalid(_ARCHIVED)
    return replace(risk, number=number)


def new_risk(
    actor: Actor, project: ProjectView, fields: RiskFields, owner: PersonRef | None, now: datetime
) -> RiskView:
    """Return the risk as it will be; its number is not known yet."""
    risk = RiskView(
        id=uuid4(),
        workspace_id=actor.workspace_id,
        project_id=project.id,
        project_key=project.key,
        project_name=project.name,
        channel_id=project.internal_channel_id,
        timezone=project.timezone,
        number=0,
        version=1,
        kind=fields.kind,
        status=RiskStatus.PROPOSED,
        title=fields.title,
        raised_by=actor.person,
        raised_at=now,
        updated_at=now,
        visibility=fields.visibility,
        cause=fields.cause,
        effect=fields.effect,
        category=fields.category,
        probability=fields.probability,
        impact=fields.impact,
        proximity=fields.proximity,
        strategy=fields.strategy,
        owner=owner,
        due_on=fields.due_on,
        source_url=fields.source_url,
    )
    may_escalate = may(standing(actor, project, risk), Capability.ESCALATE_RISK)
    return risk_fields.reviewed(None, risk_fields.begun(risk, may_escalate=may_escalate), project, now)


def _instead(database: Database, risk: RiskView, untouched: str, origin: Origin) -> RiskView:
    """Return what a replay is told, or say why the project takes no risk."""
    with database.read() as session:
        if untouched == RECEIPT:
            return required_risk(session, risk.workspace_id, handled(session, risk.workspace_id, origin))
        required_project(session, risk.workspace_id, risk.project_id)
    raise Invalid(_ARCHIVED)

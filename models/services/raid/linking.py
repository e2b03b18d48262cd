"""Records that follow from others: the issue of a risk or a wrong assumption, the risk of a doubt."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.commands import TITLE_LENGTH, RaidFields, RiskFields
from models.read_models import PersonRef, ProjectView, RaidView, RiskView
from models.rules.raid.states import RAID_LIVE
from models.rules.raid.words import RaidKind
from models.rules.risks.states import LIVE
from models.services.raid import fields as raid_fields
from models.services.raid.changing import Doing, write_new
from models.services.raid.found import Found
from models.services.risks import notices as risk_notices
from models.services.risks.logging import new_risk, write_along
from models.services.risks.rows import find_risk
from models.tables import raid_items, risks
from models.value import replace

_DOUBTED = "May not hold: {}"


def issue_of_risk(doing: Doing, project: ProjectView, risk: RiskView, what_happened: str) -> None:
    """Make the issue that a threat becomes when it happens, unless there is an open one of it already."""
    if _has_open_issue(doing.session, raid_items.c.risk_id == risk.id):
        return
    fields = RaidFields(
        title=risk.title, details=what_happened, impact=risk.active_impact, visibility=risk.visibility
    )
    write_new(doing, replace(_issue(doing, project, fields, risk.owner), risk_id=risk.id), project)


def issue_of_assumption(doing: Doing, found: Found, after: RaidView, what_turned_out: str) -> RaidView:
    """Make the issue that a wrong assumption becomes, unless there is an open one of it already."""
    project = found.project
    if not project.is_archived and not _has_open_issue(doing.session, raid_items.c.follows_id == after.id):
        fields = RaidFields(title=after.title, details=what_turned_out, visibility=after.visibility)
        write_new(doing, replace(_issue(doing, project, fields, after.owner), follows_id=after.id), project)
    return after


def risk_of_doubt(doing: Doing, found: Found, after: RaidView, reason: str) -> RaidView:
    """Propose the risk that a doubtful assumption becomes, unless one of it is on the register already."""
    if _has_live_risk(doing.session, after):
        return after
    fields = RiskFields(
        title=_DOUBTED.format(after.title)[:TITLE_LENGTH],
        cause=reason,
        effect=after.details,
        visibility=after.visibility,
    )
    risk = new_risk(doing.actor, found.project, fields, after.owner, doing.now)
    doing.say(tuple(risk_notices.of_new_risk(risk, doing.told(found.project), None)))
    write_along(doing.session, doing.actor, risk, origin=doing.origin, now=doing.now)
    return replace(after, risk_id=risk.id)


def _issue(doing: Doing, project: ProjectView, fields: RaidFields, owner: PersonRef | None) -> RaidView:
    return raid_fields.new_item(doing.actor, project, RaidKind.ISSUE, fields, owner, doing.now)


def _has_open_issue(session: Session, condition: ColumnElement[bool]) -> bool:
    found = select(raid_items.c.id).where(
        condition,
        raid_items.c.kind == RaidKind.ISSUE,
        raid_items.c.status.in_(sorted(RAID_LIVE)),
        raid_items.c.withdrawn_at.is_(None),
    )
    return session.connection().execute(found.limit(1)).one_or_none() is not None


def _has_live_risk(session: Session, item: RaidView) -> bool:
    risk = find_risk(session, item.workspace_id, risks.c.id == item.risk_id) if item.risk_id else None
    return risk is not None and risk.status in LIVE and not risk.is_withdrawn

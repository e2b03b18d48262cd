"""What a person may see of records that can be restricted, as a condition for the database."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, or_, select, true

from models.read_models import Actor
from models.rules.access import POLICY, Capability, ProjectRole, Relation
from models.rules.risks.words import Visibility
from models.tables import memberships


def visible_to(
    actor: Actor,
    restricted: Capability,
    *,
    visibility: ColumnElement[Visibility],
    project_id: ColumnElement[object],
    relations: Mapping[Relation, ColumnElement[object]],
    helped: ColumnElement[bool] | None = None,
) -> ColumnElement[bool]:
    """Return the condition that lets through what the policy table lets this full member see.

    ``restricted`` is what seeing a restricted record takes; ``relations`` says which column names the person
    of each relation, and ``helped`` whether they do something about the record.
    """
    by_role = through_role(actor, restricted, project_id)
    allowed = POLICY[restricted]
    ways = [visibility == Visibility.TEAM, by_role]
    ways += [column == actor.person.id for relation, column in relations.items() if relation in allowed]
    if helped is not None and Relation.HELPER in allowed:
        ways.append(helped)
    return or_(*ways)


def through_role(
    actor: Actor, capability: Capability, project_id: ColumnElement[object]
) -> ColumnElement[bool]:
    """Return the condition that a role of this full member's, here or on the project, lets them do that."""
    allowed = POLICY[capability]
    if not actor.organisation_roles.isdisjoint(allowed):
        return true()
    roles = [grant for grant in allowed if isinstance(grant, ProjectRole)]
    theirs = select(memberships.c.project_id).where(
        memberships.c.person_id == actor.person.id, memberships.c.role.in_(roles)
    )
    return project_id.in_(theirs)

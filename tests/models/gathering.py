"""What a meeting has to talk about, looked at by tests."""

from datetime import datetime, timedelta
from typing import Any

from models.rules.agendas.entries import Cause, Reason
from models.rules.agendas.planning import gathered
from models.services.agendas.facts import Scope
from models.services.agendas.gathering import Gathered, gather
from models.value import replace
from tests.models.world import NOW, World

WEEK = timedelta(weeks=1)


def look(world: World, *, now: datetime = NOW, **scope: Any) -> Gathered:  # noqa: ANN401 - any field of a scope.
    """Gather as for a meeting on that day, two weeks after the last one."""
    wanted = replace(Scope(world.workspace_id, now.date(), now.date(), now - 2 * WEEK), **scope)
    with world.database.read() as session:
        return gather(session, wanted, now)


def reasons(found: Gathered, key: str = "ACME") -> dict[Cause, Reason]:
    """Return what asks for a project, by its cause."""
    return {
        reason.cause: reason
        for each in gathered(found.matters)
        if each.name == key
        for reason in each.reasons
    }


def texts(found: Gathered, cause: Cause) -> list[str]:
    """Return what is said of a cause, in order."""
    return [each.text for matter in found.matters for each in matter.reasons if each.cause is cause]

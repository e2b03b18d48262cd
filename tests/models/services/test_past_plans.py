"""A plan taken over from elsewhere: as it stood, in one go, once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from models.errors import Invalid, NotAllowed
from models.read_models import Actor, MeasureView, PhaseStay, ProjectView
from models.rules.plans.phases import Phase
from models.services.plans.past import PastPlan, PastPlans
from tests.models.world import NOW, TODAY, World


def past(actor: Actor, project: ProjectView) -> PastPlan:
    """Return a plan of two phases and a measure."""
    launched, delivering = TODAY - timedelta(days=30), TODAY - timedelta(days=9)
    measure = MeasureView(
        id=uuid4(),
        workspace_id=actor.workspace_id,
        project_id=project.id,
        project_key=project.key,
        number=1,
        title="Checkout conversion",
        added_by=actor.person,
        added_at=NOW,
        updated_at=NOW,
    )
    stays = (
        PhaseStay(uuid4(), Phase.LAUNCH, launched, actor.person, "", delivering, actor.person),
        PhaseStay(uuid4(), Phase.DELIVER, delivering, actor.person),
    )
    return PastPlan(stays, (measure,))


def test_it_stands_as_it_stood_and_goes_on_from_there(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    plan, plans = past(dana, project), PastPlans(world.database)
    for _ in range(2):
        plans.take_over(dana, project.id, plan, origin=world.origin("import"), now=NOW)
    page = world.phases.page(dana, project.id)
    assert page.stays == tuple(reversed(plan.stays))
    assert page.project.phase is Phase.DELIVER
    assert world.measures.page(dana, project.id).records == plan.measures
    assert [entry.action for entry in world.measures.history(dana, plan.measures[0].id).entries] == ["added"]
    with pytest.raises(NotAllowed):
        plans.take_over(sam, project.id, plan, origin=world.origin(), now=NOW)
    world.profiles.archive(dana, project.id, "Delivered", origin=world.origin(), now=NOW)
    with pytest.raises(Invalid):
        plans.take_over(dana, project.id, plan, origin=world.origin(), now=NOW)

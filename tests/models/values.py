"""Read models for tests that need no database."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from models.read_models import ClientRef, PersonRef, ProjectView, RiskView
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind
from models.value import replace

WORKSPACE = UUID(int=1)
PROJECT = UUID(int=2)
NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)


def a_person(name: str = "Sam") -> PersonRef:
    """Return somebody; the same name is the same person."""
    return PersonRef(UUID(int=sum(map(ord, name))), f"U_{name.upper()}", name)


def a_risk(**fields: Any) -> RiskView:  # noqa: ANN401 - any field of a risk.
    """Return a proposed risk that Sam raised, but for the fields given."""
    risk = RiskView(
        id=UUID(int=3),
        workspace_id=WORKSPACE,
        project_id=PROJECT,
        project_key="ACME",
        project_name="Acme shop",
        channel_id="C_ACME",
        number=12,
        version=1,
        kind=RiskKind.THREAT,
        status=RiskStatus.PROPOSED,
        title="Vendor API may slip",
        raised_by=a_person("Sam"),
        raised_at=NOW,
        updated_at=NOW,
    )
    return replace(risk, **fields)


def a_project(**fields: Any) -> ProjectView:  # noqa: ANN401 - any field of a project.
    """Return a project without people, but for the fields given."""
    project = ProjectView(
        id=PROJECT,
        key="ACME",
        name="Acme shop",
        client=ClientRef(UUID(int=4), "Acme"),
        internal_channel_id="C_ACME",
        client_channel_id=None,
        timezone="Europe/Berlin",
    )
    return replace(project, **fields)

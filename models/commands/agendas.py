"""What people bring to a meeting."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class TopicFields:
    """Something to talk about; no project where it concerns none, or several."""

    title: str
    project_id: UUID | None = None

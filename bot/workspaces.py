"""Which of our workspaces an installation is: looked up once, for every request asks."""

from uuid import UUID

from bot.clock import Clock
from models.services.workspaces import Workspaces


class KnownWorkspaces:
    """Answers from memory after the first time; a workspace never changes its id."""

    def __init__(self, workspaces: Workspaces, clock: Clock) -> None:
        """Take the service that makes a new workspace known."""
        self._workspaces = workspaces
        self._clock = clock
        self._ids: dict[tuple[str, str], UUID] = {}

    def id_of(self, enterprise_id: str, team_id: str) -> UUID:
        """Return the workspace of an installation; ``enterprise_id`` is "" outside Enterprise Grid."""
        installation = (enterprise_id, team_id)
        if installation not in self._ids:
            self._ids[installation] = self._workspaces.ensure(*installation, team_id, now=self._clock())
        return self._ids[installation]

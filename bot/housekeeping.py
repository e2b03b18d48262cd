"""What is done every hour, and soon after a start: old rows forgotten, and what time brings about seen."""

from contextlib import suppress

from bot.clock import Clock
from bot.installation import Installation, Unconfirmed
from bot.slack.messenger import SlackMessenger
from bot.workspaces import KnownWorkspaces
from models.database import Database
from models.services.drafts import Drafts
from models.services.mornings.planning import MorningPlanner
from models.services.outbox.outbox import Outbox
from models.services.people import People
from models.services.receipts import forget_old
from models.services.risks.watch import RiskWatch
from models.services.statuses.drafts import forget_old as forget_old_statuses
from models.value import Value
from scheduled.freshness import refresh_stalest


class Housekeeper(Value):
    """Keeps the database tidy and its eyes open; several processes may do it at the same time."""

    database: Database
    outbox: Outbox
    people: People
    installation: Installation
    workspaces: KnownWorkspaces
    messenger: SlackMessenger
    watch: RiskWatch
    mornings: MorningPlanner
    clock: Clock

    def __call__(self) -> None:
        """Tidy, tell of what nobody looks at, and then ask Slack about people; Slack may be away."""
        now = self.clock()
        self.outbox.housekeep(now=now)
        forget_old(self.database, now=now)
        Drafts(self.database).forget_old(now=now)
        forget_old_statuses(self.database, now=now)
        self.mornings.forget_old(now=now)
        self.database.settle_log()
        with suppress(Unconfirmed):
            known = self.installation.confirm()
            team_id = known.team_id or ""
            workspace_id = self.workspaces.id_of(known.enterprise_id or "", team_id)
            self.watch.look(workspace_id, correlation_id=f"watch {now:%Y-%m-%d %H:%M}", now=now)
            refresh_stalest(self.people, self.messenger, workspace_id, team_id, now=now)

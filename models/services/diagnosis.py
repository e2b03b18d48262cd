"""What ``drumbeat doctor`` asks the database: short questions that change nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from models.database import Database
from models.migrations import SchemaState, schema_state
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.delivery import UNSETTLED, MessageState
from models.services.projects.rows import IS_ACTIVE, IS_OF_THE_TEAM
from models.tables import lanes, memberships, organisation_roles, outbox_messages, people, workspaces
from models.tables import projects as _projects
from models.value import Value

_MAY_WRITE = text(
    "SELECT current_setting('transaction_read_only') = 'off' AND "
    "(to_regclass('outbox_messages') IS NULL OR has_table_privilege('outbox_messages', 'INSERT, UPDATE'))"
)
_BLOCKERS = text(
    """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND state = 'idle in transaction' AND state_change < now() - interval '1 minute'
    UNION
    SELECT pid FROM pg_locks
    WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND granted AND mode = 'AccessExclusiveLock' AND locktype = 'relation' AND pid <> pg_backend_pid()
    ORDER BY pid
    """
)


class ProjectChannel(Value):
    """A project that is not archived, and the channel it speaks in."""

    key: str
    channel_id: str


class Installed(Value):
    """A workspace as the database has it, with its projects."""

    id: UUID
    projects: tuple[ProjectChannel, ...]


class Undelivered(Value):
    """Messages that share a state and the reason for it, in one channel or to one person."""

    state: MessageState
    reason: str
    channel_id: str
    number: int
    latest: datetime
    next_send_at: datetime
    """When the channel takes another; whoever sends puts it forward at each message."""


class Staff(Value):
    """Who of the team Drumbeat has met, by Slack id, and which roles nobody fills."""

    members: frozenset[str]
    has_delivery_manager: bool
    unmanaged: tuple[str, ...]
    """The keys of projects without a manager."""


class Diagnosis:
    """Looks at a database without changing it."""

    def __init__(self, database: Database) -> None:
        """Take the database; one that waits only shortly for others, since somebody is waiting for us."""
        self._database = database

    def schema(self) -> SchemaState:
        """Tell how the schema stands to this program's."""
        with self._database.read() as session:
            return schema_state(session.connection())

    def may_write(self) -> bool:
        """Tell whether our user may, and try where there is something to write to.

        Raises DBAPIError, DatabaseBusy.
        """
        may, has_tables = True, True
        if self._database.dialect != "sqlite":
            with self._database.write() as session:
                may = bool(session.scalar(_MAY_WRITE))
                has_tables = schema_state(session.connection()) is not SchemaState.EMPTY
        if may and has_tables:
            self._database.try_writing()
        return may

    def journal(self) -> str:
        """Return SQLite's way of journalling: "wal" where readers and the writer leave each other alone."""
        with self._database.read() as session:
            return str(session.scalar(text("PRAGMA journal_mode")))

    def blockers(self) -> tuple[int, ...]:
        """Return the Postgres processes that hold a whole table, or idle in a transaction."""
        with self._database.read() as session:
            return tuple(session.scalars(_BLOCKERS))

    def installed(self, enterprise_id: str, team_id: str) -> Installed | None:
        """Return the workspace with its projects; None where nobody has used Drumbeat there yet."""
        with self._database.read() as session:
            workspace_id: UUID | None = session.scalar(
                select(workspaces.c.id).where(
                    workspaces.c.enterprise_id == enterprise_id, workspaces.c.team_id == team_id
                )
            )
            if workspace_id is None:
                return None
            return _installed(session, workspace_id)

    def other_workspaces(self, enterprise_id: str, team_id: str) -> int:
        """Count the workspaces that this database knows besides one."""
        with self._database.read() as session:
            others = or_(workspaces.c.enterprise_id != enterprise_id, workspaces.c.team_id != team_id)
            return session.scalars(select(func.count()).select_from(workspaces).where(others)).one()

    def workspace(self, workspace_id: UUID) -> Installed:
        """Return one workspace with its projects."""
        with self._database.read() as session:
            return _installed(session, workspace_id)

    def staff(self, workspace_id: UUID) -> Staff:
        """Return who there is to fill the roles that must not stay empty."""
        is_staff = (people.c.workspace_id == workspace_id) & IS_ACTIVE & IS_OF_THE_TEAM
        managed = (
            select(memberships.c.project_id)
            .join(people, people.c.id == memberships.c.person_id)
            .where(is_staff, memberships.c.role == ProjectRole.PROJECT_MANAGER)
        )
        managers = (
            select(organisation_roles.c.person_id)
            .join(people, people.c.id == organisation_roles.c.person_id)
            .where(is_staff, organisation_roles.c.role == OrganisationRole.DELIVERY_MANAGER)
        )
        with self._database.read() as session:
            unmanaged = session.scalars(
                select(_projects.c.key)
                .where(
                    _projects.c.workspace_id == workspace_id,
                    _projects.c.archived_at.is_(None),
                    _projects.c.id.not_in(managed),
                )
                .order_by(_projects.c.key)
            )
            return Staff(
                members=frozenset(session.scalars(select(people.c.slack_user_id).where(is_staff))),
                has_delivery_manager=session.scalar(managers.limit(1)) is not None,
                unmanaged=tuple(unmanaged),
            )

    def undelivered(
        self, *, since: datetime, overdue: datetime, workspace_id: UUID | None = None
    ) -> tuple[Undelivered, ...]:
        """Return what was given up or withheld since then, and what was due before ``overdue``.

        Of one workspace, or of all.
        """
        settled = outbox_messages.c.state.in_((MessageState.DEAD, MessageState.WITHHELD)) & (
            outbox_messages.c.settled_at >= since
        )
        waiting = outbox_messages.c.state.in_(UNSETTLED) & (outbox_messages.c.due_at < overdue)
        in_one = outbox_messages.c.workspace_id == workspace_id
        reason = func.coalesce(outbox_messages.c.last_error, "")
        latest = func.max(func.coalesce(outbox_messages.c.settled_at, outbox_messages.c.due_at))
        with self._database.read() as session:
            rows = session.execute(
                select(
                    outbox_messages.c.state,
                    reason,
                    lanes.c.channel_id,
                    func.count(),
                    latest,
                    lanes.c.next_send_at,
                )
                .join(lanes, lanes.c.id == outbox_messages.c.lane_id)
                .where(settled | waiting, *([] if workspace_id is None else [in_one]))
                .group_by(outbox_messages.c.state, reason, lanes.c.channel_id, lanes.c.next_send_at)
                .order_by(outbox_messages.c.state, func.count().desc(), lanes.c.channel_id, reason)
            )
            return tuple(Undelivered(*row) for row in rows)


def _installed(session: Session, workspace_id: UUID) -> Installed:
    rows = session.execute(
        select(_projects.c.key, _projects.c.internal_channel_id)
        .where(_projects.c.workspace_id == workspace_id, _projects.c.archived_at.is_(None))
        .order_by(_projects.c.key)
    )
    return Installed(workspace_id, tuple(ProjectChannel(key, channel) for key, channel in rows))

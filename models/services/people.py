"""People of a workspace, as Slack describes them, and their roles in the organisation."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, String, and_, bindparam, case, exists, false, or_, select, true, update
from sqlalchemy.orm import Session

from models.compiled import Pair, Statement, in_places
from models.database import Database
from models.errors import NotFound
from models.read_models import Actor, GuestCheck, Here, PersonRef, Profile
from models.rules.access import OrganisationRole
from models.rules.organisation import innate_admin
from models.services.departures import left_behind
from models.services.outbox.enqueue import enqueue
from models.services.projects.rows import IN_CHANNEL, IS_ACTIVE, project_of
from models.services.statements import dialect_of, insert_new, upsert_into
from models.services.texts import clean_line, is_zone
from models.tables import organisation_roles, people, project_colleagues, projects, workspaces

PERSON = "person"
NAME_LENGTH = 200
FALLBACK_ZONE = "UTC"
_FORGETTABLE = ("name", "timezone")
"""What Slack may say as it likes of somebody who is to be forgotten."""
_BATCH = 500
"""Ids asked for at once: a channel may have thousands of members."""

_ACTOR = (
    select(people, workspaces.c.team_id.label("home_team_id"), organisation_roles.c.role)
    .join(workspaces, workspaces.c.id == people.c.workspace_id)
    .outerjoin(organisation_roles, organisation_roles.c.person_id == people.c.id)
    .where(people.c.workspace_id == bindparam("workspace"), people.c.slack_user_id == bindparam("slack_user"))
)
_FIND_ACTOR = Statement(lambda _dialect: _ACTOR)
_FIND_HERE = Pair(_FIND_ACTOR, IN_CHANNEL)


_IS_ACTIVE = select(IS_ACTIVE).where(
    people.c.workspace_id == bindparam("workspace"), people.c.slack_user_id == bindparam("slack_user")
)


class People:
    """Remembers people and what they are in the organisation."""

    def __init__(self, database: Database, *, admins: frozenset[str] = frozenset()) -> None:
        """Take where they are kept, and the admins by Slack id; where none are named, Slack's own count."""
        self._database = database
        self._admins = admins

    def find(self, workspace_id: UUID, slack_user_id: str) -> Actor | None:
        """Return somebody who is remembered already."""
        rows = self._database.look_directly(_FIND_ACTOR, _who(workspace_id, slack_user_id))
        return self._from_rows(rows, rows[0].home_team_id) if rows else None

    def find_here(self, workspace_id: UUID, slack_user_id: str, channel_id: str) -> Actor | None:
        """Return the same, with the project of the channel that they ask in: nearly everybody needs it."""
        rows, of_project = self._database.look_twice_directly(
            _FIND_HERE, {**_who(workspace_id, slack_user_id), "wanted": channel_id}
        )
        here = Here(channel_id, project_of(of_project))
        return self._from_rows(rows, rows[0].home_team_id, here) if rows else None

    def is_news(self, workspace_id: UUID, profile: Profile) -> bool:
        """Tell whether this is somebody whom we know, and know differently."""
        with self._database.look() as session:
            row = (
                session.execute(
                    select(people).where(
                        people.c.workspace_id == workspace_id,
                        people.c.slack_user_id == profile.slack_user_id,
                    )
                )
                .mappings()
                .one_or_none()
            )
        if row is None:
            return False
        kept = _FORGETTABLE if row["forgotten_at"] else ()
        return any(row[name] != value for name, value in _described(profile).items() if name not in kept)

    def remember(self, workspace_id: UUID, home_team_id: str, profile: Profile, *, now: datetime) -> Actor:
        """Keep what Slack says of a person now; ``home_team_id`` is the installation's team."""
        described = {**_described(profile), "checked_at": now}
        who = {"id": uuid4(), "workspace_id": workspace_id, "slack_user_id": profile.slack_user_id}
        with self._database.write() as session:
            was_active = session.scalar(_IS_ACTIVE, _who(workspace_id, profile.slack_user_id))
            session.execute(
                upsert_into(dialect_of(session), people)
                .values(who | described)
                .on_conflict_do_update(
                    index_elements=["workspace_id", "slack_user_id"],
                    set_=described | {name: _unless_forgotten(name, described) for name in _FORGETTABLE},
                )
            )
            if was_active and (profile.is_deleted or profile.is_guest or profile.is_bot):
                _tell_of_departure(session, workspace_id, profile.slack_user_id, now)
            rows = session.execute(_ACTOR, _who(workspace_id, profile.slack_user_id)).all()
        return self._from_rows(rows, home_team_id)

    def stalest(self, workspace_id: UUID, *, checked_before: datetime, limit: int) -> tuple[str, ...]:
        """Return those of the workspace's own people, by Slack id, who were last looked up longest ago."""
        with self._database.look() as session:
            return tuple(
                session.scalars(
                    select(people.c.slack_user_id)
                    .where(
                        people.c.workspace_id == workspace_id,
                        people.c.checked_at < checked_before,
                        people.c.is_deleted == false(),
                    )
                    .order_by(people.c.checked_at, people.c.slack_user_id)
                    .limit(limit)
                )
            )

    def lost(self, workspace_id: UUID, slack_user_id: str, *, now: datetime) -> None:
        """Treat somebody as gone of whom Slack says nothing any more; nothing else of theirs changes."""
        with self._database.write() as session:
            was_active = session.scalar(_IS_ACTIVE, _who(workspace_id, slack_user_id))
            session.execute(
                update(people)
                .where(people.c.workspace_id == workspace_id, people.c.slack_user_id == slack_user_id)
                .values(is_deleted=True)
            )
            if was_active:
                _tell_of_departure(session, workspace_id, slack_user_id, now)

    def grant(self, workspace_id: UUID, person_id: UUID, role: OrganisationRole, *, now: datetime) -> None:
        """Give a person a role in the organisation. Raises NotFound for a person of another workspace."""
        with self._database.write() as session:
            known = session.scalar(
                select(people.c.id).where(people.c.workspace_id == workspace_id, people.c.id == person_id)
            )
            if known is None:
                raise NotFound(PERSON, str(person_id))
            session.execute(
                insert_new(dialect_of(session), organisation_roles),
                {"workspace_id": workspace_id, "person_id": person_id, "role": role, "granted_at": now},
            )

    def names(self, workspace_id: UUID, ids: Iterable[UUID]) -> Mapping[UUID, PersonRef]:
        """Return those of the people who are of this workspace, by id."""
        wanted = iter(ids)
        found: dict[UUID, PersonRef] = {}
        with self._database.read() as session:
            for batch in _batches(wanted):
                rows = session.execute(
                    select(people.c.id, people.c.slack_user_id, people.c.name).where(
                        people.c.workspace_id == workspace_id, people.c.id.in_(batch)
                    )
                )
                found |= {row.id: PersonRef(row.id, row.slack_user_id, row.name) for row in rows}
        return found

    def guests_among(
        self,
        workspace_id: UUID,
        slack_ids: Iterable[str],
        *,
        fresh_since: datetime,
        channel_id: str | None = None,
    ) -> GuestCheck:
        """Tell who of these people is a guest or of another team, and whom Slack must be asked about.

        A guest whom the project of the channel marks as a colleague is none there, while it is not archived.
        """
        asked = frozenset(slack_ids)
        guests: set[str] = set()
        fresh: set[str] = set()
        for batch in _batches(iter(asked)):
            places = in_places("asked", batch)
            wanted = {"workspace": workspace_id, "fresh_since": fresh_since, "channel": channel_id, **places}
            rows = self._database.look_directly(_described_of(tuple(places)), wanted)
            fresh |= {row.slack_user_id for row in rows}
            guests |= {row.slack_user_id for row in rows if row.is_guest}
        return GuestCheck(guests=frozenset(guests), unknown=asked - fresh)

    def colleagues_in(self, workspace_id: UUID, channel_id: str) -> frozenset[str]:
        """Return the Slack ids of the guests whom the channel's project marks as colleagues."""
        with self._database.read() as session:
            return frozenset(
                session.scalars(
                    select(people.c.slack_user_id)
                    .join(project_colleagues, project_colleagues.c.person_id == people.c.id)
                    .join(projects, projects.c.id == project_colleagues.c.project_id)
                    .where(
                        projects.c.workspace_id == workspace_id,
                        projects.c.internal_channel_id == channel_id,
                    )
                )
            )

    def _from_rows(self, rows: Iterable[Any], home_team_id: str, here: Here | None = None) -> Actor:
        person, *_ = rows = list(rows)
        roles = {row.role for row in rows if row.role is not None}
        is_slacks = person.is_workspace_admin
        if innate_admin(person.slack_user_id, self._admins, is_workspace_admin=is_slacks) is not None:
            roles.add(OrganisationRole.ADMIN)
        is_outsider = person.is_guest or person.is_bot or person.is_deleted
        return Actor(
            person=PersonRef(person.id, person.slack_user_id, person.name),
            workspace_id=person.workspace_id,
            timezone=person.timezone,
            is_full_member=not is_outsider and person.team_id == home_team_id,
            organisation_roles=frozenset(roles),
            profile_checked_at=person.checked_at,
            here=here,
        )


def _unless_forgotten(name: str, described: Mapping[str, Any]) -> ColumnElement[Any]:
    column = people.c[name]
    return case((people.c.forgotten_at.is_(None), described[name]), else_=column)


def _tell_of_departure(session: Session, workspace_id: UUID, slack_user_id: str, now: datetime) -> None:
    person_id = session.scalars(
        select(people.c.id).where(
            people.c.workspace_id == workspace_id, people.c.slack_user_id == slack_user_id
        )
    ).one()
    told = list(left_behind(session, workspace_id, person_id))
    enqueue(session, workspace_id, told, correlation_id=f"left {now:%Y-%m-%d %H:%M}", now=now)


def _described(profile: Profile) -> dict[str, Any]:
    """Return what Slack says, made fit to be kept."""
    return {
        "team_id": profile.team_id,
        "name": clean_line(profile.name)[:NAME_LENGTH] or profile.slack_user_id,
        "timezone": profile.timezone if is_zone(profile.timezone) else FALLBACK_ZONE,
        "is_guest": profile.is_guest,
        "is_bot": profile.is_bot,
        "is_deleted": profile.is_deleted,
        "is_workspace_admin": profile.is_workspace_admin,
    }


@lru_cache(maxsize=16)
def _described_of(places: tuple[str, ...]) -> Statement:
    """Return what tells of the people in these places whether they are outsiders in a channel."""
    wanted = people.c.slack_user_id.in_([bindparam(place, type_=String()) for place in places])
    return Statement(
        lambda _dialect: (
            select(people.c.slack_user_id, _is_outsider().label("is_guest"))
            .join(workspaces, workspaces.c.id == people.c.workspace_id)
            .where(
                people.c.workspace_id == bindparam("workspace"),
                wanted,
                people.c.checked_at >= bindparam("fresh_since"),
            )
        )
    )


def _is_outsider() -> ColumnElement[bool]:
    is_marked = exists().where(
        project_colleagues.c.person_id == people.c.id,
        project_colleagues.c.project_id == projects.c.id,
        projects.c.workspace_id == people.c.workspace_id,
        projects.c.internal_channel_id == bindparam("channel"),
        projects.c.archived_at.is_(None),
    )
    return or_(and_(people.c.is_guest == true(), ~is_marked), people.c.team_id != workspaces.c.team_id)


def _who(workspace_id: UUID, slack_user_id: str) -> dict[str, Any]:
    return {"workspace": workspace_id, "slack_user": slack_user_id}


T = TypeVar("T")


def _batches(items: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(items, _BATCH)):
        yield batch

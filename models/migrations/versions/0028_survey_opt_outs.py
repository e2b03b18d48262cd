"""That somebody does not want to be asked is kept as keyed hashes, no longer as a day with their address."""

import hmac
import secrets
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0022"
branch_labels = None
depends_on = None

_contacts = sa.table(
    "client_contacts",
    sa.column("id", sa.Uuid()),
    sa.column("workspace_id", sa.Uuid()),
    sa.column("email", sa.String()),
    sa.column("person_id", sa.Uuid()),
    sa.column("opted_out_on", sa.Date()),
)
_people = sa.table("people", sa.column("id", sa.Uuid()), sa.column("slack_user_id", sa.String()))
_keys = sa.table("survey_opt_out_keys", sa.column("workspace_id", sa.Uuid()), sa.column("key", sa.String()))
_opt_outs = sa.table(
    "survey_opt_outs",
    sa.column("workspace_id", sa.Uuid()),
    sa.column("digest", sa.String()),
    sa.column("opted_out_on", sa.Date()),
)


def upgrade() -> None:
    """Make the tables, and carry over whoever has opted out so far."""
    op.create_table(
        "survey_opt_outs",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("opted_out_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "digest", name="pk_survey_opt_outs"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_survey_opt_outs_workspace_id"),
    )
    op.create_table(
        "survey_opt_out_keys",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_survey_opt_out_keys"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_survey_opt_out_keys_workspace_id"
        ),
    )
    _carry_over(op.get_bind())
    op.drop_column("client_contacts", "opted_out_on")


def _carry_over(connection: sa.Connection) -> None:
    keys: dict[UUID, str] = {}
    days: dict[tuple[UUID, str], date] = {}
    for contact in _known(connection, _contacts.c.opted_out_on.is_not(None), _contacts.c.opted_out_on):
        key = keys.setdefault(contact.workspace_id, secrets.token_hex(32))
        for digest in _digests(key, contact):
            place = contact.workspace_id, digest
            days[place] = min(contact.opted_out_on, days.get(place, contact.opted_out_on))
    if keys:
        made = [{"workspace_id": workspace_id, "key": key} for workspace_id, key in keys.items()]
        connection.execute(sa.insert(_keys), made)
        rows = [
            {"workspace_id": workspace_id, "digest": digest, "opted_out_on": on}
            for (workspace_id, digest), on in days.items()
        ]
        connection.execute(sa.insert(_opt_outs), rows)


def _known(
    connection: sa.Connection, condition: sa.ColumnElement[bool], *more: sa.ColumnElement[Any]
) -> list[sa.Row[Any]]:
    return list(
        connection.execute(
            sa.select(
                _contacts.c.id, _contacts.c.workspace_id, _contacts.c.email, _people.c.slack_user_id, *more
            )
            .outerjoin(_people, _people.c.id == _contacts.c.person_id)
            .where(condition)
        )
    )


def _digests(key: str, contact: sa.Row[Any]) -> Iterator[str]:
    known_as = [f"contact:{contact.id.hex}"]
    known_as += [f"mail:{contact.email}"] if contact.email else []
    known_as += [f"slack:{contact.slack_user_id}"] if contact.slack_user_id else []
    for each in known_as:
        yield hmac.new(bytes.fromhex(key), each.encode(), sha256).hexdigest()


def downgrade() -> None:
    """Put the days back beside the contacts that are there; of others nobody can tell whose they were."""
    op.add_column("client_contacts", sa.Column("opted_out_on", sa.Date()))
    connection = op.get_bind()
    keys = {row.workspace_id: row.key for row in connection.execute(sa.select(_keys))}
    days = {
        (row.workspace_id, row.digest): row.opted_out_on for row in connection.execute(sa.select(_opt_outs))
    }
    for contact in _known(connection, _contacts.c.workspace_id.in_(keys)):
        digests = _digests(keys[contact.workspace_id], contact)
        known = [days[place] for place in ((contact.workspace_id, each) for each in digests) if place in days]
        if known:
            connection.execute(
                sa.update(_contacts).where(_contacts.c.id == contact.id), {"opted_out_on": min(known)}
            )
    op.drop_table("survey_opt_out_keys")
    op.drop_table("survey_opt_outs")

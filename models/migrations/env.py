"""Alembic's entry: runs the revisions on the connection that the functions of this package hand over."""

from alembic import context
from sqlalchemy import Connection

from models.tables import metadata

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    msg = "run migrations with `drumbeat migrate`"
    raise TypeError(msg)

# SQLite can alter a table only by making it anew, which Alembic calls a batch.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's entry: runs the migrations on the connection and in the transaction that the program gives."""

from __future__ import annotations

from alembic import context

# No logging is set up and no URL read here: the program's own connection has foreign keys off and everything
# in one transaction. Without, SQLite's table rebuilds delete child rows, and a failure leaves half a schema.
context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()

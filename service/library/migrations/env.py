"""Alembic's way in: runs the versions on the connection that service/library/migration hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()

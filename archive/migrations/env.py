"""What Alembic runs: every migration that is missing, on the connection that `archive.migrations.upgrade` gives."""

from alembic import context

from archive.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()

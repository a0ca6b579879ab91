"""Alembic's entry: runs migrations over a connection handed in by `tracker.store.migrate`, on both databases."""

from alembic import context

from tracker.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()

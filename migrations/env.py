"""Alembic's entry: runs migrations over a connection handed in by `tracker.store.migrate`, on both databases."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON
from sqlmodel.sql.sqltypes import AutoString

from tracker.models import metadata
from tracker.models.base import PartialDateText, UtcDateTime


def render(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write our own column types as the plain ones they stand on: a migration must not change when a model does."""
    if kind != "type":
        return False
    if isinstance(item, AutoString | PartialDateText):
        return f"sa.String({item.length or ''})"
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

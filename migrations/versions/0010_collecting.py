"""Collecting: servers, rhythms, moved addresses, pages to be fetched whole, and the search index.

Revision ID: 0010
Revises: 0009
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ZERO, EMPTY, LIST = sa.text("0"), sa.text("''"), sa.text("'[]'")
# Columns of tables that have rows already; the default is for those rows only and is taken away again.
ADDED: dict[str, list[tuple[str, Any, Any]]] = {
    "document": [("watched", sa.Boolean(), sa.false())],
    "document_version": [("whole_page", sa.Boolean(), sa.false()), ("change", sa.String(), EMPTY)],
    "fetch": [("items", sa.Integer(), ZERO), ("asked", JSON, None)],
    "sighting": [("edited_at", sa.DateTime(timezone=True), None), ("flickers", sa.Integer(), ZERO)],
    "source": [
        ("last_error_kind", sa.String(60), EMPTY),
        ("failure_weight", sa.Float(), ZERO),
        ("interval_seconds", sa.Integer(), None),
        ("rhythm_seconds", sa.Integer(), None),
        ("quiet_seconds", sa.Integer(), None),
        ("usual_items", sa.Integer(), ZERO),
        ("moved_to", sa.String(), None),
        ("moved_times", sa.Integer(), ZERO),
        ("moved_since", sa.DateTime(timezone=True), None),
        ("former_urls", JSON, LIST),
        ("gone_since", sa.DateTime(timezone=True), None),
    ],
}
CHECKS = {
    "failure_weight_not_negative": "failure_weight IS NULL OR failure_weight >= 0",
    "moved_times_not_negative": "moved_times IS NULL OR moved_times >= 0",
    "usual_items_not_negative": "usual_items IS NULL OR usual_items >= 0",
    "interval_positive": "interval_seconds IS NULL OR interval_seconds > 0",
    "moved_has_since": "(moved_to IS NULL) = (moved_since IS NULL)",
}


def upgrade() -> None:
    """Make the tables and columns."""
    op.create_table(
        "host",
        sa.Column("name", sa.String(270), nullable=False),
        sa.Column("rest_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rest_reason", sa.String(), nullable=False),
        sa.Column("rest_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_turn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("robots", sa.String(), nullable=True),
        sa.Column("robots_status", sa.Integer(), nullable=True),
        sa.Column("robots_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
    op.create_table(
        "linked_page",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.CheckConstraint("tries IS NULL OR tries >= 0", name=op.f("ck_linked_page_tries_not_negative")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_linked_page_document_id_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_linked_page")),
    )
    with op.batch_alter_table("linked_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_linked_page_due_at"), ["due_at"], unique=False)
    for table, columns in ADDED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, kind, default in columns:
                batch_op.add_column(sa.Column(name, kind, nullable=_nullable(name), server_default=default))
            if table == "source":
                for check, condition in CHECKS.items():
                    batch_op.create_check_constraint(op.f(f"ck_source_{check}"), condition)
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, kind, default in columns:
                if default is not None:
                    batch_op.alter_column(name, existing_type=kind, server_default=None)
    unread = sa.text("asked IS NOT NULL")
    op.create_index("ix_fetch_unread", "fetch", ["source_id"], sqlite_where=unread, postgresql_where=unread)


def _nullable(name: str) -> bool:
    return any(name == column and default is None for columns in ADDED.values() for column, _, default in columns)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_fetch_unread", "fetch")
    for table, columns in reversed(ADDED.items()):
        with op.batch_alter_table(table, schema=None) as batch_op:
            if table == "source":
                for check in CHECKS:
                    batch_op.drop_constraint(op.f(f"ck_source_{check}"), type_="check")
            for name, *_ in reversed(columns):
                batch_op.drop_column(name)
    with op.batch_alter_table("linked_page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_page_due_at"))
    op.drop_table("linked_page")
    op.drop_table("host")

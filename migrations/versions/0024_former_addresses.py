"""Addresses at which documents lay before.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "former_address",
        sa.Column("canonical_url", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_former_address_document_id_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("canonical_url", name=op.f("pk_former_address")),
    )
    op.create_index(op.f("ix_former_address_document_id"), "former_address", ["document_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("former_address")

"""Ties between documents, and numbers that documents name and no object has yet.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
WHEN = sa.DateTime(timezone=True)
RELATIONS = ("responds_to", "part_of")
STATES = ("suggested", "confirmed", "rejected")


def _choice(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the tables, and let every document be looked at once more by the next collection."""
    op.create_table(
        "document_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("relation", _choice("document_relation", RELATIONS), nullable=False),
        sa.Column("state", _choice("link_state", STATES), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(120), nullable=False),
        sa.Column("decided_at", WHEN, nullable=True),
        sa.Column("created_at", WHEN, nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_document_link_score_probability")),
        sa.CheckConstraint("later_id <> earlier_id", name=op.f("ck_document_link_two_documents")),
        sa.CheckConstraint("state = 'suggested' OR decided_at IS NOT NULL", name=op.f("ck_document_link_decided_when")),
        sa.ForeignKeyConstraint(
            ["later_id"], ["document.id"], name=op.f("fk_document_link_later_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["document.id"], name=op.f("fk_document_link_earlier_id_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_link")),
        sa.UniqueConstraint("later_id", "earlier_id", name=op.f("uq_document_link_later_id_earlier_id")),
    )
    op.create_index(op.f("ix_document_link_earlier_id"), "document_link", ["earlier_id"])
    op.create_table(
        "pending_reference",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("written", sa.String(120), nullable=False),
        sa.Column("seen_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_pending_reference_document_id_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "key", name=op.f("pk_pending_reference")),
    )
    op.create_index(op.f("ix_pending_reference_key"), "pending_reference", ["key"])
    op.execute("DELETE FROM fingerprint")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("pending_reference")
    op.drop_table("document_link")

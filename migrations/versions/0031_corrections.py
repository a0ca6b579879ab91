"""Corrections of published facts.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLE = "correction"
KINDS = (
    "corrected", "made_exact", "taken_out", "restated", "withdrawn", "merged", "shown_again", "unlinked", "relinked",
    "told_apart", "told_together",
)  # fmt: skip


def upgrade() -> None:
    """Make the table."""
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("part", sa.String(60), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_correction_correction_kind")),
        sa.CheckConstraint(
            "object_id IS NOT NULL OR document_id IS NOT NULL", name=op.f("ck_correction_is_about_something")
        ),
        sa.ForeignKeyConstraint(
            ["object_id"], ["campaign_object.id"], name=op.f("fk_correction_object_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_correction_document_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["document.id"], name=op.f("fk_correction_evidence_id_document"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )  # fmt: skip
    for column in ("object_id", "document_id", "evidence_id"):
        op.create_index(op.f(f"ix_correction_{column}"), TABLE, [column])
    op.create_index("ix_correction_made_at_id", TABLE, ["made_at", "id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table(TABLE)

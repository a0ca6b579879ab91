"""The history of every change.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ABOUT = (
    "object", "document", "campaign", "organization", "person", "product", "family", "name", "source", "subscriber",
    "account", "model",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables."""
    one_of = f"about IN ({', '.join(repr(code) for code in ABOUT)})"
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("by_program", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("reverts_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["document.id"], name=op.f("fk_revision_evidence_id_document"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reverts_id"], ["revision.id"], name=op.f("fk_revision_reverts_id_revision"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index("ix_revision_made_by_id", "revision", ["made_by", "id"])
    op.create_index("ix_revision_by_program_id", "revision", ["by_program", "id"])
    for column in ("made_at", "evidence_id", "reverts_id"):
        op.create_index(op.f(f"ix_revision_{column}"), "revision", [column])
    op.create_table(
        "revision_subject",
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.CheckConstraint(one_of, name=op.f("ck_revision_subject_about")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_revision_subject_revision_id_revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("about", "about_id", "revision_id", name=op.f("pk_revision_subject")),
    )
    op.create_index(op.f("ix_revision_subject_revision_id"), "revision_subject", ["revision_id"])
    op.create_table(
        "revision_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("also", sa.String(40), nullable=False),
        sa.Column("also_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(60), nullable=False),
        sa.Column("row_key", sa.String(200), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("before", json, nullable=True),
        sa.Column("after", json, nullable=True),
        sa.CheckConstraint(one_of, name=op.f("ck_revision_change_about")),
        sa.CheckConstraint(
            "field <> '' OR before IS NULL OR after IS NULL", name=op.f("ck_revision_change_row_added_or_taken_out")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_revision_change_revision_id_revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_change")),
    )
    op.create_index(
        "ix_revision_change_revision_id_about_about_id", "revision_change", ["revision_id", "about", "about_id"]
    )
    op.create_index("ix_revision_change_part_row_key_id", "revision_change", ["part", "row_key", "id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("revision_change", "revision_subject", "revision"):
        op.drop_table(table)

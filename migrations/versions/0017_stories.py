"""Stories: which documents tell of one event, why, and what people decided about them.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIES = ("copy", "same_event", "person")


def upgrade() -> None:
    """Make the tables; the next collection looks at every relevant document once."""
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["document.id"], name="fk_story_lead_id_document", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["story.id"], name="fk_story_merged_into_id_story", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )
    op.create_index("ix_story_lead_id", "story", ["lead_id"])
    op.create_index("ix_story_merged_into_id", "story", ["merged_into_id"])
    op.create_table(
        "story_member",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column(
            "tie",
            sa.Enum(*TIES, name="story_tie", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("nearest_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_story_member_score_probability")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_story_member_document_id_document", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["nearest_id"], ["document.id"], name="fk_story_member_nearest_id_document", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_story_member_story_id_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", name="pk_story_member"),
    )
    op.create_index("ix_story_member_story_id", "story_member", ["story_id"])
    op.create_index("ix_story_member_nearest_id", "story_member", ["nearest_id"])
    op.create_table(
        "story_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_story_decision_pair_in_order")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["document.id"], name="fk_story_decision_first_id_document", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["document.id"], name="fk_story_decision_second_id_document", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_story_decision"),
    )
    op.create_index("ix_story_decision_first_id_second_id", "story_decision", ["first_id", "second_id"])
    op.create_index("ix_story_decision_second_id", "story_decision", ["second_id"])
    op.create_table(
        "fingerprint",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("subjects", JSON, nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.CheckConstraint("runs IS NULL OR runs >= 0", name=op.f("ck_fingerprint_runs_not_negative")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_fingerprint_document_id_document", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_fingerprint"),
    )


def downgrade() -> None:
    """Drop the tables, those that point at others first."""
    for table in ("fingerprint", "story_decision", "story_member", "story"):
        op.drop_table(table)

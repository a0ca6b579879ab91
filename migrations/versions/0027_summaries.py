"""What campaigns come to on a day, kept.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the table; the job that runs each minute fills it."""
    op.create_table(
        "summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("made_for", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("content", JSON, nullable=False),
        sa.CheckConstraint("changes IS NULL OR changes >= 0", name=op.f("ck_summary_changes_not_negative")),
        sa.CheckConstraint("made_for IS NULL OR made_for >= 0", name=op.f("ck_summary_made_for_not_negative")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_summary_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint("campaign_id", name=op.f("uq_summary_campaign_id")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("summary")

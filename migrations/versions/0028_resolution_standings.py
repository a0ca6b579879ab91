"""Where resolutions stand, for a table that is paged.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SORTED = ("company", "subject", "status", "support", "change", "season")


def upgrade() -> None:
    """Make the table; the job `summaries` fills it within a minute, `tracker rebuild` at once."""
    op.create_table(
        "resolution_standing",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("company", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=True),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("voted", sa.Boolean(), nullable=False),
        sa.Column("support", sa.Float(), nullable=True),
        sa.Column("change", sa.Float(), nullable=True),
        sa.Column("moves_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolution.id"],
            name=op.f("fk_resolution_standing_resolution_id_resolution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resolution_id", name=op.f("pk_resolution_standing")),
    )
    for column in SORTED:
        op.create_index(f"ix_resolution_standing_{column}_place", "resolution_standing", [column, "place"])
    for column in ("place", "moves_on"):
        op.create_index(op.f(f"ix_resolution_standing_{column}"), "resolution_standing", [column])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("resolution_standing")

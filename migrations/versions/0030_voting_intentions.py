"""Votes that investors declare ahead of a meeting.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLE = "voting_intention"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("named", sa.String(300), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("intention", sa.String(40), nullable=False),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column("declared_on", sa.String(40), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("intention IN ('for', 'against', 'abstain')", name=op.f("ck_voting_intention_intention")),
        sa.CheckConstraint(
            "organization_id IS NOT NULL OR named <> ''", name=op.f("ck_voting_intention_names_an_investor")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_voting_intention_number_from_one")),
        sa.CheckConstraint("url <> ''", name=op.f("ck_voting_intention_has_source")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_voting_intention_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["campaign_object.id"],
            name=op.f("fk_voting_intention_resolution_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_intention")),
        sa.UniqueConstraint(
            "resolution_id",
            "organization_id",
            "named",
            "number",
            name=op.f("uq_voting_intention_resolution_id_organization_id_named_number"),
        ),
    )
    # The kept order by change has points between unlike shares; the job `summaries` works it out anew within a minute.
    op.execute("DELETE FROM resolution_standing")
    for column in ("resolution_id", "organization_id"):
        op.create_index(op.f(f"ix_voting_intention_{column}"), TABLE, [column])


def downgrade() -> None:
    """Drop it."""
    op.drop_table(TABLE)

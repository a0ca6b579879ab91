"""Tending sources and campaigns: pauses with a reason and an end, retirement, tries, owners, acts on the record.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _pair(table: str, other: str, *columns: sa.schema.SchemaItem) -> None:
    """Make a table of what belongs to a campaign, which goes with either side."""
    op.create_table(
        table,
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(f"{other}_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f(f"fk_{table}_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id_{other}"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", f"{other}_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{other}_id"), table, [f"{other}_id"])


def upgrade() -> None:
    """Make them."""
    with op.batch_alter_table("source") as table:
        table.add_column(sa.Column("paused_reason", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("set_by_hand", JSON, nullable=False, server_default="[]"))
        table.add_column(sa.Column("paused_until", MOMENT, nullable=True))
        table.add_column(sa.Column("retired_at", MOMENT, nullable=True))
    with op.batch_alter_table("source") as table:
        table.alter_column("paused_reason", server_default=None)
        table.alter_column("set_by_hand", server_default=None)
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(20), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_index(op.f("ix_act_about_about_id"), "act", ["about", "about_id"])
    op.create_table(
        "source_trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("found", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_trial")),
        sa.UniqueConstraint("key", name=op.f("uq_source_trial_key")),
    )
    op.create_index(op.f("ix_source_trial_made_at"), "source_trial", ["made_at"])
    _pair(
        "campaign_source",
        "source",
        sa.Column("taken_by", sa.String(120), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("looked_at", MOMENT, nullable=True),
    )
    _pair("campaign_owner", "account")


def downgrade() -> None:
    """Take them away."""
    op.drop_table("campaign_owner")
    op.drop_table("campaign_source")
    op.drop_table("source_trial")
    op.drop_table("act")
    with op.batch_alter_table("source") as table:
        for column in ("retired_at", "paused_until", "set_by_hand", "paused_reason"):
            table.drop_column(column)

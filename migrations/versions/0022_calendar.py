"""Calendars that people subscribe to.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "calendar_entry",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sequence IS NULL OR sequence >= 0", name=op.f("ck_calendar_entry_sequence_not_negative")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_calendar_entry_first_before_last")),
        sa.ForeignKeyConstraint(
            ["object_id"],
            ["campaign_object.id"],
            name=op.f("fk_calendar_entry_object_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["organization.id"],
            name=op.f("fk_calendar_entry_company_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_calendar_entry")),
    )
    op.create_index("ix_calendar_entry_last_day", "calendar_entry", ["last_day"])
    op.create_index("ix_calendar_entry_object_id", "calendar_entry", ["object_id"])
    op.create_index("ix_calendar_entry_company_id", "calendar_entry", ["company_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("calendar_entry")

"""Feeds of what became known last.

Revision ID: 0023
Revises: 0022
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes that a page of a feed is read by."""
    op.create_index("ix_event_recorded_at_id", "event", ["recorded_at", "id"])
    op.create_index("ix_event_campaign_id_recorded_at_id", "event", ["campaign_id", "recorded_at", "id"])
    op.drop_index("ix_event_recorded_at", "event")


def downgrade() -> None:
    """Make the one they replaced."""
    op.create_index("ix_event_recorded_at", "event", ["recorded_at"])
    op.drop_index("ix_event_campaign_id_recorded_at_id", "event")
    op.drop_index("ix_event_recorded_at_id", "event")

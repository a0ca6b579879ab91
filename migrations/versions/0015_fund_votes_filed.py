"""When a fund's vote was filed: an amendment replaces what was filed before.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    with op.batch_alter_table("fund_vote") as batch_op:
        batch_op.add_column(sa.Column("filed_on", sa.String(40), nullable=True))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("fund_vote") as batch_op:
        batch_op.drop_column("filed_on")

"""A meeting may say for which year it is: two annual meetings within months of each other are two.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the year be kept."""
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.add_column(sa.Column("for_year", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.drop_column("for_year")

"""What else may have happened in a document, besides what leads.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add the column; `tracker link again` fills it."""
    with op.batch_alter_table("document") as batch_op:
        batch_op.add_column(sa.Column("further_types", JSON, nullable=False, server_default=sa.text("'[]'")))
    with op.batch_alter_table("document") as batch_op:
        batch_op.alter_column("further_types", existing_type=JSON, server_default=None)


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_column("further_types")

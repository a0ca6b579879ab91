"""Which documents tell one story is learned as well.

Revision ID: 0021
Revises: 0020
"""

from alembic import op
from sqlalchemy.sql.elements import conv

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAME = conv("ck_learned_model_learner")
BEFORE = "learner IN ('relevance', 'event_type', 'links')"
AFTER = "learner IN ('relevance', 'event_type', 'links', 'stories')"


def upgrade() -> None:
    """Let models of the fourth kind be kept."""
    _allow(AFTER)


def downgrade() -> None:
    """Drop them."""
    op.execute("DELETE FROM learned_model WHERE learner = 'stories'")
    _allow(BEFORE)


def _allow(learners: str) -> None:
    with op.batch_alter_table("learned_model") as batch_op:
        batch_op.drop_constraint(NAME, type_="check")
        batch_op.create_check_constraint(NAME, learners)

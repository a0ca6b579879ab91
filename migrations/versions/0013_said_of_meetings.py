"""What proxy statements say of votes and of next year; what people emptied; each reading of a field once.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# Tables whose rows readers complete.
COMPLETED = (
    "meeting",
    "ballot_item",
    "vote_count",
    "fund_vote",
    "resolution",
    "resolution_status",
    "exclusion_basis",
    "contract",
)
DAYS = ("next_notice_from", "next_notice_by", "next_access_by", "next_universal_by")
KEY, INDEX = "uq_evidence_object_id_field_version_id_read_by", "ix_evidence_object_id_field"
# Of readings written down twice the later one stands.
TWICE = """
    DELETE FROM evidence WHERE version_id IS NOT NULL AND id NOT IN (
        SELECT max(id) FROM evidence WHERE version_id IS NOT NULL GROUP BY object_id, field, version_id, read_by
    )
"""


def upgrade() -> None:
    """Make the columns; nothing in the archive is known to have been emptied by a person."""
    with op.batch_alter_table("meeting") as batch_op:
        for name in DAYS:
            batch_op.add_column(sa.Column(name, sa.String(40), nullable=True))
        batch_op.add_column(sa.Column("votes_entitled", sa.BigInteger(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_meeting_votes_entitled_not_negative"), "votes_entitled IS NULL OR votes_entitled >= 0"
        )
    for table in COMPLETED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("emptied_fields", JSON, nullable=False, server_default=sa.text("'[]'")))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("emptied_fields", existing_type=JSON, server_default=None)
    op.execute(TWICE)
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_index(INDEX)
        batch_op.create_unique_constraint(KEY, ["object_id", "field", "version_id", "read_by"])


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_constraint(KEY, type_="unique")
        batch_op.create_index(INDEX, ["object_id", "field"])
    for table in reversed(COMPLETED):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("emptied_fields")
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.drop_constraint(op.f("ck_meeting_votes_entitled_not_negative"), type_="check")
        batch_op.drop_column("votes_entitled")
        for name in reversed(DAYS):
            batch_op.drop_column(name)

"""Filings that were read, and which values readers gave.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
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
FLAGS = {"evidence": "differs", "document_version": "own_body"}
OLD_KEY, NEW_KEY = "uq_fund_vote_ballot_item_id_fund_decision", "uq_fund_vote_ballot_item_id_manager_fund_decision"
OUTCOMES = ("written", "nothing", "unreadable", "unplaced")


def upgrade() -> None:
    """Make the table and the columns; what stands in the archive already was given by people."""
    op.create_table(
        "filing_reading",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(60), nullable=False),
        sa.Column("reader_version", sa.String(40), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(*OUTCOMES, name="filing_outcome", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("warnings", JSON, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name="fk_filing_reading_version_id_document_version",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "reader", name="pk_filing_reading"),
    )
    for table, column in FLAGS.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("fund_vote") as batch_op:
        batch_op.drop_constraint(OLD_KEY, type_="unique")
        batch_op.create_unique_constraint(NEW_KEY, ["ballot_item_id", "manager", "fund", "decision"])
    for table in COMPLETED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("read_fields", JSON, nullable=False, server_default=sa.text("'[]'")))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("read_fields", existing_type=JSON, server_default=None)


def downgrade() -> None:
    """Drop them."""
    for table in reversed(COMPLETED):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("read_fields")
    with op.batch_alter_table("fund_vote") as batch_op:
        batch_op.drop_constraint(NEW_KEY, type_="unique")
        batch_op.create_unique_constraint(OLD_KEY, ["ballot_item_id", "fund", "decision"])
    for table, column in FLAGS.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(column)
    op.drop_table("filing_reading")

"""Merges of objects and organisations, with every value that was moved; campaigns withdrawn.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLE = "merge"
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
KEYS = {
    "kept_id": "campaign_object",
    "gone_id": "campaign_object",
    "kept_organization_id": "organization",
    "gone_organization_id": "organization",
}


def upgrade() -> None:
    """Make the table, let an organisation lead to the one it was merged into, and a campaign be withdrawn."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in KEYS),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("moved", JSON, nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(120), nullable=False),
        sa.Column("undone_why", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kept_id IS NOT NULL AND gone_id IS NOT NULL AND kept_organization_id IS NULL"
            " AND gone_organization_id IS NULL)"
            " OR (kept_id IS NULL AND gone_id IS NULL AND kept_organization_id IS NOT NULL"
            " AND gone_organization_id IS NOT NULL)",
            name=op.f("ck_merge_of_two_alike"),
        ),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by = '')", name=op.f("ck_merge_undone_by_somebody")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_merge_has_reason")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_merge_{name}_{table}"), ondelete="CASCADE")
            for name, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    for name in KEYS:
        op.create_index(op.f(f"ix_merge_{name}"), TABLE, [name])
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("withdrawn_reason", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("campaign") as batch:
        batch.alter_column("withdrawn", server_default=None)
        batch.alter_column("withdrawn_reason", server_default=None)
        batch.create_check_constraint(op.f("ck_campaign_reason_of_withdrawal"), "withdrawn OR withdrawn_reason = ''")
    with op.batch_alter_table("organization") as batch:
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_organization_merged_into_id_organization"), "organization", ["merged_into_id"], ["id"]
        )
        batch.create_index(op.f("ix_organization_merged_into_id"), ["merged_into_id"])


def downgrade() -> None:
    """Take all out again."""
    with op.batch_alter_table("organization") as batch:
        batch.drop_index(op.f("ix_organization_merged_into_id"))
        batch.drop_constraint(op.f("fk_organization_merged_into_id_organization"), type_="foreignkey")
        batch.drop_column("merged_into_id")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_constraint(op.f("ck_campaign_reason_of_withdrawal"), type_="check")
        batch.drop_column("withdrawn_reason")
        batch.drop_column("withdrawn")
    op.drop_table(TABLE)

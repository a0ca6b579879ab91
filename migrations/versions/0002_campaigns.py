"""Campaigns and the spine of their objects.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(120), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("slug", name=op.f("uq_campaign_slug")),
    )
    op.create_table(
        "campaign_object",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("slug", sa.String(120), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "withdrawn",
                name="object_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR withdrawn_reason <> ''", name=op.f("ck_campaign_object_withdrawn_has_reason")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_campaign_object_version_from_one")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["campaign_object.id"], name=op.f("fk_campaign_object_merged_into_id_campaign_object")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_object")),
        sa.UniqueConstraint("slug", name=op.f("uq_campaign_object_slug")),
    )
    with op.batch_alter_table("campaign_object", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_object_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_campaign_object_merged_into_id"), ["merged_into_id"], unique=False)
    op.create_table(
        "campaign_ask",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_ask_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_campaign_ask")),
    )
    op.create_table(
        "campaign_membership",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_membership_campaign_id_campaign"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["object_id"],
            ["campaign_object.id"],
            name=op.f("fk_campaign_membership_object_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "object_id", name=op.f("pk_campaign_membership")),
    )
    with op.batch_alter_table("campaign_membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_membership_object_id"), ["object_id"], unique=False)
    op.create_table(
        "campaign_target",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_target_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_campaign_target_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "organization_id", name=op.f("pk_campaign_target")),
    )
    op.create_table(
        "campaign_product",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_product_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_campaign_product_product_id_product"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "product_id", name=op.f("pk_campaign_product")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("campaign_product")
    op.drop_table("campaign_target")
    with op.batch_alter_table("campaign_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_membership_object_id"))
    op.drop_table("campaign_membership")
    op.drop_table("campaign_ask")
    with op.batch_alter_table("campaign_object", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_object_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_campaign_object_kind"))
    op.drop_table("campaign_object")
    op.drop_table("campaign")

"""Contracts, commitments, statements, studies, measures and proceedings.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("made_for_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.String(40), nullable=False),
        sa.Column("due_on", sa.String(40), nullable=True),
        sa.Column("settled_on", sa.String(40), nullable=True),
        sa.Column(
            "kept",
            sa.Enum(
                "none",
                "pending",
                "partial",
                "full",
                "broken",
                name="commitment_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proponent_view", sa.String(), nullable=False),
        sa.Column("company_view", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["organization.id"], name=op.f("fk_commitment_company_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_commitment_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_for_id"],
            ["campaign_object.id"],
            name=op.f("fk_commitment_made_for_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_made_for_id"), ["made_for_id"], unique=False)
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(200), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("introduced_on", sa.String(40), nullable=True),
        sa.Column("enacted_on", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_measure_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_table(
        "proceeding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "proceeding_kind",
            sa.Enum(
                "lawsuit",
                "hearing",
                "no_action_request",
                "records_request",
                "investigation",
                name="proceeding_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("docket", sa.String(120), nullable=False),
        sa.Column("opened_on", sa.String(40), nullable=False),
        sa.Column("decided_on", sa.String(40), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["organization.id"], name=op.f("fk_proceeding_body_id_organization")),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_proceeding_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding")),
    )
    with op.batch_alter_table("proceeding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proceeding_body_id"), ["body_id"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.String(40), nullable=False),
        sa.Column("by_employees", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_statement_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_statement_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_organization_id"), ["organization_id"], unique=False)
    op.create_table(
        "study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_study_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_study_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
    )
    with op.batch_alter_table("study", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_organization_id"), ["organization_id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("reseller_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("award_id", sa.String(80), nullable=False),
        sa.Column("amount_value", sa.BigInteger(), nullable=True),
        sa.Column("amount_ceiling", sa.BigInteger(), nullable=True),
        sa.Column("amount_obligated", sa.BigInteger(), nullable=True),
        sa.Column("amount_note", sa.String(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("starts_on", sa.String(40), nullable=True),
        sa.Column("ends_on", sa.String(40), nullable=True),
        sa.Column(
            "contract_state",
            sa.Enum(
                "pitched",
                "trial",
                "active",
                "ended",
                "cancelled",
                "lapsed",
                "unknown",
                name="contract_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("how_ended", sa.String(), nullable=False),
        sa.CheckConstraint(
            "amount_ceiling IS NULL OR amount_ceiling >= 0", name=op.f("ck_contract_amount_ceiling_not_negative")
        ),
        sa.CheckConstraint(
            "amount_obligated IS NULL OR amount_obligated >= 0", name=op.f("ck_contract_amount_obligated_not_negative")
        ),
        sa.CheckConstraint(
            "amount_value IS NULL OR amount_value >= 0", name=op.f("ck_contract_amount_value_not_negative")
        ),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_contract_currency_code")),
        sa.ForeignKeyConstraint(["agency_id"], ["organization.id"], name=op.f("fk_contract_agency_id_organization")),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_contract_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_contract_product_id_product")),
        sa.ForeignKeyConstraint(
            ["reseller_id"], ["organization.id"], name=op.f("fk_contract_reseller_id_organization")
        ),
        sa.ForeignKeyConstraint(["vendor_id"], ["organization.id"], name=op.f("fk_contract_vendor_id_organization")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_reseller_id"), ["reseller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_vendor_id"), ["vendor_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_contract_reseller_id"))
        batch_op.drop_index(batch_op.f("ix_contract_product_id"))
        batch_op.drop_index(batch_op.f("ix_contract_agency_id"))
    op.drop_table("contract")
    with op.batch_alter_table("study", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_study_organization_id"))
    op.drop_table("study")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_organization_id"))
    op.drop_table("statement")
    with op.batch_alter_table("proceeding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proceeding_body_id"))
    op.drop_table("proceeding")
    op.drop_table("measure")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_made_for_id"))
        batch_op.drop_index(batch_op.f("ix_commitment_company_id"))
    op.drop_table("commitment")

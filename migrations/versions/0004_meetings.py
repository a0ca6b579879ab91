"""Meetings, ballot items, counts, claims and fund votes.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.String(40), nullable=False),
        sa.Column(
            "meeting_kind",
            sa.Enum("annual", "special", name="meeting_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("record_date", sa.String(40), nullable=True),
        sa.Column("proxy_filed_on", sa.String(40), nullable=True),
        sa.Column("next_proposals_by", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["organization.id"], name=op.f("fk_meeting_company_id_organization")),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_meeting_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_company_id"), ["company_id"], unique=False)
    op.create_table(
        "ballot_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(20), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "ballot_kind",
            sa.Enum(
                "director",
                "auditor",
                "say_on_pay",
                "say_on_frequency",
                "shareholder_proposal",
                "other",
                name="ballot_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "board_recommendation",
            sa.Enum(
                "for", "against", "none", name="recommendation", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column(
            "company_formula",
            sa.Enum(
                "for_against",
                "for_against_abstain",
                "for_present",
                "for_outstanding",
                "insiders_excluded",
                "unknown",
                name="support_formula",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_ballot_item_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["campaign_object.id"],
            name=op.f("fk_ballot_item_resolution_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_item")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_ballot_item_meeting_id_number")),
    )
    with op.batch_alter_table("ballot_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_item_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_item_resolution_id"), ["resolution_id"], unique=False)
    op.create_table(
        "insider_holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("votes", sa.BigInteger(), nullable=False),
        sa.Column("assumed_against", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.CheckConstraint("votes > 0", name=op.f("ck_insider_holding_votes_positive")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_insider_holding_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insider_holding")),
    )
    with op.batch_alter_table("insider_holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insider_holding_meeting_id"), ["meeting_id"], unique=False)
    op.create_table(
        "fund_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_item_id", sa.Integer(), nullable=False),
        sa.Column("fund", sa.String(300), nullable=False),
        sa.Column("manager", sa.String(300), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "for",
                "against",
                "abstain",
                "withhold",
                "not_voted",
                name="fund_decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("shares_voted", sa.BigInteger(), nullable=True),
        sa.Column("shares_on_loan", sa.BigInteger(), nullable=True),
        sa.Column("with_management", sa.Boolean(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "shares_on_loan IS NULL OR shares_on_loan >= 0", name=op.f("ck_fund_vote_shares_on_loan_not_negative")
        ),
        sa.CheckConstraint(
            "shares_voted IS NULL OR shares_voted >= 0", name=op.f("ck_fund_vote_shares_voted_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_item_id"],
            ["ballot_item.id"],
            name=op.f("fk_fund_vote_ballot_item_id_ballot_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_vote")),
        sa.UniqueConstraint(
            "ballot_item_id", "fund", "decision", name=op.f("uq_fund_vote_ballot_item_id_fund_decision")
        ),
    )
    with op.batch_alter_table("fund_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fund_vote_ballot_item_id"), ["ballot_item_id"], unique=False)
    op.create_table(
        "vote_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_item_id", sa.Integer(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column(
            "formula",
            sa.Enum(
                "for_against",
                "for_against_abstain",
                "for_present",
                "for_outstanding",
                "insiders_excluded",
                "unknown",
                name="support_formula",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("claimed_by", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hundredths BETWEEN 0 AND 10000", name=op.f("ck_vote_claim_percentage")),
        sa.ForeignKeyConstraint(
            ["ballot_item_id"],
            ["ballot_item.id"],
            name=op.f("fk_vote_claim_ballot_item_id_ballot_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_claim")),
    )
    with op.batch_alter_table("vote_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_claim_ballot_item_id"), ["ballot_item_id"], unique=False)
    op.create_table(
        "vote_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_item_id", sa.Integer(), nullable=False),
        sa.Column("votes_for", sa.BigInteger(), nullable=True),
        sa.Column("votes_against", sa.BigInteger(), nullable=True),
        sa.Column("votes_withheld", sa.BigInteger(), nullable=True),
        sa.Column("votes_abstain", sa.BigInteger(), nullable=True),
        sa.Column("broker_non_votes", sa.BigInteger(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum("votes", "shares", name="vote_unit", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("preliminary", sa.Boolean(), nullable=False),
        sa.Column("reported_on", sa.String(40), nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "broker_non_votes IS NULL OR broker_non_votes >= 0",
            name=op.f("ck_vote_count_broker_non_votes_not_negative"),
        ),
        sa.CheckConstraint(
            "votes_abstain IS NULL OR votes_abstain >= 0", name=op.f("ck_vote_count_votes_abstain_not_negative")
        ),
        sa.CheckConstraint(
            "votes_against IS NULL OR votes_against >= 0", name=op.f("ck_vote_count_votes_against_not_negative")
        ),
        sa.CheckConstraint("votes_for IS NOT NULL", name=op.f("ck_vote_count_votes_for_counted")),
        sa.CheckConstraint("votes_for IS NULL OR votes_for >= 0", name=op.f("ck_vote_count_votes_for_not_negative")),
        sa.CheckConstraint(
            "votes_withheld IS NULL OR votes_withheld >= 0", name=op.f("ck_vote_count_votes_withheld_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_item_id"],
            ["ballot_item.id"],
            name=op.f("fk_vote_count_ballot_item_id_ballot_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_count")),
        sa.UniqueConstraint(
            "ballot_item_id",
            "reported_on",
            "preliminary",
            name=op.f("uq_vote_count_ballot_item_id_reported_on_preliminary"),
        ),
    )
    with op.batch_alter_table("vote_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_count_ballot_item_id"), ["ballot_item_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    with op.batch_alter_table("vote_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_count_ballot_item_id"))
    op.drop_table("vote_count")
    with op.batch_alter_table("vote_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_claim_ballot_item_id"))
    op.drop_table("vote_claim")
    with op.batch_alter_table("fund_vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fund_vote_ballot_item_id"))
    op.drop_table("fund_vote")
    with op.batch_alter_table("insider_holding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_insider_holding_meeting_id"))
    op.drop_table("insider_holding")
    with op.batch_alter_table("ballot_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_item_resolution_id"))
        batch_op.drop_index(batch_op.f("ix_ballot_item_meeting_id"))
    op.drop_table("ballot_item")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_company_id"))
    op.drop_table("meeting")

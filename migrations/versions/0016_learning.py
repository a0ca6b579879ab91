"""Decisions of editors, models learned from them, and the terms of campaigns.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
WHEN = sa.DateTime(timezone=True)
VERDICTS = ("accept", "reject", "unsure", "wrong_relation", "relevant", "not_relevant", "event_type")
LEARNERS = ("relevance", "event_type", "links")
RELATIONS = (
    "announces", "files", "responds_to", "reports_on", "votes_on", "challenges", "decides", "discloses", "starts",
    "ends", "supports", "opposes", "fulfils", "cites", "mentions",
)  # fmt: skip
EVENT_TYPES = (
    "resolution_filed", "resolution_challenged", "sec_decision", "resolution_withdrawn", "vote_result",
    "proxy_statement", "exempt_solicitation", "letter_sent", "company_response", "company_policy_change",
    "contract_awarded", "contract_ended", "legislation_introduced", "law_enacted", "lawsuit_filed",
    "ruling_or_settlement", "regulator_action", "hearing", "study_or_report", "misuse_incident", "employee_protest",
    "commentary", "other",
)  # fmt: skip


def _choice(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("verdict", _choice("verdict", VERDICTS), nullable=False),
        sa.Column("relation", _choice("relation", RELATIONS), nullable=True),
        sa.Column("event_type", _choice("event_type", EVENT_TYPES), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("shown_by", sa.String(120), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(120), nullable=False),
        sa.Column("decided_at", WHEN, nullable=False),
        sa.CheckConstraint(
            "(object_id IS NOT NULL) = (verdict IN ('accept', 'reject', 'unsure', 'wrong_relation'))",
            name=op.f("ck_decision_of_a_link_or_a_document"),
        ),
        sa.CheckConstraint(
            "(event_type IS NOT NULL) = (verdict = 'event_type')", name=op.f("ck_decision_event_type_given")
        ),
        sa.CheckConstraint(
            "verdict <> 'wrong_relation' OR relation IS NOT NULL", name=op.f("ck_decision_right_relation_given")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_decision_document_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["object_id"],
            ["campaign_object.id"],
            name=op.f("fk_decision_object_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_document_id_id", "decision", ["document_id", "id"])
    op.create_index(op.f("ix_decision_object_id"), "decision", ["object_id"])
    op.create_table(
        "learned_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner", _choice("learner", LEARNERS), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("measures", JSON, nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("live_by", sa.String(120), nullable=False),
        sa.Column("live_at", WHEN, nullable=True),
        sa.Column("made_at", WHEN, nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_learned_model_version_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_model")),
        sa.UniqueConstraint("learner", "version", name=op.f("uq_learned_model_learner_version")),
    )
    op.create_index(
        "ix_learned_model_live",
        "learned_model",
        ["learner"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )
    op.create_table(
        "campaign_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("against", JSON, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
        sa.Column("changed_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_terms_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_terms")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_campaign_terms_campaign_id_number")),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("campaign_terms", "learned_model", "decision"):
        op.drop_table(table)

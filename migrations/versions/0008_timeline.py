"""Links, evidence and the timeline.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "first_known",
        sa.Column("event_id", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_first_known")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "resolution_filed",
                "resolution_challenged",
                "sec_decision",
                "resolution_withdrawn",
                "vote_result",
                "proxy_statement",
                "exempt_solicitation",
                "letter_sent",
                "company_response",
                "company_policy_change",
                "contract_awarded",
                "contract_ended",
                "legislation_introduced",
                "law_enacted",
                "lawsuit_filed",
                "ruling_or_settlement",
                "regulator_action",
                "hearing",
                "study_or_report",
                "misuse_incident",
                "employee_protest",
                "commentary",
                "other",
                name="event_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "lane",
            sa.Enum(
                "investors",
                "advocates",
                "lawmakers",
                "company",
                "regulators",
                "press",
                name="lane",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.String(40), nullable=False),
        sa.Column("earliest", sa.String(10), nullable=False),
        sa.Column("latest", sa.String(10), nullable=False),
        sa.Column("sort_day", sa.String(10), nullable=False),
        sa.Column("headline", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "object_id IS NOT NULL OR document_id IS NOT NULL", name=op.f("ck_event_comes_from_something")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_event_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_event_document_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["object_id"], ["campaign_object.id"], name=op.f("fk_event_object_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_event_campaign_id_key")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_campaign_id_sort_day_id", ["campaign_id", "sort_day", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_object_id"), ["object_id"], unique=False)
        batch_op.create_index("ix_event_recorded_at", ["recorded_at"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "announces",
                "files",
                "responds_to",
                "reports_on",
                "votes_on",
                "challenges",
                "decides",
                "discloses",
                "starts",
                "ends",
                "supports",
                "opposes",
                "fulfils",
                "cites",
                "mentions",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "suggested",
                "confirmed",
                "rejected",
                name="link_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("decided_by", sa.String(120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state = 'suggested' OR decided_at IS NOT NULL", name=op.f("ck_link_decided_when")),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_link_score_probability")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_link_document_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["object_id"], ["campaign_object.id"], name=op.f("fk_link_object_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("document_id", "object_id", name=op.f("uq_link_document_id_object_id")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index("ix_link_object_id_state", ["object_id", "state"], unique=False)
    op.create_table(
        "event_source",
        sa.Column("event_id", sa.String(16), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_event_source_document_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_source_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "document_id", name=op.f("pk_event_source")),
    )
    with op.batch_alter_table("event_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_source_document_id"), ["document_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(120), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("canonical_url", sa.String(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("read_by", sa.String(120), nullable=False),
        sa.Column("reader_version", sa.String(40), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("document_id IS NOT NULL OR url <> ''", name=op.f("ck_evidence_points_to_a_source")),
        sa.CheckConstraint(
            "confidence IS NULL OR confidence BETWEEN 0 AND 1", name=op.f("ck_evidence_confidence_probability")
        ),
        sa.CheckConstraint('start IS NULL OR "end" >= start', name=op.f("ck_evidence_span_forward")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_evidence_document_id_document"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["object_id"],
            ["campaign_object.id"],
            name=op.f("fk_evidence_object_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_version.id"],
            name=op.f("fk_evidence_version_id_document_version"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_canonical_url"), ["canonical_url"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_document_id"), ["document_id"], unique=False)
        batch_op.create_index("ix_evidence_object_id_field", ["object_id", "field"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_version_id"), ["version_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_version_id"))
        batch_op.drop_index("ix_evidence_object_id_field")
        batch_op.drop_index(batch_op.f("ix_evidence_document_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_canonical_url"))
    op.drop_table("evidence")
    with op.batch_alter_table("event_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_source_document_id"))
    op.drop_table("event_source")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index("ix_link_object_id_state")
    op.drop_table("link")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_recorded_at")
        batch_op.drop_index(batch_op.f("ix_event_object_id"))
        batch_op.drop_index(batch_op.f("ix_event_document_id"))
        batch_op.drop_index("ix_event_campaign_id_sort_day_id")
    op.drop_table("event")
    op.drop_table("first_known")

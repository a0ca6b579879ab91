"""Letters, answers and the searches behind a silence.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column(
            "assessment",
            sa.Enum(
                "not_due",
                "acknowledged",
                "answered_full",
                "answered_partial",
                "tangential",
                "declined",
                "no_response",
                "answered_late",
                "answered_elsewhere",
                "private",
                "sender_deemed_insufficient",
                name="response_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("assessed_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["object_id"], ["campaign_object.id"], name=op.f("fk_answer_object_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["campaign_object.id"],
            name=op.f("fk_answer_response_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("response_id", "object_id", name=op.f("uq_answer_response_id_object_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_object_id"), ["object_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_response_id"), ["response_id"], unique=False)
    op.create_table(
        "company_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.String(40), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "letter",
                "statement",
                "blog",
                "proxy_statement",
                "meeting",
                "press",
                "other",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("policy_change", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["organization.id"], name=op.f("fk_company_response_company_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_company_response_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_response")),
    )
    with op.batch_alter_table("company_response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_response_company_id"), ["company_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.String(40), nullable=False),
        sa.Column("received_on", sa.String(40), nullable=True),
        sa.Column("respond_by", sa.String(40), nullable=True),
        sa.Column("sender_count", sa.Integer(), nullable=True),
        sa.Column("sender_count_note", sa.String(), nullable=False),
        sa.Column("reasks_id", sa.Integer(), nullable=True),
        sa.Column("by_employees", sa.Boolean(), nullable=False),
        sa.CheckConstraint("sender_count IS NULL OR sender_count > 0", name=op.f("ck_letter_senders_counted")),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_letter_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reasks_id"], ["campaign_object.id"], name=op.f("fk_letter_reasks_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_reasks_id"), ["reasks_id"], unique=False)
    op.create_table(
        "letter_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["campaign_object.id"],
            name=op.f("fk_letter_question_letter_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_question")),
        sa.UniqueConstraint("letter_id", "number", name=op.f("uq_letter_question_letter_id_number")),
    )
    with op.batch_alter_table("letter_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_question_letter_id"), ["letter_id"], unique=False)
    op.create_table(
        "response_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.Column("where", sa.String(), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["campaign_object.id"],
            name=op.f("fk_response_search_letter_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_search")),
    )
    with op.batch_alter_table("response_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_search_letter_id"), ["letter_id"], unique=False)
    op.create_table(
        "sender_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.String(40), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("insufficient", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["campaign_object.id"],
            name=op.f("fk_sender_judgement_letter_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sender_judgement")),
    )
    with op.batch_alter_table("sender_judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sender_judgement_letter_id"), ["letter_id"], unique=False)
    op.create_table(
        "letter_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "sender",
                "signatory",
                "recipient",
                name="party_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_letter_party_name_given")),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["campaign_object.id"],
            name=op.f("fk_letter_party_letter_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_letter_party_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_party_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_party")),
    )
    with op.batch_alter_table("letter_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_party_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_party_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_party_person_id"), ["person_id"], unique=False)
    op.create_table(
        "question_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "full",
                "partly",
                "beside",
                "not",
                name="answer_grade",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("assessed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["letter_question.id"],
            name=op.f("fk_question_assessment_question_id_letter_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["campaign_object.id"],
            name=op.f("fk_question_assessment_response_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_assessment")),
        sa.UniqueConstraint("question_id", "response_id", name=op.f("uq_question_assessment_question_id_response_id")),
    )
    with op.batch_alter_table("question_assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_assessment_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_assessment_response_id"), ["response_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    with op.batch_alter_table("question_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_assessment_response_id"))
        batch_op.drop_index(batch_op.f("ix_question_assessment_question_id"))
    op.drop_table("question_assessment")
    with op.batch_alter_table("letter_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_party_person_id"))
        batch_op.drop_index(batch_op.f("ix_letter_party_organization_id"))
        batch_op.drop_index(batch_op.f("ix_letter_party_letter_id"))
    op.drop_table("letter_party")
    with op.batch_alter_table("sender_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sender_judgement_letter_id"))
    op.drop_table("sender_judgement")
    with op.batch_alter_table("response_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_search_letter_id"))
    op.drop_table("response_search")
    with op.batch_alter_table("letter_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_question_letter_id"))
    op.drop_table("letter_question")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_reasks_id"))
    op.drop_table("letter")
    with op.batch_alter_table("company_response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_response_company_id"))
    op.drop_table("company_response")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_response_id"))
        batch_op.drop_index(batch_op.f("ix_answer_object_id"))
    op.drop_table("answer")

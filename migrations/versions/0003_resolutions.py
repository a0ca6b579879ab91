"""Resolutions: filers, status history, exclusion bases.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "exclusion_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.String(20), nullable=False),
        sa.Column("argued", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["campaign_object.id"],
            name=op.f("fk_exclusion_basis_resolution_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion_basis")),
        sa.UniqueConstraint("resolution_id", "paragraph", name=op.f("uq_exclusion_basis_resolution_id_paragraph")),
    )
    with op.batch_alter_table("exclusion_basis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_basis_resolution_id"), ["resolution_id"], unique=False)
    op.create_table(
        "resolution_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column(
            "code",
            sa.Enum(
                "drafted",
                "filed",
                "deficiency_noticed",
                "cured",
                "exclusion_noticed",
                "sec_concurred",
                "sec_not_concurred",
                "sec_no_objection_on_representation",
                "sec_no_response",
                "reconsideration_sought",
                "reconsideration_denied",
                "litigated",
                "injunction_granted",
                "injunction_denied",
                "on_ballot",
                "withdrawn_agreement",
                "withdrawn_partial",
                "withdrawn_moot",
                "withdrawn_tactical",
                "omitted",
                "not_presented",
                "voted_prelim",
                "voted_final",
                "meeting_postponed",
                name="resolution_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.String(40), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_resolution_status_number_from_one")),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["campaign_object.id"],
            name=op.f("fk_resolution_status_resolution_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution_status")),
        sa.UniqueConstraint(
            "resolution_id", "code", "number", name=op.f("uq_resolution_status_resolution_id_code_number")
        ),
    )
    with op.batch_alter_table("resolution_status", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_status_resolution_id"), ["resolution_id"], unique=False)
    op.create_table(
        "subject_family",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(120), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["organization.id"], name=op.f("fk_subject_family_company_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_family")),
        sa.UniqueConstraint("slug", name=op.f("uq_subject_family_slug")),
    )
    with op.batch_alter_table("subject_family", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subject_family_company_id"), ["company_id"], unique=False)
    op.create_table(
        "filer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "lead_filer",
                "co_filer",
                "representative",
                name="filer_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("joined_on", sa.String(40), nullable=True),
        sa.Column("left_on", sa.String(40), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("organization_id IS NOT NULL OR person_id IS NOT NULL", name=op.f("ck_filer_names_a_party")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_filer_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_filer_person_id_person")),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["campaign_object.id"],
            name=op.f("fk_filer_resolution_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filer")),
        sa.UniqueConstraint(
            "resolution_id",
            "organization_id",
            "person_id",
            "role",
            name=op.f("uq_filer_resolution_id_organization_id_person_id_role"),
        ),
    )
    with op.batch_alter_table("filer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filer_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_filer_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_filer_resolution_id"), ["resolution_id"], unique=False)
    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column(
            "ask_type",
            sa.Enum(
                "prohibit",
                "report",
                "policy",
                "governance",
                "other",
                name="ask_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ask", sa.String(), nullable=False),
        sa.Column("resolved_clause", sa.String(), nullable=False),
        sa.Column("supporting_statement", sa.String(), nullable=False),
        sa.Column("board_statement", sa.String(), nullable=False),
        sa.CheckConstraint("season BETWEEN 1934 AND 2200", name=op.f("ck_resolution_season_plausible")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["organization.id"], name=op.f("fk_resolution_company_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["subject_family.id"], name=op.f("fk_resolution_family_id_subject_family")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["campaign_object.id"], name=op.f("fk_resolution_id_campaign_object"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
    )
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_resolution_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_resolution_season"), ["season"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_season"))
        batch_op.drop_index(batch_op.f("ix_resolution_family_id"))
        batch_op.drop_index(batch_op.f("ix_resolution_company_id"))
    op.drop_table("resolution")
    with op.batch_alter_table("filer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filer_resolution_id"))
        batch_op.drop_index(batch_op.f("ix_filer_person_id"))
        batch_op.drop_index(batch_op.f("ix_filer_organization_id"))
    op.drop_table("filer")
    with op.batch_alter_table("subject_family", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_family_company_id"))
    op.drop_table("subject_family")
    with op.batch_alter_table("resolution_status", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_status_resolution_id"))
    op.drop_table("resolution_status")
    with op.batch_alter_table("exclusion_basis", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_basis_resolution_id"))
    op.drop_table("exclusion_basis")

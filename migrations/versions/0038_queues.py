"""Acts on many suggestions at once; where a reader differs and who chose; names put off.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
RELATIONS = (
    "announces", "files", "responds_to", "reports_on", "votes_on", "challenges", "decides", "discloses",
    "starts", "ends", "supports", "opposes", "fulfils", "cites", "mentions",
)  # fmt: skip
EVENT_TYPES = (
    "resolution_filed", "resolution_challenged", "sec_decision", "resolution_withdrawn", "vote_result",
    "proxy_statement", "exempt_solicitation", "letter_sent", "company_response", "company_policy_change",
    "contract_awarded", "contract_ended", "legislation_introduced", "law_enacted", "lawsuit_filed",
    "ruling_or_settlement", "regulator_action", "hearing", "study_or_report", "misuse_incident",
    "employee_protest", "commentary", "other",
)  # fmt: skip


def _choice(table: str, column: str, codes: tuple[str, ...]) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_{table}_{column}"))


def _to(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), ondelete=ondelete
    )


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "bulk_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(120), nullable=False),
        sa.Column("relation", sa.String(40), nullable=True),
        sa.Column("event_type", sa.String(40), nullable=True),
        sa.Column("score_from", sa.Float(), nullable=False),
        sa.Column("score_below", sa.Float(), nullable=False),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("begun_by", sa.String(120), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.String(120), nullable=False),
        sa.Column("undo_begun_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        _choice("bulk_act", "relation", RELATIONS),
        _choice("bulk_act", "event_type", EVENT_TYPES),
        sa.CheckConstraint("links >= 1", name=op.f("ck_bulk_act_links_counted")),
        sa.CheckConstraint("score_from < score_below", name=op.f("ck_bulk_act_band_forward")),
        sa.CheckConstraint("(undo_begun_at IS NULL) = (undone_by = '')", name=op.f("ck_bulk_act_undone_by_somebody")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_act")),
    )
    op.create_index(op.f("ix_bulk_act_begun_at"), "bulk_act", ["begun_at"])
    op.create_table(
        "bulk_member",
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(40), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.String(), nullable=False),
        sa.Column("undoing_id", sa.Integer(), nullable=True),
        sa.Column("stays", sa.String(), nullable=False),
        _choice("bulk_member", "relation", RELATIONS),
        sa.CheckConstraint("decision_id IS NULL OR left_out = ''", name=op.f("ck_bulk_member_decided_or_left_out")),
        sa.CheckConstraint(
            "undoing_id IS NULL OR decision_id IS NOT NULL", name=op.f("ck_bulk_member_undone_when_decided")
        ),
        _to("bulk_member", "act_id", "bulk_act", "CASCADE"),
        _to("bulk_member", "document_id", "document", "CASCADE"),
        _to("bulk_member", "object_id", "campaign_object", "CASCADE"),
        _to("bulk_member", "decision_id", "decision", "SET NULL"),
        _to("bulk_member", "undoing_id", "decision", "SET NULL"),
        sa.PrimaryKeyConstraint("act_id", "document_id", "object_id", name=op.f("pk_bulk_member")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_bulk_member_decision_id")),
        sa.UniqueConstraint("undoing_id", name=op.f("uq_bulk_member_undoing_id")),
    )
    op.create_index("ix_bulk_member_document_id", "bulk_member", ["document_id"])
    op.create_index(op.f("ix_bulk_member_object_id"), "bulk_member", ["object_id"])
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("differs_from", sa.String(160), nullable=True))
        table.add_column(sa.Column("settled_by", sa.String(120), nullable=True))
        table.add_column(sa.Column("settled_at", MOMENT, nullable=True))
    with op.batch_alter_table("new_name") as table:
        table.add_column(sa.Column("later_until", MOMENT, nullable=True))


def downgrade() -> None:
    """Take them back."""
    with op.batch_alter_table("new_name") as table:
        table.drop_column("later_until")
    with op.batch_alter_table("evidence") as table:
        for name in ("differs_from", "settled_by", "settled_at"):
            table.drop_column(name)
    op.drop_table("bulk_member")
    op.drop_table("bulk_act")

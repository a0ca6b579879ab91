"""Undoing a decision; who looks at which suggestions; an index of what waits.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
OLD = ("accept", "reject", "unsure", "wrong_relation", "relevant", "not_relevant", "event_type")
NEW = (*OLD, "undo")
OF_LINKS = "(object_id IS NOT NULL) = (verdict IN ('accept', 'reject', 'unsure', 'wrong_relation'))"
OF_LINKS_OR_UNDONE = f"verdict = 'undo' OR {OF_LINKS}"
CHECKED = ("ck_decision_verdict", "ck_decision_of_a_link_or_a_document")
WAITING = sa.text("state = 'suggested'")
CONFIRMED = sa.text("state = 'confirmed'")


def _check(table: sa.schema.SchemaItem, verdicts: tuple[str, ...], of_links: str) -> None:
    codes = ", ".join(f"'{code}'" for code in verdicts)
    for name in CHECKED:
        table.drop_constraint(op.f(name), type_="check")
    table.create_check_constraint(op.f(CHECKED[0]), f"verdict IN ({codes})")
    table.create_check_constraint(op.f(CHECKED[1]), of_links)


def upgrade() -> None:
    """Let decisions be undone, and make the table of claims."""
    with op.batch_alter_table("decision") as table:
        table.add_column(sa.Column("before", JSON, nullable=True))
        table.add_column(sa.Column("undoes_id", sa.Integer(), nullable=True))
        _check(table, NEW, OF_LINKS_OR_UNDONE)
        table.create_check_constraint(op.f("ck_decision_undone_given"), "(undoes_id IS NOT NULL) = (verdict = 'undo')")
        table.create_unique_constraint(op.f("uq_decision_undoes_id"), ["undoes_id"])
        table.create_foreign_key(
            op.f("fk_decision_undoes_id_decision"), "decision", ["undoes_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index("ix_decision_decided_at_id", "decision", ["decided_at", "id"])
    op.create_table(
        "review_claim",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(120), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_review_claim_document_id_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_review_claim")),
    )
    op.create_index(
        "ix_link_decided_at",
        "link",
        ["decided_at", "decided_by"],
        sqlite_where=CONFIRMED,
        postgresql_where=CONFIRMED,
    )
    op.create_index(
        "ix_link_waiting",
        "link",
        ["state", "document_id", "object_id", "score", "relation", "made_by", "created_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Take it back; what was undone counts again."""
    op.drop_index("ix_link_waiting", table_name="link")
    op.drop_index("ix_link_decided_at", table_name="link")
    op.drop_table("review_claim")
    op.drop_index("ix_decision_decided_at_id", table_name="decision")
    op.execute("DELETE FROM decision WHERE verdict = 'undo'")
    with op.batch_alter_table("decision") as table:
        table.drop_constraint(op.f("fk_decision_undoes_id_decision"), type_="foreignkey")
        table.drop_constraint(op.f("uq_decision_undoes_id"), type_="unique")
        table.drop_constraint(op.f("ck_decision_undone_given"), type_="check")
        _check(table, OLD, OF_LINKS)
        table.drop_column("undoes_id")
        table.drop_column("before")

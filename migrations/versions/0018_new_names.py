"""Names that recur and are not known yet.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
WHEN = sa.DateTime(timezone=True)
KINDS = ("person", "product", "company", "agency", "advocate", "investor", "unclear")
STATES = ("proposed", "accepted", "rejected")


def _choice(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "new_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("kind", _choice("new_name_kind", KINDS), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("examples", JSON, nullable=False),
        sa.Column("state", _choice("new_name_state", STATES), nullable=False),
        sa.Column("found_at", WHEN, nullable=False),
        sa.Column("decided_by", sa.String(120), nullable=False),
        sa.Column("decided_at", WHEN, nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_new_name_name_given")),
        sa.CheckConstraint("documents >= 1", name=op.f("ck_new_name_documents_counted")),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_new_name_decided_when_not_proposed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_name")),
        sa.UniqueConstraint("key", name=op.f("uq_new_name_key")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("new_name")

"""Filers as a proxy statement names them, also those who are nobody we know.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.elements import conv

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OLD_KEY = "uq_filer_resolution_id_organization_id_person_id_role"
KEY = f"{OLD_KEY}_named"
PARTY = conv("ck_filer_names_a_party")
KNOWN = "organization_id IS NOT NULL OR person_id IS NOT NULL"
NEW = {"named": (sa.String(300), "''"), "read_fields": (JSON, "'[]'")}


def upgrade() -> None:
    """Make the columns; who stands in the archive already was given by people."""
    with op.batch_alter_table("filer") as batch_op:
        for name, (kind, default) in NEW.items():
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=sa.text(default)))
    with op.batch_alter_table("filer") as batch_op:
        for name, (kind, _) in NEW.items():
            batch_op.alter_column(name, existing_type=kind, server_default=None)
        batch_op.drop_constraint(OLD_KEY, type_="unique")
        batch_op.create_unique_constraint(KEY, ["resolution_id", "organization_id", "person_id", "role", "named"])
        batch_op.drop_constraint(PARTY, type_="check")
        batch_op.create_check_constraint(PARTY, f"{KNOWN} OR named <> ''")


def downgrade() -> None:
    """Drop them, and the filers who are nobody we know."""
    op.execute(f"DELETE FROM filer WHERE NOT ({KNOWN})")  # noqa: S608 - our own words
    with op.batch_alter_table("filer") as batch_op:
        batch_op.drop_constraint(PARTY, type_="check")
        batch_op.create_check_constraint(PARTY, KNOWN)
        batch_op.drop_constraint(KEY, type_="unique")
        batch_op.create_unique_constraint(OLD_KEY, ["resolution_id", "organization_id", "person_id", "role"])
        for name in reversed(NEW):
            batch_op.drop_column(name)

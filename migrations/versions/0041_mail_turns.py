"""How mail to one domain is spaced; the domain of each mail's address beside it.

Revision ID: 0041
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0032"
branch_labels = None
depends_on = None

# What follows the @; an address without one has never been taken.
BACKFILL = {
    "sqlite": "substr(email, instr(email, '@') + 1)",
    "postgresql": "substr(email, strpos(email, '@') + 1)",
}


def upgrade() -> None:
    """Make the table; fill the column from the subscribers' addresses."""
    op.create_table(
        "mail_domain",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("next_turn_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mail_domain")),
    )
    op.add_column("delivery", sa.Column("domain", sa.String(length=255), nullable=False, server_default=""))
    domain = BACKFILL[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE delivery SET domain = (SELECT {domain} FROM subscriber WHERE subscriber.id = delivery.subscriber_id)"  # noqa: S608
    )
    with op.batch_alter_table("delivery") as batch:
        batch.alter_column("domain", server_default=None)


def downgrade() -> None:
    """Drop both."""
    with op.batch_alter_table("delivery") as batch:
        batch.drop_column("domain")
    op.drop_table("mail_domain")

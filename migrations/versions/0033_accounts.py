"""Accounts: names are unique; sessions, one-time links, failed tries, passkeys and tokens.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

PURPOSES = ("first_administrator", "invitation", "reset")
MOMENT = sa.DateTime(timezone=True)


def _of_account(table: str, *columns: sa.schema.SchemaItem, unique: str = "key_hash", free: bool = False) -> None:
    """Make a table of things that belong to an account and go with it."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=free),
        *columns,
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(unique, name=op.f(f"uq_{table}_{unique}")),
    )
    op.create_index(op.f(f"ix_{table}_account_id"), table, ["account_id"])


def upgrade() -> None:
    """Make them."""
    with op.batch_alter_table("account") as table:
        table.alter_column("name", existing_type=sa.String(200), type_=sa.String(120))
        table.add_column(sa.Column("totp_secret", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("totp_last", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("passkey_handle", sa.String(64), nullable=False, server_default=""))
        table.create_unique_constraint(op.f("uq_account_name"), ["name"])
    with op.batch_alter_table("account") as table:
        for column in ("totp_secret", "totp_last", "passkey_handle"):
            table.alter_column(column, server_default=None)
    _of_account(
        "account_session",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("device", sa.String(200), nullable=False),
    )
    op.create_index(op.f("ix_account_session_seen_at"), "account_session", ["seen_at"])
    purposes = ", ".join(f"'{purpose}'" for purpose in PURPOSES)
    _of_account(
        "account_link",
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.CheckConstraint(f"purpose IN ({purposes})", name=op.f("ck_account_link_link_purpose")),
        free=True,
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counted", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    for column in ("counted", "at"):
        op.create_index(op.f(f"ix_sign_in_failure_{column}"), "sign_in_failure", [column])
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    _of_account(
        "passkey",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("credential_id", sa.String(1400), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", json, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        unique="credential_id",
    )
    _of_account(
        "api_token",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("ends_with", sa.String(8), nullable=False),
        sa.Column("scopes", json, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("api_token", "passkey", "sign_in_failure", "account_link", "account_session"):
        op.drop_table(table)
    with op.batch_alter_table("account") as table:
        table.drop_constraint(op.f("uq_account_name"), type_="unique")
        for column in ("totp_secret", "totp_last", "passkey_handle"):
            table.drop_column(column)
        table.alter_column("name", existing_type=sa.String(120), type_=sa.String(200))

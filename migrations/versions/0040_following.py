"""Following without an account, how often mail comes, mail that is no digest, whom not to mail, how mail is spaced.

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

# What follows the @; an address without one has never been taken.
BACKFILL = {
    "sqlite": "substr(email, instr(email, '@') + 1)",
    "postgresql": "substr(email, strpos(email, '@') + 1)",
}


ONE_THING = "ck_follow_follows_one_thing"
FREQUENCIES = ("daily", "weekly", "monthly")
KEYS = ("campaign_id", "organization_id", "object_id")
COUNTED = " + ".join(f"(CASE WHEN {key} IS NULL THEN 0 ELSE 1 END)" for key in KEYS)


def _choice(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make tables and columns; fill the domain from the subscribers' addresses."""
    op.create_table(
        "mail_domain",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("next_turn_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mail_domain")),
    )
    op.create_table(
        "suppression",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", _choice("suppression_reason", "bounced", "complained", "asked"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_suppression")),
    )
    op.create_table(
        "subscriber_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_subscriber_link_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber_link")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_subscriber_link_key_hash")),
    )
    op.create_index(op.f("ix_subscriber_link_subscriber_id"), "subscriber_link", ["subscriber_id"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("values", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("state", _choice("delivery_state", "pending", "sent", "failed", "skipped"), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.String(length=120), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint("attempts IS NULL OR attempts >= 0", name=op.f("ck_notice_attempts_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("message_id", name=op.f("uq_notice_message_id")),
    )
    op.create_index(op.f("ix_notice_due_at"), "notice", ["due_at"])
    with op.batch_alter_table("subscriber") as batch:
        batch.add_column(
            sa.Column("frequency", _choice("frequency", *FREQUENCIES), nullable=False, server_default="weekly")
        )
        batch.add_column(sa.Column("quiet_line", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("wording", sa.String(length=40), nullable=False, server_default=""))
    with op.batch_alter_table("follow") as batch:
        batch.add_column(sa.Column("search", sa.String(length=200), nullable=False, server_default=""))
        batch.add_column(sa.Column("confirmed", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.alter_column("note", existing_type=sa.String(), type_=sa.String(length=500))
        batch.drop_constraint(op.f(ONE_THING), type_="check")
        batch.create_check_constraint(op.f(ONE_THING), f"{COUNTED} + (CASE WHEN search = '' THEN 0 ELSE 1 END) = 1")
        batch.drop_constraint(op.f("uq_follow_subscriber_id_campaign_id_organization_id_object_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_follow_subscriber_id_campaign_id_organization_id_object_id_search"),
            ["subscriber_id", *KEYS, "search"],
        )
    with op.batch_alter_table("issue") as batch:
        batch.add_column(sa.Column("scope", sa.String(length=240), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("frequency", _choice("frequency", *FREQUENCIES), nullable=False, server_default="weekly")
        )
        batch.add_column(sa.Column("organization_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("object_id", sa.Integer(), nullable=True))
        batch.alter_column("campaign_id", existing_type=sa.Integer(), nullable=True)
        batch.create_foreign_key(
            op.f("fk_issue_organization_id_organization"),
            "organization",
            ["organization_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_foreign_key(
            op.f("fk_issue_object_id_campaign_object"), "campaign_object", ["object_id"], ["id"], ondelete="CASCADE"
        )
        batch.drop_constraint(op.f("uq_issue_campaign_id_starts_on_ends_on"), type_="unique")
        batch.create_index(op.f("ix_issue_organization_id"), ["organization_id"])
        batch.create_index(op.f("ix_issue_object_id"), ["object_id"])
    op.execute("UPDATE issue SET scope = 'campaign:' || campaign_id")
    with op.batch_alter_table("issue") as batch:
        batch.create_unique_constraint(
            op.f("uq_issue_scope_frequency_starts_on_ends_on"), ["scope", "frequency", "starts_on", "ends_on"]
        )
    op.add_column("delivery", sa.Column("domain", sa.String(length=255), nullable=False, server_default=""))
    domain = BACKFILL[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE delivery SET domain = (SELECT {domain} FROM subscriber WHERE subscriber.id = delivery.subscriber_id)"  # noqa: S608
    )
    for table, columns in (
        ("subscriber", ("frequency", "quiet_line", "wording")),
        ("follow", ("search", "confirmed")),
        ("delivery", ("domain",)),
        ("issue", ("scope", "frequency")),
    ):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.alter_column(column, server_default=None)


def downgrade() -> None:
    """Drop all of it; follows of searches, which were not known, go."""
    op.execute("DELETE FROM follow WHERE search <> '' OR NOT confirmed")
    gone = "SELECT id FROM issue WHERE campaign_id IS NULL OR frequency <> 'weekly'"
    op.execute(f"DELETE FROM delivered_issue WHERE issue_id IN ({gone})")  # noqa: S608
    op.execute(f"DELETE FROM issue WHERE id IN ({gone})")  # noqa: S608
    with op.batch_alter_table("issue") as batch:
        batch.drop_constraint(op.f("uq_issue_scope_frequency_starts_on_ends_on"), type_="unique")
        batch.drop_index(op.f("ix_issue_object_id"))
        batch.drop_index(op.f("ix_issue_organization_id"))
        batch.drop_constraint(op.f("fk_issue_object_id_campaign_object"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_issue_organization_id_organization"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_issue_frequency"), type_="check")
        batch.alter_column("campaign_id", existing_type=sa.Integer(), nullable=False)
        for column in ("object_id", "organization_id", "frequency", "scope"):
            batch.drop_column(column)
        batch.create_unique_constraint(
            op.f("uq_issue_campaign_id_starts_on_ends_on"), ["campaign_id", "starts_on", "ends_on"]
        )
    with op.batch_alter_table("delivery") as batch:
        batch.drop_column("domain")
    with op.batch_alter_table("follow") as batch:
        batch.drop_constraint(
            op.f("uq_follow_subscriber_id_campaign_id_organization_id_object_id_search"), type_="unique"
        )
        batch.create_unique_constraint(
            op.f("uq_follow_subscriber_id_campaign_id_organization_id_object_id"), ["subscriber_id", *KEYS]
        )
        batch.drop_constraint(op.f(ONE_THING), type_="check")
        batch.create_check_constraint(op.f(ONE_THING), f"{COUNTED} = 1")
        batch.alter_column("note", existing_type=sa.String(length=500), type_=sa.String())
        batch.drop_column("confirmed")
        batch.drop_column("search")
    with op.batch_alter_table("subscriber") as batch:
        batch.drop_constraint(op.f("ck_subscriber_frequency"), type_="check")
        for column in ("wording", "paused_until", "quiet_line", "frequency"):
            batch.drop_column(column)
    for table in ("notice", "subscriber_link", "suppression", "mail_domain"):
        op.drop_table(table)

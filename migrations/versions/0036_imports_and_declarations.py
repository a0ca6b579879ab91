"""CSV files on their way in, views of commitments, votes declared by people with accounts and whom they speak for.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
RUN_STATES = ("checking", "ready", "applying", "done", "given_up")
SIDES = ("proponent", "company", "others")
STATES = ("none", "pending", "partial", "full", "broken")


def _codes(column: str, codes: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(code) for code in codes)})"


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "csv_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("header_key", sa.String(64), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("decided", JSON, nullable=False),
        sa.Column("listed", JSON, nullable=False),
        sa.Column("found", JSON, nullable=False),
        sa.Column("done", JSON, nullable=False),
        sa.Column("checked_to", sa.Integer(), nullable=False),
        sa.Column("applied_to", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(_codes("state", RUN_STATES), name=op.f("ck_csv_run_csv_run_state")),
        sa.CheckConstraint("applied_to >= 0 AND checked_to >= 0", name=op.f("ck_csv_run_rows_not_negative")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_csv_run_campaign_id_campaign"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_csv_run")),
    )
    for column in ("campaign_id", "content_hash", "header_key"):
        op.create_index(op.f(f"ix_csv_run_{column}"), "csv_run", [column])
    op.create_table(
        "commitment_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("on", sa.String(40), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint(_codes("side", SIDES), name=op.f("ck_commitment_view_side")),
        sa.CheckConstraint(_codes("state", STATES), name=op.f("ck_commitment_view_commitment_state")),
        sa.CheckConstraint("url <> ''", name=op.f("ck_commitment_view_has_source")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_commitment_view_number_from_one")),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["campaign_object.id"],
            name=op.f("fk_commitment_view_commitment_id_campaign_object"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_view")),
        sa.UniqueConstraint(
            "commitment_id", "side", "number", name=op.f("uq_commitment_view_commitment_id_side_number")
        ),
    )
    op.create_index(op.f("ix_commitment_view_commitment_id"), "commitment_view", ["commitment_id"])
    op.create_table(
        "spokesperson",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_spokesperson_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_spokesperson_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_spokesperson")),
    )
    op.create_index(op.f("ix_spokesperson_organization_id"), "spokesperson", ["organization_id"])
    _intentions(("for", "against", "abstain", "undecided"), "url <> '' OR declared_by <> ''", more=True)


def downgrade() -> None:
    """Drop them."""
    op.execute("DELETE FROM voting_intention WHERE intention = 'undecided' OR url = ''")
    _intentions(("for", "against", "abstain"), "url <> ''", more=False)
    for table in ("spokesperson", "commitment_view", "csv_run"):
        op.drop_table(table)


def _intentions(codes: tuple[str, ...], source: str, *, more: bool) -> None:
    """Make the table of voting intentions hold these codes and this source; add or drop what accounts declare."""
    if more:
        with op.batch_alter_table("voting_intention") as table:
            table.add_column(sa.Column("declared_by", sa.String(120), nullable=False, server_default=""))
            table.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        with op.batch_alter_table("voting_intention") as table:
            table.alter_column("declared_by", server_default=None)
    with op.batch_alter_table("voting_intention") as table:
        for name, rule in (("intention", _codes("intention", codes)), ("has_source", source)):
            table.drop_constraint(op.f(f"ck_voting_intention_{name}"), type_="check")
            table.create_check_constraint(op.f(f"ck_voting_intention_{name}"), rule)
    if not more:
        with op.batch_alter_table("voting_intention") as table:
            table.drop_column("declared_by")
            table.drop_column("withdrawn_on")

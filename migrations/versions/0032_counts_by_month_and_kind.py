"""Counts of a timeline's rows by month and by kind alone; which object's step a row told, for links to merged ones.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

LANES = ("investors", "advocates", "lawmakers", "company", "regulators", "press")
KINDS = (
    "resolution_filed", "resolution_challenged", "sec_decision", "resolution_withdrawn", "vote_result",
    "proxy_statement", "exempt_solicitation", "letter_sent", "company_response", "company_policy_change",
    "contract_awarded", "contract_ended", "legislation_introduced", "law_enacted", "lawsuit_filed",
    "ruling_or_settlement", "regulator_action", "hearing", "study_or_report", "misuse_incident", "employee_protest",
    "commentary", "other",
)  # fmt: skip


def _choice(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _counts(table: str, *keys: sa.Column) -> None:
    """Make a table of counts by these columns, and fill it from the finest one."""
    names = ["campaign_id", *(key.name for key in keys)]
    op.create_table(
        table,
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        *keys,
        sa.Column("events", sa.Integer(), nullable=False),
        sa.CheckConstraint("events > 0", name=op.f(f"ck_{table}_events_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f(f"fk_{table}_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*names, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )
    listed = ", ".join(names)
    summed = f"SELECT {listed}, sum(events) FROM event_count GROUP BY {listed}"  # noqa: S608 — names of ours
    op.execute(f"INSERT INTO {table} ({listed}, events) {summed}")


def upgrade() -> None:
    """Make both tables; give what is first known the object and the step it told, as far as its row still stands."""
    lane = sa.Column("lane", _choice("lane", LANES), nullable=False)
    months = (sa.Column(name, sa.String(7), nullable=False) for name in ("begins", "ends"))
    _counts("event_month", *months, lane)
    lane = sa.Column("lane", _choice("lane", LANES), nullable=False)
    _counts("event_total", lane, sa.Column("kind", _choice("event_type", KINDS), nullable=False))
    op.create_index(op.f("ix_resolution_ask_type"), "resolution", ["ask_type"])
    with op.batch_alter_table("first_known") as table:
        table.add_column(sa.Column("object_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("step", sa.String(200), nullable=False, server_default=""))
        table.create_foreign_key(
            op.f("fk_first_known_object_id_campaign_object"), "campaign_object", ["object_id"], ["id"],
            ondelete="SET NULL",
        )  # fmt: skip
        table.create_index(op.f("ix_first_known_object_id"), ["object_id"])
    with op.batch_alter_table("first_known") as table:
        table.alter_column("step", server_default=None)
    # A row's key is the object's name, a colon, and the step.
    place = "instr(event.key, ':')" if op.get_bind().dialect.name == "sqlite" else "strpos(event.key, ':')"
    told = "FROM event WHERE event.id = first_known.event_id AND event.object_id IS NOT NULL"
    op.execute(
        f"UPDATE first_known SET object_id = (SELECT event.object_id {told}), "  # noqa: S608 — names of ours
        f"step = (SELECT substr(event.key, {place} + 1) {told}) WHERE EXISTS (SELECT 1 {told})"
    )


def downgrade() -> None:
    """Drop what was made."""
    with op.batch_alter_table("first_known") as table:
        table.drop_index(op.f("ix_first_known_object_id"))
        table.drop_constraint(op.f("fk_first_known_object_id_campaign_object"), type_="foreignkey")
        table.drop_column("step")
        table.drop_column("object_id")
    op.drop_index(op.f("ix_resolution_ask_type"), table_name="resolution")
    op.drop_table("event_total")
    op.drop_table("event_month")

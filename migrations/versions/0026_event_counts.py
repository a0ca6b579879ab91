"""Timelines of hundreds of thousands of rows: counts by month, and indexes that answer filters.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
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
LONGER = sa.text("latest > sort_day")
IN_ORDER = ("ix_event_campaign_id_sort_day_id_lane_kind", ["campaign_id", "sort_day", "id", "lane", "kind"])
BY_KIND = ("ix_event_campaign_id_lane_kind_sort_day_id", ["campaign_id", "lane", "kind", "sort_day", "id"])


def _choice(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the table of counts, fill it, and change the indexes."""
    op.create_table(
        "event_count",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.String(7), nullable=False),
        sa.Column("ends", sa.String(7), nullable=False),
        sa.Column("lane", _choice("lane", LANES), nullable=False),
        sa.Column("kind", _choice("event_type", KINDS), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.CheckConstraint("events > 0", name=op.f("ck_event_count_events_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_event_count_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "begins", "ends", "lane", "kind", name=op.f("pk_event_count")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO event_count (campaign_id, begins, ends, lane, kind, events) "
        "SELECT campaign_id, substr(sort_day, 1, 7), "
        "substr(CASE WHEN latest > sort_day THEN latest ELSE sort_day END, 1, 7), lane, kind, count(*) "
        "FROM event GROUP BY 1, 2, 3, 4, 5"
    )
    op.drop_index("ix_event_campaign_id_sort_day_id", table_name="event")
    for name, columns in (IN_ORDER, BY_KIND):
        op.create_index(name, "event", columns)
    op.create_index(
        "ix_event_longer_than_a_day", "event", ["campaign_id", "latest"], sqlite_where=LONGER, postgresql_where=LONGER
    )


def downgrade() -> None:
    """Drop the counts and give the index back."""
    op.drop_index("ix_event_longer_than_a_day", table_name="event")
    for name, _ in (IN_ORDER, BY_KIND):
        op.drop_index(name, table_name="event")
    op.create_index("ix_event_campaign_id_sort_day_id", "event", ["campaign_id", "sort_day", "id"])
    op.drop_table("event_count")

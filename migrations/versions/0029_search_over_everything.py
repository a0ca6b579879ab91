"""One search index over everything in place of that over documents.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
THINGS = {"document": "document", "object": "campaign_object", "campaign": "campaign", "organization": "organization"}


def upgrade() -> None:
    """Make the tables, empty: marks and days are rules of the program, so `tracker rebuild` fills them."""
    op.create_table(
        "search_entry",
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        *(sa.Column(f"{name}_id", sa.Integer(), nullable=True) for name in THINGS),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.CheckConstraint(
            "coalesce(document_id, object_id, campaign_id, organization_id) IS NOT NULL",
            name=op.f("ck_search_entry_of_something"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"], [f"{table}.id"], name=op.f(f"fk_search_entry_{name}_id_{table}"), ondelete="CASCADE"
            )
            for name, table in THINGS.items()
        ),
        *(sa.UniqueConstraint(f"{name}_id", name=op.f(f"uq_search_entry_{name}_id")) for name in THINGS),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_entry")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.execute("DROP TABLE document_search")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5("
            "title, text, marks, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
        return
    op.execute(
        "CREATE TABLE search_index (place BIGINT NOT NULL, words TSVECTOR NOT NULL, "
        "CONSTRAINT pk_search_index PRIMARY KEY (place), "
        "CONSTRAINT fk_search_index_place_search_entry FOREIGN KEY (place) "
        "REFERENCES search_entry (place) ON DELETE CASCADE)"
    )
    op.execute("CREATE INDEX ix_search_index_words ON search_index USING gin (words)")


def downgrade() -> None:
    """Drop them, and make the index over documents again, empty."""
    op.execute("DROP TABLE search_index")
    op.drop_table("search_word")
    op.drop_table("search_entry")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE document_search USING fts5("
            "title, text, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
        return
    op.execute(
        "CREATE TABLE document_search (document_id INTEGER NOT NULL, words TSVECTOR NOT NULL, "
        "CONSTRAINT pk_document_search PRIMARY KEY (document_id), "
        "CONSTRAINT fk_document_search_document_id_document FOREIGN KEY (document_id) "
        "REFERENCES document (id) ON DELETE CASCADE)"
    )
    op.execute("CREATE INDEX ix_document_search_words ON document_search USING gin (words)")

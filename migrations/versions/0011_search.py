"""The search index, filled with what is there already.

Revision ID: 0011
Revises: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NEWEST = (
    "FROM document JOIN document_version ON document_version.document_id = document.id "
    "AND document_version.number = document.version_count"
)


def upgrade() -> None:
    """Make the index and fill it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE document_search USING fts5("
            "title, text, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
        op.execute(
            "INSERT INTO document_search (rowid, title, text) "
            f"SELECT document.id, document_version.title, substr(document_version.text, 1, 200000) {NEWEST}"
        )
        return
    op.execute(
        "CREATE TABLE document_search (document_id INTEGER NOT NULL, words TSVECTOR NOT NULL, "
        "CONSTRAINT pk_document_search PRIMARY KEY (document_id), "
        "CONSTRAINT fk_document_search_document_id_document FOREIGN KEY (document_id) "
        "REFERENCES document (id) ON DELETE CASCADE)"
    )
    op.execute("CREATE INDEX ix_document_search_words ON document_search USING gin (words)")
    op.execute(
        "INSERT INTO document_search (document_id, words) "
        "SELECT document.id, setweight(to_tsvector('english', document_version.title), 'A') "
        "|| to_tsvector('english', left(document_version.text, "
        f"CASE WHEN octet_length(document_version.text) > 300000 THEN 75000 ELSE 200000 END)) {NEWEST}"
    )


def downgrade() -> None:
    """Drop it."""
    op.execute("DROP TABLE document_search")

"""The search index's table, which each database makes in its own way; written and asked by `store.search` alone."""

from sqlalchemy import DDL, event

from tracker.models.base import metadata

_FTS5 = (
    "CREATE VIRTUAL TABLE document_search USING fts5("
    "title, text, content='', tokenize='porter unicode61 remove_diacritics 2')"
)
_TSVECTOR = (
    "CREATE TABLE document_search (document_id INTEGER NOT NULL, words TSVECTOR NOT NULL, "
    "CONSTRAINT pk_document_search PRIMARY KEY (document_id), "
    "CONSTRAINT fk_document_search_document_id_document FOREIGN KEY (document_id) "
    "REFERENCES document (id) ON DELETE CASCADE)"
)
_GIN = "CREATE INDEX ix_document_search_words ON document_search USING gin (words)"
CREATE = {"sqlite": (_FTS5,), "postgresql": (_TSVECTOR, _GIN)}
DROP = "DROP TABLE document_search"

# For databases made from the models alone; migration 0011 does the same step by step.
for _dialect, _statements in CREATE.items():
    for _statement in _statements:
        event.listen(metadata, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
event.listen(metadata, "before_drop", DDL(DROP))  # type: ignore[no-untyped-call]

"""Search over everything: one index of documents, campaign objects, campaigns and organisations, one way to ask it.

SQLite has a contentless FTS5 table, so the texts of documents are not stored twice; PostgreSQL a table of `tsvector`.
Both are kept in the transaction that writes what is found, so what is stored can be found at once.
"""

from tracker.store.search.entries import NAMED, Fields, Words, add, fields, is_missing, rebuild, replace
from tracker.store.search.finding import SHOWN, Hit, Order, find
from tracker.store.search.query import Query, parse
from tracker.store.search.reading import Told, tell
from tracker.store.search.spelling import suggestion
from tracker.store.search.things import keep_all, keep_objects, mark_again

__all__ = [
    "NAMED", "SHOWN", "Fields", "Hit", "Order", "Query", "Told", "Words", "add", "fields", "find", "is_missing",
    "keep_all", "keep_objects", "mark_again", "parse", "rebuild", "replace", "suggestion", "tell",
]  # fmt: skip

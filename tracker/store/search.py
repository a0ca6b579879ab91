"""Full text of documents: one index beside the archive, in each database's own way, and one function that asks it.

SQLite has a contentless FTS5 table, so the texts are not stored twice; PostgreSQL a table of `tsvector`. Both are kept
in the transaction that writes the document, so what is stored can be found at once.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, bindparam, text
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState
from tracker.models.document import Document, DocumentVersion

# A tsvector holds at most a megabyte; the words of this many characters, in this many bytes of UTF-8, always fit.
MOST_CHARACTERS, MOST_BYTES = 200_000, 300_000
SHOWN = (DocumentState.RELEVANT, DocumentState.SCREENED)
_TERM = re.compile(r'"([^"]*)"|(\S+)')
# As each driver wants it: with every batch that is kept thousands of rows go this way.
_ADD = {
    "sqlite": "INSERT INTO document_search (rowid, title, text) VALUES (:id, :title, :text)",
    "postgresql": "INSERT INTO document_search (document_id, words) VALUES (%(id)s, "
    "setweight(to_tsvector('english', %(title)s), 'A') || to_tsvector('english', %(text)s)) "
    "ON CONFLICT (document_id) DO UPDATE SET words = excluded.words",
}
# FTS5 forgets a text only when it is told the text again.
_FORGET = text(
    "INSERT INTO document_search (document_search, rowid, title, text) VALUES ('delete', :id, :title, :text)"
)
_ASK = {
    "sqlite": text(
        "SELECT document.id, bm25(document_search, 8.0, 1.0) AS place FROM document_search "
        "JOIN document ON document.id = document_search.rowid "
        "WHERE document_search MATCH :words AND document.state IN :states "
        "ORDER BY place, document.id DESC LIMIT :most"
    ).bindparams(bindparam("states", type_=String(), expanding=True)),
    "postgresql": text(
        "SELECT document.id, -ts_rank(words, asked) AS place FROM document_search "
        "JOIN document ON document.id = document_search.document_id, "
        "websearch_to_tsquery('english', :words) AS asked WHERE words @@ asked AND document.state IN :states "
        "ORDER BY place, document.id DESC LIMIT :most"
    ).bindparams(bindparam("states", type_=String(), expanding=True)),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is indexed of a document."""

    document_id: int
    title: str
    text: str

    def parameters(self, dialect: str) -> dict[str, Any]:
        """Return it as a statement's parameters."""
        words = self.text[:MOST_CHARACTERS]
        if dialect == "postgresql" and not words.isascii():
            words = words.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore")
        return {"id": self.document_id, "title": self.title, "text": words}


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; the smaller its `rank`, the better it fits."""

    document: Document
    rank: float


def add(session: Session, rows: Sequence[Words]) -> None:
    """Index new documents."""
    if rows:
        dialect = _dialect(session)
        session.connection().exec_driver_sql(_ADD[dialect], [row.parameters(dialect) for row in rows])


def replace(session: Session, before: Words, after: Words) -> None:
    """Index a document's new text in place of the one that was indexed before."""
    dialect = _dialect(session)
    if dialect == "sqlite":
        session.connection().execute(_FORGET, before.parameters(dialect))
    add(session, [after])


def find(session: Session, words: str, *, limit: int = 50, states: Collection[DocumentState] = SHOWN) -> list[Hit]:
    """Return the documents that have all of these words, best first; words in quotes stand together.

    Endings do not count ("contract" finds "contracts"); nor do case and accents on SQLite.
    """
    asked = _quoted(words)
    if not asked:
        return []
    given = {"words": asked, "states": [state.value for state in states], "most": limit}
    rows = session.connection().execute(_ASK[_dialect(session)], given).all()
    ranks = {int(row[0]): float(row[1]) for row in rows}
    query = select(Document).where(col(Document.id).in_(ranks))
    hits = [Hit(row, ranks[row.id or 0]) for row in session.exec(query)]
    return sorted(hits, key=lambda hit: (hit.rank, -(hit.document.id or 0)))


def rebuild(session: Session) -> int:
    """Make the index again from the newest version of every document; return how many there are."""
    session.connection().execute(_EMPTY[_dialect(session)])
    newest = (
        select(DocumentVersion.document_id, DocumentVersion.title, DocumentVersion.text)
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(col(DocumentVersion.number) == col(Document.version_count))
        .order_by(col(DocumentVersion.document_id))
    )
    count = 0
    for batch in _batches(session.connection().execute(newest).yield_per(500)):
        add(session, [Words(*row) for row in batch])
        count += len(batch)
    return count


_EMPTY = {
    "sqlite": text("INSERT INTO document_search (document_search) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM document_search"),
}


def _batches(rows: Iterable[Any], size: int = 500) -> Iterable[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _quoted(words: str) -> str:
    """Return a query in both databases' language that means these words, whatever signs and operators stand in them."""
    readable = words.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    terms = (phrase or word.replace('"', " ") for phrase, word in _TERM.findall(readable))
    return " ".join(f'"{term}"' for term in terms if re.search(r"\w", term))

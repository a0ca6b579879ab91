"""The index asked: what has all of these words, newest first or best first, page by page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import String, TextClause, bindparam, text
from sqlmodel import Session

from tracker.domain.vocab import DocumentState
from tracker.store.engine import dialect_of
from tracker.store.search.entries import ANYTHING, DAY_BITS, first_place, lexemes
from tracker.store.search.query import Query, phrases

SHOWN = (DocumentState.RELEVANT, DocumentState.SCREENED)
# Best first puts in order the newest of what was found: to weigh all that has a common word takes too long.
MOST_RANKED = 2_000
_COLUMNS = """
SELECT found.place, found.rank, entry.kind, entry.title, entry.text, entry.document_id, entry.object_id,
  entry.campaign_id, entry.organization_id"""
_JOINS = """
{join} search_entry AS entry ON entry.place = found.place
LEFT JOIN document ON document.id = entry.document_id
LEFT JOIN campaign_object AS spine ON spine.id = entry.object_id
WHERE (entry.document_id IS NULL OR document.state IN :states)
  AND (entry.object_id IS NULL OR (spine.state = 'published' AND spine.merged_into_id IS NULL))"""
_FTS5 = (
    "(SELECT rowid AS place, {rank} AS rank FROM search_index WHERE search_index MATCH :words "
    "AND rowid >= :lower AND rowid < :upper ORDER BY rowid DESC{most}) AS found"
)
_TSVECTOR = (
    "(SELECT place, {rank} AS rank FROM search_index, websearch_to_tsquery('english', :words) AS asked "
    "WHERE {where} AND place >= :lower AND place < :upper ORDER BY place DESC{most}) AS found"
)


class Order(StrEnum):
    """In which order hits are given."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: of its four numbers one is given. `text` is empty for documents.

    `place` orders by day, newest the largest; `rank` says how well it fits, the smaller the better, where hits are
    given best first, and is zero elsewhere.
    """

    place: int
    rank: float
    kind: str
    title: str
    text: str
    document_id: int | None
    object_id: int | None
    campaign_id: int | None
    organization_id: int | None

    @property
    def day(self) -> date | None:
        """The day it is listed under."""
        number = self.place >> DAY_BITS
        return date.fromordinal(number) if number else None


def find(
    session: Session,
    query: Query,
    *,
    order: Order = Order.NEWEST,
    after: tuple[float, int] | None = None,
    limit: int = 50,
    states: Collection[DocumentState] = SHOWN,
) -> list[Hit]:
    """Return at most `limit` of what has everything that is asked for; `after` is rank and place of the last hit above.

    Endings do not count ("contract" finds "contracts"); nor do case and accents on SQLite. Best first orders the
    newest `MOST_RANKED` hits.
    """
    if query.empty:
        return []
    lower = first_place(query.first or date.min) if query.first or query.last else 0
    upper = first_place(query.last + timedelta(days=1)) if query.last else first_place(date.max)
    given: dict[str, Any] = {"states": [state.value for state in states], "limit": limit, "lower": lower}
    if after is not None and order is Order.BEST:
        given |= {"after_rank": after[0], "after_place": after[1]}
    elif after is not None:
        upper = min(upper, after[1])
    statement, asked = _asked(query, dialect_of(session), order, later=after is not None)
    rows = session.connection().execute(statement, given | asked | {"upper": upper})
    return [Hit(*row) for row in rows]


def _asked(query: Query, dialect: str, order: Order, *, later: bool) -> tuple[TextClause, dict[str, Any]]:
    best = order is Order.BEST
    most = f" LIMIT {MOST_RANKED}" if best else ""
    if dialect == "sqlite":
        rank = "bm25(search_index, 8.0, 1.0, 0.0)" if best else "0.0"
        found, asked = _FTS5.format(rank=rank, most=most), {"words": _match(query)}
        join = "CROSS JOIN"  # the index leads, in its own order: nothing is sorted, and it stops at the last hit shown
    else:
        rank = "-ts_rank(words, asked)::float8" if best else "0.0::float8"
        where, asked = _conditions(query)
        found, join = _TSVECTOR.format(rank=rank, most=most, where=where), "JOIN"
    further = ""
    if best and later:
        further = " AND (rank > :after_rank OR (rank = :after_rank AND found.place < :after_place))"
    by = "rank, found.place DESC" if best else "found.place DESC"
    sql = f"{_COLUMNS} FROM {found}{_JOINS.format(join=join)}{further} ORDER BY {by} LIMIT :limit"
    return text(sql).bindparams(bindparam("states", type_=String(), expanding=True)), asked


def _match(query: Query) -> str:
    """Return a query in the language of FTS5."""
    there = [f"marks : ({' AND '.join(phrases((ANYTHING, *query.marks)))})"] if not query.words or query.marks else []
    if query.words:
        there.insert(0, f"{{title text}} : ({' AND '.join(phrases(query.words))})")
    if query.kinds:
        there.append(f"marks : ({' OR '.join(phrases(query.kinds))})")
    gone = [f"{{title text}} : {term}" for term in phrases(query.without)]
    gone += [f"marks : {term}" for term in phrases(query.marks_without)]
    asked = " AND ".join(f"({part})" for part in there)
    return f"({asked}) NOT ({' OR '.join(gone)})" if gone else asked


def _conditions(query: Query) -> tuple[str, dict[str, str]]:
    """Return conditions on a `tsvector` with their parameters. Marks are letters, digits and "=", safe in quotes."""
    marks = [*_quoted(query.marks if query.words else (ANYTHING, *query.marks))]
    if query.kinds:
        marks.append(f"({' | '.join(_quoted(query.kinds))})")
    asked = {"words": " ".join(phrases(query.words))}
    where = ["words @@ asked"] if query.words else []
    if marks:
        where.append("words @@ CAST(:marks AS tsquery)")
        asked["marks"] = " & ".join(marks)
    for number, term in enumerate(phrases(query.without)):
        where.append(f"NOT words @@ websearch_to_tsquery('english', :without{number})")
        asked[f"without{number}"] = term
    if query.marks_without:
        where.append("NOT words @@ CAST(:marks_without AS tsquery)")
        asked["marks_without"] = " | ".join(_quoted(query.marks_without))
    return " AND ".join(where), asked


def _quoted(marks: Iterable[str]) -> list[str]:
    return [f"'{one}'" for one in lexemes(marks)]

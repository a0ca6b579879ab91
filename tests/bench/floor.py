"""The floor beneath our collector: what lxml, nh3 and SQLite alone take for the same feeds and the very rows it left.

Feeds are parsed and their texts cleaned, and nothing is done with either; rows that ours had written go into a new
archive from lists that lie ready, with the same constraints, as many documents to a transaction as ours has entries.
No entry is looked at, compared, judged, linked or told of. Processor time, so that a busy machine changes it little.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import nh3
from lxml import etree

from tests.bench import feeds
from tracker.workflows.collect import ENTRIES_AT_ONCE

_TEXTS = etree.XPath("//*[local-name()='encoded' or local-name()='content' or local-name()='summary']")
# What collecting writes of its own accord, parents first; by what its rows are told to belong to a document.
_OF_VISITS = ("body", "fetch", "validator")
_OF_DOCUMENTS = {
    "document": "id",
    "document_version": "document_id",
    "sighting": "document_id",
    "mention": "document_id",
    "link": "document_id",
    "search_entry": "document_id",
}
_INDEXED = (
    "SELECT entry.place, version.title, version.text, entry.marks FROM search_entry AS entry "
    "JOIN document_version AS version ON version.document_id = entry.document_id AND version.number = 1 "
    "WHERE entry.document_id BETWEEN ? AND ? ORDER BY entry.place"
)
_INDEX = "INSERT INTO search_index (rowid, title, text, marks) VALUES (?, ?, ?, ?)"


def floor(before: Path, after: Path, count: int, share: float) -> dict[str, float]:
    """Return seconds of processor time by part: parsing, cleaning, storing, indexing.

    `before` is the file of an archive that is ready to collect, which is written to; `after` the file of the archive
    that `count` feeds left.
    """
    return {**reading(count, share), **writing(before, after)}


def reading(count: int, share: float) -> dict[str, float]:
    """Return what parsing the feeds and cleaning their texts takes."""
    spent = {"parsing": 0.0, "cleaning": 0.0}
    for number in range(count):
        body = feeds.document(number, share=share)
        root = _timed(spent, "parsing", lambda body=body: etree.fromstring(body))
        texts = [str(element.text or "") for element in _TEXTS(root)]
        _timed(spent, "cleaning", lambda texts=texts: [nh3.clean(text) for text in texts])
    return spent


def writing(before: Path, after: Path) -> dict[str, float]:
    """Return what writing all that was collected takes, and the index for the search apart from it."""
    spent = {"storing": 0.0, "indexing": 0.0}
    with closing(sqlite3.connect(after)) as full, closing(sqlite3.connect(before, isolation_level=None)) as new:
        for pragma in ("foreign_keys=ON", "synchronous=NORMAL", "journal_mode=WAL"):
            new.execute(f"PRAGMA {pragma}")
        for table in _OF_VISITS:
            _copied(new, spent, table, _rows(full, f"SELECT * FROM {table}"))
        for first in range(0, full.execute("SELECT max(id) FROM document").fetchone()[0] + 1, ENTRIES_AT_ONCE):
            span = (first, first + ENTRIES_AT_ONCE - 1)
            tables = {
                table: _rows(full, f"SELECT * FROM {table} WHERE {key} BETWEEN ? AND ?", span)
                for table, key in _OF_DOCUMENTS.items()
            }
            words = _rows(full, _INDEXED, span)
            new.execute("BEGIN IMMEDIATE")
            for table, rows in tables.items():
                _copied(new, spent, table, rows)
            _timed(spent, "indexing", lambda words=words: new.executemany(_INDEX, words))
            _timed(spent, "storing", lambda: new.execute("COMMIT"))
    return spent


def _copied(new: sqlite3.Connection, spent: dict[str, float], table: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})"
        _timed(spent, "storing", lambda: new.executemany(statement, rows))


def _rows(full: sqlite3.Connection, statement: str, values: Sequence[int] = ()) -> list[Any]:
    return full.execute(statement, values).fetchall()


def _timed(spent: dict[str, float], part: str, work: Callable[[], Any]) -> Any:
    begin = time.process_time()
    done = work()
    spent[part] += time.process_time() - begin
    return done

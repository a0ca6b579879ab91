"""What can be found, written: entries with their place, words and marks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import delete, func, text
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentKind
from tracker.models.document import Document, DocumentVersion, Mention
from tracker.models.search import SearchEntry, SearchWord
from tracker.store.bulk import insert_columns, table_of
from tracker.store.engine import dialect_of
from tracker.store.search.query import DOCUMENT, mark, plain_words
from tracker.store.visits import parts

# A tsvector holds at most a megabyte; the words of this many characters, in this many bytes of UTF-8, always fit.
MOST_CHARACTERS, MOST_BYTES = 200_000, 300_000
# In a place: 31 bits for the number, 2 for what it is, the day (0: not known) above them.
NUMBER_BITS, THING_BITS = 31, 2
DAY_BITS = NUMBER_BITS + THING_BITS
THINGS = OF_DOCUMENT, OF_OBJECT, OF_CAMPAIGN, OF_ORGANIZATION = (
    "document_id", "object_id", "campaign_id", "organization_id",
)  # fmt: skip
# Every entry has this mark: what is asked for by a day alone, or by what is not there, is found by it.
ANYTHING = mark("any", "thing")
# The kind of those that a document mentions and can be asked for by.
NAMED = "organization"
# A document's kind, the day it is listed under (ISO or empty), and its marks.
Fields = tuple[str, str, str]
# Shorter words are seldom mistyped, and everything is near to them.
SHORTEST_WORD, LONGEST_WORD = 4, 40
# As each driver wants it: with every batch that is kept thousands of rows go this way.
_ADD = {
    "sqlite": "INSERT INTO search_index (rowid, title, text, marks) VALUES (:place, :title, :text, :marks)",
    "postgresql": "INSERT INTO search_index (place, words) VALUES (%(place)s, "
    "setweight(to_tsvector('english', %(title)s), 'A') || to_tsvector('english', %(text)s) || "
    "array_to_tsvector(string_to_array(%(marks)s, ' ')))",
}
# FTS5 forgets a text only when it is told the text again.
_FORGET = (
    "INSERT INTO search_index (search_index, rowid, title, text, marks) "
    "VALUES ('delete', :place, :title, :text, :marks)"
)
_EMPTY = {
    "sqlite": text("INSERT INTO search_index (search_index) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM search_index"),
}
_LEARN = {
    "sqlite": "INSERT OR IGNORE INTO search_word (word) VALUES (:word)",
    "postgresql": "INSERT INTO search_word (word) VALUES (%(word)s) ON CONFLICT DO NOTHING",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is indexed of a document."""

    document_id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: `thing` names its table's key, `number` is its row, `day` is ISO or empty."""

    thing: str
    number: int
    kind: str
    day: str
    title: str
    text: str
    marks: str

    @property
    def place(self) -> int:
        """Return where it stands in the order of days."""
        return place(self.day, self.thing, self.number)

    def parameters(self, dialect: str, at: int) -> dict[str, Any]:
        """Return what is indexed as a statement's parameters, under the place `at`."""
        words = self.text[:MOST_CHARACTERS]
        if dialect == "postgresql" and not words.isascii():
            words = words.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore")
        known = lexemes(self.marks.split(" ")) if dialect == "postgresql" else [self.marks]
        return {"place": at, "title": self.title, "text": words, "marks": " ".join(known)}


def place(day: str, thing: str, number: int) -> int:
    """Return the key of an entry: newest first is its order downwards; a day that is not known comes last."""
    return first_place(date.fromisoformat(day) if day else None) | (THINGS.index(thing) << NUMBER_BITS) | number


def first_place(day: date | None) -> int:
    """Return the smallest place of a day."""
    return (day.toordinal() if day else 0) << DAY_BITS


def lexemes(known: Iterable[str]) -> list[str]:
    """Return marks as they stand in a `tsvector`: with a sign inside that no word of a text has there."""
    return [one.replace("9", "=", 1) for one in known]


def marks(kinds: Iterable[str], companies: Iterable[str], sources: Iterable[str] = ()) -> str:
    """Return the words that stand in the index for the fields of an entry."""
    told = [ANYTHING, *(mark("kind", kind.replace("_", "")) for kind in kinds)]
    for field, names in (("company", companies), ("source", sources)):
        told += [mark(field, word) for name in names for word in _words_of_name(name)]
    return " ".join(dict.fromkeys(told))


@lru_cache(maxsize=20_000)
def _words_of_name(name: str) -> tuple[str, ...]:
    return tuple(plain_words(name))


# --- documents --------------------------------------------------------------------------------------------------------


def add(session: Session, rows: Sequence[Words], told: Mapping[int, Fields] | None = None) -> None:
    """Index new documents, whose rows and mentions are written.

    `told` are their fields by id, where the caller knows them: reading what was just written costs as much as writing.
    """
    if told is None:
        told = document_marks(session, [row.document_id for row in rows])
    write(session, [
        Entry(OF_DOCUMENT, row.document_id, kind, day, row.title, row.text, known)
        for row in rows
        for kind, day, known in [told[row.document_id]]
    ])  # fmt: skip


def replace(session: Session, before: Words, after: Words) -> None:
    """Index a document's new text in place of the one that was indexed before."""
    forget(session, OF_DOCUMENT, [before.document_id], {before.document_id: before.text})
    add(session, [after])


def is_missing(session: Session) -> bool:
    """Whether the index was never made for what is stored, as after the upgrade that emptied it.

    The oldest document tells: those that come later are indexed as they come, and the index is made in one transaction.
    """
    oldest = session.exec(select(func.min(Document.id))).one()
    if oldest is None:
        return False
    return session.exec(select(SearchEntry.place).where(SearchEntry.document_id == oldest)).first() is None


def rebuild(session: Session) -> int:
    """Index the newest version of every document in an index that was emptied; return how many there are."""
    session.connection().execute(_EMPTY[dialect_of(session)])
    for table in (SearchEntry, SearchWord):
        session.connection().execute(delete(table))
    newest = (
        select(DocumentVersion.document_id, DocumentVersion.title, DocumentVersion.text)
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(col(DocumentVersion.number) == col(Document.version_count))
        .order_by(col(DocumentVersion.document_id))
    )
    count = 0
    for batch in session.connection().execute(newest).yield_per(500).partitions():
        add(session, [Words(*row) for row in batch])
        count += len(batch)
    return count


def fields(kind: DocumentKind, day: str, publisher: str, organizations: Iterable[str]) -> Fields:
    """Return the fields of a document; `organizations` are the keys and names of those that it mentions."""
    return kind.value, day, marks((DOCUMENT, kind), sorted(organizations), [publisher])


def document_marks(session: Session, ids: Collection[int]) -> dict[int, Fields]:
    """Return the fields of documents by id."""
    document, mention = table_of(Document), table_of(Mention)
    connection = session.connection()
    found: dict[int, Fields] = {}
    for part in parts(sorted(ids)):
        named: dict[int, set[str]] = defaultdict(set)
        mentions = mention.select().with_only_columns(mention.c.document_id, mention.c.entity, mention.c.name)
        of_organizations = mentions.where(mention.c.document_id.in_(part), mention.c.entity_kind == NAMED)
        for number, entity, name in connection.execute(of_organizations):
            named[number] |= {entity, name}
        columns = (document.c.id, document.c.kind, document.c.published_sort, document.c.publisher)
        for number, kind, day, publisher in connection.execute(
            document.select().with_only_columns(*columns).where(document.c.id.in_(part))
        ):
            found[number] = fields(kind, day, publisher, named[number])
    return found


# --- entries of every kind --------------------------------------------------------------------------------------------


def write(session: Session, given: Collection[Entry]) -> None:
    """Index entries that are not indexed yet."""
    if not given:
        return
    # FTS5 puts what it has gathered on disk whenever a key is smaller than the one before.
    entries = sorted(given, key=attrgetter("place"))
    dialect, places = dialect_of(session), [entry.place for entry in entries]
    insert_columns(session, SearchEntry, {
        "place": places,
        "kind": [entry.kind for entry in entries],
        **{name: [entry.number if entry.thing == name else None for entry in entries] for name in THINGS},
        "title": [entry.title for entry in entries],
        "text": ["" if entry.thing == OF_DOCUMENT else entry.text for entry in entries],
        "marks": [entry.marks for entry in entries],
    })  # fmt: skip
    connection = session.connection()
    rows = [entry.parameters(dialect, at) for entry, at in zip(entries, places, strict=True)]
    connection.exec_driver_sql(_ADD[dialect], rows)
    # In one order, so that two writers at once wait for each other and do not lock each other out.
    if words := sorted({word for entry in entries for word in _titled(entry.title)}):
        connection.exec_driver_sql(_LEARN[dialect], [{"word": word} for word in words])


def forget(session: Session, thing: str, numbers: Collection[int], texts: dict[int, str] | None = None) -> None:
    """Take entries out of the index; of documents `texts` are the texts that were indexed."""
    table, dialect = table_of(SearchEntry), dialect_of(session)
    for part in parts(sorted(numbers)):
        where = table.c[thing].in_(part)
        if dialect == "sqlite":
            gone = [
                Entry(thing, number, "", "", title, (texts or {}).get(number, words), known).parameters(dialect, at)
                for at, number, title, words, known in session.connection().execute(
                    table.select()
                    .with_only_columns(table.c.place, table.c[thing], table.c.title, table.c.text, table.c.marks)
                    .where(where)
                )
            ]
            if gone:
                session.connection().exec_driver_sql(_FORGET, gone)
        session.connection().execute(table.delete().where(where))


def _titled(title: str) -> Iterator[str]:
    return (word for word in plain_words(title) if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha())

"""What a letter's page rests on: its sources, numbered, and where in our copies the quoted words of answers stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.domain.canonical import canonical_url
from tracker.domain.dates import PartialDate
from tracker.domain.quotes import Searched
from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.document import Document, DocumentVersion
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store import newest_texts
from tracker.store.behind import host, shown_source
from tracker.store.correspondence import begun
from tracker.store.letters import LetterStanding

# So many copies are looked through for the quoted words of answers: each is a text of any length.
MOST_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A source by its number on the page. `document_id` is None where we hold no copy of it.

    `seen_at` and `sha256` are those of the newest version of our copy; `sha256` is that of the bytes as fetched, empty
    where none were kept.
    """

    number: int
    title: str
    publisher: str
    published: PartialDate | None
    url: str
    document_id: int | None
    seen_at: datetime | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Noted:
    """One reading of a field: the value, the number of its source, where in it, and what was noted with it."""

    value: str
    number: int
    locator: str
    note: str
    chosen: bool
    read_by: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where the quoted words of an answer stand: in the newest version of which copy, and its source's number."""

    document_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a letter and its answers.

    `fields` are the readings of each field, by object and field. `of_object` are the numbers of everything that an
    object rests on, documents confirmed to bear on it among them. `quotes` says, by question and response, where the
    quoted words stand; those that stand in none of our copies are not in it.
    """

    rows: tuple[Source, ...]
    fields: Mapping[tuple[int, str], tuple[Noted, ...]]
    of_object: Mapping[int, tuple[int, ...]]
    quotes: Mapping[tuple[int, int], Quoted]

    def numbers(self, object_id: int, *names: str) -> tuple[int, ...]:
        """Return the numbers of what these fields of an object rest on, in order."""
        found = {
            noted.number
            for (owner, field), rows in self.fields.items()
            if owner == object_id and (field in names or field.partition(":")[0] in names)
            for noted in rows
            if noted.chosen
        }
        return tuple(sorted(found))


def of_letter(session: Session, letter: LetterStanding) -> Sources:
    """Return what a letter and its answers rest on, numbered in the order they are first needed. Four queries.

    Of a letter told as of an earlier day, documents published after it are left out, and what is noted of later events.
    """
    ids = [letter.object_id, *(answer.response_id for answer in letter.answers)]
    evidence, tied = _evidence(session, ids), _tied(session, ids)
    book = _Book()
    fields: dict[tuple[int, str], list[Noted]] = defaultdict(list)
    of_object: dict[int, set[int]] = defaultdict(set)
    for row, document in evidence:
        if _is_later(row.field, letter):
            continue
        number = book.number(document, row.url)
        of_object[row.object_id].add(number)
        fields[row.object_id, row.field].append(
            Noted(row.value, number, row.locator, row.note, row.chosen, row.read_by, row.read_at)
        )
    for object_id, document in tied:
        if document.published is not None and not begun(document.published, letter.state.on):
            continue
        of_object[object_id].add(book.number(document, ""))
    rows = book.rows(_newest(session, book.documents))
    return Sources(
        rows=rows,
        fields={key: tuple(sorted(found, key=lambda noted: not noted.chosen)) for key, found in fields.items()},
        of_object={key: tuple(sorted(numbers)) for key, numbers in of_object.items()},
        quotes=_quotes(session, letter, {row.number: row for row in rows}, of_object),
    )


def _is_later(field: str, letter: LetterStanding) -> bool:
    """Return whether a field is told of what had not happened on the day that the letter is told of."""
    happened = {"sender_judgement": letter.judgements, "response_search": letter.searches}
    return not happened.get(field.partition(":")[0], (field,))


class _Book:
    """Numbers for sources as they come up: one for a document, however many of its addresses are named."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._rows: dict[int, tuple[Document | None, str]] = {}

    @property
    def documents(self) -> list[int]:
        """The documents that have a number."""
        return [document.id or 0 for document, _ in self._rows.values() if document is not None]

    def number(self, document: Document | None, url: str) -> int:
        """Return the number of a document, or of an address of which we hold no copy."""
        address = (canonical_url(url) or url) if document is None else document.canonical_url or f"#{document.id}"
        number = self._numbers.setdefault(address, len(self._numbers) + 1)
        if number not in self._rows or self._rows[number][0] is None:
            self._rows[number] = (document, url)
        return number

    def rows(self, newest: Mapping[int, tuple[datetime, str]]) -> tuple[Source, ...]:
        """Return the sources by number."""
        return tuple(self._row(number, *self._rows[number], newest) for number in sorted(self._rows))

    @staticmethod
    def _row(number: int, document: Document | None, url: str, newest: Mapping[int, tuple[datetime, str]]) -> Source:
        if document is None:
            return Source(number, host(url), "", None, url, None, None, "")
        seen_at, sha256 = newest.get(document.id or 0, (None, ""))
        address = document.url or document.canonical_url or ""
        return Source(
            number, document.title, document.publisher, document.published, address, document.id, seen_at, sha256
        )


def _evidence(session: Session, ids: Collection[int]) -> list[tuple[Evidence, Document | None]]:
    query = (
        select(Evidence, Document)
        .join(Document, shown_source(), isouter=True)
        .where(col(Evidence.object_id).in_(ids), col(Evidence.differs).is_(False))
        .order_by(col(Evidence.id))
    )
    order = {object_id: place for place, object_id in enumerate(ids)}
    return sorted(session.exec(query).all(), key=lambda row: order[row[0].object_id])


def _tied(session: Session, ids: Collection[int]) -> list[tuple[int, Document]]:
    """Return the shown documents confirmed to bear on these objects, by object, the oldest first."""
    query = (
        select(Link.object_id, Document)
        .join(Document, col(Document.id) == col(Link.document_id))
        .where(
            col(Link.object_id).in_(ids), Link.state == LinkState.CONFIRMED, Document.state == DocumentState.RELEVANT
        )
    )
    # Put in order here: told to, SQLite goes through all documents in that order instead of through these few links.
    return sorted(session.exec(query).all(), key=lambda row: (row[1].published_sort, row[1].id))


def _newest(session: Session, document_ids: Collection[int]) -> dict[int, tuple[datetime, str]]:
    """Return when each document was last seen as it is now, and the SHA-256 of its own bytes where they are kept."""
    query = (
        select(
            DocumentVersion.document_id, DocumentVersion.seen_at, DocumentVersion.body_hash, DocumentVersion.own_body
        )
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(
            col(DocumentVersion.document_id).in_(document_ids),
            col(DocumentVersion.number) == col(Document.version_count),
        )
    )
    return {key: (seen, body_hash if own and body_hash else "") for key, seen, body_hash, own in session.exec(query)}


def _quotes(
    session: Session, letter: LetterStanding, sources: Mapping[int, Source], of_object: Mapping[int, Iterable[int]]
) -> dict[tuple[int, int], Quoted]:
    """Return where the quoted words of answers stand in our copies of what the answers rest on."""
    wanted = [
        (question.number, graded)
        for question in letter.questions
        for graded in question.gradings
        if graded.quote and graded.response_id in of_object
    ]
    copies = {
        number: key
        for _, graded in wanted
        for number in of_object[graded.response_id]
        if (key := sources[number].document_id) is not None
    }
    searched = newest_texts.of_documents(session, sorted(copies.values())[:MOST_SEARCHED])
    texts = {number: Searched(text) for number, text in searched.items()}
    found: dict[tuple[int, int], Quoted] = {}
    for question, graded in wanted:
        for number in sorted(of_object[graded.response_id]):
            key = sources[number].document_id
            if key in texts and texts[key].find(graded.quote):
                found.setdefault((question, graded.response_id), Quoted(key, number))
    return found

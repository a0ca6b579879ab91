"""Judging rows of a CSV file: new, changed, the same, doubtful or wrong, and why. Nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from tracker.domain.csv_judged import Judged, Outcome, Problem
from tracker.domain.csv_table import Record
from tracker.domain.text import fold
from tracker.models import kinds
from tracker.models.base import ObjectState
from tracker.store.csv_fields import SPINE, Field, fields
from tracker.store.csv_rows import Reader, Row, Stored, changes, stored

AT_ONCE = 500
LONGEST_SLUG = 120


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person says of a whole file, and of single rows by their numbers.

    `source` is the source of rows that name none. `as_new` are doubtful rows that are new all the same, `as_known`
    those that are an object, by its slug.
    """

    source: str = ""
    as_new: frozenset[int] = frozenset()
    as_known: Mapping[int, str] = field(default_factory=dict)


@dataclass
class Judge:
    """Judges the rows of one file in order. Names and slugs of rows seen are kept, rows are not."""

    kind: str
    header: Sequence[str]
    columns: Mapping[int, Field]
    chosen: Chosen = field(default_factory=Chosen)
    seen: dict[str, int] = field(default_factory=dict)
    slugs: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def of(self, session: Session, records: Sequence[Record]) -> Iterator[tuple[Judged, Row | None]]:
        """Yield what each of a batch of records comes to, with what it says where it can be read."""
        reader = Reader(session, self.kind, self.slugs)
        rows = [self._read(reader, record) for record in records]
        slugs = [self._slug(record, row) if row else "" for record, row in zip(records, rows, strict=True)]
        held = stored(session, self.kind, [row for row in rows if row], [slug for slug in slugs if slug])
        for record, row, slug in zip(records, rows, slugs, strict=True):
            if row is None:
                problem = Problem("", record.problem)
                yield Judged(record.number, record.line, Outcome.WRONG, problems=(problem,)), None
            else:
                yield self._judged(record, row, held, slug), row

    def _read(self, reader: Reader, record: Record) -> Row | None:
        if record.problem:
            return None
        return reader.read({self.header[place]: (one, record.cells[place]) for place, one in self.columns.items()})

    def _slug(self, record: Record, row: Row) -> str:
        """Return the slug of the object that a row is about: its own, the one a person chose, or one of its title."""
        known = self.chosen.as_known.get(record.number) or row.spine.get("slug")
        made = slug_of(str(row.spine.get("title", "")))
        # Of two that share a title the second is told apart by its row.
        return str(known or (f"{made[:100]}-row-{record.number}" if record.number in self.chosen.as_new else made))

    def _judged(self, record: Record, row: Row, held: Stored, slug: str) -> Judged:
        title = str(row.spine.get("title", ""))
        told = Judged(record.number, record.line, Outcome.WRONG, title, slug)
        problems = list(row.problems) or list(self._misfits(row, held, slug))
        first = self.seen.setdefault(slug, record.number) if slug else record.number
        if not problems and first != record.number:
            problems.append(Problem("", f"row {first} is about the same object ({slug}); put both into one row"))
        if problems:
            return replace(told, problems=tuple(problems))
        is_asked = "slug" not in row.spine and record.number not in {*self.chosen.as_new, *self.chosen.as_known}
        found = changes(self.kind, row, held, slug)
        there = slug in held.by_slug
        if there and not found:
            return replace(told, outcome=Outcome.SAME, title=held.by_slug[slug][0].title)
        likely = held.likely(self.kind, row) if is_asked else ()
        if there and is_asked and slug not in dict(likely):
            likely = ((slug, held.by_slug[slug][0].title), *likely)
        if likely:
            return replace(told, outcome=Outcome.DOUBTFUL, changes=tuple(found), likely=likely)
        outcome = Outcome.CHANGED if there else Outcome.NEW
        return self._with_source(replace(told, outcome=outcome, changes=tuple(found)), row, held)

    def _with_source(self, told: Judged, row: Row, held: Stored) -> Judged:
        """Return the row, wrong when it would say something of a published or new object and names no source."""
        spine = held.by_slug.get(told.slug, (None, None))[0]
        if row.source or self.chosen.source or (spine is not None and spine.state is ObjectState.DRAFT):
            return replace(told, title=told.title or (spine.title if spine is not None else ""))
        says = "it names no source; fill a column 'source' with addresses, or give one source for all rows"
        return replace(told, outcome=Outcome.WRONG, problems=(Problem("source", says),))

    def _misfits(self, row: Row, held: Stored, slug: str) -> Iterator[Problem]:
        """Yield what keeps a readable row from being an object: no title, a slug of another kind, needed values."""
        if slug in held.of_other_kinds:
            yield Problem("slug", f"{slug!r} is a {held.of_other_kinds[slug].replace('_', ' ')}; choose another slug")
        elif slug in held.by_slug:
            spine = held.by_slug[slug][0]
            if spine.merged_into_id is not None or spine.state is ObjectState.WITHDRAWN:
                yield Problem("slug", f"{slug!r} was withdrawn or merged into another; correct that one")
        elif not row.spine.get("title"):
            yield Problem("title", "a new object needs a title; fill the cell")
        elif not slug or slug != slug_of(slug):
            yield Problem("slug", f"{slug!r} cannot stand in an address; write small letters, digits and hyphens")
        else:
            yield from self._missing(row)

    def _missing(self, row: Row) -> Iterator[Problem]:
        detail = kinds()[self.kind]
        for key, one in fields(self.kind).items():
            if one.column is None or key in SPINE:
                continue
            if detail.model_fields[one.column.name].is_required() and one.column.name not in row.detail:
                yield Problem(key, f"a new {self.kind.replace('_', ' ')} needs it ({one.label}); fill the cell")


def seen(records: Iterable[Record], columns: Mapping[int, Field]) -> dict[str, int]:
    """Return the slugs that rows are about, with the first row of each: what a judge knows who begins further down."""
    found: dict[str, int] = {}
    places = {one.key: place for place, one in columns.items()}
    for record in records:
        if not record.problem:
            slug, title = (record.cells[places[key]] if key in places else "" for key in ("slug", "title"))
            if slug or title:
                found.setdefault(slug or slug_of(title), record.number)
    return found


def slug_of(title: str) -> str:
    """Return a title as a name in addresses, cut between words; empty where nothing of it can stand in one."""
    plain = fold(title).encode("ascii", "ignore").decode()
    words = "".join(mark if mark.isalnum() else " " for mark in plain).split()
    slug = "-".join(words)
    return slug if len(slug) <= LONGEST_SLUG else slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]

"""CSV files in: what each row would change, said before anything is written; then the rows a person leaves in."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from tracker.domain import csv_table, timelinejs
from tracker.domain.csv_judged import Counts, Judged
from tracker.domain.csv_table import Record, Table
from tracker.domain.errors import InputError
from tracker.models import kinds
from tracker.store.csv_fields import Field, matched
from tracker.store.csv_judge import AT_ONCE, Chosen, Judge, seen
from tracker.store.engine import reading
from tracker.workflows.runtime import Runtime

TIMELINEJS = "timelinejs"
# What can come as a table, for people to choose from.
KINDS = {kind: detail.label for kind, detail in kinds().items()} | {
    TIMELINEJS: "Table for TimelineJS (drafts of statements)"
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was recognised, and which of its columns say what."""

    file: BinaryIO
    kind: str
    table: Table
    columns: Mapping[int, Field]
    header: tuple[str, ...]

    def rows(self, *, after: int = 0) -> Iterator[Record]:
        """Yield the rows below number `after`; of a table for TimelineJS as statements."""
        found = csv_table.rows(self.file, self.table, after=after)
        return timelinejs.statements(found, self.table.header) if self.header is timelinejs.HEADER else found

    def unread(self) -> list[str]:
        """Return the columns that are not read, by name."""
        return [name for place, name in enumerate(self.header) if place not in self.columns]


def open_table(file: BinaryIO, kind: str, chosen: Mapping[str, str] | None = None) -> Opened:
    """Return a file recognised; raises InputError for what is no table, or none of this kind."""
    table = csv_table.recognise(file)
    if kind == TIMELINEJS:
        if not timelinejs.is_so(table.header):
            raise InputError("it has no columns Year and Headline, as tables for TimelineJS have")
        return Opened(file, "statement", table, matched("statement", timelinejs.HEADER), timelinejs.HEADER)
    columns = matched(kind, table.header, chosen)
    if not {one.key for one in columns.values()} & {"slug", "title"}:
        raise InputError(
            f"none of its columns is the title of a {kind.replace('_', ' ')}: found {', '.join(table.header)}; "
            "name one 'title', or say which it is"
        )
    return Opened(file, kind, table, columns, table.header)


@dataclass
class DryRun:
    """What an import would do, row by row; counted as it goes. Memory holds one batch of rows."""

    runtime: Runtime
    opened: Opened
    chosen: Chosen = field(default_factory=Chosen)
    counts: Counts = field(default_factory=Counts)
    at_once: int = AT_ONCE

    def some(self, numbers: Collection[int]) -> Iterator[Judged]:
        """Yield the rows with these numbers alone, judged."""
        if not numbers:
            return
        judge = Judge(self.opened.kind, self.opened.header, self.opened.columns, self.chosen)
        judge.seen = seen(islice(self.opened.rows(), max(numbers)), self.opened.columns)
        wanted = set(numbers)
        records = [one for one in islice(self.opened.rows(), max(numbers)) if one.number in wanted]
        with reading(self.runtime.engine) as session:
            for judged, _ in judge.of(session, records):
                yield judged

    def rows(self, *, after: int = 0) -> Iterator[Judged]:
        """Yield every row, judged; nothing is written."""
        judge = Judge(self.opened.kind, self.opened.header, self.opened.columns, self.chosen)
        if after:
            judge.seen = seen(islice(self.opened.rows(), after), self.opened.columns)
        records = self.opened.rows(after=after)
        while batch := list(islice(records, self.at_once)):
            with reading(self.runtime.engine) as session:
                for judged, _ in judge.of(session, batch):
                    self.counts.add(judged.outcome)
                    yield judged

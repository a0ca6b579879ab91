"""A CSV file kept while it comes in: looked at, decided on by row, brought in by batches; it can always go on."""

import io
import time
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import islice
from typing import IO, BinaryIO

from sqlmodel import Session

from tracker.domain.csv_judged import Counts, Judged, Outcome
from tracker.domain.csv_table import Record, Table
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.models.csv_run import CsvRun, CsvRunState
from tracker.store import csv_runs, csv_write
from tracker.store.corrections import Cause, recording
from tracker.store.csv_judge import Chosen, Judge, seen
from tracker.store.csv_write import Ground
from tracker.store.engine import reading, writing
from tracker.store.records import Names
from tracker.workflows.csv_import import TIMELINEJS, DryRun, Opened, open_table
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime

# Rows in one transaction: a collector beside us waits for no more than a moment.
AT_ONCE = 100
MOST_BYTES = 64 * 2**20
# Numbers of rows kept of each outcome, to lead to them.
MOST_LISTED = 1000
LEAVE, NEW = "leave", "new"
WRITTEN = (Outcome.NEW, Outcome.CHANGED)
Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a file when it is given: `columns` by name, one source for all, a campaign, to be shown."""

    columns: Mapping[str, str] | None = None
    source: str = ""
    campaign: str = ""
    publish: bool = False


def begin(runtime: Runtime, given: tuple[IO[bytes], str], kind: str, by: str, wanted: Wanted | None = None) -> int:
    """Keep a file and return the number of its run; raises InputError for what is no table of this kind.

    `given` is the file and its name. Columns that nobody chooses are those chosen last for the same header.
    """
    file, name = given
    wanted = wanted or Wanted()
    content = _content(file)
    opened = open_table(io.BytesIO(content), kind, wanted.columns)
    key = _header_key(opened.table)
    with writing(runtime.engine) as session:
        columns = dict(wanted.columns or csv_runs.columns_before(session, kind, key))
        open_table(io.BytesIO(content), kind, columns)
        if wanted.source and not wanted.source.startswith(("http://", "https://")):
            raise InputError(f"{wanted.source!r} is not an address; a source begins with https://")
        now = runtime.clock()
        campaign_id = Names(session).id_of("campaign", wanted.campaign) if wanted.campaign else None
        run = CsvRun(kind=kind, file_name=name[:200] or "a file", content=zlib.compress(content), columns=columns,
                     content_hash=sha256(content).hexdigest(), header_key=key, source=wanted.source,
                     campaign_id=campaign_id, publish=wanted.publish and kind != TIMELINEJS, made_by=by, made_at=now,
                     changed_at=now)  # fmt: skip
        session.add(run)
        session.flush()
        return run.id or 0


def _content(file: IO[bytes]) -> bytes:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise InputError(f"it has more than {MOST_BYTES // 2**20} MB; split it, or use `tracker import-csv`")
    return content


def _header_key(table: Table) -> str:
    return sha256("\n".join(name.casefold() for name in table.header).encode()).hexdigest()


def get(session: Session, number: int) -> CsvRun:
    """Return a run; raises NotFoundError when there is none."""
    run = session.get(CsvRun, number)
    if run is None:
        raise NotFoundError(f"there is no import {number}")
    return run


def opened(run: CsvRun) -> Opened:
    """Return the file of a run, with the columns chosen for it."""
    return open_table(content_of(run), run.kind, run.columns)


def content_of(run: CsvRun) -> BinaryIO:
    """Return what is in the file of a run."""
    return io.BytesIO(zlib.decompress(run.content))


def choose(runtime: Runtime, number: int, columns: Mapping[str, str]) -> None:
    """Keep which field each column is; every row is looked at anew. Raises InputError for what cannot be."""
    with writing(runtime.engine) as session:
        run = get(session, number)
        if run.state not in {CsvRunState.CHECKING, CsvRunState.READY}:
            raise ConflictError(
                "the rows of this file are being brought in already, or are through; nothing was changed"
            )
        open_table(content_of(run), run.kind, columns)
        run.columns, run.found, run.listed, run.checked_to = dict(columns), {}, {}, 0
        run.state, run.changed_at = CsvRunState.CHECKING, runtime.clock()


def chosen(run: CsvRun) -> Chosen:
    """Return what was said of the file and of its rows."""
    said = {int(number): word for number, word in run.decided.items()}
    return Chosen(
        source=run.source,
        as_new=frozenset(number for number, word in said.items() if word == NEW),
        as_known={number: word.removeprefix("is:") for number, word in said.items() if word.startswith("is:")},
    )


def page(
    runtime: Runtime, number: int, *, after: int = 0, limit: int = 100, only: Collection[int] | None = None
) -> list[Judged]:
    """Return some rows of a file, judged as things stand now: the next ones, or `only` those with some numbers."""
    with reading(runtime.engine) as session:
        run = get(session, number)
    dry = DryRun(runtime, opened(run), chosen(run), at_once=limit)
    return list(islice(dry.rows(after=after), limit) if only is None else dry.some(only))


def check(runtime: Runtime, number: int, *, seconds: float | None = None, step: Step | None = None) -> CsvRunState:
    """Look at every row that was not looked at yet, for at most some seconds; counts are kept as it goes."""
    until = None if seconds is None else time.monotonic() + seconds
    with reading(runtime.engine) as session:
        run = get(session, number)
    if run.state is not CsvRunState.CHECKING:
        return run.state
    counts, listed, last, is_whole = Counts(**run.found), {**run.listed}, run.checked_to, True
    for judged in DryRun(runtime, opened(run), chosen(run)).rows(after=run.checked_to):
        counts.add(judged.outcome)
        some = listed.setdefault(judged.outcome.value, [])
        if len(some) < MOST_LISTED:
            some.append(judged.number)
        last = judged.number
        if step is not None:
            step(last)
        if until is not None and time.monotonic() > until:
            is_whole = False
            break
    with writing(runtime.engine) as session:
        stored = get(session, number)
        if stored.checked_to == run.checked_to and stored.state is CsvRunState.CHECKING:
            stored.found, stored.listed, stored.checked_to = asdict(counts), listed, last
            stored.state = CsvRunState.READY if is_whole else CsvRunState.CHECKING
            stored.changed_at = runtime.clock()
        return stored.state


def decide(runtime: Runtime, number: int, said: Mapping[int, str]) -> None:
    """Keep what a person says of rows: to leave one, that it is new, "is:SLUG", or "" for nothing in particular."""
    with writing(runtime.engine) as session:
        run = get(session, number)
        if run.state not in {CsvRunState.CHECKING, CsvRunState.READY}:
            raise ConflictError(
                "the rows of this file are being brought in already, or are through; nothing was changed"
            )
        decided = {**run.decided}
        for row, word in said.items():
            if word and word not in {LEAVE, NEW} and not word.startswith("is:"):
                raise InputError(f"row {row}: {word!r} is nothing that can be said of a row")
            if word:
                decided[str(row)] = word
            else:
                decided.pop(str(row), None)
        run.decided, run.changed_at = decided, runtime.clock()


def give_up(runtime: Runtime, number: int) -> None:
    """Bring nothing more in of a file; what came in stays."""
    with writing(runtime.engine) as session:
        run = get(session, number)
        if run.state is not CsvRunState.DONE:
            run.state, run.changed_at = CsvRunState.GIVEN_UP, runtime.clock()


def apply(
    runtime: Runtime, number: int, by: str, *, seconds: float | None = None, step: Step | None = None
) -> CsvRunState:
    """Bring in the rows that are new or changed and were not left out, for at most some seconds.

    Each batch is one transaction, and the run notes in the same how far it is: after a stop it goes on there.
    """
    until = None if seconds is None else time.monotonic() + seconds
    with writing(runtime.engine) as session:
        run = get(session, number)
        if run.state in {CsvRunState.DONE, CsvRunState.GIVEN_UP}:
            return run.state
        run.state, run.changed_at = CsvRunState.APPLYING, runtime.clock()
    file = opened(run)
    judge = Judge(file.kind, file.header, file.columns, chosen(run))
    judge.seen = seen(islice(file.rows(), run.applied_to), file.columns)
    records = file.rows(after=run.applied_to)
    while batch := list(islice(records, AT_ONCE)):
        _Batch(runtime, number, by, judge).write(batch)
        if step is not None:
            step(batch[-1].number)
        if until is not None and time.monotonic() > until:
            return CsvRunState.APPLYING
    with writing(runtime.engine) as session:
        run = get(session, number)
        run.state, run.changed_at = CsvRunState.DONE, runtime.clock()
    return CsvRunState.DONE


def go_on_with(runtime: Runtime, content: bytes, kind: str) -> int | None:
    """Return the run of a file with this content that was stopped before it was through, if there is one."""
    with reading(runtime.engine) as session:
        run = csv_runs.unfinished(session, kind, sha256(content).hexdigest())
        return run.id if run is not None else None


@dataclass(frozen=True, slots=True)
class _Batch:
    """One batch of rows on its way in."""

    runtime: Runtime
    number: int
    by: str
    judge: Judge

    def write(self, records: list[Record]) -> None:
        """Write it whole; a row that the database itself refuses is left out, and the rest written."""
        refused: set[int] = set()
        before = dict(self.judge.seen)
        while True:
            self.judge.seen = dict(before)
            try:
                self._write(records, refused)
            except _RefusedError as error:
                refused.add(error.number)
            else:
                return

    def _write(self, records: list[Record], refused: set[int]) -> None:
        now = self.runtime.clock()
        with writing(self.runtime.engine) as session:
            run = get(session, self.number)
            if run.state is not CsvRunState.APPLYING or run.applied_to >= records[-1].number:
                raise ConflictError("somebody else brings this file in already, or gave it up; look at it again")
            ground = Ground(self.by, now, run.file_name, run.source, run.campaign_id, run.publish)
            done, touched = Counts(**run.done), []
            with recording(session, Cause(self.by, now, f"Import of {run.file_name}", url=run.source)):
                for judged, row in self.judge.of(session, records):
                    is_left = run.decided.get(str(judged.number)) == LEAVE or judged.number in refused
                    if judged.number in refused:
                        done.add(Outcome.WRONG)
                    elif not is_left and (row is None or judged.outcome not in WRITTEN):
                        done.add(judged.outcome)
                    if row is None or is_left or judged.outcome not in WRITTEN:
                        continue
                    try:
                        touched.append(csv_write.write(session, self.judge.kind, judged, row, ground))
                    except InputError as error:
                        raise _RefusedError(judged.number) from error
                    done.add(judged.outcome)
                project(session, object_ids=touched, clock=self.runtime.clock)
            run.done, run.applied_to, run.changed_at = asdict(done), records[-1].number, now


class _RefusedError(Exception):
    """A row that the database refuses."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

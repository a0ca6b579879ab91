"""Collecting: claim what is due, visit it, keep what came, and say in numbers what happened."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, fields

from sqlmodel import Session

from tracker.domain.errors import ConflictError
from tracker.models.document import Fetch, Source
from tracker.store import sources
from tracker.store.engine import writing
from tracker.workflows.keep import Counts, keep
from tracker.workflows.runtime import Runtime
from tracker.workflows.study import Linker, Studied, open_linker
from tracker.workflows.visit import Place, Visit, visit

log = logging.getLogger(__name__)

Step = Callable[[int, int, str], None]
TRIES = 3


@dataclass(slots=True)
class SourceReport:
    """What one visit brought."""

    name: str
    counts: Counts
    unchanged: bool = False
    left: int = 0
    error: str = ""


@dataclass(slots=True)
class CollectReport:
    """What a run brought, source by source and together. `busy` are named sources that another program is asking."""

    sources: list[SourceReport] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)

    @property
    def total(self) -> Counts:
        """All sources' counts together."""
        summed = Counts()
        for report in self.sources:
            summed.add(report.counts)
        return summed

    @property
    def failed(self) -> list[SourceReport]:
        """Sources that could not be asked or read, or not wholly."""
        return [report for report in self.sources if report.error]

    def words(self) -> str:
        """Return the report for a person: one line of sums, then one for each source that failed."""
        if not self.sources and not self.busy:
            return "no source is due"
        unchanged = sum(report.unchanged for report in self.sources)
        lines = [f"{len(self.sources)} sources asked, {unchanged} with nothing new, {len(self.failed)} failed"]
        total = self.total
        counted = [f"{getattr(total, item.name)} {item.name.replace('_', ' ')}" for item in fields(total)]
        lines.append("; ".join(counted))
        lines.extend(
            f"  {row.name}: {row.left} more documents come with the next visit" for row in self.sources if row.left
        )
        lines.extend(
            f"  {name}: another program is asking it now, or was killed doing so; try later" for name in self.busy
        )
        lines.extend(f"  {report.name}: {report.error}" for report in self.failed)
        return "\n".join(lines)

    def __str__(self) -> str:
        """Return one line for the job's record."""
        return self.words().replace("\n", "; ")


def collect(runtime: Runtime, *, names: Sequence[str] = (), step: Step | None = None) -> CollectReport:
    """Ask every source that is due, or the named ones, and keep what they say. Each source is one transaction.

    Raises NotFoundError for an unknown name. A source that fails is reported and asked again later; the others go on.
    """
    report = CollectReport()
    linker: Linker | None = None
    for batch in _batches(runtime, names):
        linker = linker or open_linker(runtime)
        total = len(report.sources) + len(batch)
        for source, found, studied in _visits(runtime, batch, linker):
            report.sources.append(_kept(runtime, source, found, studied))
            if step is not None:
                step(len(report.sources), total, source.name)
    report.sources.sort(key=lambda row: row.name)
    report.busy = sorted(set(names) - {row.name for row in report.sources})
    return report


def free_sources(runtime: Runtime) -> None:
    """Give back every lease on a source. Only for who knows that no other program uses this archive."""
    with writing(runtime.engine) as session:
        sources.free(session)


def _batches(runtime: Runtime, names: Sequence[str]) -> Iterator[list[tuple[Source, Place]]]:
    """Yield claimed sources, a handful for each worker at a time, until nothing is due any more."""
    settings = runtime.settings
    limit = len(names) or settings.collect_workers * 4
    while True:
        with writing(runtime.engine) as session:
            claimed = sources.claim_due(
                session,
                now=runtime.clock(),
                holder=runtime.holder,
                seconds=settings.collect_lease_seconds,
                limit=limit,
                names=names,
            )
            batch = [(source, _place(session, source)) for source in claimed]
        if batch:
            yield batch
        if names or len(batch) < limit:
            return


def _place(session: Session, source: Source) -> Place:
    known = sources.validators(session, source.id or 0)
    return Place(
        reader=source.reader,
        title=source.title,
        url=source.url,
        # A reader that asks for documents one by one leaves out those we have: what was filed does not change.
        options={**source.options, "known": sorted(sources.seen_keys(session, source.id or 0))},
        validators={url: (row.etag, row.last_modified) for url, row in known.items()},
    )


def _visits(
    runtime: Runtime, batch: list[tuple[Source, Place]], linker: Linker
) -> Iterator[tuple[Source, Visit, list[Studied]]]:
    """Visit a batch with several hands: waiting for servers happens side by side, writing does not."""
    door = runtime.http

    def work(place: Place) -> tuple[Visit, list[Studied]]:
        found = visit(place, door, runtime.clock())
        items = ((item, attempt) for attempt in found.attempts for item in attempt.items)
        return found, [linker.study_item(item, attempt.url, runtime.clock()) for item, attempt in items]

    with ThreadPoolExecutor(max_workers=runtime.settings.collect_workers) as pool:
        waiting = {pool.submit(work, place): source for source, place in batch}
        for done in as_completed(waiting):
            found, studied = done.result()
            yield waiting[done], found, studied


def _kept(runtime: Runtime, source: Source, found: Visit, studied: list[Studied]) -> SourceReport:
    """Keep one visit. What the database refuses is reported as the source's failure, so that the others go on."""
    for left in reversed(range(TRIES)):
        try:
            return _keep(runtime, source, found, studied)
        except ConflictError as rival:
            # Another collector brought the same page in this moment: the next try finds it there.
            if not left:
                return _not_kept(runtime, source, rival)
        except Exception as problem:  # one source's answer must not take the run down
            log.exception("answer not kept", extra={"source": source.name})
            return _not_kept(runtime, source, problem)
    raise AssertionError("every try returns or goes on to the next")


def _keep(runtime: Runtime, source: Source, found: Visit, studied: list[Studied]) -> SourceReport:
    """Keep one visit in one transaction: items, validators, fetch log and the next due time, or nothing of it."""
    source_id = source.id or 0
    with writing(runtime.engine) as session:
        if not sources.still_held(session, source_id, runtime.holder):
            return SourceReport(source.name, Counts(), error="another worker took it over; nothing kept twice")
        bodies = _log(session, source_id, found)
        counts = keep(session, source_id, studied, bodies, runtime.clock)
        outcome = sources.Outcome(ok=not found.error, new=counts.new, error=found.error, retry_after=found.retry_after)
        _finish(runtime, session, source_id, outcome)
    return SourceReport(source.name, counts, unchanged=found.unchanged, left=found.left, error=found.error)


def _not_kept(runtime: Runtime, source: Source, problem: Exception) -> SourceReport:
    # The first line says what; those after it repeat the statement with all its values.
    reason = str(problem).partition("\n")[0]
    error = f"keeping what {source.name} said: {type(problem).__name__}: {reason}; nothing of it was kept: report it"
    with writing(runtime.engine) as session:
        _finish(runtime, session, source.id or 0, sources.Outcome(ok=False, error=error))
    return SourceReport(source.name, Counts(), error=error)


def _finish(runtime: Runtime, session: Session, source_id: int, outcome: sources.Outcome) -> None:
    back_off = runtime.settings.retry_after_failure_seconds
    sources.finish(session, source_id, outcome, now=runtime.clock(), holder=runtime.holder, back_off=back_off)


def _log(session: Session, source_id: int, found: Visit) -> dict[str, str]:
    """Keep every attempt, and the bytes of each answer that was read; return body hashes by address."""
    bodies: dict[str, str] = {}
    for attempt in found.attempts:
        answer = attempt.answer
        body_hash = None
        if answer is not None and answer.body:
            body_hash = sources.keep_body(session, answer.body, answer.headers.get("content-type", ""))
            bodies[attempt.url] = body_hash
        # After an error or with requests left the next visit asks without validators: a 304 would hide what is missing.
        if answer is not None and attempt.outcome == "ok" and not found.error and not found.left:
            sources.remember_validator(session, source_id, attempt.url, answer.headers)
        sources.log_fetch(
            session,
            Fetch(
                source_id=source_id,
                url=attempt.url,
                started_at=attempt.started_at,
                seconds=attempt.seconds,
                status=attempt.status,
                outcome=attempt.outcome,
                error=attempt.error,
                size=len(answer.body) if answer else 0,
                body_hash=body_hash,
            ),
        )
    return bodies

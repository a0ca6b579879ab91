"""Adding, stopping and exchanging sources: from a home page whose feed is looked for, from and to OPML lists."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import select

from tracker.domain.errors import InputError
from tracker.domain.items import RawItem, Target
from tracker.domain.vocab import DocumentKind
from tracker.models.document import Sighting, Source
from tracker.sources import feed
from tracker.sources.base import source_named
from tracker.sources.opml import Outline, read_opml, write_opml
from tracker.store import acts, sources
from tracker.store.engine import reading, writing
from tracker.workflows.check import check_sources
from tracker.workflows.find_feed import MOST_TRIES, FoundFeed, find_feed
from tracker.workflows.retry import retry
from tracker.workflows.runtime import Runtime
from tracker.workflows.setup import every_fault, name_fault
from tracker.workflows.source_names import addresses, free_name, name_from, named, refuse_known

__all__ = ["MOST_TRIES", "add_source", "check_sources", "export_opml", "import_opml", "pause", "remove", "retry"]

EVERY_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Added:
    """A source that was added, and how it was found."""

    name: str
    title: str
    reader: str
    url: str
    entries: int
    how: str

    def words(self) -> str:
        """Return it for a person."""
        return (
            f"{self.name} is added: {self.title or self.url} ({self.reader}; {self.how})\n  {self.url}\n"
            f"  it has {self.entries} entries now; `tracker collect {self.name}` collects them at once"
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """What an OPML list brought."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    dry_run: bool = False

    def words(self) -> str:
        """Return it for a person."""
        lines = [f"{len(self.added)} {'would be ' if self.dry_run else ''}added, {len(self.known)} here already"]
        return "\n".join(lines + [f"  {name}" for name in self.added])


def add_source(
    runtime: Runtime,
    url: str,
    *,
    name: str = "",
    title: str = "",
    reader: str = "",
    kind: str = "",
    every_seconds: int = EVERY_SECONDS,
) -> Added:
    """Add a source after asking it once; without `reader` a feed is looked for at `url`.

    Raises InputError for a wrong name or interval, and when it is here already or no feed is found; FetchError and
    ParseError when it cannot be read.
    """
    if kind and kind not in set(DocumentKind):
        raise InputError(f"adding {url}: there is no kind {kind!r}; there are {', '.join(DocumentKind)}")
    if fault := (name and name_fault(name)) or every_fault(every_seconds):
        raise InputError(f"adding {url}: {fault}")
    address = url if "://" in url else f"https://{url}"
    options = {"kind": kind} if kind else {}
    if reader and reader != feed.Feed.name:
        found = _as_named(runtime, address, reader, options)
    else:
        found = _as_feed(runtime, address)
    with writing(runtime.engine) as session:
        refuse_known(session, address, found.url)
        row = Source(
            name=free_name(session, name or name_from(title or found.title or address), chosen=bool(name)),
            reader=found.reader,
            title=title or found.title,
            url=found.url,
            options=options,
            every_seconds=every_seconds,
            due_at=runtime.clock(),
        )
        session.add(row)
    return Added(row.name, row.title, row.reader, row.url, found.entries, found.how)


def pause(runtime: Runtime, name: str, *, paused: bool) -> None:
    """Stop asking a source, or ask it again, then at once."""
    with writing(runtime.engine) as session:
        row = named(session, name)
        if not row.url:
            raise InputError(f"the source {name} is filled by hand and never asked: there is nothing to stop or resume")
        if row.retired_at is not None:
            raise InputError(f"the source {name} is retired: it keeps its history and is not asked again")
        if row.paused and not paused:
            row.due_at = runtime.clock()
        row.paused = paused
        if not paused:
            row.paused_reason, row.paused_until = "", None


def remove(runtime: Runtime, name: str) -> None:
    """Remove a source that never brought anything; raises InputError for one whose documents rest on it."""
    with writing(runtime.engine) as session:
        row = named(session, name)
        if session.exec(select(Sighting.key).where(Sighting.source_id == row.id).limit(1)).first() is not None:
            raise InputError(
                f"removing the source {name}: documents came from it, and the archive says so; "
                f"`tracker source pause {name}` stops asking it"
            )
        session.delete(row)


def import_opml(runtime: Runtime, body: bytes, dry_run: bool = False, *, by: str = "") -> Imported:  # noqa: FBT001, FBT002 - the main option
    """Add the feeds of an OPML list that are not here yet; raises InputError when it is none.

    `by` is the administrator whose act it is, for the record.
    """
    report = Imported(dry_run=dry_run)
    outlines = read_opml(body)
    with writing(runtime.engine) as session:
        known = addresses(session)
        for outline in outlines:
            if outline.url in known:
                report.known.append(known[outline.url])
                continue
            name = free_name(session, outline.name, chosen=False)
            report.added.append(name)
            known[outline.url] = name
            if dry_run:
                continue
            row = Source(
                name=name,
                reader=feed.Feed.name,
                title=outline.title,
                url=outline.url,
                every_seconds=EVERY_SECONDS,
                due_at=runtime.clock(),
            )
            session.add(row)
            session.flush()
            if by:
                acts.record(
                    session,
                    acts.SOURCE,
                    row.id or 0,
                    "added",
                    by=by,
                    now=runtime.clock(),
                    detail="from a list of feeds",
                )
    return report


def export_opml(runtime: Runtime) -> bytes:
    """Return every feed as an OPML list; other kinds of sources have no place in one."""
    with reading(runtime.engine) as session:
        rows = [row for row in sources.every(session) if row.reader == feed.Feed.name]
    outlines = [Outline(row.name, row.title or row.name, row.url) for row in rows]
    return write_opml(outlines, "Whereas", runtime.clock())


# --- finding a feed ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    url: str
    title: str
    reader: str
    entries: int
    how: str


def _as_feed(runtime: Runtime, address: str) -> _Found:
    async def look() -> FoundFeed:
        async with runtime.open_door() as door:
            return await find_feed(door.fetch, address)

    found = asyncio.run(look())
    return _Found(found.url, found.title, feed.Feed.name, found.entries, found.how)


def _as_named(runtime: Runtime, address: str, reader: str, options: Mapping[str, Any]) -> _Found:
    """Ask a source of a kind that was said; what it cannot read is an error."""
    source = source_named(reader)
    asked = runtime.options_of(reader, options)
    request = next(iter(source.requests([Target(address, options=asked)])))
    answer = runtime.open_door().get(request)
    found = list(source.parse(answer))
    titles = [item.title for item in found if isinstance(item, RawItem)]
    return _Found(address, titles[0] if len(titles) == 1 else "", reader, len(found), "as you said")

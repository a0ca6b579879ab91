"""Adding, stopping and exchanging sources: from a home page whose feed is looked for, from and to OPML lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from tracker.domain.errors import FetchError, InputError, NotFoundError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.models.document import Sighting, Source
from tracker.sources import feed
from tracker.sources.base import source_named
from tracker.sources.charset import decode
from tracker.sources.discovery import feeds_in, guesses
from tracker.sources.opml import Outline, read_opml, write_opml
from tracker.store import sources
from tracker.store.engine import reading, writing
from tracker.workflows.check import check_sources
from tracker.workflows.manners import HOST_WIDE
from tracker.workflows.retry import retry
from tracker.workflows.runtime import Runtime
from tracker.workflows.setup import LONGEST_NAME, RESERVED, every_fault, name_fault

__all__ = ["add_source", "check_sources", "export_opml", "import_opml", "pause", "remove", "retry"]

# A site is not asked more often than this to find its feed.
MOST_TRIES = 24
EVERY_SECONDS = 3600
ACCEPT = f"{feed.ACCEPT}, text/html;q=0.6"


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
        _refuse_known(session, address, found.url)
        row = Source(
            name=_free_name(session, name or _slug(title or found.title or address), chosen=bool(name)),
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
        row = _named(session, name)
        if not row.url:
            raise InputError(f"the source {name} is filled by hand and never asked: there is nothing to stop or resume")
        if row.paused and not paused:
            row.due_at = runtime.clock()
        row.paused = paused


def remove(runtime: Runtime, name: str) -> None:
    """Remove a source that never brought anything; raises InputError for one whose documents rest on it."""
    with writing(runtime.engine) as session:
        row = _named(session, name)
        if session.exec(select(Sighting.key).where(Sighting.source_id == row.id).limit(1)).first() is not None:
            raise InputError(
                f"removing the source {name}: documents came from it, and the archive says so; "
                f"`tracker source pause {name}` stops asking it"
            )
        session.delete(row)


def import_opml(runtime: Runtime, body: bytes, dry_run: bool = False) -> Imported:  # noqa: FBT001, FBT002 - the only option
    """Add the feeds of an OPML list that are not here yet; raises InputError when it is none."""
    report = Imported(dry_run=dry_run)
    outlines = read_opml(body)
    with writing(runtime.engine) as session:
        known = _addresses(session)
        for outline in outlines:
            if outline.url in known:
                report.known.append(known[outline.url])
                continue
            name = _free_name(session, outline.name, chosen=False)
            report.added.append(name)
            known[outline.url] = name
            if dry_run:
                continue
            session.add(
                Source(
                    name=name,
                    reader=feed.Feed.name,
                    title=outline.title,
                    url=outline.url,
                    every_seconds=EVERY_SECONDS,
                    due_at=runtime.clock(),
                )
            )
            session.flush()
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
    """Return the feed at an address, or the one that the page there names, or one at a usual address."""
    door = runtime.open_door()
    answer = door.get(Request(address, accept=ACCEPT))
    direct = _read(answer)
    if direct is not None:
        return _Found(
            answer.moved_to or address, direct.title, feed.Feed.name, len(direct.items), "the address is a feed"
        )
    text, _ = decode(answer.body, answer.headers.get("content-type", ""))
    tried = 0
    named = [(one.url, "the page names it") for one in feeds_in(text, answer.url)]
    for candidate, how in [*named, *((one, "at a usual address") for one in guesses(answer.url))]:
        if tried == MOST_TRIES:
            break
        tried += 1
        try:
            found = door.get(Request(candidate, accept=feed.ACCEPT))
        except FetchError as error:
            if error.kind in HOST_WIDE:
                raise
            continue
        document = _read(found)
        if document is not None:
            return _Found(found.moved_to or candidate, document.title, feed.Feed.name, len(document.items), how)
    raise InputError(
        f"looking for a feed at {address}: neither what the page names nor the usual addresses can be read as one "
        f"({tried} were tried); give the feed's own address, or watch the page: --reader watched_page"
    )


def _read(answer: Fetched) -> feed.FeedDocument | None:
    try:
        return feed.read(answer)
    except ParseError:
        return None


def _as_named(runtime: Runtime, address: str, reader: str, options: Mapping[str, Any]) -> _Found:
    """Ask a source of a kind that was said; what it cannot read is an error."""
    source = source_named(reader)
    asked = runtime.options_of(reader, options)
    request = next(iter(source.requests([Target(address, options=asked)])))
    answer = runtime.open_door().get(request)
    found = list(source.parse(answer))
    titles = [item.title for item in found if isinstance(item, RawItem)]
    return _Found(address, titles[0] if len(titles) == 1 else "", reader, len(found), "as you said")


# --- names and addresses ----------------------------------------------------------------------------------------------


def _named(session: Session, name: str) -> Source:
    row = session.exec(select(Source).where(Source.name == name)).first()
    if row is None:
        raise NotFoundError(f"no source is called {name!r}; `tracker source list` shows all names")
    return row


def _addresses(session: Session) -> dict[str, str]:
    """Return every address a source has, had or seems to move to, with the source's name."""
    known: dict[str, str] = {}
    for row in session.exec(select(Source)):
        known |= dict.fromkeys((row.url, *row.former_urls, row.moved_to or row.url), row.name)
    return known


def _refuse_known(session: Session, *urls: str) -> None:
    known = _addresses(session)
    for url in urls:
        if url in known:
            raise InputError(f"adding {url}: it is here already, as the source {known[url]!r}")


def _free_name(session: Session, wanted: str, *, chosen: bool) -> str:
    """Return a name that no source has: the wanted one, or with a number behind it when nobody chose it."""
    base, number = wanted[:LONGEST_NAME] or "source", 1
    name = base
    while name in RESERVED or session.exec(select(Source.id).where(col(Source.name) == name)).first() is not None:
        if chosen:
            raise InputError(f"adding the source {name}: there is one of this name; give another with --name")
        number += 1
        name = f"{base[: LONGEST_NAME - len(str(number)) - 1]}-{number}"
    return name


def _slug(words: str) -> str:
    host = urlsplit(words).hostname if "://" in words else None
    text = (host or words).removeprefix("www.").lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60]

"""What a search finds, given to programs: as CSV, JSON and JSON Lines, and as an Atom feed."""

from collections.abc import Iterator

from flask import Blueprint, Response, url_for

from tracker.domain.errors import InputError
from tracker.store import search as stored
from tracker.store.search import Order, Told
from tracker.web import pages, search
from tracker.web.out import atom, tables
from tracker.web.shapes.base import full
from tracker.web.shapes.search import Result

bp = Blueprint("search_files", __name__)

# How many are read at once while a file is being sent, and how many stand in a file at most.
AT_ONCE, MOST = 250, 10_000


@bp.get("/search.json")
def as_json() -> Response:
    """Give one page of what was found, with the address of the next."""
    text = _asked()
    with pages.reading() as session:
        found = search.result(session, text, search.PER_PAGE)
    items = [Result.of(row).model_dump(mode="json") for row in found.page.rows]
    as_of = pages.now().isoformat(timespec="seconds")
    return tables.as_json({"as_of": as_of, "q": text, "next": full(found.page.next_url), "items": items})


@bp.get("/search.<any(csv, jsonl):ending>")
def as_file(ending: str) -> Response:
    """Give the newest of what was found, at most `MOST`, as a file."""
    text = _asked()
    query = stored.parse(text)
    return tables.as_file("search", ending, Result, _rows(query))


@bp.get("/search.atom")
def as_feed() -> Response:
    """Give the newest of what was found as a feed."""
    text = _asked()
    with pages.reading() as session:
        found = search.result(session, text, search.PER_PAGE, Order.NEWEST)
    about = atom.Feed(
        title=f"Search: {text}",
        subtitle="What the archive has with these words, the newest first.",
        path=pages.with_arguments(order=None),
        page=url_for("search.index", q=text),
    )
    entries = [_entry(row) for row in found.page.rows]
    return atom.of_entries(about, entries, next_path=found.page.next_url)


def _rows(query: stored.Query) -> Iterator[Result]:
    """Yield what was found, newest first; few of them are held at a time."""
    after, count = None, 0
    with pages.reading() as session:
        while count < MOST:
            hits = stored.find(session, query, after=after, limit=min(AT_ONCE, MOST - count), states=search.STATES)
            if not hits:
                return
            for told in stored.tell(session, hits):
                yield Result.of(search.row(told, query.words))
            after, count = (0.0, hits[-1].place), count + len(hits)
            session.expunge_all()


def _entry(row: search.Row) -> atom.Entry:
    result = Result.of(row)
    return atom.Entry(
        path=_identity(row.told),
        title=f"{result.title} ({result.on.display})" if result.on else result.title,
        url=result.url or full(url_for("search.index")),
        at=result.changed_at or atom.LONG_AGO,
        content=f"<p>{row.passage}</p>",
        related=((result.original_url, result.publisher),) if result.original_url else (),
        categories=((result.kind, result.kind_display),),
    )


def _identity(told: Told) -> str:
    """Return the permanent path of a thing, whatever becomes of its title."""
    hit = told.hit
    if hit.document_id is not None:
        return f"/documents/{hit.document_id}"
    group = "campaigns" if hit.campaign_id else "organizations" if hit.organization_id else "objects"
    return f"/{group}/{told.slug}"


def _asked() -> str:
    text = search.asked()
    if not text:
        raise InputError("There is nothing to search for: give words as “q”, such as /search.atom?q=recognition.")
    return text

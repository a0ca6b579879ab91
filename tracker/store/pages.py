"""Pages to be fetched whole, because their source gave only a summary: asked for, claimed, done or put off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentKind, DocumentState
from tracker.models.document import Document, DocumentVersion, LinkedPage, Sighting
from tracker.models.organization import Identifier, IdentifierScheme
from tracker.store import leases
from tracker.store.bulk import insert_rows
from tracker.store.filings import cik_in
from tracker.store.visits import parts

# After this many tries in vain a summary is what we have.
MOST_TRIES = 4
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is ours to fetch, and what its document is called; of a filing, its form, company and day (ISO).

    `moved_to` is where it has moved for good, once it was asked.
    """

    document_id: int
    url: str
    title: str
    tries: int
    form: str = ""
    publisher: str = ""
    filed: str = ""
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class NotHad:
    """A page that was not to be had, so that its document has the summary alone; `again` is when it is tried next."""

    document_id: int
    title: str
    url: str
    reason: str
    tries: int
    again: datetime | None


def want(session: Session, pages: Mapping[int, str], now: datetime) -> None:
    """Ask for the whole page behind each of these documents, given by its id, as soon as somebody is free."""
    for part in parts(list(pages)):
        session.execute(delete(LinkedPage).where(col(LinkedPage.document_id).in_(part)))
    free = {"leased_until": None, "leased_by": "", "tries": 0, "last_error": ""}
    rows = [{"document_id": number, "url": url, "due_at": now, **free} for number, url in pages.items()]
    insert_rows(session, LinkedPage, rows)


def want_filings(session: Session, forms: Collection[str], now: datetime) -> int:
    """Ask for the filings of companies we know that were only told of, by a feed or a search; return how many."""
    known = select(Identifier.value).where(Identifier.scheme == IdentifierScheme.CIK)
    ciks = {int(value) for value in session.exec(known) if value.isdecimal()}
    told = (
        select(Document.id, Document.url)
        .join(DocumentVersion, col(DocumentVersion.document_id) == col(Document.id))
        .where(
            col(DocumentVersion.number) == col(Document.version_count),
            col(DocumentVersion.own_body).is_(False),
            Document.kind == DocumentKind.FILING,
            col(Document.form).in_(forms),
            col(Document.state).not_in([DocumentState.WITHDRAWN, DocumentState.QUARANTINED]),
            col(Document.id).not_in(select(LinkedPage.document_id)),
        )
    )
    wanted = {number or 0: url for number, url in session.exec(told) if url and cik_in(url) in ciks}
    want(session, wanted, now)
    return len(wanted)


def claim(
    session: Session, *, now: datetime, holder: str, seconds: float, limit: int, filings: bool = False
) -> list[Wanted]:
    """Lease pages that are due: those behind summaries, or filings that were only told of."""
    kind = col(Document.kind) == DocumentKind.FILING
    of_kind = col(LinkedPage.document_id).in_(select(Document.id).where(kind if filings else ~kind))
    ids = leases.claim(session, LinkedPage, now=now, holder=holder, seconds=seconds, limit=limit, where=[of_kind])
    query = (
        select(LinkedPage, Document)
        .join(Document, col(Document.id) == col(LinkedPage.document_id))
        .where(col(LinkedPage.document_id).in_(ids))
        .order_by(col(LinkedPage.document_id))
    )
    return [
        Wanted(
            document_id=page.document_id,
            url=page.url,
            title=document.title,
            tries=page.tries,
            form=document.form,
            publisher=document.publisher,
            filed=document.published_sort,
        )
        for page, document in session.exec(query)
    ]


def held(session: Session, document_id: int, holder: str) -> bool:
    """Return whether a page is still ours; its row stays locked until the transaction ends."""
    query = select(LinkedPage.leased_by).where(LinkedPage.document_id == document_id).with_for_update()
    return session.exec(query).first() == holder


def done(session: Session, document_id: int) -> None:
    """Forget a page that is kept now, or that will never be to be had."""
    session.execute(delete(LinkedPage).where(col(LinkedPage.document_id) == document_id))


def put_off(session: Session, document_id: int, until: datetime, error: str, *, again: bool) -> None:
    """Try a page again then; without `again`, or after `MOST_TRIES`, it is left for good, with the reason."""
    row = session.get_one(LinkedPage, document_id)
    row.tries = row.tries + 1 if again else MOST_TRIES
    row.leased_by, row.leased_until, row.last_error = "", None, error
    row.due_at = until if row.tries < MOST_TRIES else NEVER


def postpone(session: Session, document_id: int, until: datetime) -> None:
    """Give a page back unasked: it is due again then, and no try is counted."""
    row = session.get_one(LinkedPage, document_id)
    row.leased_by, row.leased_until, row.due_at = "", None, until
    session.flush()


def waiting(session: Session) -> Sequence[LinkedPage]:
    """Return every page that is still to be fetched, or was tried in vain, in the order in which they are due."""
    return session.exec(select(LinkedPage).order_by(col(LinkedPage.due_at), col(LinkedPage.document_id))).all()


def not_had(session: Session, source_id: int, *, limit: int) -> list[NotHad]:
    """Return at most `limit` pages of a source's documents that were asked for in vain, newest documents first."""
    query = (
        select(LinkedPage, Document.title)
        .join(Document, col(Document.id) == col(LinkedPage.document_id))
        .where(
            col(LinkedPage.document_id).in_(select(Sighting.document_id).where(Sighting.source_id == source_id)),
            LinkedPage.last_error != "",
        )
        .order_by(col(LinkedPage.document_id).desc())
        .limit(limit)
    )
    return [
        NotHad(
            document_id=row.document_id,
            title=title,
            url=row.url,
            reason=row.last_error,
            tries=row.tries,
            again=row.due_at if row.due_at < NEVER else None,
        )
        for row, title in session.exec(query)
    ]

"""Filings of an invented company, kept as collecting keeps them: document, version and bytes."""

from sqlmodel import Session

from tests.factories.parties import NOW, add, on
from tracker.domain import vocab
from tracker.domain.packed import Packed
from tracker.ingest.cleaning import clean_html, plain_text
from tracker.models.document import Body, Document, DocumentVersion
from tracker.models.organization import Identifier, IdentifierScheme, Organization
from tracker.store import sources

CIK = 9_999_992


def known_company(session: Session, company: Organization, cik: int = CIK) -> Organization:
    """Give a company its number at the SEC."""
    add(session, Identifier(organization_id=company.id, scheme=IdentifierScheme.CIK, value=f"{cik:010d}"))
    return company


def filing(
    session: Session,
    form: str,
    html: str,
    *,
    filed: str = "2026-05-15",
    name: str = "filing.htm",
    cik: int = CIK,
    state: vocab.DocumentState = vocab.DocumentState.SCREENED,
    own: bool = True,
) -> Document:
    """Add a filed document with its text and bytes."""
    body = html.encode()
    url = f"https://www.sec.gov/Archives/edgar/data/{cik}/{filed.replace('-', '')}/{name}"
    document = add(
        session,
        Document(url=url, canonical_url=url, title=f"{form} of {filed}", kind=vocab.DocumentKind.FILING, form=form,
                 published=on(filed), published_sort=filed, state=state, first_seen_at=NOW),
    )  # fmt: skip
    version(session, document, body, own=own)
    return document


def version(session: Session, document: Document, body: bytes, number: int = 1, *, own: bool = True) -> DocumentVersion:
    """Add a version of a filed document."""
    packed = Packed.of(body, "text/html")
    if session.get(Body, packed.hash) is None:
        sources.keep_body(session, body, "text/html")
    cleaned = clean_html(body.decode(), document.url or "")
    document.version_count = number
    return add(
        session,
        DocumentVersion(document_id=document.id, number=number, title=document.title, html=cleaned,
                        text=plain_text(cleaned), content_hash=packed.hash, body_hash=packed.hash, seen_at=NOW,
                        own_body=own),
    )  # fmt: skip

"""Documents, their links and the evidence they give."""

from sqlmodel import Session

from tests.factories.parties import NOW, add, on
from tracker.domain import vocab
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.models.link import Link


def document(
    session: Session,
    title: str = "Amazon faces a vote",
    *,
    url: str | None = None,
    published: str | None = "2019-05-22",
    publisher: str = "The Daily Example",
    kind: vocab.DocumentKind = vocab.DocumentKind.NEWS,
    state: vocab.DocumentState = vocab.DocumentState.RELEVANT,
) -> Document:
    """Add a document without text."""
    published_on = on(published)
    earliest = published_on.earliest if published_on else None
    return add(
        session,
        Document(url=url, canonical_url=url, title=title, publisher=publisher, kind=kind, published=published_on,
                 published_sort=earliest.isoformat() if earliest else "", state=state, relevance=1.0,
                 first_seen_at=NOW),
    )  # fmt: skip


def link(
    session: Session,
    document: Document,
    object_id: int,
    *,
    relation: vocab.Relation = vocab.Relation.REPORTS_ON,
    state: vocab.LinkState = vocab.LinkState.CONFIRMED,
    why: str = "names the proposal",
    score: float = 0.9,
) -> Link:
    """Add a tie between a document and a campaign object."""
    decided_at = None if state is vocab.LinkState.SUGGESTED else NOW
    return add(
        session,
        Link(document_id=document.id, object_id=object_id, relation=relation, state=state, score=score, why=why,
             made_by="rule:test", decided_at=decided_at, created_at=NOW),
    )  # fmt: skip


def evidence(
    session: Session,
    object_id: int,
    field: str,
    value: str,
    *,
    url: str = "https://sec.example/8-k",
    document: Document | None = None,
    chosen: bool = True,
    note: str = "",
) -> Evidence:
    """Add one reading of one field."""
    return add(
        session,
        Evidence(object_id=object_id, field=field, value=value, url=url, document_id=document.id if document else None,
                 read_by="person", read_at=NOW, chosen=chosen, note=note),
    )  # fmt: skip

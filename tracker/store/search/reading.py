"""What a page says of hits: where they lead, where they are from, and the text that a passage is taken from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.document import Document, DocumentVersion
from tracker.models.organization import Organization
from tracker.store import objects
from tracker.store.search.finding import Hit

# In so many characters of a document words are looked for, to show where they stand.
LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Told:
    """A hit with what is said of it. `document` is given for documents, `slug` for the rest.

    `campaigns` are slugs of the campaigns that an object belongs to.
    """

    hit: Hit
    text: str
    document: Document | None = None
    slug: str = ""
    campaigns: tuple[str, ...] = ()


def tell(session: Session, hits: Sequence[Hit]) -> list[Told]:
    """Return hits with what is said of them, in their order. Six queries, and none without hits."""
    if not hits:
        return []
    numbers = {name: [hit_id for hit in hits if (hit_id := getattr(hit, name))] for name in _TABLES}
    documents = {
        row.id: row for row in session.exec(select(Document).where(col(Document.id).in_(numbers["document_id"])))
    }
    texts = _beginnings(session, numbers["document_id"])
    slugs = {name: _slugs(session, table, numbers[name]) for name, table in _TABLES.items() if name != "document_id"}
    campaigns = objects.memberships(session, numbers["object_id"])
    told = []
    for hit in hits:
        if hit.document_id is not None:
            row = documents[hit.document_id]
            told.append(Told(hit, texts.get(hit.document_id, ""), row))
            continue
        slug = next(found[number] for name, found in slugs.items() if (number := getattr(hit, name)) is not None)
        belongs = tuple(name for _, name in campaigns.get(hit.object_id or 0, ()))
        told.append(Told(hit, hit.text, slug=slug, campaigns=belongs))
    return told


_TABLES = {
    "document_id": Document,
    "object_id": CampaignObject,
    "campaign_id": Campaign,
    "organization_id": Organization,
}


def _slugs(session: Session, table: type, ids: Collection[int]) -> dict[int, str]:
    query = select(table.id, table.slug).where(table.id.in_(ids))  # type: ignore[attr-defined]
    return dict(session.exec(query).all())


def _beginnings(session: Session, ids: Collection[int]) -> dict[int, str]:
    query = (
        select(DocumentVersion.document_id, func.substr(DocumentVersion.text, 1, LOOKED_AT))
        .join(Document, col(Document.id) == col(DocumentVersion.document_id))
        .where(col(DocumentVersion.document_id).in_(ids), col(DocumentVersion.number) == col(Document.version_count))
    )
    return dict(session.exec(query).all())

"""What a page says of hits: where they lead, where they are from, and the text that a passage is taken from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.document import Document
from tracker.models.organization import Organization
from tracker.store import newest_texts, objects
from tracker.store.search.entries import OF_CAMPAIGN, OF_DOCUMENT, OF_OBJECT, OF_ORGANIZATION
from tracker.store.search.finding import Hit

# In so many characters of a document words are looked for, to show where they stand.
LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Told:
    """A hit with what is said of it. `document` is given for documents, `slug` for the rest.

    `campaigns` are slugs of the campaigns that an object belongs to. `changed_at` is null for organisations.
    """

    hit: Hit
    text: str
    document: Document | None = None
    slug: str = ""
    campaigns: tuple[str, ...] = ()
    changed_at: datetime | None = None


def tell(session: Session, hits: Sequence[Hit]) -> list[Told]:
    """Return hits with what is said of them, in their order. Six queries, and none without hits."""
    if not hits:
        return []
    ids = {name: [number for hit in hits if (number := getattr(hit, name))] for name in (OF_DOCUMENT, *_NAMED)}
    documents = {row.id: row for row in session.exec(select(Document).where(col(Document.id).in_(ids[OF_DOCUMENT])))}
    texts = newest_texts.of_documents(session, ids[OF_DOCUMENT], characters=LOOKED_AT)
    named = {name: _names(session, name, ids[name]) for name in _NAMED}
    campaigns = objects.memberships(session, ids[OF_OBJECT])
    told = []
    for hit in hits:
        if hit.document_id is not None:
            row = documents[hit.document_id]
            text = texts.get(hit.document_id, "")
            told.append(Told(hit, text, document=row, changed_at=row.changed_at or row.first_seen_at))
            continue
        slug, at = next(named[name][number] for name in _NAMED if (number := getattr(hit, name)) is not None)
        belongs = tuple(name for _, name in campaigns.get(hit.object_id or 0, ()))
        told.append(Told(hit, hit.text, slug=slug, campaigns=belongs, changed_at=at))
    return told


# Of everything else the table, and its columns: number, name in addresses, when it last changed.
_NAMED: dict[str, tuple[Any, ...]] = {
    OF_OBJECT: (CampaignObject.id, CampaignObject.slug, CampaignObject.updated_at),
    OF_CAMPAIGN: (Campaign.id, Campaign.slug, Campaign.created_at),
    OF_ORGANIZATION: (Organization.id, Organization.slug),
}


def _names(session: Session, name: str, ids: Collection[int]) -> dict[int, tuple[str, datetime | None]]:
    """Return of rows their name in addresses and when they last changed, by number."""
    columns = _NAMED[name]
    rows = session.connection().execute(select_rows(*columns).where(columns[0].in_(ids)))
    return {row[0]: (row[1], row[2] if len(row) > 2 else None) for row in rows}

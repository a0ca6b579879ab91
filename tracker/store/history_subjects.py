"""What a page of the history can be asked for: an object, a campaign, an organisation by slug, a document by number."""

from typing import Any

from sqlmodel import Session, select

from tracker.domain.acts import About
from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.document import Document
from tracker.models.organization import Organization
from tracker.store.history_list import Name


def named(session: Session, about: About, given: str) -> tuple[int, Name] | None:
    """Return the number and the name of what is asked for, drafts and what was withdrawn included; None for nothing."""
    if about is About.DOCUMENT:
        document = (
            session.get(Document, int(given)) if given.isascii() and given.isdigit() and len(given) < 10 else None
        )
        return (document.id or 0, Name(document.title)) if document is not None else None
    table: Any = {About.OBJECT: CampaignObject, About.CAMPAIGN: Campaign, About.ORGANIZATION: Organization}[about]
    row = session.exec(select(table).where(table.slug == given)).first()
    if row is None:
        return None
    return row.id, Name(getattr(row, "title", "") or getattr(row, "name", ""), row.slug, getattr(row, "kind", ""))

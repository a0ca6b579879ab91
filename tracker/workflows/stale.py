"""A decision on what is no longer as it was shown is refused, and the refusal says what stands now, and by whom."""

from collections.abc import Iterable
from typing import Protocol

from sqlmodel import Session, col, select

from tracker.domain.errors import ConflictError
from tracker.domain.review_token import Shown
from tracker.domain.vocab import LinkState
from tracker.models.base import CampaignObject
from tracker.models.document import Document
from tracker.models.link import Link

_DONE = {LinkState.CONFIRMED: "accepted", LinkState.REJECTED: "rejected", LinkState.SUGGESTED: "opened again"}


class Meant(Protocol):
    """What is about to be said: of the link to an object, or of the document itself."""

    @property
    def object_slug(self) -> str:
        """The object's short name; empty for the document."""


def shown_now(session: Session, document: Document) -> Shown:
    """Return what stands of a document and its links in this moment. One query."""
    rows = session.exec(select(Link).where(Link.document_id == document.id))
    ties = {row.object_id: (row.state.value, row.relation.value, row.decided_by) for row in rows}
    return Shown(document.version_count, document.event_type.value if document.event_type else "", ties)


def refuse_stale(session: Session, document: Document, said: Iterable[Meant], shown: Shown) -> None:
    """Raise ConflictError where the document, or a link that is decided on, is not what was shown."""
    now = shown_now(session, document)
    if now.version != shown.version:
        raise ConflictError(
            "The document has changed since the page was opened: what it says now is shown. Nothing was decided."
        )
    slugs = {each.object_slug for each in said}
    if "" in slugs and now.event_type != shown.event_type:
        raise ConflictError(
            f"Meanwhile the event was said to be “{now.event_type.replace('_', ' ')}”. {document.event_type_reason} "
            "Nothing was decided; what stands is shown."
        )
    query = select(CampaignObject.id, CampaignObject.title).where(col(CampaignObject.slug).in_(slugs))
    for number, title in session.exec(query.order_by(col(CampaignObject.id))):
        if number is not None and shown.differs(now, number):
            raise ConflictError(f"{_told(session, document, number, title)} Nothing was decided; what stands is shown.")


def _told(session: Session, document: Document, object_id: int, title: str) -> str:
    query = select(Link).where(Link.document_id == document.id, Link.object_id == object_id)
    row = session.exec(query).first()
    if row is None:
        return f"The suggestion “{title}” was withdrawn meanwhile: nothing speaks for it any more."
    relation = row.relation.value.replace("_", " ")
    if row.decided_by and row.decided_at:
        what = f"{row.decided_by} {_DONE[row.state]} “{relation} {title}” at {row.decided_at:%H:%M} UTC"
        return f"{what} on {row.decided_at:%d %b %Y}."
    return f"The suggestion “{title}” has changed meanwhile: it now says “{relation}”."

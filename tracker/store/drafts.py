"""What an editor may go on with: drafts with who began them, and any object by words of its title."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.acts import About
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.revision import Revision, RevisionChange, RevisionSubject

MOST = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft: what it is, who began it, and when it was changed last."""

    kind: str
    slug: str
    title: str
    begun_by: str
    updated_at: datetime


def drafts(session: Session, *, by: str = "", limit: int = MOST) -> list[Draft]:
    """Return at most `limit` drafts, of one person or of all, the last changed first. One query."""
    # Looked up draft by draft in the key of subjects: the history of everything else is not gone through.
    first = (
        select(func.min(RevisionSubject.revision_id))
        .where(RevisionSubject.about == About.OBJECT, RevisionSubject.about_id == CampaignObject.id)
        .correlate(CampaignObject)
        .scalar_subquery()
    )
    query = (
        select(CampaignObject, Revision.made_by)
        .join(Revision, col(Revision.id) == first, isouter=True)
        .where(CampaignObject.state == ObjectState.DRAFT, col(CampaignObject.merged_into_id).is_(None))
        .order_by(col(CampaignObject.updated_at).desc(), col(CampaignObject.id).desc())
        .limit(limit)
    )
    if by:
        query = query.where(Revision.made_by == by)
    return [
        Draft(spine.kind, spine.slug, spine.title, made_by or "", spine.updated_at)
        for spine, made_by in session.exec(query)
    ]


def called(session: Session, text: str, *, limit: int = 50) -> list[CampaignObject]:
    """Return at most `limit` objects of whatever state whose title or other name in addresses has these words."""
    query = select(CampaignObject).where(col(CampaignObject.merged_into_id).is_(None))
    for word in text.split()[:10]:
        in_title = col(CampaignObject.title).icontains(word, autoescape=True)
        query = query.where(in_title | col(CampaignObject.slug).icontains(word, autoescape=True))
    return list(session.exec(query.order_by(col(CampaignObject.title), col(CampaignObject.id)).limit(limit)))


def discarded(session: Session, object_id: int) -> bool:
    """Return whether an object was withdrawn as a draft: no reader ever saw it, and its address says nothing."""
    query = (
        select(RevisionChange.before)
        .where(
            RevisionChange.about == About.OBJECT,
            RevisionChange.about_id == object_id,
            RevisionChange.part == "campaign_object",
            RevisionChange.field == "state",
        )
        .order_by(col(RevisionChange.id).desc())
        .limit(1)
    )
    return session.exec(query).first() == ObjectState.DRAFT

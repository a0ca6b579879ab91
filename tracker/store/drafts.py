"""What is not published yet: drafts with who began them, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.acts import About
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.revision import Revision, RevisionSubject

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
    first = (
        select(col(RevisionSubject.about_id).label("object_id"), func.min(RevisionSubject.revision_id).label("act"))
        .where(RevisionSubject.about == About.OBJECT)
        .group_by(col(RevisionSubject.about_id))
        .subquery()
    )
    query = (
        select(CampaignObject, Revision.made_by)
        .join(first, first.c.object_id == CampaignObject.id, isouter=True)
        .join(Revision, col(Revision.id) == first.c.act, isouter=True)
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

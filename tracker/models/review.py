"""Who looks at which entry of the review queue: a soft claim, which keeps nobody from deciding."""

from datetime import datetime

from sqlmodel import Field

from tracker.models.base import Base, UtcDateTime


class ReviewClaim(Base, table=True):
    """That somebody opened a document's suggestions, and until when others find them at the end of their queue."""

    __tablename__ = "review_claim"
    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    claimed_by: str = Field(max_length=120)
    claimed_at: datetime = Field(sa_type=UtcDateTime)
    claimed_until: datetime = Field(sa_type=UtcDateTime)

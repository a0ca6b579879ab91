"""Looking at an entry of the review queue: noted for others, for some minutes."""

from tracker.models.review import ReviewClaim
from tracker.store import review_claims
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime


def claim_entry(runtime: Runtime, document_id: int, who: str) -> ReviewClaim | None:
    """Note that somebody looks at a document's suggestions; return another's claim where there is one that holds."""
    now = runtime.clock()
    with reading(runtime.engine) as session:
        if review_claims.is_fresh(session, document_id, who, now):
            return None
    with writing(runtime.engine) as session:
        row = review_claims.claim(session, document_id, who, now)
    return None if row.claimed_by == who else row

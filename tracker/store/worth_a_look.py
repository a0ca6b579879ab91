"""What rules put aside and a person may want to see: documents just below the bar, what broke, sources that fail."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from tracker.domain.vocab import DocumentState, Verdict
from tracker.models.decision import Decision
from tracker.models.document import Document, Source
from tracker.store import decisions

# A document counts as near the bar of relevance from half of it on (the bar is `threshold` in terms.toml, 0.5), and as
# long as it is of the last year.
NEAR = 0.25
LAST_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents are near the bar, how many could not be read as documents, how many sources fail."""

    near: int
    quarantined: int
    failing: int

    @property
    def every(self) -> int:
        """All of them together."""
        return self.near + self.quarantined + self.failing


def counts(session: Session, today: date) -> Counts:
    """Return how much there is to look at. One statement."""
    near = select(func.count()).select_from(Document).where(*_near(today)).scalar_subquery()
    quarantined = (
        select(func.count())
        .select_from(Document)
        .where(col(Document.state) == DocumentState.QUARANTINED)
        .scalar_subquery()
    )
    failing = (
        select(func.count())
        .select_from(Source)
        .where(col(Source.failing_since).is_not(None), col(Source.paused).is_(False))
        .scalar_subquery()
    )
    return Counts(*session.exec(select(near, quarantined, failing)).one())


def near_the_bar(
    session: Session, today: date, *, after: tuple[float, int] | None = None, limit: int = 20
) -> list[Document]:
    """Return screened documents near the bar, the nearest first; `after` is relevance and id of the last one above."""
    query = (
        select(Document).where(*_near(today)).order_by(col(Document.relevance).desc(), col(Document.id)).limit(limit)
    )
    if after is not None:
        relevance, number = after
        further = (col(Document.relevance) == relevance) & (col(Document.id) > number)
        query = query.where((col(Document.relevance) < relevance) | further)
    return list(session.exec(query))


def _near(today: date) -> tuple[Any, ...]:
    said = exists().where(
        col(Decision.document_id) == col(Document.id),
        col(Decision.verdict).in_([Verdict.RELEVANT, Verdict.NOT_RELEVANT]),
        decisions.counting(),
    )
    return (
        col(Document.state) == DocumentState.SCREENED,
        col(Document.published_sort) >= (today - LAST_YEAR).isoformat(),
        col(Document.relevance) >= NEAR,
        ~said,
    )

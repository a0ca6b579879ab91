"""What the review queue says of itself: what rules linked, how suggestions fared, what somebody decided today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, literal
from sqlmodel import Session, col, select

from tracker.domain.vocab import LinkState, Verdict
from tracker.models.base import CampaignObject
from tracker.models.decision import Decision
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.store import decisions

BY_RULE = "rule:"
LAST = 200
MOST_UNDONE = 50
JUDGED = (Verdict.ACCEPT, Verdict.REJECT, Verdict.WRONG_RELATION)


@dataclass(frozen=True, slots=True)
class Fared:
    """Of the last suggestions of rules that people decided on, how many there were and how many were accepted as they
    were; one accepted with another relation is none of them.
    """

    decided: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Mine:
    """A decision of somebody's own that they may undo, with the titles of what it is about."""

    decision: Decision
    document: str
    target: str


def monday(now: datetime) -> datetime:
    """Return the beginning of this week in UTC."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def linked_by_rule(session: Session, since: datetime) -> int:
    """Return how many links rules confirmed since then that stand. One query."""
    query = (
        select(func.count())
        .select_from(Link)
        .where(
            col(Link.state) == literal(LinkState.CONFIRMED.value, literal_execute=True),
            col(Link.decided_at) >= since,
            col(Link.decided_by).startswith(BY_RULE),
        )
    )
    return session.exec(query).one()


def fared(session: Session) -> Fared:
    """Return how the last `LAST` suggestions of rules fared. One query."""
    query = (
        select(Decision.verdict)
        .where(col(Decision.verdict).in_(JUDGED), col(Decision.shown_by).startswith(BY_RULE), decisions.counting())
        .order_by(col(Decision.decided_at).desc(), col(Decision.id).desc())
        .limit(LAST)
    )
    found = list(session.exec(query))
    return Fared(len(found), found.count(Verdict.ACCEPT))


def of_today(session: Session, who: str, now: datetime, verdicts: Collection[Verdict]) -> list[Mine]:
    """Return what somebody decided today (UTC) and may undo, the last first, at most `MOST_UNDONE`. One query."""
    begin = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    query: Any = (
        select(Decision, Document.title, CampaignObject.title)
        .join(Document, col(Document.id) == col(Decision.document_id))
        .outerjoin(CampaignObject, col(CampaignObject.id) == col(Decision.object_id))
        .where(
            Decision.decided_by == who,
            col(Decision.decided_at) >= begin,
            col(Decision.verdict).in_(verdicts),
            col(Decision.before).is_not(None),
            decisions.counting(),
        )
        .order_by(col(Decision.decided_at).desc(), col(Decision.id).desc())
        .limit(MOST_UNDONE)
    )
    return [Mine(decision, document, target or "") for decision, document, target in session.exec(query)]

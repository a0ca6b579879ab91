"""How the suggestions of rules fared with people, counted by rule, band of scores and month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from tracker.domain.kept_rates import BANDS, Fared
from tracker.domain.vocab import Verdict
from tracker.models.bulk import BulkMember
from tracker.models.decision import Decision
from tracker.store import decisions
from tracker.store.engine import dialect_of
from tracker.store.prepared import columns

JUDGED = (Verdict.ACCEPT, Verdict.REJECT, Verdict.WRONG_RELATION)
RULES = "rule:"


@dataclass(frozen=True, slots=True)
class Counted:
    """How suggestions of one rule, band (by where it begins) and month of the decision ("2026-11") fared."""

    rule: str
    band: float
    month: str
    fared: Fared


def counted(session: Session, *, since: datetime | None = None, rule: str | None = None) -> list[Counted]:
    """Return how suggestions fared on which people said their last word `since` then. One query."""
    last = (
        select(func.max(Decision.id))
        .where(
            col(Decision.verdict).in_(JUDGED),
            col(Decision.shown_by).startswith(RULES),
            col(Decision.score).is_not(None),
            decisions.counting(),
        )
        .group_by(col(Decision.document_id), col(Decision.object_id))
    )
    bulk = col(BulkMember.act_id).is_not(None)
    query = (
        columns(
            col(Decision.shown_by),
            _band().label("band"),
            _month(session).label("month"),
            _sum((col(Decision.verdict) == Verdict.ACCEPT) & ~bulk),
            _sum(Decision.verdict == Verdict.WRONG_RELATION),
            _sum(Decision.verdict == Verdict.REJECT),
            _sum(bulk),
        )
        .select_from(Decision)
        .outerjoin(BulkMember, col(BulkMember.decision_id) == col(Decision.id))
        .where(col(Decision.id).in_(last))
        .group_by(col(Decision.shown_by), "band", "month")
        .order_by(col(Decision.shown_by), "band", "month")
    )
    if since is not None:
        query = query.where(col(Decision.decided_at) >= since)
    if rule is not None:
        query = query.where(col(Decision.shown_by) == rule)
    return [Counted(rule, band, month, Fared(*said)) for rule, band, month, *said in session.exec(query)]


def by(rows: Sequence[Counted], key: Any) -> dict[Any, Fared]:
    """Return rows added up by what `key` gives of each, in the order of the keys."""
    found: dict[Any, Fared] = defaultdict(Fared)
    for row in rows:
        found[key(row)] += row.fared
    return dict(sorted(found.items()))


def _sum(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _band() -> Any:
    """Return where the band of a decision's score begins."""
    return case(*((col(Decision.score) >= start, start) for start in reversed(BANDS[1:])), else_=BANDS[0])


def _month(session: Session) -> Any:
    if dialect_of(session) == "postgresql":
        return func.to_char(func.timezone("UTC", col(Decision.decided_at)), "YYYY-MM")
    return func.substr(col(Decision.decided_at), 1, 7)

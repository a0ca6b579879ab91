"""What the archive lacks, counted from itself: nothing here is an estimate."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain.status import VOTED
from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.contract import Contract
from tracker.models.correspondence import Answer, Letter, ResponseSearch
from tracker.models.document import Document
from tracker.models.event import Event, EventCount
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, VoteCount
from tracker.models.resolution import Filer, Resolution, ResolutionStatus
from tracker.store import objects


class Gap(StrEnum):
    """What may be lacking."""

    UNREADABLE_DOCUMENTS = "unreadable_documents"
    UNDATED_DOCUMENTS = "undated_documents"
    UNREAD_FILINGS = "unread_filings"
    UNPLACED_FILINGS = "unplaced_filings"
    UNDECIDED_LINKS = "undecided_links"
    UNSETTLED_READINGS = "unsettled_readings"
    UNSOURCED_OBJECTS = "unsourced_objects"
    VAGUE_EVENTS = "vague_events"
    STATUSLESS_RESOLUTIONS = "statusless_resolutions"
    UNCOUNTED_VOTES = "uncounted_votes"
    RESOLUTIONS_WITHOUT_FILER = "resolutions_without_filer"
    RESOLUTIONS_WITHOUT_TEXT = "resolutions_without_text"
    UNSEARCHED_LETTERS = "unsearched_letters"
    CONTRACTS_WITHOUT_AMOUNT = "contracts_without_amount"


@dataclass(frozen=True, slots=True)
class Lack:
    """How many things lack something, and of how many."""

    gap: Gap
    count: int
    of: int


def every(session: Session) -> list[Lack]:
    """Return each gap with how many there are of how many, those with none too. One statement."""
    counted = {gap: counts() for gap, counts in _COUNTS.items()}
    counts = [query.scalar_subquery() for pair in counted.values() for query in pair]
    row = session.exec(select(*counts)).one()
    return [Lack(gap, row[2 * place] or 0, row[2 * place + 1] or 0) for place, gap in enumerate(counted)]


# Of each gap: a query that counts those that lack something, and one that counts all.
_Pair = tuple[Any, Any]


def _count(table: Any, *conditions: Any) -> Any:
    return select(func.count()).select_from(table).where(*conditions)


def _none(table: Any, *conditions: Any) -> Any:
    return ~select(table.id).where(*conditions).exists()


def _shown(table: Any, lacks: Any) -> _Pair:
    """Count objects of one kind that readers may see."""
    visible = objects.visible(table.id)
    return _count(table, visible, lacks), _count(table, visible)


def _relevant(lacks: Any) -> _Pair:
    shown = Document.state == DocumentState.RELEVANT
    return _count(Document, shown, lacks), _count(Document, shown)


def _filings(outcome: FilingOutcome) -> _Pair:
    return _count(FilingReading, FilingReading.outcome == outcome), _count(FilingReading)


def _links() -> _Pair:
    relevant = select(Document.id).where(Document.id == Link.document_id, Document.state == DocumentState.RELEVANT)
    stands = relevant.exists() & (col(Link.state) != LinkState.REJECTED) & objects.visible(Link.object_id)
    return _count(Link, stands, Link.state == LinkState.SUGGESTED), _count(Link, stands)


def _readings() -> _Pair:
    shown = objects.visible(Evidence.object_id)
    return _count(Evidence, shown, col(Evidence.differs).is_(True)), _count(Evidence, shown)


def _unsourced() -> _Pair:
    spine = aliased(CampaignObject)
    shown = and_(col(spine.state) == ObjectState.PUBLISHED, col(spine.merged_into_id).is_(None))
    linked = (Link.object_id == spine.id, Link.state == LinkState.CONFIRMED)
    lacks = and_(_none(Evidence, Evidence.object_id == spine.id), _none(Link, *linked))
    return _count(spine, shown, lacks), _count(spine, shown)


def _vague() -> _Pair:
    return _count(Event, Event.earliest != Event.latest), select(func.sum(EventCount.events))


def _uncounted() -> _Pair:
    """Count resolutions that were voted on, and of these those without counts on any ballot."""
    voted = select(ResolutionStatus.id).where(
        ResolutionStatus.resolution_id == Resolution.id, col(ResolutionStatus.code).in_(VOTED)
    )
    counts = (
        select(VoteCount.id)
        .join(BallotItem, col(BallotItem.id) == col(VoteCount.ballot_item_id))
        .where(BallotItem.resolution_id == Resolution.id)
    )
    shown = objects.visible(Resolution.id) & voted.exists()
    return _count(Resolution, shown, ~counts.exists()), _count(Resolution, shown)


def _unsearched() -> _Pair:
    """Count letters without an answer on record that nobody has searched for one either."""
    answered = select(Answer.id).where(Answer.object_id == Letter.id)
    unanswered = objects.visible(Letter.id) & ~answered.exists()
    return (
        _count(Letter, unanswered, _none(ResponseSearch, ResponseSearch.letter_id == Letter.id)),
        _count(Letter, unanswered),
    )


def _no_amount() -> Any:
    amounts = (Contract.amount_value, Contract.amount_ceiling, Contract.amount_obligated)
    return and_(*(col(amount).is_(None) for amount in amounts))


def _no_filer() -> Any:
    return _none(Filer, Filer.resolution_id == Resolution.id)


def _no_status() -> Any:
    return _none(ResolutionStatus, ResolutionStatus.resolution_id == Resolution.id)


_COUNTS: dict[Gap, Callable[[], _Pair]] = {
    Gap.UNSOURCED_OBJECTS: _unsourced,
    Gap.UNSETTLED_READINGS: _readings,
    Gap.UNDECIDED_LINKS: _links,
    Gap.VAGUE_EVENTS: _vague,
    Gap.UNSEARCHED_LETTERS: _unsearched,
    Gap.STATUSLESS_RESOLUTIONS: lambda: _shown(Resolution, _no_status()),
    Gap.UNCOUNTED_VOTES: _uncounted,
    Gap.RESOLUTIONS_WITHOUT_FILER: lambda: _shown(Resolution, _no_filer()),
    Gap.RESOLUTIONS_WITHOUT_TEXT: lambda: _shown(Resolution, Resolution.resolved_clause == ""),
    Gap.CONTRACTS_WITHOUT_AMOUNT: lambda: _shown(Contract, _no_amount()),
    Gap.UNDATED_DOCUMENTS: lambda: _relevant(col(Document.published).is_(None)),
    Gap.UNREADABLE_DOCUMENTS: lambda: (_count(Document, Document.state == DocumentState.QUARANTINED), _count(Document)),
    Gap.UNREAD_FILINGS: lambda: _filings(FilingOutcome.UNREADABLE),
    Gap.UNPLACED_FILINGS: lambda: _filings(FilingOutcome.UNPLACED),
}

"""Fund votes: the ballot items they may have been cast on, and writing them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.models.meeting import BallotItem, FundVote, Meeting
from tracker.models.organization import Alias, Organization
from tracker.store import objects

_KEY = ("ballot_item_id", "manager", "fund", "decision")


@dataclass(frozen=True, slots=True)
class Item:
    """A ballot item with its meeting's day and the names of its company."""

    row: BallotItem
    issuers: tuple[str, ...]
    held_on: PartialDate


def items(session: Session) -> list[Item]:
    """Return every ballot item of a shown meeting, ordered by id. Two queries."""
    names: dict[int, list[str]] = defaultdict(list)
    for alias in session.exec(select(Alias).order_by(col(Alias.id))):
        if not alias.needs_context:
            names[alias.organization_id].append(alias.text)
    query = (
        select(BallotItem, Meeting, Organization)
        .join(Meeting, col(Meeting.id) == col(BallotItem.meeting_id))
        .join(Organization, col(Organization.id) == col(Meeting.company_id))
        .where(objects.visible(Meeting.id))
        .order_by(col(BallotItem.id))
    )
    return [
        Item(item, (company.name, *names[company.id or 0]), meeting.held_on)
        for item, meeting, company in session.exec(query)
    ]


def replace(session: Session, rows: Sequence[Mapping[str, Any]], now: datetime) -> list[str]:
    """Write how one fund voted on one item; return what became of each row, as `put` does, or "older".

    What an earlier filing said of it is replaced, also where the way of voting differs; what a later one said stands.
    """
    where = [getattr(FundVote, key) == rows[0][key] for key in _KEY if key != "decision"]
    stored = list(session.exec(select(FundVote).where(*where).order_by(col(FundVote.id))))
    read = [row for row in stored if "decision" in row.read_fields]
    filed = rows[0]["filed_on"]
    if filed is not None and any(row.filed_on is not None and row.filed_on > filed for row in read):
        return ["older"] * len(rows)
    decisions = {row["decision"] for row in rows}
    gone = [row for row in read if row.decision not in decisions]
    for row in gone:
        session.delete(row)
    session.flush()
    outcomes = [put(session, row, now) for row in rows]
    # A vote that stands where another one stood is a change, not a further vote.
    return ["changed" if gone and outcome == "new" else outcome for outcome in outcomes]


def put(session: Session, row: Mapping[str, Any], now: datetime) -> str:
    """Write one fund vote as a reader found it; return whether it is "new", "changed", the "same", or "kept" as a
    person gave it.
    """
    where = [getattr(FundVote, key) == row[key] for key in _KEY]
    stored = session.exec(select(FundVote).where(*where)).first()
    if stored is None:
        session.add(FundVote(**row, read_fields=sorted(row), recorded_at=now))
        session.flush()
        return "new"
    different = {key: value for key, value in row.items() if getattr(stored, key) != value}
    if not different:
        return "same"
    different = {key: value for key, value in different.items() if key in stored.read_fields}
    if not different:
        return "kept"
    for key, value in different.items():
        setattr(stored, key, value)
    session.flush()
    return "changed"


def resolutions_voted_on(session: Session, item_ids: Collection[int]) -> set[int]:
    """Return the ids of the resolutions that stand behind ballot items."""
    query = select(BallotItem.resolution_id).where(col(BallotItem.id).in_(item_ids))
    return {number for number in session.exec(query) if number is not None}

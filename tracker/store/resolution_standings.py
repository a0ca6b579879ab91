"""The table of resolutions, page by page: where each stands is kept, so that a page reads only its own rows.

Status, support and change are worked out by rules from histories, counts and earlier years. They are kept as of the
last change (and of the day on which a dated step comes true), to sort, filter and page by; what a page shows is worked
out anew for its rows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, func
from sqlmodel import Session, col, or_, select

from tracker.domain.status import STAFF_SILENT, label
from tracker.domain.vocab import ResolutionCode
from tracker.models.meeting import BallotItem, Meeting
from tracker.models.resolution import Resolution, ResolutionStanding, ResolutionStatus
from tracker.store import objects, resolutions
from tracker.store.bulk import insert_rows
from tracker.store.resolutions import Filters, Order, Outcome, ResolutionRow, View
from tracker.store.visits import parts

COLUMNS: dict[Order, Any] = {
    Order.SEASON: ResolutionStanding.season,
    Order.COMPANY: ResolutionStanding.company,
    Order.SUBJECT: ResolutionStanding.subject,
    Order.STATUS: ResolutionStanding.status,
    Order.SUPPORT: ResolutionStanding.support,
    Order.CHANGE: ResolutionStanding.change,
}
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in the table: its value in the ordered column, and its place among those that are alike."""

    value: Value
    place: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the table: its rows, the place of each, and how many there are in all and were voted on."""

    rows: Sequence[ResolutionRow]
    places: Sequence[Place]
    total: int
    voted: int


def listed(
    session: Session,
    filters: Filters,
    *,
    today: date,
    order: Order = Order.SEASON,
    descending: bool = True,
    after: Place | None = None,
    limit: int = 100,
) -> Listed:
    """Return a page of the table; `after` is the place of the last row of the page above. Twelve queries,
    and one more for the view of what comes to a vote.

    Rows without a value in the ordered column come last.
    """
    where, column = _wanted(filters), col(COLUMNS[order])
    if filters.view is not None:
        where.append(_in_view(session, filters.view, today))
    counted = select(func.count(), func.count().filter(col(ResolutionStanding.voted))).where(*where)
    total, voted = session.exec(counted.select_from(ResolutionStanding)).one()
    query = select(ResolutionStanding.resolution_id, column, ResolutionStanding.place).where(*where)
    if after is not None:
        query = query.where(_below(column, after, descending=descending))
    in_order = [(column.desc() if descending else column.asc()).nulls_last(), col(ResolutionStanding.place)]
    found = session.exec(query.order_by(*in_order).limit(limit)).all()
    rows = {row.object_id: row for row in resolutions.table(session, ids=[key for key, *_ in found], today=today)}
    shown = [(rows[key], Place(value, place)) for key, value, place in found if key in rows]
    return Listed([row for row, _ in shown], [place for _, place in shown], total, voted)


def refresh(session: Session, object_ids: Collection[int] | None, today: date) -> None:
    """Work out again where resolutions stand that these objects may have moved, with their families; None: all."""
    wanted = None if object_ids is None else _moved(session, object_ids)
    stale = delete(ResolutionStanding)
    if wanted is None:
        session.execute(stale)
        _write(session, resolutions.table(session, today=today), today)
        return
    for part in parts(sorted(wanted)):
        session.execute(stale.where(col(ResolutionStanding.resolution_id).in_(part)))
        _write(session, resolutions.table(session, ids=part, today=today), today)


def refresh_moved(session: Session, today: date) -> int:
    """Work out again those that the calendar has moved since, and those that never were; return how many."""
    moved = select(ResolutionStanding.resolution_id).where(col(ResolutionStanding.moves_on) <= today)
    placed = select(ResolutionStanding.resolution_id).where(ResolutionStanding.resolution_id == Resolution.id).exists()
    missing = select(Resolution.id).where(objects.visible(Resolution.id), ~placed)
    ids = {*session.exec(moved), *session.exec(missing)}
    if ids:
        refresh(session, ids, today)
    return len(ids)


def _moved(session: Session, object_ids: Collection[int]) -> set[int]:
    """Return the resolutions among these objects and on the ballots of meetings among them, with their families."""
    found: set[int] = set()
    for part in parts(sorted(object_ids)):
        mine = select(Resolution.id).where(col(Resolution.id).in_(part))
        voted = select(BallotItem.resolution_id).where(
            col(BallotItem.meeting_id).in_(part), col(BallotItem.resolution_id).is_not(None)
        )
        found |= {*session.exec(mine), *(key for key in session.exec(voted) if key is not None)}
    for part in parts(sorted(found)):
        families = select(Resolution.family_id).where(col(Resolution.id).in_(part))
        found |= set(session.exec(select(Resolution.id).where(col(Resolution.family_id).in_(families))))
    return found


def _write(session: Session, rows: Sequence[ResolutionRow], today: date) -> None:
    moves = _moves_on(session, [row.object_id for row in rows], today)
    insert_rows(session, ResolutionStanding, [_standing(row, moves.get(row.object_id)) for row in rows])


def _moves_on(session: Session, ids: Collection[int], today: date) -> dict[int, date]:
    """Return for resolutions with dated steps ahead the first day on which one of them may have been taken."""
    found: dict[int, date] = {}
    for part in parts(list(ids)):
        steps = select(ResolutionStatus.resolution_id, col(ResolutionStatus.on)).where(
            col(ResolutionStatus.resolution_id).in_(part), col(ResolutionStatus.on).is_not(None)
        )
        for key, on in session.exec(steps):
            if on is not None and on.earliest is not None and on.earliest > today:
                found[key] = min(on.earliest, found.get(key, on.earliest))
    return found


def _standing(row: ResolutionRow, moves_on: date | None) -> dict[str, Any]:
    number, company = row.number or "", row.company.casefold()
    return {
        "resolution_id": row.object_id,
        "place": f"{9999 - row.season:04}\t{company}\t{len(number):02}{number}\t{row.slug}",
        "season": row.season,
        "company": company,
        "subject": row.family.casefold() or None,
        "status": row.status_label if row.status else None,
        "outcome": row.outcome.value,
        "voted": row.voted,
        "support": float(row.support.value) if row.support else None,
        # Points between shares of different things would stand in the order without meaning anything.
        "change": float(row.change.points) if row.change and row.change.comparable else None,
        "moves_on": moves_on,
    }


def _wanted(filters: Filters) -> list[Any]:
    key = col(ResolutionStanding.resolution_id)
    where: list[Any] = []
    if filters.campaign_id is not None:
        where.append(key.in_(objects.members(filters.campaign_id)))
    own = {Resolution.company_id: filters.company_id, Resolution.family_id: filters.family_id,
           Resolution.ask_type: filters.ask_type}  # fmt: skip
    chosen = [col(column) == value for column, value in own.items() if value is not None]
    if chosen:
        where.append(key.in_(select(Resolution.id).where(*chosen)))
    if filters.season is not None:
        where.append(col(ResolutionStanding.season) == filters.season)
    if filters.outcome is not None:
        where.append(col(ResolutionStanding.outcome) == filters.outcome.value)
    return where


def _in_view(session: Session, view: View, today: date) -> Any:
    """Return the condition that a resolution belongs to a view on this day."""
    standing = ResolutionStanding
    if view is View.MAJORITY:
        return col(standing.support) > 0.5
    if view is View.COMING:
        return col(standing.resolution_id).in_(_coming(session, today))
    unreviewed = select(ResolutionStatus.resolution_id).where(col(ResolutionStatus.code).in_(STAFF_SILENT))
    return and_(col(standing.outcome) == Outcome.OMITTED.value, col(standing.resolution_id).in_(unreviewed))


def _coming(session: Session, today: date) -> list[int]:
    """Return the resolutions that are printed and whose meeting may still be ahead. One query."""
    # What a date leaves open is told by it, not by SQL: few are printed and not voted on.
    query = (
        select(ResolutionStanding.resolution_id, col(Meeting.held_on))
        .join(BallotItem, col(BallotItem.resolution_id) == col(ResolutionStanding.resolution_id))
        .join(Meeting, col(Meeting.id) == col(BallotItem.meeting_id))
        .where(ResolutionStanding.status == label(ResolutionCode.ON_BALLOT), objects.visible(Meeting.id))
    )
    return [key for key, on in session.exec(query) if on.latest is None or on.latest >= today]


def _below(column: Any, after: Place, *, descending: bool) -> Any:
    further = col(ResolutionStanding.place) > after.place
    if after.value is None:
        return and_(column.is_(None), further)
    beyond = column < after.value if descending else column > after.value
    return or_(beyond, and_(column == after.value, further), column.is_(None))

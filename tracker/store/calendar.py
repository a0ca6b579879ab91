"""The published calendars: brought up to what is due, and read by campaign or company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func
from sqlmodel import Session, col, or_, select

from tracker.models.base import CampaignObject
from tracker.models.calendar_entry import CalendarEntry
from tracker.models.campaign import CampaignTarget
from tracker.models.meeting import Meeting
from tracker.models.organization import Organization
from tracker.store import objects
from tracker.store.deadlines import OF_MEETINGS, Due, DueKind

# What a calendar program shows of an entry; when one of these differs, the entry has changed.
SHOWN = ("kind", "object_id", "company_id", "first_day", "last_day", "title", "description")

# Databases bound the number of values in one statement.
KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Published:
    """How many entries were added, changed and cancelled."""

    added: int = 0
    changed: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One date as published, with the object its page is about."""

    row: CalendarEntry
    object_kind: str
    object_slug: str


def publish(session: Session, due: Sequence[Due], *, today: date, now: datetime) -> Published:
    """Bring the published entries up to what is due from `today` on.

    A changed entry gets the next number, one that is due no more is cancelled, and what has passed stays as it was.
    """
    wanted = {found.key: _fields(found) for found in due}
    known = {row.key: row for row in session.exec(select(CalendarEntry).where(CalendarEntry.last_day >= today))}
    known |= _moved_from_the_past(session, [key for key in wanted if key not in known])
    added = changed = cancelled = 0
    for key, fields in wanted.items():
        row = known.get(key)
        if row is None:
            session.add(CalendarEntry(key=key, changed_at=now, **fields))
            added += 1
        elif row.cancelled or any(getattr(row, name) != fields[name] for name in SHOWN):
            _change(row, now, cancelled=False, **fields)
            changed += 1
    for key, row in known.items():
        if key not in wanted and not row.cancelled:
            _change(row, now, cancelled=True)
            cancelled += 1
    session.flush()
    return Published(added, changed, cancelled)


def company_id(session: Session, called: str) -> int | None:
    """Return the organisation of this slug or name, or None; the slug counts first. One query."""
    named = or_(Organization.slug == called, func.lower(Organization.name) == called.lower())
    by_slug_first = (col(Organization.slug) != called, col(Organization.id))
    return session.exec(select(Organization.id).where(named).order_by(*by_slug_first)).first()


def entries(
    session: Session,
    *,
    since: date,
    campaign_id: int | None = None,
    company_id: int | None = None,
    kinds: Iterable[DueKind] = (),
) -> list[Entry]:
    """Return the entries that end on `since` or later, soonest first, cancelled ones included. One query.

    A campaign has what hangs on its own objects, and the meetings of the companies it targets.
    """
    query = (
        select(CalendarEntry, CampaignObject.kind, CampaignObject.slug)
        .join(CampaignObject, col(CampaignObject.id) == col(CalendarEntry.object_id))
        .where(CalendarEntry.last_day >= since)
        .order_by(col(CalendarEntry.first_day), col(CalendarEntry.key))
    )
    if chosen := list(kinds):
        query = query.where(col(CalendarEntry.kind).in_(chosen))
    if company_id is not None:
        query = query.where(CalendarEntry.company_id == company_id)
    if campaign_id is not None:
        of_meetings = col(CalendarEntry.kind).in_(OF_MEETINGS)
        query = query.where(
            or_(
                of_meetings & col(CalendarEntry.company_id).in_(_companies(campaign_id)),
                ~of_meetings & col(CalendarEntry.object_id).in_(objects.members(campaign_id)),
            )
        )
    return [Entry(*row) for row in session.exec(query)]


def _companies(campaign_id: int) -> Select[tuple[int]]:
    """Return the ids of the companies a campaign targets, and of those whose meetings belong to it."""
    targets = select(CampaignTarget.organization_id).where(CampaignTarget.campaign_id == campaign_id)
    called = select(Meeting.company_id).where(col(Meeting.id).in_(objects.members(campaign_id)))
    return targets.union(called)  # type: ignore[return-value]


def _moved_from_the_past(session: Session, keys: Sequence[str]) -> dict[str, CalendarEntry]:
    """Return the entries with these keys that were published with a day that is behind us."""
    found: dict[str, CalendarEntry] = {}
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = select(CalendarEntry).where(col(CalendarEntry.key).in_(keys[start : start + KEYS_AT_ONCE]))
        found |= {row.key: row for row in session.exec(some)}
    return found


def _fields(due: Due) -> dict[str, Any]:
    first, last = due.when.earliest, due.when.latest
    said = [" · ".join(filter(None, (due.rule, due.anchor, due.basis))), due.note, due.alert]
    return {
        "kind": due.kind.value,
        "object_id": due.object_id,
        "company_id": due.company_id,
        "first_day": first or last or due.on,
        "last_day": last or first or due.on,
        "title": _title(due),
        "description": "\n".join(filter(None, said)),
    }


def _title(due: Due) -> str:
    """Return what is due and whose; for a date not known to the day also what is known of it."""
    whose = f" ({due.company})" if due.company and due.company not in due.title else ""
    return f"{due.title}{whose}" + ("" if due.when.exact_day else f": {due.when.words()}")


def _change(row: CalendarEntry, now: datetime, **fields: object) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.sequence += 1
    row.changed_at = now

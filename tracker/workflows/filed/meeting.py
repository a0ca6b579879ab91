"""The meeting that a filing is about: found by its day, moved to another day, or made.

A company holds one annual meeting a year. When another paper gives another day for it, near the one on record, it is
the same meeting: it was put off or adjourned. A company that is late may hold two within half a year: once votes were
counted, a new proxy statement is for the next meeting, and meetings that the company gives different years are two.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import ResolutionCode
from tracker.models.meeting import Meeting, MeetingKind
from tracker.models.organization import Organization
from tracker.models.resolution import ResolutionStatus
from tracker.store import imports, meetings, objects, proposals
from tracker.store.offers import Result
from tracker.store.records import Names
from tracker.workflows.filed.record import Record

if TYPE_CHECKING:
    from tracker.filings.meeting_year import MeetingYear
    from tracker.filings.moved_meeting import MovedMeeting
    from tracker.filings.shares_outstanding import Entitled

Span = tuple[int, int]
# Days by which a meeting is moved at most: two annual meetings lie further apart.
MOST_MOVED = 120


def meeting_of(record: Record, company: Organization, day: date, span: Span | None) -> Meeting | None:
    """Return the company's meeting of that day, made when it is not known yet; None for one a person has hidden."""
    company_id, kind = company.id or 0, _kind(record)
    found = meetings.on_day(record.session, company_id, day)
    hidden = meetings.hidden(record.session, company_id)
    if found is None and any(meeting.held_on.exact_day == day for meeting in hidden):
        return None
    year = _year(record, day, kind)
    found = found or _of_another_day(record, company_id, day, kind)
    if found is None and kind is MeetingKind.ANNUAL and _nearest_annual(hidden, day, year) is not None:
        return None
    if found is None:
        called = year.year if year else day.year
        found = _new_meeting(record, company, day, span, kind=kind or MeetingKind.ANNUAL, year=called)
        _offer_year(record, found, year)
        return found
    _offer_year(record, found, year)
    about, on = record.about(found.id, "held_on", span), PartialDate.day(day)
    if found.held_on.exact_day is None:
        # A day within the month that a person knew says more, and contradicts nobody.
        found.held_on = on
        found.read_fields = sorted({*found.read_fields, "held_on"})
        record.touched.add(found.id)
    if found.held_on == on:
        record.offers.witness(about, on)
    else:
        move(record, found, day, span)
    return found


def move(record: Record, meeting: Meeting, day: date, span: Span | None) -> None:
    """Take another day for a meeting: unless a person gave the one on record, or votes were counted on it."""
    was, on, about = meeting.held_on, PartialDate.day(day), record.about(meeting.id, "held_on", span)
    if meeting.held_on.exact_day != day and meetings.counts(record.session, meeting.id):
        record.offers.set_aside(about, on, f"Votes were counted on {was.words()}, which is the meeting's day.")
        return
    result = record.offers.offer(meeting, "held_on", on, about)
    record.differs += result is Result.DIFFERS
    if result is not Result.TAKEN or meeting.held_on != on:
        return
    record.touched.add(meeting.id)
    for item in meetings.ballot(record.session, meeting.id):
        if item.resolution_id is not None and objects.is_shown(record.session, item.resolution_id):
            _postponed(record, item.resolution_id, was, on, span)


def known_meeting(record: Record, company: Organization, moved: "MovedMeeting") -> Meeting | None:
    """Return the meeting on record that a paper says was moved: by its former day, its new one, or the annual one."""
    company_id = company.id or 0
    for day in (moved.was, moved.to):
        found = meetings.on_day(record.session, company_id, day) if day is not None else None
        if found is not None:
            return found
    return _of_another_day(record, company_id, moved.to, _kind(record))


def offer_entitled(record: Record, meeting: Meeting, entitled: "Entitled | None") -> None:
    """Offer how many votes may be cast at the meeting, where the filing surely says it."""
    if entitled is not None:
        about = record.about(meeting.id, "votes_entitled", (entitled.start, entitled.end))
        record.offer(meeting, "votes_entitled", entitled.votes, about)


def _of_another_day(record: Record, company_id: int, day: date, kind: MeetingKind | None) -> Meeting | None:
    """Return the annual meeting on record for a day near this one; special meetings may follow each other closely."""
    if kind is not MeetingKind.ANNUAL:
        return None
    rows = [meeting for meeting, _ in meetings.of_company(record.session, company_id)]
    return _nearest_annual([one for one in rows if not _is_over(record, one)], day, _year(record, day, kind))


def _is_over(record: Record, meeting: Meeting) -> bool:
    """Whether a meeting was held before this paper invited to one, or invited to only after this paper was filed."""
    filed = record.filed.filed_on
    if filed is None:
        return False
    if record.filed.form == "DEF 14A":
        return meeting.held_on < filed and bool(meetings.counts(record.session, meeting.id))
    return meeting.proxy_filed_on is not None and filed < meeting.proxy_filed_on and meeting.held_on > filed


def _nearest_annual(rows: Iterable[Meeting], day: date, year: "MeetingYear | None") -> Meeting | None:
    """Return the annual meeting nearest to a day, of those not given another year than `year`."""
    near = [
        (abs((held - day).days), meeting)
        for meeting in rows
        if meeting.meeting_kind is MeetingKind.ANNUAL and (held := meeting.held_on.exact_day) is not None
        if year is None or meeting.for_year in {None, year.year}
    ]
    near = [(days, meeting) for days, meeting in near if days <= MOST_MOVED]
    return min(near, key=lambda row: row[0])[1] if near else None


def _year(record: Record, day: date, kind: MeetingKind | None) -> "MeetingYear | None":
    """Return the year that the filing gives its annual meeting: that of its day, or the one before or after."""
    from tracker.filings.meeting_year import meeting_year_in  # noqa: PLC0415 - loaded where filings are read

    found = meeting_year_in(record.found.text) if kind is MeetingKind.ANNUAL else None
    return found if found is not None and abs(found.year - day.year) <= 1 else None


def _offer_year(record: Record, meeting: Meeting, year: "MeetingYear | None") -> None:
    if year is not None and meeting.meeting_kind is MeetingKind.ANNUAL:
        record.offer(meeting, "for_year", year.year, record.about(meeting.id, "for_year", (year.start, year.end)))


def _kind(record: Record) -> MeetingKind | None:
    """Return which meeting the filing speaks of most; None where it says neither."""
    said = " ".join(record.found.text.lower().split())
    annual = said.count("annual meeting") + said.count("annual general meeting")
    special = said.count("special meeting") + said.count("extraordinary general meeting")
    if not annual and not special:
        return None
    return MeetingKind.SPECIAL if special > annual else MeetingKind.ANNUAL


def _new_meeting(
    record: Record, company: Organization, day: date, span: Span | None, *, kind: MeetingKind, year: int
) -> Meeting:
    slug, title = f"{company.slug}-{year}-{kind.value}-meeting", f"{company.name} {kind.value} meeting {year}"
    if imports.has_slug(record.session, slug):
        slug, title = f"{slug}-{day:%m-%d}", f"{title}, {PartialDate.day(day).words()}"
    spine = {"kind": "meeting", "slug": imports.free_slug(record.session, slug), "title": title}
    object_id, _ = imports.spine(record.session, spine, Names(record.session), record.now)
    made = Meeting(
        id=object_id,
        company_id=company.id or 0,
        held_on=PartialDate.day(day),
        meeting_kind=kind,
        read_fields=["held_on", "meeting_kind"],
    )
    record.session.add(made)
    record.session.flush()
    record.offers.witness(record.about(made.id, "held_on", span), made.held_on)
    record.touched.add(made.id)
    return made


def _postponed(record: Record, resolution_id: int, was: PartialDate, on: PartialDate, span: Span | None) -> None:
    """Write into a resolution's history that its meeting was moved, as often as it was."""
    code, note = ResolutionCode.MEETING_POSTPONED, f"Moved from {was.words()} to {on.words()}."
    steps = [step for step in proposals.steps(record.session, resolution_id) if step.code is code]
    if any(step.note == note for step in steps):
        return
    filed = record.filed.filed_on
    number = max((step.number for step in steps), default=0) + 1
    record.session.add(
        ResolutionStatus(
            resolution_id=resolution_id,
            code=code,
            number=number,
            # A paper that came after the meeting does not say when it was moved.
            on=filed if filed is not None and filed < on else None,
            note=note,
            recorded_at=record.now,
            read_fields=["code", "note", "number", "on"],
        )
    )
    record.session.flush()
    record.touched.add(resolution_id)
    name = f"resolution_status:{code.value}" + (f":{number}" if number > 1 else "")
    record.offers.witness(record.about(resolution_id, name, span), note)

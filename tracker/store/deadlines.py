"""What is due: statutory deadlines and meetings, answers to letters, commitments, each with rule, anchor and basis."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, col, or_, select

from tracker.domain import deadlines
from tracker.domain.dates import Edge, PartialDate, Precision
from tracker.domain.deadline_rules import BASIS_WORDS, anniversary
from tracker.domain.deadlines import Deadline, DeadlineCode, MeetingFacts
from tracker.domain.vocab import Basis, CommitmentState
from tracker.models.base import CampaignObject
from tracker.models.campaign import CampaignMembership, CampaignTarget
from tracker.models.commitment import Commitment
from tracker.models.correspondence import Letter
from tracker.models.meeting import Meeting, MeetingKind
from tracker.models.organization import Organization
from tracker.store import letters, objects
from tracker.store.letters import LetterStanding

OPEN_COMMITMENTS = (CommitmentState.PENDING, CommitmentState.PARTIAL)


class DueKind(StrEnum):
    """What sort of thing is due."""

    DEADLINE = "deadline"
    MEETING = "meeting"
    ANSWER = "answer"
    COMMITMENT = "commitment"


OF_MEETINGS = frozenset({DueKind.DEADLINE, DueKind.MEETING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something due: a statutory deadline, a meeting, an answer. `rule`, `anchor` and `basis` say why that day.

    `on` is the first possible day, or the last one once the first has passed; `when` is the date as it is known.
    `company*` is the company it concerns (no letter has one), `object_*` what it comes from; `alert` says where two
    dates disagree. `code` tells apart what is due of one object: "answer", "held", "next:proposal_receipt".
    """

    on: date
    title: str
    rule: str
    anchor: str
    basis: str
    kind: DueKind
    code: str
    when: PartialDate
    company: str = ""
    company_id: int | None = None
    object_id: int
    object_kind: str
    object_slug: str
    note: str = ""
    alert: str = ""

    @property
    def key(self) -> str:
        """A name that stays while the day, the wording and everything else may change."""
        return f"{self.object_kind}:{self.object_slug}:{self.code}"


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting as stored, with its company's name."""

    meeting: Meeting
    slug: str
    title: str
    company: str


def upcoming(
    session: Session,
    *,
    today: date,
    days: int | None = None,
    campaign_id: int | None = None,
    company_id: int | None = None,
    written: Sequence[LetterStanding] | None = None,
) -> list[Due]:
    """Return what is due from `today` on, soonest first; with `days`, up to so many days ahead.

    Filters: what belongs to a campaign, or to the meetings of a company it targets; what concerns a company.
    A date stated by the company wins over the computed one. Two queries, and those of `letters.standings` unless the
    caller has read the letters under the same filters (`written`).
    """
    if written is None:
        written = letters.standings(session, today=today, campaign_id=campaign_id, company_id=company_id)
    found = [
        *_of_meetings(_meetings(session, campaign_id, company_id), today),
        *_answers(written, today),
        *_commitments(session, today, campaign_id, company_id),
    ]
    if days is not None:
        found = [due for due in found if due.on <= today + timedelta(days=days)]
    return sorted(found, key=lambda due: (due.on, due.when.sort_key, due.kind, due.company, due.title, due.object_slug))


def by_campaign(session: Session, found: Sequence[Due], members: Mapping[int, Collection[int]]) -> dict[int, list[Due]]:
    """Divide what `upcoming` found among campaigns as its own filter would, in the same order. Two queries.

    `members` has the ids of the objects of each campaign asked for.
    """
    companies: dict[int, set[int]] = defaultdict(set)
    called = select(CampaignMembership.campaign_id, Meeting.company_id).join(
        Meeting, col(Meeting.id) == col(CampaignMembership.object_id)
    )
    for query in (select(CampaignTarget.campaign_id, CampaignTarget.organization_id), called):
        for campaign_id, company in session.exec(query):
            companies[campaign_id].add(company)

    def own(due: Due, campaign_id: int) -> bool:
        if due.kind in OF_MEETINGS:
            return due.company_id in companies[campaign_id]
        return due.object_id in members[campaign_id]

    return {campaign_id: [due for due in found if own(due, campaign_id)] for campaign_id in members}


def _listed_on(when: PartialDate | None, today: date) -> date | None:
    """Return the day a date is listed under: its first possible day, or its last once the first has passed.

    None when there is no date or when it has certainly passed.
    """
    if when is None or (when.latest is not None and when.latest < today):
        return None
    return when.earliest if when.earliest is not None and when.earliest >= today else when.latest or today


# --- meetings ---------------------------------------------------------------------------------------------------------


def _meetings(session: Session, campaign_id: int | None, company_id: int | None) -> list[_Held]:
    """Return every annual meeting of the companies asked for: one meeting's deadlines hang on the one before."""
    query = (
        select(Meeting, CampaignObject, Organization.name)
        .join(CampaignObject, col(CampaignObject.id) == col(Meeting.id))
        .join(Organization, col(Organization.id) == col(Meeting.company_id))
        .where(objects.visible(Meeting.id))
        .order_by(col(Meeting.id))
    )
    if campaign_id is not None:
        targets = select(CampaignTarget.organization_id).where(CampaignTarget.campaign_id == campaign_id)
        called = select(Meeting.company_id).where(col(Meeting.id).in_(objects.members(campaign_id)))
        query = query.where(or_(col(Meeting.company_id).in_(targets), col(Meeting.company_id).in_(called)))
    if company_id is not None:
        query = query.where(Meeting.company_id == company_id)
    return [_Held(meeting, spine.slug, spine.title, company) for meeting, spine, company in session.exec(query)]


def _of_meetings(meetings: Sequence[_Held], today: date) -> Iterator[Due]:
    annual: dict[int, list[_Held]] = defaultdict(list)
    for held in meetings:
        yield from _meeting(held, held.meeting.held_on, held.title, today)
        if held.meeting.meeting_kind is MeetingKind.ANNUAL:
            annual[held.meeting.company_id].append(held)
    for company in annual.values():
        company.sort(key=lambda held: (held.meeting.held_on, held.slug))
        previous: _Held | None = None
        for held in company:
            yield from _of_called(previous, held, today)
            previous = held
        yield from _of_next(company[-1], today)


def _meeting(held: _Held, when: PartialDate, title: str, today: date, *, expected: bool = False) -> Iterator[Due]:
    day = _listed_on(when, today)
    if day is not None:
        anchor = f"a year after the meeting of {held.meeting.held_on.words()}" if expected else ""
        yield Due(
            on=day,
            title=title,
            rule="",
            anchor=anchor,
            basis="our estimate; the company has not announced a day" if expected else "the day on record",
            kind=DueKind.MEETING,
            code="expected" if expected else "held",
            when=when,
            company=held.company,
            company_id=held.meeting.company_id,
            object_id=held.meeting.id,
            object_kind=Meeting.kind,
            object_slug=held.slug,
        )


def _of_called(previous: _Held | None, held: _Held, today: date) -> Iterator[Due]:
    """Yield the deadlines around a meeting that is on record."""
    facts = replace(_after(previous), meeting_on=held.meeting.held_on, proxy_on=held.meeting.proxy_filed_on)
    yield from _deadlines(facts, previous, held, today)


def _of_next(last: _Held, today: date) -> Iterator[Due]:
    """Yield what is known of the meeting after the last one on record: nobody has called it yet."""
    yield from _deadlines(_after(last), last, last, today, which="next:")
    expected = _about_a_year_later(last.meeting.held_on)
    yield from _meeting(last, expected, f"Annual meeting of {last.company}, expected", today, expected=True)


def _after(previous: _Held | None) -> MeetingFacts:
    """Return what an annual meeting tells of the one after it."""
    if previous is None:
        return MeetingFacts()
    meeting = previous.meeting
    return MeetingFacts(
        previous_meeting_on=meeting.held_on,
        previous_proxy_on=meeting.proxy_filed_on,
        stated_notice_from=meeting.next_notice_from,
        stated_notice_by=meeting.next_notice_by,
        stated_access_by=meeting.next_access_by,
        stated_universal_by=meeting.next_universal_by,
    )


def _about_a_year_later(held_on: PartialDate) -> PartialDate:
    """Return roughly when the next annual meeting falls, no more precisely than the last one is known."""
    if held_on.start is not None and held_on.precision in {Precision.MONTH, Precision.YEAR}:
        edge = Edge(held_on.start.year + 1, held_on.start.month)
        return PartialDate(edge, edge, approximate=True)
    around = held_on.moved(anniversary)
    return PartialDate(around.start, around.end, approximate=True)


def _deadlines(
    facts: MeetingFacts, previous: _Held | None, held: _Held, today: date, *, which: str = ""
) -> Iterator[Due]:
    """Yield a meeting's deadlines; `previous` is the annual meeting whose proxy statement stated some of them.

    `which` goes before their codes where the meeting has no row of its own yet.
    """
    stated = previous.meeting.next_proposals_by if previous else None
    for computed in deadlines.for_meeting(facts):
        said = None
        if computed.code is DeadlineCode.PROPOSAL_RECEIPT and stated is not None:
            said = deadlines.stated(computed, stated, Basis.STATED_IN_PROXY)
        reconciled = deadlines.reconcile(computed, said)
        shown = reconciled.shown
        day = _listed_on(shown.on, today)
        if day is not None and shown.on is not None:
            yield Due(
                on=day,
                title=shown.title,
                rule=shown.rule,
                anchor=_anchor(shown),
                basis=BASIS_WORDS[shown.basis],
                kind=DueKind.DEADLINE,
                code=f"{which}{computed.code}",
                when=shown.on,
                company=held.company,
                company_id=held.meeting.company_id,
                object_id=held.meeting.id,
                object_kind=Meeting.kind,
                object_slug=held.slug,
                note=shown.note,
                alert=reconciled.alert or "",
            )


def _anchor(shown: Deadline) -> str:
    anchored = f"{shown.reckoning} {shown.anchor}"
    return f"{anchored}, {shown.anchor_on.words()}" if shown.anchor_on else anchored


# --- letters and commitments ------------------------------------------------------------------------------------------


def _answers(written: Sequence[LetterStanding], today: date) -> Iterator[Due]:
    """Yield the answers asked for by a day that may still come: an acknowledgement is none, a refusal ends the wait."""
    for letter in written:
        day = _listed_on(letter.respond_by, today)
        if day is not None and letter.respond_by is not None and letter.state.awaited:
            yield Due(
                on=day,
                title=f"Answer due: {letter.title}",
                rule="day asked for in the letter",
                anchor=f"letter sent {letter.sent_on.words()}",
                basis=BASIS_WORDS[Basis.STATED_BY_SENDER],
                kind=DueKind.ANSWER,
                code="answer",
                when=letter.respond_by,
                object_id=letter.object_id,
                object_kind=Letter.kind,
                object_slug=letter.slug,
            )


def _commitments(session: Session, today: date, campaign_id: int | None, company_id: int | None) -> Iterator[Due]:
    """Yield the promises with a day that are not settled."""
    query = (
        select(Commitment, CampaignObject, Organization.name)
        .join(CampaignObject, col(CampaignObject.id) == col(Commitment.id))
        .join(Organization, col(Organization.id) == col(Commitment.company_id))
        .where(objects.visible(Commitment.id), col(Commitment.due_on).is_not(None))
        .where(col(Commitment.kept).in_(OPEN_COMMITMENTS), col(Commitment.settled_on).is_(None))
        .order_by(col(Commitment.id))
    )
    if campaign_id is not None:
        query = query.where(col(Commitment.id).in_(objects.members(campaign_id)))
    if company_id is not None:
        query = query.where(Commitment.company_id == company_id)
    for commitment, spine, company in session.exec(query):
        day = _listed_on(commitment.due_on, today)
        if day is not None and commitment.due_on is not None:
            yield Due(
                on=day,
                title=f"Commitment due: {spine.title}",
                rule="day promised by the company",
                anchor=f"commitment made {commitment.made_on.words()}",
                basis=BASIS_WORDS[Basis.STATED_BY_COMPANY],
                kind=DueKind.COMMITMENT,
                code="promised",
                when=commitment.due_on,
                company=company,
                company_id=commitment.company_id,
                object_id=commitment.id,
                object_kind=Commitment.kind,
                object_slug=spine.slug,
            )

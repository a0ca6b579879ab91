"""What every reader's findings are written with: places of values, the meeting they are about, ties and steps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from tracker.domain.canonical import canonical_url, organization_key
from tracker.domain.dates import PartialDate
from tracker.domain.quotes import find_again, line_around
from tracker.domain.text import excerpt
from tracker.domain.verdicts import Proposal
from tracker.domain.vocab import Relation, ResolutionCode
from tracker.models.base import Base
from tracker.models.filing import FilingOutcome
from tracker.models.meeting import BallotItem, Meeting, MeetingKind
from tracker.models.organization import Organization
from tracker.models.resolution import ResolutionStatus
from tracker.store import documents, filings, imports, links, meetings, organizations, proposals
from tracker.store.filings import Came, Filed
from tracker.store.offers import About, Offers, Origin, Place, Result
from tracker.store.records import Names
from tracker.workflows.filed.readers import FilingReader
from tracker.workflows.readings import FilingValue

if TYPE_CHECKING:
    from tracker.filings.shares_outstanding import Entitled

# Characters of the words around a value: enough to know the place again. Characters of an item's name in evidence.
_LONGEST_LOCATOR, _LONGEST_NAME = 160, 70


def item_name(item: BallotItem) -> str:
    """Return what a ballot item is called in evidence of its meeting."""
    return f"ballot_item:{(item.number or item.title)[:_LONGEST_NAME]}"


@dataclass
class Record:
    """One filing on its way into the archive. `touched` are the objects whose timeline may have changed."""

    session: Session
    filed: Filed
    found: FilingValue
    reader: FilingReader
    clock: Callable[[], datetime]
    touched: set[int] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    differs: int = 0

    def __post_init__(self) -> None:
        """Look up the company, and begin with what the reader warned of."""
        self.now = self.clock()
        named = organization_key(self.filed.publisher)
        self.company: Organization | None = filings.company(self.session, self.filed.cik) or organizations.by_key(
            self.session, named
        )
        self.warnings += self.found.warnings
        self.origin = Origin(
            document_id=self.filed.document_id,
            version_id=self.filed.version_id,
            url=self.filed.url,
            canonical_url=canonical_url(self.filed.url) or self.filed.url,
            reader=f"reader: {self.reader.name}",
            reader_version=self.reader.version,
            now=self.now,
            filed=self.filed.filed_sort,
        )
        self.offers = Offers(self.session, self.origin)

    # --- places -------------------------------------------------------------------------------------------------------

    def place(self, start: int | None, end: int | None) -> Place:
        """Return the place of a span of the reader's text, found again in the text that the archive shows."""
        if start is None or end is None or end <= start:
            return Place()
        there = find_again(self.filed.text, self.found.text, start, end)
        return Place(excerpt(line_around(self.found.text, start, end), _LONGEST_LOCATOR), *(there or (None, None)))

    def about(self, owner: int, name: str, span: tuple[int, int] | None = None) -> About:
        """Return whose evidence a value is, with its place where the reader has one."""
        return About(owner, name, self.place(*span) if span else Place())

    def offer(self, row: Base, column: str, value: object, about: About) -> None:
        """Offer a value; a None is not offered, since it only says that the filing does not have it."""
        if value is None or value == "":
            return
        result = self.offers.offer(row, column, value, about)
        self.differs += result is Result.DIFFERS
        if result is not Result.SAME:
            self.touched.add(about.owner)

    # --- the meeting --------------------------------------------------------------------------------------------------

    def meeting(self, company: Organization, day: date, span: tuple[int, int] | None) -> Meeting | None:
        """Return the company's meeting of that day, made when it is not known yet; None for one a person has hidden."""
        found = meetings.on_day(self.session, company.id or 0, day)
        if found is None and meetings.hidden_on_day(self.session, company.id or 0, day):
            return None
        if found is None:
            return self._new_meeting(company, day, span)
        about, on = self.about(found.id, "held_on", span), PartialDate.day(day)
        if found.held_on.exact_day is None:
            # A day within the month that a person knew says more, and contradicts nobody.
            found.held_on = on
            found.read_fields = sorted({*found.read_fields, "held_on"})
            self.touched.add(found.id)
        self.offers.witness(about, on)
        return found

    def offer_entitled(self, meeting: Meeting, entitled: "Entitled | None") -> None:
        """Offer how many votes may be cast at the meeting, where the filing surely says it."""
        if entitled is not None:
            about = self.about(meeting.id, "votes_entitled", (entitled.start, entitled.end))
            self.offer(meeting, "votes_entitled", entitled.votes, about)

    def _new_meeting(self, company: Organization, day: date, span: tuple[int, int] | None) -> Meeting:
        kind = self._meeting_kind()
        slug = f"{company.slug}-{day.year}-{kind.value}-meeting"
        title = f"{company.name} {kind.value} meeting {day.year}"
        if imports.has_slug(self.session, slug):
            slug, title = f"{slug}-{day:%m-%d}", f"{title}, {PartialDate.day(day).words()}"
        spine = {"kind": "meeting", "slug": imports.free_slug(self.session, slug), "title": title}
        object_id, _ = imports.spine(self.session, spine, Names(self.session), self.now)
        made = Meeting(
            id=object_id,
            company_id=company.id or 0,
            held_on=PartialDate.day(day),
            meeting_kind=kind,
            read_fields=["held_on", "meeting_kind"],
        )
        self.session.add(made)
        self.session.flush()
        self.offers.witness(self.about(made.id, "held_on", span), made.held_on)
        self.touched.add(made.id)
        return made

    def _meeting_kind(self) -> MeetingKind:
        said = " ".join(self.found.text.lower().split())
        special = "special meeting" in said and "annual meeting" not in said
        return MeetingKind.SPECIAL if special else MeetingKind.ANNUAL

    def unplaced(self, why: str) -> Came:
        """Return that nothing was written because it is not known what the filing is about."""
        return Came(FilingOutcome.UNPLACED, why, tuple(self.warnings))

    # --- a resolution's life ------------------------------------------------------------------------------------------

    def step(
        self, resolution_id: int, code: ResolutionCode, on: PartialDate | None, span: tuple[int, int] | None = None
    ) -> None:
        """Add a step to a resolution's history, or say where else it stands; a person's step is left as it is."""
        about = self.about(resolution_id, f"resolution_status:{code.value}", span)
        known = next((step for step in proposals.steps(self.session, resolution_id) if step.code is code), None)
        if known is None:
            self.session.add(
                ResolutionStatus(
                    resolution_id=resolution_id,
                    code=code,
                    on=on,
                    note=f"Read from the {self.filed.form}.",
                    recorded_at=self.now,
                    read_fields=["code", "on", "note"],
                )
            )
            self.session.flush()
            self.touched.add(resolution_id)
            self.offers.witness(about, on or code.value)
        elif on is not None:
            self.offer(known, "on", on, about)

    def tie(self, object_id: int, relation: Relation, why: str) -> None:
        """Link the filing itself to an object: a filing that was read is certain, and shown whatever its words."""
        proposal = Proposal(
            object_id=object_id,
            relation=relation,
            score=1.0,
            confirmed=True,
            reasons=[],
            why=why,
            rule=self.origin.reader,
        )
        if links.tie(self.session, self.filed.document_id, proposal, self.now):
            self.touched.add(object_id)
        documents.show(self.session, self.filed.document_id, f"It was read as a filing: {why}")

"""What every reader's findings are written with: places of values, ties and steps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
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
from tracker.models.meeting import BallotItem
from tracker.models.resolution import ResolutionStatus
from tracker.store import documents, filings, links, organizations, proposals, taken_out
from tracker.store.filings import Came, Filed
from tracker.store.offers import About, Offers, Origin, Place, Result
from tracker.workflows.filed.readers import FilingReader
from tracker.workflows.readings import FilingValue

if TYPE_CHECKING:
    from tracker.models.organization import Organization

# Characters of the words around a value: enough to know the place again. Characters of an item's name in evidence.
_LONGEST_LOCATOR, _LONGEST_NAME = 160, 70

TAKEN_OUT = "A person took this out of the record."


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

    def unplaced(self, why: str) -> Came:
        """Return that nothing was written because it is not known what the filing is about."""
        return Came(FilingOutcome.UNPLACED, why, tuple(self.warnings))

    def taken_out(self, row: Base, *keys: str, about: tuple[int | None, ...]) -> bool:
        """Return whether a person took out a row of these values: then it is not made again."""
        return taken_out.by_person(self.session, row, keys, about)

    # --- a resolution's life ------------------------------------------------------------------------------------------

    def step(
        self, resolution_id: int, code: ResolutionCode, on: PartialDate | None, span: tuple[int, int] | None = None
    ) -> None:
        """Add a step to a resolution's history, or say where else it stands; a person's step is left as it is."""
        about = self.about(resolution_id, f"resolution_status:{code.value}", span)
        known = next((step for step in proposals.steps(self.session, resolution_id) if step.code is code), None)
        if known is None:
            step = ResolutionStatus(
                resolution_id=resolution_id,
                code=code,
                on=on,
                note=f"Read from the {self.filed.form}.",
                recorded_at=self.now,
                read_fields=["code", "on", "note"],
            )
            if self.taken_out(step, "code", about=(resolution_id,)):
                self.offers.differs_from("", about, on or code.value, TAKEN_OUT)
                return
            self.session.add(step)
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

"""What is published or enacted around a campaign: statements, studies, bills and laws, proceedings."""

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import EventType, Lane
from tracker.models.base import CampaignObject, ObjectDetail, PartialDateText, Parts, choice, spine_key


class ProceedingKind(StrEnum):
    """What sort of matter is before a body."""

    LAWSUIT = "lawsuit"
    HEARING = "hearing"
    NO_ACTION_REQUEST = "no_action_request"
    RECORDS_REQUEST = "records_request"
    INVESTIGATION = "investigation"


# What the opening of a proceeding is on the timeline; a request for records is none of the field's named events.
OPENINGS = {
    ProceedingKind.LAWSUIT: EventType.LAWSUIT_FILED,
    ProceedingKind.HEARING: EventType.HEARING,
    ProceedingKind.INVESTIGATION: EventType.REGULATOR_ACTION,
}


def _single(
    spine: CampaignObject, on: PartialDate | None, kind: EventType, lane: Lane, *, key: str, words: str = ""
) -> Iterator[Milestone]:
    """Yield the one milestone of an object that happens once, if its date is known."""
    if on is not None:
        headline = f"{words}: {spine.title}" if words else spine.title
        yield Milestone(on, kind, key, headline, lane, spine.summary)


class Statement(ObjectDetail, table=True):
    """A party's public position that answers no letter: an advocate's release, a lawmaker's remark."""

    __tablename__ = "statement"
    kind: ClassVar[str] = "statement"
    label: ClassVar[str] = "Statement"
    id: int = spine_key()
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    on: PartialDate = Field(sa_type=PartialDateText)
    by_employees: bool = False

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield the statement in its speaker's lane."""
        kind = EventType.EMPLOYEE_PROTEST if self.by_employees else EventType.COMMENTARY
        yield from _single(spine, self.on, kind, parts.lane(self.organization_id, Lane.ADVOCATES), key="made")


class Study(ObjectDetail, table=True):
    """Original findings: an audit, a test, an inquiry report."""

    __tablename__ = "study"
    kind: ClassVar[str] = "study"
    label: ClassVar[str] = "Study"
    id: int = spine_key()
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    published_on: PartialDate = Field(sa_type=PartialDateText)

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield the publication in its author's lane."""
        lane = parts.lane(self.organization_id, Lane.ADVOCATES)
        yield from _single(spine, self.published_on, EventType.STUDY_OR_REPORT, lane, key="published")


class Measure(ObjectDetail, table=True):
    """A bill, ordinance or law."""

    __tablename__ = "measure"
    kind: ClassVar[str] = "measure"
    label: ClassVar[str] = "Bill or law"
    id: int = spine_key()
    jurisdiction: str = Field(max_length=200)
    number: str = Field(default="", max_length=60)
    introduced_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    enacted_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:  # noqa: ARG002
        """Yield introduction and enactment."""
        lane = Lane.LAWMAKERS
        bill = EventType.LEGISLATION_INTRODUCED
        yield from _single(spine, self.introduced_on, bill, lane, key="introduced", words="Introduced")
        yield from _single(spine, self.enacted_on, EventType.LAW_ENACTED, lane, key="enacted", words="Enacted")


class Proceeding(ObjectDetail, table=True):
    """A matter before a court, committee or regulator."""

    __tablename__ = "proceeding"
    kind: ClassVar[str] = "proceeding"
    label: ClassVar[str] = "Proceeding"
    id: int = spine_key()
    proceeding_kind: ProceedingKind = Field(sa_type=choice(ProceedingKind))
    body_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    docket: str = Field(default="", max_length=120)
    opened_on: PartialDate = Field(sa_type=PartialDateText)
    decided_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    outcome: str = ""

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield the opening and the decision. An exclusion notice is told by its resolution and yields nothing here."""
        if self.proceeding_kind is ProceedingKind.NO_ACTION_REQUEST:
            return
        lane = parts.lane(self.body_id, Lane.REGULATORS)
        opening = OPENINGS.get(self.proceeding_kind, EventType.OTHER)
        yield from _single(spine, self.opened_on, opening, lane, key="opened")
        ruling = EventType.RULING_OR_SETTLEMENT
        yield from _single(spine, self.decided_on, ruling, lane, key="decided", words="Decided")

"""Resolutions (shareholder proposals under Rule 14a-8): who filed them, what became of them, step by step."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.status import label
from tracker.domain.vocab import AskType, EventType, FilerRole, Lane, ResolutionCode
from tracker.models.base import (
    IN_CODE_ORDER,
    Base,
    CampaignObject,
    ObjectDetail,
    PartialDateText,
    Parts,
    UtcDateTime,
    choice,
    emptied_by_people,
    given_by_reader,
    on_spine,
    spine_key,
)
from tracker.models.voting_intention import VotingIntention

COMPANY_ACTS = {
    ResolutionCode.DEFICIENCY_NOTICED,
    ResolutionCode.EXCLUSION_NOTICED,
    ResolutionCode.RECONSIDERATION_SOUGHT,
    ResolutionCode.ON_BALLOT,
    ResolutionCode.OMITTED,
    ResolutionCode.MEETING_POSTPONED,
}
REGULATOR_ACTS = {
    ResolutionCode.SEC_CONCURRED,
    ResolutionCode.SEC_NOT_CONCURRED,
    ResolutionCode.SEC_NO_OBJECTION_ON_REPRESENTATION,
    ResolutionCode.SEC_NO_RESPONSE,
    ResolutionCode.RECONSIDERATION_DENIED,
    ResolutionCode.INJUNCTION_GRANTED,
    ResolutionCode.INJUNCTION_DENIED,
}
EVENT_TYPES = {
    ResolutionCode.DRAFTED: EventType.RESOLUTION_FILED,
    ResolutionCode.FILED: EventType.RESOLUTION_FILED,
    ResolutionCode.DEFICIENCY_NOTICED: EventType.RESOLUTION_CHALLENGED,
    ResolutionCode.CURED: EventType.RESOLUTION_FILED,
    ResolutionCode.EXCLUSION_NOTICED: EventType.RESOLUTION_CHALLENGED,
    ResolutionCode.RECONSIDERATION_SOUGHT: EventType.RESOLUTION_CHALLENGED,
    ResolutionCode.LITIGATED: EventType.LAWSUIT_FILED,
    ResolutionCode.INJUNCTION_GRANTED: EventType.RULING_OR_SETTLEMENT,
    ResolutionCode.INJUNCTION_DENIED: EventType.RULING_OR_SETTLEMENT,
    ResolutionCode.ON_BALLOT: EventType.PROXY_STATEMENT,
    ResolutionCode.WITHDRAWN_AGREEMENT: EventType.RESOLUTION_WITHDRAWN,
    ResolutionCode.WITHDRAWN_PARTIAL: EventType.RESOLUTION_WITHDRAWN,
    ResolutionCode.WITHDRAWN_MOOT: EventType.RESOLUTION_WITHDRAWN,
    ResolutionCode.WITHDRAWN_TACTICAL: EventType.RESOLUTION_WITHDRAWN,
    ResolutionCode.VOTED_PRELIM: EventType.VOTE_RESULT,
    ResolutionCode.VOTED_FINAL: EventType.VOTE_RESULT,
    ResolutionCode.NOT_PRESENTED: EventType.VOTE_RESULT,
    ResolutionCode.MEETING_POSTPONED: EventType.OTHER,
    ResolutionCode.OMITTED: EventType.PROXY_STATEMENT,
}


class SubjectFamily(Base, table=True):
    """Proposals of substantially the same subject matter at one company, across years and proponents.

    Rule 14a-8(i)(12) hangs on this; membership is a judgement, so the page says "may be excludable".
    """

    __tablename__ = "subject_family"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=120, unique=True)
    name: str = Field(max_length=300)
    company_id: int = Field(foreign_key="organization.id", index=True)


class Resolution(ObjectDetail, table=True):
    """One proposal for one meeting. Subject family and ask type are apart: the same subject can be asked twice."""

    __tablename__ = "resolution"
    __table_args__ = (CheckConstraint("season BETWEEN 1934 AND 2200", name="season_plausible"),)
    kind: ClassVar[str] = "resolution"
    label: ClassVar[str] = "Resolution"
    id: int = spine_key()
    company_id: int = Field(foreign_key="organization.id", index=True)
    season: int = Field(index=True)
    family_id: int | None = Field(default=None, foreign_key="subject_family.id", index=True)
    ask_type: AskType = Field(sa_type=choice(AskType), index=True)
    ask: str
    resolved_clause: str = ""
    supporting_statement: str = ""
    board_statement: str = ""
    read_fields: list[str] = given_by_reader()
    emptied_fields: list[str] = emptied_by_people()

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield one milestone a step of the status history, co-filers who joined or left, votes declared ahead."""
        for step in parts.of(ResolutionStatus):
            if step.on is None:
                continue
            yield Milestone(
                on=step.on,
                kind=EVENT_TYPES.get(step.code, EventType.SEC_DECISION),
                key=step.key,
                headline=f"{label(step.code)}: {spine.title}",
                lane=self._lane(step.code),
                summary=step.note,
            )
        for filer in parts.of(Filer):
            yield from filer.milestones(spine, parts)
        for intention in parts.of(VotingIntention):
            yield from intention.milestones(spine, parts)

    @staticmethod
    def _lane(code: ResolutionCode) -> Lane:
        """Return who acts in a step: the company challenges and prints, the SEC or a court decides, investors act."""
        if code in COMPANY_ACTS:
            return Lane.COMPANY
        return Lane.REGULATORS if code in REGULATOR_ACTS else Lane.INVESTORS


class Filer(Base, table=True):
    """A proponent's part in a resolution; co-filers join and leave on dates of their own.

    `named` is the name as a filing prints it, of a proponent who is nobody we know.
    """

    __tablename__ = "filer"
    __table_args__ = (
        UniqueConstraint("resolution_id", "organization_id", "person_id", "role", "named"),
        CheckConstraint("organization_id IS NOT NULL OR person_id IS NOT NULL OR named <> ''", name="names_a_party"),
    )
    id: int | None = Field(default=None, primary_key=True)
    resolution_id: int = on_spine()
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    role: FilerRole = Field(sa_type=choice(FilerRole))
    named: str = Field(default="", max_length=300)
    joined_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    left_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    read_fields: list[str] = given_by_reader()
    recorded_at: datetime = Field(sa_type=UtcDateTime)

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield a co-filer's joining and leaving; the lead filer's part is told by the filing itself."""
        if self.role is not FilerRole.CO_FILER:
            return
        organization = parts.organizations.get(self.organization_id or 0)
        person = parts.people.get(self.person_id or 0)
        names = [party for party in (person, organization) if party is not None]
        who = " of ".join(party.name for party in names) or self.named or "A co-filer"
        # Slugs, so that the event keeps its address when the archive is made again from its files.
        key = ":".join(["co_filer", *([party.slug for party in names] or [self.named])])
        for on, verb in ((self.joined_on, "joins"), (self.left_on, "leaves")):
            if on is not None:
                yield Milestone(
                    on=on,
                    kind=EventType.RESOLUTION_FILED if verb == "joins" else EventType.RESOLUTION_WITHDRAWN,
                    key=f"{key}:{verb}",
                    headline=f"{who} {verb} as co-filer: {spine.title}",
                    lane=Lane.INVESTORS,
                )


class ResolutionStatus(Base, table=True):
    """One step of the status history. `on` is null when the step is known and its day is not.

    `number` tells steps that come twice apart: a meeting may be postponed again.
    """

    __tablename__ = "resolution_status"
    __table_args__ = (
        UniqueConstraint("resolution_id", "code", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )
    id: int | None = Field(default=None, primary_key=True)
    resolution_id: int = on_spine()
    code: ResolutionCode = Field(sa_type=choice(ResolutionCode))
    number: int = 1
    on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    note: str = ""
    read_fields: list[str] = given_by_reader()
    emptied_fields: list[str] = emptied_by_people()
    recorded_at: datetime = Field(sa_type=UtcDateTime)

    @property
    def key(self) -> str:
        """The milestone's key."""
        return f"status:{self.code.value}" + (f":{self.number}" if self.number > 1 else "")


class ResolutionStanding(Base, table=True):
    """Where a resolution stood when it or its family last changed: what the table is sorted, filtered and paged by.

    Derived, kept by `store.resolution_standings`. `place` orders those that are alike in a column, newest season first.
    `moves_on` is the first day on which the calendar alone changes the status.
    """

    __tablename__ = "resolution_standing"
    __table_args__ = (
        Index("ix_resolution_standing_company_place", "company", "place"),
        Index("ix_resolution_standing_subject_place", "subject", "place"),
        Index("ix_resolution_standing_status_place", "status", "place"),
        Index("ix_resolution_standing_support_place", "support", "place"),
        Index("ix_resolution_standing_change_place", "change", "place"),
        Index("ix_resolution_standing_season_place", "season", "place"),
    )
    resolution_id: int = Field(primary_key=True, foreign_key="resolution.id", ondelete="CASCADE")
    place: str = Field(sa_type=IN_CODE_ORDER, index=True)
    season: int
    company: str = Field(sa_type=IN_CODE_ORDER)
    subject: str | None = Field(default=None, sa_type=IN_CODE_ORDER, nullable=True)
    status: str | None = Field(default=None, sa_type=IN_CODE_ORDER, nullable=True)
    outcome: str = Field(max_length=40)
    voted: bool = False
    support: float | None = None
    change: float | None = None
    moves_on: date | None = Field(default=None, index=True)


class ExclusionBasis(Base, table=True):
    """One paragraph of Rule 14a-8 argued in an exclusion notice, with its own decision."""

    __tablename__ = "exclusion_basis"
    __table_args__ = (UniqueConstraint("resolution_id", "paragraph"),)
    id: int | None = Field(default=None, primary_key=True)
    resolution_id: int = on_spine()
    paragraph: str = Field(max_length=20)
    argued: str = ""
    decided_by: str = ""
    decision: str = ""
    read_fields: list[str] = given_by_reader()
    emptied_fields: list[str] = emptied_by_people()

"""Everything about one resolution as data: its course, its votes, its texts and what each value rests on."""

import datetime as dt

from pydantic import Field

from tracker.domain.status import Entry, label
from tracker.domain.vocab import FilerRole, FundDecision, Intention, ResolutionCode, VoteUnit
from tracker.store.evidence import FieldEvidence, LinkedDocument, Reading
from tracker.store.family_years import FilerLine
from tracker.store.resolution_page import FundLine, ResolutionPage
from tracker.store.votes import Counted, Published
from tracker.store.voting_intentions import IntentionLine
from tracker.web.shapes.base import Shape, Support, When, copy_url
from tracker.web.shapes.commitments import Commitment
from tracker.web.shapes.resolutions import Resolution


class Step(Shape):
    """One step of a resolution's course."""

    code: ResolutionCode = Field(description="What happened")
    display: str = Field(description="The same for people")
    on: When | None = Field(description="When; empty when no source dates it")
    note: str = Field(description="What is to be known besides")

    @classmethod
    def of(cls, entry: Entry) -> "Step":
        """Return the shape of a step."""
        on = When.of(entry.on) if entry.on else None
        return cls(code=entry.code, display=label(entry.code), on=on, note=entry.note)


class Filer(Shape):
    """A proponent's part in it."""

    name: str = Field(description="Who")
    role: FilerRole = Field(description="Lead filer, co-filer or representative")
    joined_on: When | None = Field(description="When they joined; empty when not known")
    left_on: When | None = Field(description="When they left; empty for those who stayed")

    @classmethod
    def of(cls, line: FilerLine) -> "Filer":
        """Return the shape of a proponent."""
        return cls(
            name=line.name,
            role=line.role,
            joined_on=When.of(line.joined_on) if line.joined_on else None,
            left_on=When.of(line.left_on) if line.left_on else None,
        )


class Counts(Shape):
    """One report of the counts; null is a column that the filing does not give, which is not zero."""

    votes_for: int | None = Field(description="Votes for it")
    votes_against: int | None = Field(description="Votes against it")
    abstentions: int | None = Field(description="Abstentions")
    broker_non_votes: int | None = Field(description="Broker non-votes")
    unit: VoteUnit = Field(description="What was counted: votes or shares")
    preliminary: bool = Field(description="Whether the report says that the count is preliminary")
    superseded: bool = Field(description="Whether another report of the same vote stands instead")
    reported_on: When = Field(description="When it was reported")
    form: str = Field(description="In which form: 8-K, 8-K/A ...")
    support: list[Support] = Field(description="The share for it under each formula that these counts allow")

    @classmethod
    def of(cls, counted: Counted) -> "Counts":
        """Return the shape of one report."""
        tally = counted.tally
        return cls(
            votes_for=tally.for_,
            votes_against=tally.against,
            abstentions=tally.abstain,
            broker_non_votes=tally.broker_non_votes,
            unit=tally.unit,
            preliminary=counted.preliminary,
            superseded=counted.superseded,
            reported_on=When.of(counted.reported_on),
            form=counted.form,
            support=[shape for share in counted.shares if (shape := Support.of(share))],
        )


class Claim(Shape):
    """A percentage that somebody published."""

    support: Support = Field(description="The share as published")
    url: str = Field(description="Where it was published")

    @classmethod
    def of(cls, published: Published) -> "Claim | None":
        """Return the shape of a published percentage."""
        support = Support.of(published.claim)
        return cls(support=support, url=published.url) if support else None


class FundVotes(Shape):
    """How the funds of one manager voted."""

    manager: str = Field(description="Who manages the funds")
    decision: FundDecision = Field(description="How they voted")
    funds: int = Field(description="How many funds voted so")
    shares: int | None = Field(description="With how many shares, as far as they gave numbers")

    @classmethod
    def of(cls, line: FundLine) -> "FundVotes":
        """Return the shape of one manager's votes."""
        return cls(manager=line.manager, decision=line.decision, funds=line.funds, shares=line.shares)


class VotingIntention(Shape):
    """How an investor said, ahead of the meeting, that it would vote."""

    investor: str = Field(description="Who said so")
    intention: Intention = Field(description="How it meant to vote")
    rationale: str = Field(description="Why, in its words; empty when not on record")
    declared_on: When | None = Field(description="When it said so; empty when not known")
    replaced: bool = Field(description="Whether it declared again later, and that stands")
    source: str = Field(description="Where it said so; empty where it was declared here")
    withdrawn_on: dt.date | None = Field(description="When it took that back; empty where it stands")

    @classmethod
    def of(cls, line: IntentionLine) -> "VotingIntention":
        """Return the shape of one declaration."""
        return cls(
            investor=line.investor,
            intention=line.intention,
            rationale=line.rationale,
            declared_on=When.of(line.declared_on) if line.declared_on else None,
            replaced=line.replaced,
            source=line.url,
            withdrawn_on=line.withdrawn_on,
        )


class Evidence(Shape):
    """One reading of one value."""

    field: str = Field(description="Which value")
    value: str = Field(description="The value as the source has it")
    chosen: bool = Field(description="Whether it is the one that is shown")
    source: str = Field(description="The source's title")
    url: str = Field(description="The source's address")
    copy_url: str | None = Field(description="The page of our archived copy; empty where there is none")
    locator: str = Field(description="Where in the source it stands")
    read_by: str = Field(description="Who or what read it")
    read_at: dt.datetime = Field(description="When it was read")
    note: str = Field(description="Why it was chosen or set aside")

    @classmethod
    def of(cls, field: str, reading: Reading) -> "Evidence":
        """Return the shape of one reading."""
        return cls(
            field=field,
            value=reading.value,
            chosen=reading.chosen,
            source=reading.source,
            url=reading.url,
            copy_url=copy_url(reading.document_id),
            locator=reading.locator,
            read_by=reading.read_by,
            read_at=reading.read_at,
            note=reading.note,
        )

    @classmethod
    def all_of(cls, fields: tuple[FieldEvidence, ...]) -> "list[Evidence]":
        """Return the shapes of all readings."""
        return [cls.of(one.field, reading) for one in fields for reading in one.readings]


class Linked(Shape):
    """A document that bears on it."""

    title: str = Field(description="Its title")
    url: str = Field(description="Where it was published")
    publisher: str = Field(description="Who published it")
    published: When | None = Field(description="When; empty when not known")
    relation: str = Field(description="How it bears on it: announces, reports_on, votes_on ...")
    state: str = Field(description="Whether that is confirmed or only suggested")
    why: str = Field(description="Why it is thought so")

    @classmethod
    def of(cls, linked: LinkedDocument) -> "Linked":
        """Return the shape of a linked document."""
        return cls(
            title=linked.title,
            url=linked.url,
            publisher=linked.publisher,
            published=When.of(linked.published) if linked.published else None,
            relation=linked.relation,
            state=linked.state,
            why=linked.why,
        )


class ResolutionCourse(Shape):
    """One resolution with everything that is known of it."""

    resolution: Resolution = Field(description="What the table shows of it")
    course: list[Step] = Field(description="Its steps, first to last")
    filers: list[Filer] = Field(description="Who filed it")
    counts: list[Counts] = Field(description="The reports of its vote, oldest first")
    claims: list[Claim] = Field(description="Percentages that others published")
    funds: list[FundVotes] = Field(description="How funds voted, by manager")
    intentions: list[VotingIntention] = Field(description="Votes that investors declared ahead of the meeting")
    commitments: list[Commitment] = Field(description="What was promised for it, oldest first")
    resolved_clause: str = Field(description="The text of the resolution; empty when not on record")
    supporting_statement: str = Field(description="The proponents' statement; empty when not on record")
    board_statement: str = Field(description="The board's statement; empty when not on record")
    campaigns: list[str] = Field(description="The campaigns it belongs to, by their names in addresses")
    documents: list[Linked] = Field(description="What bears on it")
    evidence: list[Evidence] = Field(description="What each value rests on; readings that were set aside included")

    @classmethod
    def of(cls, page: ResolutionPage, today: dt.date) -> "ResolutionCourse":
        """Return the shape of what a resolution's page shows."""
        vote = page.vote
        return cls(
            resolution=Resolution.of(page.row, today),
            course=[Step.of(entry) for entry in page.history],
            filers=[Filer.of(line) for line in page.filers],
            counts=[Counts.of(counted) for counted in vote.counts] if vote else [],
            claims=[claim for published in vote.claims if (claim := Claim.of(published))] if vote else [],
            funds=[FundVotes.of(line) for line in page.funds],
            intentions=[VotingIntention.of(line) for line in page.intentions],
            commitments=[Commitment.of(line) for line in page.commitments],
            resolved_clause=page.resolved_clause,
            supporting_statement=page.supporting_statement,
            board_statement=page.board_statement,
            campaigns=[slug for slug, _ in page.campaigns],
            documents=[Linked.of(linked) for linked in page.documents],
            evidence=Evidence.all_of(page.evidence),
        )

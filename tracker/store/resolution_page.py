"""Everything the page of one resolution shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain import stepper
from tracker.domain.deadline_rules import fund_votes_due
from tracker.domain.regimes import Bars
from tracker.domain.resubmission import Outlook
from tracker.domain.status import Entry
from tracker.domain.stepper import Step
from tracker.domain.vocab import FundDecision
from tracker.domain.votes import Claim, Share
from tracker.models.meeting import FundVote
from tracker.models.resolution import ExclusionBasis, Resolution
from tracker.store import (
    campaigns,
    commitment_lists,
    evidence,
    family_years,
    filing_pages,
    resolutions,
    voting_intentions,
)
from tracker.store.commitment_lists import CommitmentLine
from tracker.store.evidence import FieldEvidence, LinkedDocument
from tracker.store.families import Proposal
from tracker.store.family_years import FilerLine, FilerYears
from tracker.store.filing_pages import Warned
from tracker.store.resolutions import Filters, ResolutionRow
from tracker.store.votes import Vote
from tracker.store.voting_intentions import IntentionLine


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the family: its vote, the bars in force then, and what the vote meant for a return a year later."""

    proposal: Proposal
    support: Share | Claim | None
    without_insiders: Share | None
    bars: Bars | None
    outlook: Outlook | None


@dataclass(frozen=True, slots=True)
class FundLine:
    """How many funds of one manager voted one way, and with how many shares as far as they gave numbers."""

    manager: str
    decision: FundDecision
    funds: int
    shares: int | None


@dataclass(frozen=True, slots=True)
class ResolutionPage:
    """One resolution on a day. `years` is its family, oldest first; empty without a family.

    `outlook_after` is about the annual meeting after its own vote, `outlook_now` about the next one after the day
    asked for; None where there is no family or no vote. `filer_years` has every proponent's part in each of the
    `years`; `compared_with` is the earlier proposal whose text this one's can be held against. `funds_due` is when
    funds report at the latest.
    """

    row: ResolutionRow
    resolved_clause: str
    supporting_statement: str
    board_statement: str
    steps: tuple[Step, ...]
    history: tuple[Entry, ...]
    vote: Vote | None
    years: tuple[Year, ...]
    outlook_after: Outlook | None
    outlook_now: Outlook | None
    filers: tuple[FilerLine, ...]
    filer_years: tuple[FilerYears, ...]
    compared_with: Proposal | None
    funds: tuple[FundLine, ...]
    intentions: tuple[IntentionLine, ...]
    funds_due: date | None
    bases: tuple[ExclusionBasis, ...]
    commitments: tuple[CommitmentLine, ...]
    evidence: tuple[FieldEvidence, ...]
    documents: tuple[LinkedDocument, ...]
    campaigns: tuple[tuple[str, str], ...]
    warned: tuple[Warned, ...] = ()

    def reported(self, line: IntentionLine) -> list[FundLine]:
        """Return how funds of the investor's own name or another name of it reported to have voted."""
        return [fund for fund in self.funds if fund.manager.casefold() in line.names]

    @property
    def suggested_family(self) -> str:
        """The subject family that a reader of filings suggests, while no person has put it into one."""
        if self.row.family_id is not None:
            return ""
        return next((one.readings[0].value for one in self.evidence if one.field == "family"), "")


def page(session: Session, slug: str, today: date) -> ResolutionPage | None:
    """Return what is known of one shown resolution on `today`, or None when there is none of this name.

    Twenty-one queries, whatever is known.
    """
    rows = resolutions.table(session, Filters(slug=slug), today=today)
    if not rows:
        return None
    row, key = rows[0], rows[0].object_id
    years = row.families.years(row.family_id)
    filers = family_years.filers(session, {key, *(member.object_id for member in years)})
    texts = session.exec(
        select(Resolution.resolved_clause, Resolution.supporting_statement, Resolution.board_statement).where(
            Resolution.id == key
        )
    ).one()
    vote, proposal = row.proposal.vote, row.proposal
    commitments = commitment_lists.for_resolution(session, key)
    held_on = vote.held_on.latest if vote else None
    return ResolutionPage(
        row=row,
        resolved_clause=texts[0],
        supporting_statement=texts[1],
        board_statement=texts[2],
        steps=stepper.steps(proposal.history, commitments[-1].kept if commitments else None),
        history=proposal.history.entries,
        vote=vote,
        years=tuple(_year(row, member) for member in years),
        outlook_after=row.families.after(proposal),
        outlook_now=row.families.now(proposal, today),
        filers=tuple(filers.get(key, ())),
        filer_years=tuple(family_years.filers_over_years(years, filers)),
        compared_with=next(iter(family_years.earlier(years, proposal)), None),
        funds=tuple(_funds(session, vote.item_id if vote else None)),
        intentions=tuple(voting_intentions.of_resolution(session, key)),
        funds_due=fund_votes_due(held_on) if held_on else None,
        bases=tuple(_bases(session, key)),
        commitments=tuple(commitments),
        evidence=tuple(evidence.by_field(session, key)),
        documents=tuple(evidence.linked(session, key)),
        campaigns=tuple(campaigns.of_object(session, key)),
        warned=tuple(filing_pages.warnings_about(session, key)),
    )


def _year(row: ResolutionRow, member: Proposal) -> Year:
    return Year(
        proposal=member,
        support=member.support,
        without_insiders=member.vote.without_insiders if member.vote else None,
        bars=member.bars,
        outlook=row.families.after(member),
    )


def _funds(session: Session, item_id: int | None) -> list[FundLine]:
    """Return the fund votes by manager and decision, the managers with most funds first."""
    number = func.count(col(FundVote.id))
    query = (
        select(FundVote.manager, FundVote.decision, number, func.sum(FundVote.shares_voted))
        .where(FundVote.ballot_item_id == item_id)
        .group_by(col(FundVote.manager), col(FundVote.decision))
        .order_by(number.desc(), col(FundVote.manager), col(FundVote.decision))
    )
    return [
        FundLine(manager, FundDecision(decision), funds, None if shares is None else int(shares))
        for manager, decision, funds, shares in session.exec(query)
    ]


def _bases(session: Session, resolution_id: int) -> Sequence[ExclusionBasis]:
    query = select(ExclusionBasis).where(ExclusionBasis.resolution_id == resolution_id)
    return session.exec(query.order_by(col(ExclusionBasis.paragraph), col(ExclusionBasis.id))).all()

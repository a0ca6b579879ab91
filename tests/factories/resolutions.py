"""Resolutions, meetings, counts and claims, fund votes, commitments."""

from collections.abc import Iterable

from sqlmodel import Session

from tests.factories.parties import NOW, add, on, spine
from tracker.domain import vocab
from tracker.models.base import ObjectState
from tracker.models.campaign import Campaign
from tracker.models.commitment import Commitment
from tracker.models.meeting import BallotItem, FundVote, InsiderHolding, Meeting, VoteClaim, VoteCount
from tracker.models.organization import Organization
from tracker.models.resolution import ExclusionBasis, Filer, Resolution, ResolutionStatus, SubjectFamily


def family(session: Session, company: Organization, slug: str = "amazon-surveillance") -> SubjectFamily:
    """Add a subject family."""
    return add(session, SubjectFamily(slug=slug, name=slug.replace("-", " ").capitalize(), company_id=company.id))


def resolution(
    session: Session,
    slug: str = "amazon-2019-study",
    *,
    company: Organization,
    season: int = 2019,
    family: SubjectFamily | None = None,
    ask_type: vocab.AskType = vocab.AskType.REPORT,
    ask: str = "Report on the risks of government use.",
    statuses: Iterable[tuple[vocab.ResolutionCode, str | None]] = (),
    lead: Organization | None = None,
    co_filers: Iterable[Organization] = (),
    bases: Iterable[str] = (),
    resolved_clause: str = "",
    title: str = "",
    campaign: Campaign | None = None,
    state: ObjectState = ObjectState.PUBLISHED,
    merged_into: int | None = None,
) -> Resolution:
    """Add a resolution with its status history, filers and the exclusion bases argued against it."""
    key = spine(session, "resolution", slug, title=title, campaign=campaign, state=state, merged_into=merged_into)
    row = add(
        session,
        Resolution(id=key, company_id=company.id, season=season, family_id=family.id if family else None,
                   ask_type=ask_type, ask=ask, resolved_clause=resolved_clause),
    )  # fmt: skip
    for code, day in statuses:
        add(session, ResolutionStatus(resolution_id=key, code=code, on=on(day), recorded_at=NOW))
    filers = [(vocab.FilerRole.LEAD_FILER, lead)] if lead else []
    filers += [(vocab.FilerRole.CO_FILER, party) for party in co_filers]
    for role, party in filers:
        add(session, Filer(resolution_id=key, organization_id=party.id, role=role, recorded_at=NOW))
    for paragraph in bases:
        add(session, ExclusionBasis(resolution_id=key, paragraph=paragraph))
    return row


def meeting(
    session: Session,
    slug: str = "amazon-annual-meeting-2019",
    *,
    company: Organization,
    held: str = "2019-05-22",
    proxy_filed: str | None = None,
    next_proposals_by: str | None = None,
    title: str = "",
    campaign: Campaign | None = None,
    state: ObjectState = ObjectState.PUBLISHED,
) -> Meeting:
    """Add a meeting."""
    key = spine(session, "meeting", slug, title=title, campaign=campaign, state=state)
    return add(
        session,
        Meeting(id=key, company_id=company.id, held_on=on(held), proxy_filed_on=on(proxy_filed),
                next_proposals_by=on(next_proposals_by)),
    )  # fmt: skip


def ballot_item(
    session: Session,
    meeting: Meeting,
    resolution: Resolution | None = None,
    *,
    number: str | None = "7",
    recommendation: vocab.Recommendation | None = vocab.Recommendation.AGAINST,
    company_formula: vocab.SupportFormula | None = None,
) -> BallotItem:
    """Add a numbered matter, the resolution's where one is given."""
    return add(
        session,
        BallotItem(meeting_id=meeting.id, resolution_id=resolution.id if resolution else None, number=number,
                   ballot_kind=vocab.BallotKind.SHAREHOLDER_PROPOSAL, board_recommendation=recommendation,
                   company_formula=company_formula),
    )  # fmt: skip


def count(
    session: Session,
    item: BallotItem,
    votes_for: int,
    votes_against: int | None,
    *,
    votes_abstain: int | None = None,
    broker_non_votes: int | None = None,
    reported: str = "2019-05-24",
    preliminary: bool = False,
    form: str = "8-K",
) -> VoteCount:
    """Add one reported set of counts."""
    return add(
        session,
        VoteCount(ballot_item_id=item.id, votes_for=votes_for, votes_against=votes_against, votes_abstain=votes_abstain,
                  broker_non_votes=broker_non_votes, reported_on=on(reported), preliminary=preliminary,
                  form=form, recorded_at=NOW),
    )  # fmt: skip


def claim(
    session: Session,
    item: BallotItem,
    hundredths: int,
    *,
    decimals: int = 1,
    formula: vocab.SupportFormula = vocab.SupportFormula.UNKNOWN,
    by: str = "Reuters",
    url: str = "https://news.example/vote",
) -> VoteClaim:
    """Add a published percentage: 2750 hundredths with one decimal is 27.5 %."""
    return add(
        session,
        VoteClaim(ballot_item_id=item.id, hundredths=hundredths, decimals=decimals, formula=formula, claimed_by=by,
                  url=url, recorded_at=NOW),
    )  # fmt: skip


def insiders(
    session: Session, meeting: Meeting, votes: int, *, holder: str = "Founder", url: str = "https://sec.example/proxy"
) -> InsiderHolding:
    """Add an insider's votes, assumed to be against."""
    return add(session, InsiderHolding(meeting_id=meeting.id, holder=holder, votes=votes, url=url))


def fund_vote(
    session: Session, item: BallotItem, fund: str, decision: vocab.FundDecision, *, manager: str = "Big Manager"
) -> FundVote:
    """Add how one fund voted."""
    return add(
        session,
        FundVote(ballot_item_id=item.id, fund=fund, manager=manager, decision=decision, shares_voted=100,
                 url="https://sec.example/npx", recorded_at=NOW),
    )  # fmt: skip


def commitment(
    session: Session,
    slug: str = "amazon-will-publish",
    *,
    company: Organization,
    made: str = "2020-01-10",
    due: str | None = None,
    made_for: int | None = None,
    kept: vocab.CommitmentState = vocab.CommitmentState.PENDING,
    title: str = "",
    campaign: Campaign | None = None,
) -> Commitment:
    """Add a promise."""
    key = spine(session, "commitment", slug, title=title, campaign=campaign)
    return add(
        session,
        Commitment(id=key, company_id=company.id, made_for_id=made_for, made_on=on(made), due_on=on(due), kept=kept),
    )

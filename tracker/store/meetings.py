"""Meetings and their ballots, as readers of filings look for them."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session, col, select

from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign, CampaignAsk, CampaignTarget
from tracker.models.evidence import Evidence
from tracker.models.meeting import BallotItem, Meeting, VoteClaim, VoteCount
from tracker.store import objects


def of_company(session: Session, company_id: int) -> list[tuple[Meeting, CampaignObject]]:
    """Return a company's shown meetings with their spine rows, oldest first."""
    query = (
        select(Meeting, CampaignObject)
        .join(CampaignObject, col(CampaignObject.id) == col(Meeting.id))
        .where(Meeting.company_id == company_id, objects.visible(Meeting.id))
        .order_by(col(Meeting.id))
    )
    return sorted(session.exec(query).all(), key=lambda row: (row[0].held_on, row[0].id))


def on_day(session: Session, company_id: int, day: date) -> Meeting | None:
    """Return the company's meeting of that day: the one known to the day, else the only one that may have been then."""
    rows = [meeting for meeting, _ in of_company(session, company_id)]
    exact = [meeting for meeting in rows if meeting.held_on.exact_day == day]
    if exact:
        return exact[0]
    possible = [meeting for meeting in rows if meeting.held_on.exact_day is None and meeting.held_on.contains(day)]
    return possible[0] if len(possible) == 1 else None


def hidden(session: Session, company_id: int) -> list[Meeting]:
    """Return a company's meetings that a person withdrew, merged or has not published."""
    query = select(Meeting).where(Meeting.company_id == company_id, ~objects.visible(Meeting.id))
    return list(session.exec(query.order_by(col(Meeting.id))))


def was_moved(session: Session, meeting_id: int) -> bool:
    """Whether a filing gave another day for a meeting than the one on record."""
    query = select(Evidence.id).where(
        Evidence.object_id == meeting_id,
        Evidence.field == "held_on",
        Evidence.reader_version != "",
        col(Evidence.chosen).is_(False),
    )
    return session.exec(query.limit(1)).first() is not None


def by_id(session: Session, meeting_id: int) -> Meeting:
    """Return a meeting that there is."""
    return session.get_one(Meeting, meeting_id)


def ballot(session: Session, meeting_id: int) -> list[BallotItem]:
    """Return a meeting's ballot items in the order entered."""
    query = select(BallotItem).where(BallotItem.meeting_id == meeting_id).order_by(col(BallotItem.id))
    return list(session.exec(query))


def counts(session: Session, meeting_id: int) -> dict[int, list[VoteCount]]:
    """Return all reports of the counts of a meeting's items by the items' ids, in the order entered."""
    query = (
        select(VoteCount)
        .join(BallotItem, col(BallotItem.id) == col(VoteCount.ballot_item_id))
        .where(BallotItem.meeting_id == meeting_id)
        .order_by(col(VoteCount.id))
    )
    found: dict[int, list[VoteCount]] = defaultdict(list)
    for row in session.exec(query):
        found[row.ballot_item_id].append(row)
    return found


def claims(session: Session, item_id: int) -> list[VoteClaim]:
    """Return the percentages published of an item's vote."""
    return list(session.exec(select(VoteClaim).where(VoteClaim.ballot_item_id == item_id).order_by(col(VoteClaim.id))))


def campaigns_aimed_at(session: Session, company_id: int) -> dict[int, str]:
    """Return the campaigns that ask something of a company, by id, with the words that say what they are about."""
    query = (
        select(Campaign)
        .join(CampaignTarget, col(CampaignTarget.campaign_id) == col(Campaign.id))
        .where(CampaignTarget.organization_id == company_id)
        .order_by(col(Campaign.id))
    )
    found = {row.id or 0: f"{row.title} {row.summary}" for row in session.exec(query)}
    asks = select(CampaignAsk).where(col(CampaignAsk.campaign_id).in_(found)).order_by(col(CampaignAsk.number))
    for ask in session.exec(asks):
        found[ask.campaign_id] += f" {ask.text}"
    return found

"""Campaigns: by name, with their targets and asks, and the figures at the head of their page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.responses import days_words
from tracker.domain.votes import FORMULA_WORDS, Claim, Share, percent_words
from tracker.models.campaign import Campaign, CampaignAsk, CampaignTarget
from tracker.models.event import Event
from tracker.models.organization import Organization
from tracker.store import deadlines, letters, resolutions
from tracker.store.deadlines import Due
from tracker.store.letters import Rates


@dataclass(frozen=True, slots=True)
class Counts:
    """What a campaign comes to on a day.

    `events_since` is the date of its first event, as far as it is known. `highest` is the best support of any vote, as
    counted or published, with the season; `rates` is None without a letter, `next` without anything dated ahead.
    """

    events: int
    events_since: PartialDate | None
    resolutions: int
    voted: int
    highest: Share | Claim | None
    highest_season: int | None
    letters: int
    unanswered: int
    rates: Rates | None
    next: Due | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a strip: the value large, what it is below."""

    value: str
    label: str
    href: str | None = None


def by_slug(session: Session, slug: str) -> Campaign | None:
    """Return a campaign by its slug, or None."""
    return session.exec(select(Campaign).where(Campaign.slug == slug)).first()


def slug_of(session: Session, campaign_id: int) -> str | None:
    """Return a campaign's slug, or None."""
    return session.exec(select(Campaign.slug).where(Campaign.id == campaign_id)).first()


def every(session: Session) -> list[Campaign]:
    """Return all campaigns by title, the real ones before the fictional."""
    return list(session.exec(select(Campaign).order_by(col(Campaign.fictional), col(Campaign.title), col(Campaign.id))))


def targets(session: Session, campaign_id: int) -> list[str]:
    """Return the names of the organisations a campaign asks something of, by name."""
    query = (
        select(Organization.name)
        .join(CampaignTarget, col(CampaignTarget.organization_id) == col(Organization.id))
        .where(CampaignTarget.campaign_id == campaign_id)
        .order_by(col(Organization.name), col(Organization.id))
    )
    return list(session.exec(query))


def asks(session: Session, campaign_id: int) -> list[str]:
    """Return a campaign's demands in their order."""
    query = select(CampaignAsk.text).where(CampaignAsk.campaign_id == campaign_id).order_by(col(CampaignAsk.number))
    return list(session.exec(query))


def counts(session: Session, campaign_id: int, today: date) -> Counts:
    """Return what a campaign comes to on `today`. The number of queries does not depend on its size."""
    of_campaign = Event.campaign_id == campaign_id
    events = session.exec(select(func.count()).select_from(Event).where(of_campaign)).one()
    first = session.exec(select(col(Event.on)).where(of_campaign).order_by(col(Event.sort_day), col(Event.id)).limit(1))
    rows = resolutions.table(session, today=today, campaign_id=campaign_id)
    supported = [row for row in rows if row.support is not None]
    best = max(supported, key=lambda row: row.support.value if row.support else 0, default=None)
    written = letters.standings(session, today=today, campaign_id=campaign_id)
    ahead = deadlines.upcoming(session, today=today, campaign_id=campaign_id)
    return Counts(
        events=events,
        events_since=first.first(),
        resolutions=len(rows),
        voted=sum(row.voted for row in rows),
        highest=best.support if best else None,
        highest_season=best.season if best else None,
        letters=len(written),
        unanswered=sum(letter.unanswered for letter in written),
        rates=letters.rates_of(written, today),
        next=ahead[0] if ahead else None,
    )


def figures(session: Session, campaign_id: int, today: date) -> list[Figure]:
    """Return the strip of figures at the head of a campaign's page; a figure that nothing is known for is left out."""
    known = counts(session, campaign_id, today)
    since = f" since {known.events_since.words()}" if known.events_since else ""
    found = [Figure(f"{known.events:,}", f"{'event' if known.events == 1 else 'events'}{since}")]
    if known.resolutions:
        noun = "resolution" if known.resolutions == 1 else "resolutions"
        found.append(Figure(f"{known.resolutions:,}", f"{noun} · {known.voted:,} voted on"))
    if known.highest is not None:
        formula = FORMULA_WORDS[known.highest.formula]
        found.append(Figure(support_words(known.highest), f"highest support, {known.highest_season} · {formula}"))
    if known.letters:
        noun = "letter" if known.letters == 1 else "letters"
        found.append(Figure(f"{known.letters:,}", f"{noun} · {known.unanswered:,} without an answer"))
    if known.rates is not None and known.rates.rate.denominator:
        found.append(_answered(known.rates))
    if known.next is not None:
        found.append(Figure(known.next.when.words(), f"next: {known.next.title}"))
    return found


def support_words(support: Share | Claim) -> str:
    """Return the percentage alone: of counts to one digit or as many as a bar needs, of a claim as it was printed."""
    return percent_words(support) if isinstance(support, Share) else f"{support.percent} %"


def _answered(rates: Rates) -> Figure:
    median = rates.median
    speed = f" · median {days_words((round(median.fewest), round(median.most)))}" if median else ""
    return Figure(f"{rates.rate.numerator} of {rates.rate.denominator}", f"letters due were answered{speed}")

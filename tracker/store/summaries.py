"""What campaigns come to, kept: the figures at the head of a timeline, who has not answered, what comes next.

To say it, every resolution, letter and meeting of a campaign has to be read and weighed by rules that know the day.
That is done once after a change, by a job, and read from then on. A summary that no longer holds is never shown: what
is not kept is made at once, which a small campaign does not notice.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import ResponseState
from tracker.models.campaign import Campaign, Summary
from tracker.store import campaigns, deadlines, letters
from tracker.store.bulk import table_of
from tracker.store.campaigns import Counts, Entry, Happened, Overview
from tracker.store.deadlines import Due
from tracker.store.letters import LetterStanding

AWAITING_SHOWN = 5
UPCOMING_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Awaited:
    """A letter that is due and unanswered; `instead` is how its last answer fell short, `searched` if one looked."""

    slug: str
    title: str
    sent_on: PartialDate
    sender: str
    instead: ResponseState | None
    searched: bool


@dataclass(frozen=True, slots=True)
class CampaignSummary:
    """What a campaign comes to on a day: counts, the letters that have waited longest, what is due first."""

    counts: Counts
    awaiting: tuple[Awaited, ...]
    awaiting_more: int
    upcoming: tuple[Due, ...]


_OF_CAMPAIGN, _OF_ALL = TypeAdapter(CampaignSummary), TypeAdapter(tuple[Due, ...])


def of_campaign(session: Session, campaign_id: int, today: date) -> CampaignSummary:
    """Return what a campaign comes to on `today`. Four queries where it is kept."""
    row = next((row for row in _kept(session, [campaign_id]) if _holds(row, today)), None)
    found = _summary(session, row, campaign_id, today)
    happened = campaigns.happened(session, [campaign_id]).get(campaign_id, Happened())
    return replace(found, counts=replace(found.counts, happened=happened))


def overview(session: Session, today: date) -> Overview:
    """Return all campaigns with what they come to on `today`, and what is due first of all."""
    every = {row.id or 0: row for row in campaigns.every(session)}
    kept = {row.campaign_id: row for row in _kept(session, [*every, None]) if _holds(row, today)}
    if not kept:
        return campaigns.overview(session, today)
    aims, wants = campaigns.targets(session, every), campaigns.asks(session, every)
    happened = campaigns.happened(session, every)
    entries = []
    for key, campaign in every.items():
        found = _summary(session, kept.get(key), key, today)
        counts = replace(found.counts, happened=happened.get(key, Happened()))
        entries.append(Entry(campaign, aims[key], wants[key], counts))
    return Overview(tuple(entries), _due(session, kept.get(None), today))


def outdate(session: Session) -> None:
    """Say that objects were changed: what was added up before no longer holds.

    One statement: which campaigns an object bears on, through its company's meetings too, is dearer to find out than a
    summary is to make.
    """
    session.connection().execute(update(table_of(Summary)).values(changes=Summary.changes + 1))


def begin(session: Session) -> None:
    """Give every campaign, and the archive, a summary to be made. A change from now on is not lost on it."""
    known = set(session.exec(select(Summary.campaign_id)))
    wanted: set[int | None] = {None, *session.exec(select(Campaign.id))}
    session.add_all(Summary(campaign_id=key) for key in sorted(wanted - known, key=lambda key: key or 0))
    session.flush()


def outdated(session: Session, today: date) -> list[int]:
    """Return the numbers of the summaries that do not hold on `today`, in order."""
    return [row.id or 0 for row in session.exec(select(Summary).order_by(col(Summary.id))) if not _holds(row, today)]


def make(session: Session, summary_id: int, today: date) -> None:
    """Make a summary as of `today`."""
    row = session.get_one(Summary, summary_id)
    changes = row.changes
    if row.campaign_id is None:
        due = tuple(deadlines.upcoming(session, today=today)[:UPCOMING_SHOWN])
        content = {"due": _OF_ALL.dump_python(due, mode="json")}
    else:
        content = _OF_CAMPAIGN.dump_python(_made(session, row.campaign_id, today), mode="json")
    row.content, row.day, row.made_for = content, today, changes
    session.flush()


def _kept(session: Session, keys: Iterable[int | None]) -> Sequence[Summary]:
    wanted = set(keys)
    where = [col(Summary.campaign_id).in_(wanted - {None})]
    if None in wanted:
        where.append(col(Summary.campaign_id).is_(None))
    return session.exec(select(Summary).where(or_(*where))).all()


def _summary(session: Session, kept: Summary | None, campaign_id: int, today: date) -> CampaignSummary:
    if kept is not None:
        # One kept by a version of the program that knew it in another form is made anew, as one that is not kept.
        with suppress(ValidationError):
            return _OF_CAMPAIGN.validate_python(kept.content)
    return _made(session, campaign_id, today)


def _due(session: Session, kept: Summary | None, today: date) -> tuple[Due, ...]:
    if kept is not None:
        with suppress(ValidationError):
            return _OF_ALL.validate_python(kept.content.get("due"))
    return tuple(deadlines.upcoming(session, today=today))


def _holds(row: Summary, today: date) -> bool:
    return row.made_for == row.changes and row.day == today


def _made(session: Session, campaign_id: int, today: date) -> CampaignSummary:
    written = letters.standings(session, today=today, campaign_id=campaign_id)
    due = deadlines.upcoming(session, today=today, campaign_id=campaign_id, written=written)
    # Oldest first: who has waited longest is what matters.
    awaiting = [letter for letter in reversed(written) if letter.unanswered]
    return CampaignSummary(
        counts=campaigns.counts(session, campaign_id, today, written=written, due=due),
        awaiting=tuple(_awaited(letter) for letter in awaiting[:AWAITING_SHOWN]),
        awaiting_more=max(len(awaiting) - AWAITING_SHOWN, 0),
        upcoming=tuple(due[:UPCOMING_SHOWN]),
    )


def _awaited(letter: LetterStanding) -> Awaited:
    return Awaited(
        slug=letter.slug,
        title=letter.title,
        sent_on=letter.sent_on,
        sender=letter.senders[0] if letter.senders else "",
        instead=letter.answers[-1].assessment if letter.answers else None,
        searched=letter.last_search is not None,
    )

"""Composing the weekly digest: each campaign's issue once a week, a mail planned for each follower, previews."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session

from tracker.digest.compose import compose
from tracker.digest.facts import Period
from tracker.digest.render import Reader, Rendered, render
from tracker.digest.weeks import WEEK, last_sunday, last_week, sending_moment
from tracker.domain.errors import ConfigError, NotFoundError
from tracker.models.campaign import Campaign
from tracker.models.subscriber import Subscriber
from tracker.settings import Settings
from tracker.store import campaigns, digest, subscribers
from tracker.store.engine import reading, writing
from tracker.workflows.digest_facts import facts
from tracker.workflows.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Composed:
    """What composing did: issues with something to tell, quiet weeks, and mails planned."""

    issues: int = 0
    quiet: int = 0
    planned: int = 0


def preview(runtime: Runtime, slug: str | None = None, ending: date | None = None) -> Rendered | None:
    """Return the mail for the seven days to `ending`, of one campaign or of all; None when there is nothing to tell.

    Without `ending`: the last week that is over. Stores nothing. Raises NotFoundError when no
    campaign has that name.
    """
    settings, now = runtime.settings, runtime.clock()
    zone = zone_of(settings.digest_time_zone)
    last_day = ending or last_sunday(now, zone)
    period = Period(last_day - WEEK + timedelta(days=1), last_day)
    until = min(now, sending_moment(last_day, zone, settings.digest_weekday, settings.digest_hour))
    with reading(runtime.engine) as session:
        issues = [
            compose(facts(session, campaign, period, known_since=until - WEEK, known_until=until, zone=zone))
            for campaign in _campaigns(session, slug)
        ]
    told = [issue for issue in issues if issue is not None]
    return render(told, Reader(settings.site)) if told else None


def compose_due(runtime: Runtime) -> Composed:
    """Compose the last week's issue of every campaign that has none yet, and plan a mail for everybody who follows one.

    A week that was missed is told together with the last one. Running it again does nothing new, except that somebody
    who subscribed meanwhile is sent the last issue.
    """
    settings, now = runtime.settings, runtime.clock()
    week = _last_week(settings, now)
    with reading(runtime.engine) as session:
        ids = [campaign.id or 0 for campaign in campaigns.every(session)]
    told: Counter[bool | None] = Counter()
    for campaign_id in ids:
        with writing(runtime.engine) as session:
            told[_compose(session, campaign_id, week, settings, now)] += 1
    with writing(runtime.engine) as session:
        return Composed(told[True], told[False], _plan(session, week, settings, now))


def prepare(session: Session, settings: Settings, now: datetime) -> Composed:
    """Do all of `compose_due` in the caller's transaction."""
    week = _last_week(settings, now)
    told = Counter(_compose(session, campaign.id or 0, week, settings, now) for campaign in campaigns.every(session))
    return Composed(told[True], told[False], _plan(session, week, settings, now))


def _compose(session: Session, campaign_id: int, week: Period, settings: Settings, now: datetime) -> bool | None:
    """Keep the issue of one campaign's week; return whether it has something to tell, None when it was there before."""
    campaign = digest.lock(session, campaign_id)
    last = digest.last_issue(session, campaign_id)
    if last is not None and last.ends_on >= week.ends_on:
        return None
    zone = zone_of(settings.digest_time_zone)
    period = Period(last.ends_on + timedelta(days=1) if last else week.starts_on, week.ends_on)
    due = sending_moment(week.ends_on, zone, settings.digest_weekday, settings.digest_hour)
    known_since = last.known_until if last else due - WEEK
    content = compose(facts(session, campaign, period, known_since=known_since, known_until=now, zone=zone))
    digest.keep_issue(
        session,
        campaign_id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        headline=content.headline if content else "",
        content=content.to_json() if content else {},
        now=now,
    )
    return content is not None


def _plan(session: Session, week: Period, settings: Settings, now: datetime) -> int:
    """Plan the week's mail for every confirmed subscriber who follows something with an issue; return how many."""
    issues = {issue.campaign_id: issue.id or 0 for issue in digest.issues_ending(session, week.ends_on)}
    if not issues:
        return 0
    # Whoever plans at the same moment waits here, and then finds the mails planned.
    digest.lock(session, min(issues))
    there = subscribers.planned(session, week.starts_on, week.ends_on)
    people = [person for person in subscribers.confirmed(session) if person.id not in there]
    followed = subscribers.followed(session, [person.id or 0 for person in people])
    mails = [
        subscribers.Plan(
            subscriber_id=person.id or 0,
            domain=person.email.rpartition("@")[2],
            starts_on=week.starts_on,
            ends_on=week.ends_on,
            due_at=max(now, _due_at(person, week)),
            message_id=_message_id(person, week, settings),
            issue_ids=carried,
        )
        for person in people
        if (carried := tuple(issues[key] for key in sorted(followed[person.id or 0] & issues.keys())))
    ]
    subscribers.plan(session, mails, now)
    return len(mails)


def _due_at(person: Subscriber, week: Period) -> datetime:
    return sending_moment(week.ends_on, zone_of(person.time_zone), person.send_weekday, person.send_hour)


def _message_id(person: Subscriber, week: Period, settings: Settings) -> str:
    """Return a Message-ID that never changes for this person and week, and does not give the secret token away."""
    key = hashlib.sha256(f"{person.token}\n{week.starts_on}\n{week.ends_on}".encode()).hexdigest()[:20]
    return f"<digest.{week.ends_on}.{key}@{mail_host(settings)}>"


def mail_host(settings: Settings) -> str:
    """Return the host part of the address that mail comes from."""
    return parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost.invalid"


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone with this IANA name; raise ConfigError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"reading the time zone {name!r}: there is none with that name; write for example Europe/Berlin"
        ) from error


def _last_week(settings: Settings, now: datetime) -> Period:
    return last_week(now, zone_of(settings.digest_time_zone), settings.digest_weekday, settings.digest_hour)


def _campaigns(session: Session, slug: str | None) -> list[Campaign]:
    if slug is None:
        return campaigns.every(session)
    found = campaigns.by_slug(session, slug)
    if found is None:
        known = ", ".join(campaign.slug for campaign in campaigns.every(session)) or "none yet; see `tracker demo`"
        raise NotFoundError(f"no campaign is called {slug!r}; there are: {known}")
    return [found]

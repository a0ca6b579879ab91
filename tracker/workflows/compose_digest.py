"""Composing the digest: an issue of each thing that is followed once a period, a mail planned for each follower."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session

from tracker.digest.compose import compose
from tracker.digest.facts import Period
from tracker.digest.render import Reader, Rendered, render
from tracker.digest.weeks import WEEK, due_moment, last_period, last_sunday, sending_moment
from tracker.domain.errors import ConfigError, NotFoundError
from tracker.domain.mailing import Frequency
from tracker.models.campaign import Campaign
from tracker.models.subscriber import Issue, Subscriber
from tracker.settings import Settings
from tracker.store import campaigns, digest, subscribers
from tracker.store.digest import Scope
from tracker.store.engine import reading, writing
from tracker.workflows.digest_facts import facts
from tracker.workflows.runtime import Runtime

# What lies further back is not told with the next mail: it can be read on the site.
MERGED = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Round:
    """What is composed and planned at one moment: the last period, of those who get mail so often, whose time came."""

    frequency: Frequency
    period: Period


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
    window = {"known_since": until - WEEK, "known_until": until}
    with reading(runtime.engine) as session:
        issues = [
            compose(facts(session, digest.of_campaign(campaign), period, **window, zone=zone))
            for campaign in _campaigns(session, slug)
        ]
    told = [issue for issue in issues if issue is not None]
    return render(told, Reader(settings.site)) if told else None


def compose_due(runtime: Runtime) -> Composed:
    """Compose the last period's issue of everything followed that has none yet, and plan a mail for every follower.

    Campaigns have a weekly issue whether somebody follows them or not. A period that was missed is told together with
    the last one. Running it again does nothing new, except that somebody who subscribed meanwhile is sent the last
    issue.
    """
    settings, now = runtime.settings, runtime.clock()
    told: Counter[bool | None] = Counter()
    planned = 0
    for due in _rounds(settings, now):
        with reading(runtime.engine) as session:
            waiting = _uncomposed(session, due)
        for scope in waiting:
            with writing(runtime.engine) as session:
                told[_compose(session, scope, due, settings, now)] += 1
        with reading(runtime.engine) as session:
            mails = _mails(session, due, settings, now)
        if mails:
            with writing(runtime.engine) as session:
                planned += _plan(session, due, settings, now)
    return Composed(told[True], told[False], planned)


def prepare(session: Session, settings: Settings, now: datetime) -> Composed:
    """Do all of `compose_due` in the caller's transaction."""
    told: Counter[bool | None] = Counter()
    planned = 0
    for due in _rounds(settings, now):
        told.update(_compose(session, scope, due, settings, now) for scope in _uncomposed(session, due))
        planned += _plan(session, due, settings, now)
    return Composed(told[True], told[False], planned)


def _uncomposed(session: Session, due: Round) -> list[Scope]:
    """Return what has no issue for a period yet."""
    scopes = {scope.key: scope for scope in digest.followed_scopes(session, due.frequency)}
    if due.frequency is Frequency.WEEKLY:
        scopes |= {(scope := digest.of_campaign(campaign)).key: scope for campaign in campaigns.every(session)}
    there = digest.composed(session, due.frequency, due.period.ends_on)
    return [scope for key, scope in scopes.items() if key not in there]


def _compose(session: Session, scope: Scope, due: Round, settings: Settings, now: datetime) -> bool | None:
    """Keep the issue of one thing's period; return whether it has something to tell, None when it was there before."""
    digest.lock(session)
    whole = due.period
    last = digest.last_issue(session, scope.key, frequency=due.frequency)
    if last is not None and last.ends_on >= whole.ends_on:
        return None
    if last is not None and last.ends_on < whole.starts_on - MERGED:
        last = None  # followed again after a long time: what was missed is no news
    zone = zone_of(settings.digest_time_zone)
    period = Period(last.ends_on + timedelta(days=1) if last else whole.starts_on, whole.ends_on)
    sent_at = due_moment(due.frequency, whole.ends_on, zone, settings.digest_weekday, settings.digest_hour)
    known_since = last.known_until if last else sent_at - (whole.ends_on - whole.starts_on + timedelta(days=1))
    content = compose(facts(session, scope, period, known_since=known_since, known_until=now, zone=zone))
    digest.keep_issue(
        session,
        scope,
        frequency=due.frequency,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        headline=content.headline if content else "",
        content=content.to_json() if content else {},
        now=now,
    )
    return content is not None


def _plan(session: Session, due: Round, settings: Settings, now: datetime) -> int:
    """Plan the period's mail for every confirmed subscriber who follows something with an issue; return how many."""
    # Whoever plans at the same moment waits here, and then finds the mails planned.
    digest.lock(session)
    mails = _mails(session, due, settings, now)
    subscribers.plan(session, mails, now)
    return len(mails)


def _mails(session: Session, due: Round, settings: Settings, now: datetime) -> list[subscribers.Plan]:
    """Return the mails that are to be planned: one for everybody who has none yet, is not paused, and has news.

    After a pause the issues since the last mail are told together. Without news those get mail who want a line.
    """
    frequency, period = due.frequency, due.period
    issues = digest.issues_since(session, frequency, period.ends_on - MERGED, period.ends_on)
    people = subscribers.unplanned(session, frequency, period.ends_on, now.date())
    if not people:
        return []
    followed = subscribers.scopes_followed(session, [person.id or 0 for person, _ in people])
    by_scope: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        by_scope[issue.scope].append(issue)
    mails = []
    for person, told_until in people:
        after = max(told_until or date.min, period.starts_on - timedelta(days=1) - _missed(person, told_until))
        own = [
            issue for scope in sorted(followed[person.id or 0]) for issue in by_scope[scope] if issue.ends_on > after
        ]
        if own or (person.quiet_line and followed[person.id or 0]):
            mails.append(
                subscribers.Plan(
                    subscriber_id=person.id or 0,
                    domain=person.email.rpartition("@")[2],
                    starts_on=min([period.starts_on, *(issue.starts_on for issue in own)]),
                    ends_on=period.ends_on,
                    due_at=max(now, _due_at(person, frequency, period)),
                    message_id=_message_id(person, period, settings),
                    issue_ids=tuple(issue.id or 0 for issue in own),
                )
            )
    return mails


def _missed(person: Subscriber, told_until: date | None) -> timedelta:
    """Return how far back somebody is told of periods before this one: to the last mail they got, and not further."""
    return MERGED if told_until is not None and person.paused_until is not None else timedelta(0)


def _due_at(person: Subscriber, frequency: Frequency, period: Period) -> datetime:
    zone = zone_of(person.time_zone)
    return due_moment(frequency, period.ends_on, zone, person.send_weekday, person.send_hour)


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


def _rounds(settings: Settings, now: datetime) -> list[Round]:
    zone = zone_of(settings.digest_time_zone)
    weekday, hour = settings.digest_weekday, settings.digest_hour
    return [Round(frequency, last_period(frequency, now, zone, weekday, hour)) for frequency in Frequency]


def _campaigns(session: Session, slug: str | None) -> list[Campaign]:
    if slug is None:
        return campaigns.every(session)
    found = campaigns.by_slug(session, slug)
    if found is None:
        known = ", ".join(campaign.slug for campaign in campaigns.every(session)) or "none yet; see `tracker demo`"
        raise NotFoundError(f"no campaign is called {slug!r}; there are: {known}")
    return [found]

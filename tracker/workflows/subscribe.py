"""Who gets the digest: adding people as an administrator's act, letting anybody leave, and how things stand."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.net.mail import is_address
from tracker.store import campaigns, digest, subscribers
from tracker.store.engine import reading, writing
from tracker.workflows.compose_digest import zone_of
from tracker.workflows.runtime import Runtime

TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What subscribing did: whether the person is new to the list, and the campaigns they follow now, by slug."""

    email: str
    new: bool
    follows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastIssue:
    """A campaign's newest issue; `headline` tells of a quiet week as well."""

    campaign: str
    starts_on: date
    ends_on: date
    headline: str


@dataclass(frozen=True, slots=True)
class DigestStatus:
    """How the digest stands. `troubles` are the newest errors, as (message id, what went wrong)."""

    people: dict[SubscriberState, int]
    deliveries: dict[DeliveryState, int]
    next_due: datetime | None
    issues: tuple[LastIssue, ...]
    troubles: tuple[tuple[str, str], ...]


def subscribe(runtime: Runtime, email: str, slugs: Sequence[str] = ()) -> Subscribed:
    """Let somebody follow campaigns, all of them when none is named; confirmed at once, on the administrator's word.

    Raises InputError when `email` is no address, NotFoundError when a campaign does not exist or there is none at all.
    """
    address = email.strip().lower()
    if not is_address(address):
        raise InputError(f"subscribing {email!r}: that is no mail address; write for example ann@example.org")
    settings, now = runtime.settings, runtime.clock()
    zone_of(settings.digest_time_zone)
    with writing(runtime.engine) as session:
        known = {campaign.slug: campaign.id or 0 for campaign in campaigns.every(session)}
        unknown = sorted(set(slugs) - known.keys())
        if unknown or not known:
            there = ", ".join(known) or "none yet: import a campaign file first"
            raise NotFoundError(f"subscribing {address}: no campaign {' '.join(unknown)!r}; there are: {there}")
        person, new = subscribers.confirm(
            session,
            address,
            token=secrets.token_urlsafe(TOKEN_BYTES),
            time_zone=settings.digest_time_zone,
            weekday=settings.digest_weekday,
            hour=settings.digest_hour,
            now=now,
        )
        subscribers.follow(session, person.id or 0, [known[slug] for slug in slugs or known])
        followed = subscribers.followed(session, [person.id or 0])[person.id or 0]
        return Subscribed(address, new, tuple(slug for slug, key in known.items() if key in followed))


def unsubscribe(runtime: Runtime, *, token: str = "", email: str = "") -> bool:
    """End the subscription that a secret link or an address belongs to; return False when it had ended before.

    Raises NotFoundError when it is nobody's.
    """
    with writing(runtime.engine) as session:
        person = subscribers.by_token(session, token) if token else subscribers.by_email(session, email.strip())
        if person is None:
            # The token is a secret, so it is not repeated here.
            raise NotFoundError(f"unsubscribing {email or 'by link'}: nobody with that address or link is subscribed")
        return subscribers.leave(session, person, runtime.clock())


def status(runtime: Runtime) -> DigestStatus:
    """Return how many people subscribe, what was sent, what is due next and what went wrong."""
    with reading(runtime.engine) as session:
        issues = [
            (campaign.slug, issue)
            for campaign in campaigns.every(session)
            if (issue := digest.last_issue(session, digest.of_campaign(campaign).key)) is not None
        ]
        return DigestStatus(
            people=subscribers.state_counts(session),
            deliveries=subscribers.delivery_counts(session),
            next_due=subscribers.next_due(session),
            issues=tuple(LastIssue(slug, issue.starts_on, issue.ends_on, issue.headline) for slug, issue in issues),
            troubles=tuple((row.message_id, row.error) for row in subscribers.latest_trouble(session)),
        )

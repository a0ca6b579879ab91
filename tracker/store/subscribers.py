"""Subscribers, what they follow, and their deliveries: planned once a week, leased while sent, then recorded."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Session, col, or_, select

from tracker.domain.mailing import Frequency
from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.models.subscriber import DeliveredIssue, Delivery, Follow, Issue, MailDomain, Subscriber
from tracker.store import leases
from tracker.store.digest import scope_key

# What stands in `error` between a claim and its record. A delivery claimed with one of these was left by a worker that
# ended without a word: the mail may be out. It is sent once more under the same Message-ID, and not a third time.
UNRECORDED = "claimed, outcome not recorded"
REPEATED = "claimed again after an outcome that was not recorded"
# How far ahead of an even pace mail to one domain may run.
BURST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """One mail to be sent: to whom, for which week, from when on, under which Message-ID, carrying which issues."""

    subscriber_id: int
    domain: str
    starts_on: date
    ends_on: date
    due_at: datetime
    message_id: str
    issue_ids: tuple[int, ...]


# --- people -----------------------------------------------------------------------------------------------------------


def by_email(session: Session, email: str) -> Subscriber | None:
    """Return the subscriber with this address, written in any case; None when there is none."""
    return session.exec(select(Subscriber).where(Subscriber.email == email.lower())).first()


def by_token(session: Session, token: str) -> Subscriber | None:
    """Return the subscriber whose secret link this is; None when it is nobody's."""
    return session.exec(select(Subscriber).where(Subscriber.token == token)).first()


def confirm(
    session: Session, email: str, *, token: str, time_zone: str, weekday: int, hour: int, now: datetime
) -> tuple[Subscriber, bool]:
    """Return the confirmed subscriber with this address and whether they were not confirmed before.

    Somebody who left comes back with a new token, so that links in old mail lead nowhere.
    """
    found = by_email(session, email)
    if found is not None and found.state is SubscriberState.CONFIRMED:
        return found, False
    if found is None:
        found = Subscriber(email=email.lower(), token=token, joined_at=now)
    found.state, found.token, found.confirmed_at, found.left_at = SubscriberState.CONFIRMED, token, now, None
    found.time_zone, found.send_weekday, found.send_hour = time_zone, weekday, hour
    session.add(found)
    session.flush()
    return found, True


def leave(session: Session, subscriber: Subscriber, now: datetime) -> bool:
    """End a subscription; return False when it had ended before."""
    if subscriber.state is SubscriberState.LEFT:
        return False
    subscriber.state, subscriber.left_at = SubscriberState.LEFT, now
    session.add(subscriber)
    session.flush()
    return True


def follow(session: Session, subscriber_id: int, campaign_ids: Collection[int]) -> int:
    """Let a subscriber follow campaigns; return how many they did not follow before."""
    new = sorted(set(campaign_ids) - followed(session, [subscriber_id])[subscriber_id])
    session.add_all(Follow(subscriber_id=subscriber_id, campaign_id=campaign_id) for campaign_id in new)
    session.flush()
    return len(new)


def followed(session: Session, subscriber_ids: Collection[int]) -> defaultdict[int, set[int]]:
    """Return the ids of the campaigns each subscriber follows."""
    query = select(Follow.subscriber_id, Follow.campaign_id).where(
        col(Follow.subscriber_id).in_(subscriber_ids), col(Follow.campaign_id).is_not(None), col(Follow.confirmed)
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for subscriber_id, campaign_id in session.exec(query):
        found[subscriber_id].add(campaign_id or 0)
    return found


def unplanned(
    session: Session, frequency: Frequency, ends_on: date, today: date
) -> list[tuple[Subscriber, date | None]]:
    """Return everybody who gets mail so often, does not pause, and has none yet for a period that ends on this day.

    With each the last day that mail of theirs was about, None before the first. By id.
    """
    last = (
        select(Delivery.subscriber_id, func.max(Delivery.ends_on).label("ends_on"))
        .group_by(col(Delivery.subscriber_id))
        .subquery()
    )
    query = (
        select(Subscriber, last.c.ends_on)
        .outerjoin(last, last.c.subscriber_id == col(Subscriber.id))
        .where(
            Subscriber.state == SubscriberState.CONFIRMED,
            Subscriber.frequency == frequency,
            or_(col(Subscriber.paused_until).is_(None), col(Subscriber.paused_until) <= today),
            or_(last.c.ends_on.is_(None), last.c.ends_on < ends_on),
        )
    )
    return [(person, told) for person, told in session.exec(query.order_by(col(Subscriber.id)))]


def scopes_followed(session: Session, subscriber_ids: Collection[int]) -> defaultdict[int, dict[str, str]]:
    """Return what each subscriber follows by the name under which its issues are kept, with their own note on it."""
    query = select(Follow).where(col(Follow.subscriber_id).in_(subscriber_ids), col(Follow.confirmed))
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for row in session.exec(query):
        found[row.subscriber_id][scope_key(row)] = row.note
    return found


def state_counts(session: Session) -> dict[SubscriberState, int]:
    """Return how many subscribers are in each state."""
    query = select(Subscriber.state, func.count()).group_by(col(Subscriber.state))
    return {SubscriberState(state): count for state, count in session.exec(query)}


# --- deliveries -------------------------------------------------------------------------------------------------------


def plan(session: Session, mails: Sequence[Plan], now: datetime) -> None:
    """Keep mails to be sent. What an earlier week left unsent goes into the new mail: never two at once."""
    for mail in mails:
        delivery = Delivery(
            subscriber_id=mail.subscriber_id,
            starts_on=mail.starts_on,
            ends_on=mail.ends_on,
            message_id=mail.message_id,
            domain=mail.domain,
            due_at=mail.due_at,
        )
        session.add(delivery)
        session.flush()
        issue_ids = {*mail.issue_ids, *_taken_over(session, delivery, now)}
        session.add_all(
            DeliveredIssue(delivery_id=delivery.id or 0, issue_id=issue_id) for issue_id in sorted(issue_ids)
        )
    session.flush()


def _taken_over(session: Session, into: Delivery, now: datetime) -> list[int]:
    """Skip a subscriber's earlier unsent mails and return the issues they carried."""
    query = select(Delivery).where(
        Delivery.subscriber_id == into.subscriber_id,
        Delivery.state == DeliveryState.PENDING,
        col(Delivery.ends_on) < into.ends_on,
        or_(col(Delivery.leased_until).is_(None), col(Delivery.leased_until) <= now),
    )
    issue_ids: list[int] = []
    for earlier in session.exec(query.with_for_update(skip_locked=True)).all():
        carried = select(DeliveredIssue.issue_id).where(DeliveredIssue.delivery_id == earlier.id)
        issue_ids += session.exec(carried)
        session.exec(delete(DeliveredIssue).where(col(DeliveredIssue.delivery_id) == earlier.id))
        earlier.state, earlier.leased_until, earlier.leased_by = DeliveryState.SKIPPED, None, ""
        earlier.error = f"merged into the mail for the week to {into.ends_on}"
        session.add(earlier)
    return issue_ids


def claim(session: Session, *, now: datetime, holder: str, seconds: float, a_minute: int) -> Delivery | None:
    """Lease the delivery that is most overdue to `holder`; None when nothing is due, or what is due waits its turn.

    Mail to one domain goes out at `a_minute` at most, over all workers. A delivery that two workers left without a
    record is given up as failed: it may have gone out twice already.
    """
    crowded = select(MailDomain.name).where(col(MailDomain.next_turn_at) > now + BURST)
    while True:
        ids = leases.claim(
            session, Delivery, now=now, holder=holder, seconds=seconds, limit=1,
            where=[col(Delivery.state) == DeliveryState.PENDING, col(Delivery.domain).not_in(crowded)],
        )  # fmt: skip
        if not ids:
            return None
        delivery = session.get_one(Delivery, ids[0], populate_existing=True)
        if delivery.error == REPEATED:
            error = "two attempts ended without a record: the mail may have gone out, and is not sent a third time"
            settle(session, ids[0], DeliveryState.FAILED, holder=holder, error=error)
            continue
        delivery.error = REPEATED if delivery.error == UNRECORDED else UNRECORDED
        delivery.attempts += 1
        _take_turn(session, delivery.domain, now, timedelta(minutes=1) / a_minute)
        session.flush()
        return delivery


def _take_turn(session: Session, domain: str, now: datetime, spacing: timedelta) -> None:
    """Let the domain's next turn lie further on: a minute's worth may go out at once, then one each `spacing`.

    The rule is the generic cell rate algorithm (ITU-T I.371); a turn far ahead was written by a clock that was wrong.
    """
    leases.ensure(session, MailDomain(name=domain, next_turn_at=now))
    row = session.exec(select(MailDomain).where(MailDomain.name == domain).with_for_update()).one()
    at = row.next_turn_at if row.next_turn_at <= now + 2 * BURST else now
    row.next_turn_at = max(at, now) + spacing


def give_back(session: Session, delivery: Delivery, *, holder: str, error: str, due_at: datetime) -> None:
    """Let a claimed delivery be as if it had not been claimed, due at another moment: nothing of it was sent."""
    row = session.exec(select(Delivery).where(Delivery.id == delivery.id).with_for_update()).one()
    if row.leased_by == holder:
        row.leased_by, row.leased_until, row.error, row.due_at = "", None, error, due_at
        row.attempts -= 1


def settle(
    session: Session,
    delivery_id: int,
    state: DeliveryState,
    *,
    holder: str,
    error: str = "",
    sent_at: datetime | None = None,
    retry_at: datetime | None = None,
) -> bool:
    """Record how an attempt ended and give the lease back; PENDING with `retry_at` tries again then.

    Returns False and changes nothing when the lease was lost: another worker has the delivery now.
    """
    query = select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    delivery = session.exec(query, execution_options={"populate_existing": True}).one()
    if delivery.leased_by != holder:
        return False
    delivery.state, delivery.error, delivery.sent_at = state, error, sent_at
    delivery.leased_by, delivery.leased_until = "", None
    if retry_at is not None:
        delivery.due_at = retry_at
    session.add(delivery)
    session.flush()
    return True


def carried(session: Session, delivery_id: int) -> list[Issue]:
    """Return the issues of one delivery, by what they are of and then oldest first."""
    query = (
        select(Issue)
        .join(DeliveredIssue, col(DeliveredIssue.issue_id) == col(Issue.id))
        .where(DeliveredIssue.delivery_id == delivery_id)
        .order_by(col(Issue.scope), col(Issue.ends_on), col(Issue.id))
    )
    return list(session.exec(query).all())


def deliveries_of(session: Session, subscriber_id: int) -> list[Delivery]:
    """Return one person's deliveries, the oldest first."""
    query = select(Delivery).where(Delivery.subscriber_id == subscriber_id)
    return list(session.exec(query.order_by(col(Delivery.ends_on), col(Delivery.id))))


def due(session: Session, now: datetime) -> list[Delivery]:
    """Return the deliveries that could be claimed now, most overdue first."""
    query = select(Delivery).where(
        Delivery.state == DeliveryState.PENDING,
        col(Delivery.due_at) <= now,
        or_(col(Delivery.leased_until).is_(None), col(Delivery.leased_until) <= now),
    )
    return list(session.exec(query.order_by(col(Delivery.due_at), col(Delivery.id))))


def delivery_counts(session: Session) -> dict[DeliveryState, int]:
    """Return how many deliveries are in each state."""
    query = select(Delivery.state, func.count()).group_by(col(Delivery.state))
    return {DeliveryState(state): count for state, count in session.exec(query)}


def next_due(session: Session) -> datetime | None:
    """Return when the next pending delivery is due."""
    query = select(Delivery.due_at).where(Delivery.state == DeliveryState.PENDING)
    return session.exec(query.order_by(col(Delivery.due_at)).limit(1)).first()


def latest_trouble(session: Session, limit: int = 5) -> list[Delivery]:
    """Return the newest deliveries that failed, or are tried again after an error."""
    troubled = or_(
        Delivery.state == DeliveryState.FAILED, (col(Delivery.state) == DeliveryState.PENDING) & (Delivery.error != "")
    )
    return list(session.exec(select(Delivery).where(troubled).order_by(col(Delivery.id).desc()).limit(limit)))

"""Sending the weekly digest: what is due is composed and planned, then each mail is leased, sent and recorded.

A mail goes out once. Only a crash between sending and recording repeats it, once, under the same Message-ID.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta

from sqlmodel import Session

from tracker.digest.content import IssueContent
from tracker.digest.merge import merge
from tracker.digest.render import Reader, Rendered, render
from tracker.digest.weeks import rhythm
from tracker.digest.words import plural
from tracker.domain.errors import InputError
from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.models.subscriber import Delivery, Subscriber
from tracker.net.mail import MailError, Message
from tracker.settings import Settings
from tracker.store import subscribers
from tracker.store.engine import reading, writing
from tracker.workflows.compose_digest import Composed, compose_due, mail_host, prepare
from tracker.workflows.runtime import Runtime

FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(days=1)
MOST_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class SendReport:
    """How a run of sending went. `skipped` counts by reason; `deferred` are tried again later; `failed` given up."""

    composed: Composed = field(default_factory=Composed)
    sent: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    deferred: int = 0
    failed: int = 0
    errors: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return one line for a person and for the job's record."""
        skipped = sum(self.skipped.values())
        reasons = "; ".join(f"{count} {reason}" for reason, count in sorted(self.skipped.items()))
        return (
            f"{plural(self.composed.issues, 'issue')} composed, {plural(self.sent, 'mail')} sent, {skipped} skipped"
            f"{f' ({reasons})' if reasons else ''}, {self.deferred} to be tried again, {self.failed} failed"
        )


@dataclass(frozen=True, slots=True)
class Pending:
    """A mail that would be sent now: to whom, under which subject; or why it would be skipped."""

    email: str
    subject: str
    skipped: str = ""


def send_due(runtime: Runtime) -> SendReport:
    """Compose what is due and send every mail that is due, each under its own lease; twice sends nothing twice."""
    composed = compose_due(runtime)
    counts: Counter[DeliveryState] = Counter()
    skipped: Counter[str] = Counter()
    errors: list[str] = []
    while (delivery := _claimed(runtime)) is not None:
        state, word = _send(runtime, delivery)
        counts[state] += 1
        if state is DeliveryState.SKIPPED:
            skipped[word] += 1
        elif word:
            errors.append(word)
    return SendReport(
        composed=composed,
        sent=counts[DeliveryState.SENT],
        skipped=dict(skipped),
        deferred=counts[DeliveryState.PENDING],
        failed=counts[DeliveryState.FAILED],
        errors=tuple(dict.fromkeys(errors)),
    )


def would_send(runtime: Runtime) -> list[Pending]:
    """Return what `send_due` would do now. Everything happens in a transaction that is thrown away."""
    settings, now = runtime.settings, runtime.clock()
    with reading(runtime.engine) as session:
        prepare(session, settings, now)
        found = []
        for delivery in subscribers.due(session, now):
            subscriber, mail, reason = _prepared(session, delivery, settings)
            found.append(Pending(subscriber.email, mail.subject if mail else "", reason))
        session.rollback()
        return found


def _claimed(runtime: Runtime) -> Delivery | None:
    with writing(runtime.engine) as session:
        return subscribers.claim(
            session,
            now=runtime.clock(),
            holder=runtime.holder,
            seconds=runtime.settings.mail_lease_seconds,
        )


def _send(runtime: Runtime, delivery: Delivery) -> tuple[DeliveryState, str]:
    """Send one leased mail and record how it went; consent is asked for here, at the last moment."""
    with reading(runtime.engine) as session:
        subscriber, mail, reason = _prepared(session, delivery, runtime.settings)
    if mail is None:
        return _settled(runtime, delivery, DeliveryState.SKIPPED, reason)
    try:
        runtime.mail.send(_message(runtime, subscriber, delivery, mail))
    except InputError as error:
        return _settled(runtime, delivery, DeliveryState.FAILED, str(error))
    except MailError as error:
        if delivery.attempts >= MOST_ATTEMPTS:
            word = f"given up after {MOST_ATTEMPTS} attempts: {error}"
            return _settled(runtime, delivery, DeliveryState.FAILED, word)
        return _settled(runtime, delivery, DeliveryState.PENDING, str(error))
    return _settled(runtime, delivery, DeliveryState.SENT)


def _settled(runtime: Runtime, delivery: Delivery, state: DeliveryState, word: str = "") -> tuple[DeliveryState, str]:
    now = runtime.clock()
    wait = min(FIRST_RETRY * 2 ** (delivery.attempts - 1), LONGEST_RETRY)
    with writing(runtime.engine) as session:
        subscribers.settle(
            session,
            delivery.id or 0,
            state,
            holder=runtime.holder,
            error=word,
            sent_at=now if state is DeliveryState.SENT else None,
            retry_at=now + wait if state is DeliveryState.PENDING else None,
        )
    return state, word


def _prepared(session: Session, delivery: Delivery, settings: Settings) -> tuple[Subscriber, Rendered | None, str]:
    """Return to whom a delivery goes and the mail, or why it is not sent: no consent, or nothing followed any more."""
    subscriber = session.get_one(Subscriber, delivery.subscriber_id, populate_existing=True)
    if subscriber.state is not SubscriberState.CONFIRMED:
        return subscriber, None, f"not subscribed any more ({subscriber.state.value})"
    followed = subscribers.followed(session, [delivery.subscriber_id])[delivery.subscriber_id]
    by_campaign: dict[int, list[IssueContent]] = {}
    for issue, _ in subscribers.carried(session, delivery.id or 0):
        if issue.campaign_id in followed:
            by_campaign.setdefault(issue.campaign_id, []).append(IssueContent.from_json(issue.content))
    if not by_campaign:
        return subscriber, None, "follows none of its campaigns any more"
    reader = Reader(
        site=settings.site,
        unsubscribe_url=unsubscribe_url(settings, subscriber.token),
        rhythm=rhythm(subscriber.send_weekday, subscriber.send_hour, subscriber.time_zone),
    )
    return subscriber, render([merge(issues) for issues in by_campaign.values()], reader), ""


def _message(runtime: Runtime, subscriber: Subscriber, delivery: Delivery, mail: Rendered) -> Message:
    settings = runtime.settings
    return Message(
        sender=settings.mail_from,
        recipient=subscriber.email,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        message_id=delivery.message_id,
        date=runtime.clock().astimezone(UTC),
        list_id=f"digest.{mail_host(settings)}",
        unsubscribe_url=unsubscribe_url(settings, subscriber.token),
    )


def unsubscribe_url(settings: Settings, token: str) -> str:
    """Return a subscriber's own address for leaving, short enough for one header line."""
    return f"{settings.site}/u/{token}"

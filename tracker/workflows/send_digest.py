"""Sending the weekly digest: what is due is composed and planned, then each mail is leased, sent and recorded.

A mail goes out once. Only a crash between sending and recording repeats it, once, under the same Message-ID.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from tracker.digest.render import Rendered
from tracker.domain.errors import InputError, TrackerError
from tracker.domain.text import plural
from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.models.subscriber import Delivery, Issue, Subscriber
from tracker.net.mail import MailError, Message, RefusedError, Sender, UnansweredError, UnreachableError
from tracker.store import follows, subscribers
from tracker.store.engine import reading, writing
from tracker.workflows.compose_digest import Composed, compose_due, mail_host, prepare
from tracker.workflows.draw_digest import Drawer, Told, unsubscribe_url
from tracker.workflows.runtime import Runtime

log = logging.getLogger(__name__)

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


@dataclass(frozen=True, slots=True)
class _Addressed:
    """A delivery's reader and the stored issues it carries, or why it is not sent.

    `notes` has the reader's own words on each thing that is followed; `quiet` the titles of all of them, where nothing
    moved and the reader wants to be told so.
    """

    subscriber: Subscriber
    issues: Sequence[Issue] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    quiet: tuple[str, ...] = ()
    skipped: str = ""

    def told(self, delivery: Delivery) -> Told:
        """Return what the mail carries."""
        return Told(self.issues, self.notes, self.quiet, delivery.starts_on, delivery.ends_on)

    until: date | None = None


def send_due(runtime: Runtime) -> SendReport:
    """Compose what is due and send every mail that is due, each under its own lease; twice sends nothing twice."""
    composed = compose_due(runtime)
    counts: Counter[DeliveryState] = Counter()
    skipped: Counter[str] = Counter()
    errors: list[str] = []
    drawer = Drawer(runtime.settings)
    with runtime.mail.opened() as sender:
        while (delivery := _claimed(runtime)) is not None:
            try:
                state, word = _send(runtime, sender, drawer, delivery)
            except UnreachableError as error:
                # The server's trouble, and no message's: none of them is tried the less often for it.
                _put_off(runtime, delivery, str(error))
                errors.append(str(error))
                counts[DeliveryState.PENDING] += 1
                break
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
    settings, now, drawer = runtime.settings, runtime.clock(), Drawer(runtime.settings)
    with reading(runtime.engine) as session:
        prepare(session, settings, now)
        found = [
            _pending(_addressed(session, delivery, now), delivery, drawer) for delivery in subscribers.due(session, now)
        ]
        session.rollback()
        return found


def _claimed(runtime: Runtime) -> Delivery | None:
    with writing(runtime.engine) as session:
        return subscribers.claim(
            session,
            now=runtime.clock(),
            holder=runtime.holder,
            seconds=runtime.settings.mail_lease_seconds,
            a_minute=runtime.settings.mail_domain_a_minute,
        )


def _put_off(runtime: Runtime, delivery: Delivery, error: str) -> None:
    due_at = runtime.clock() + FIRST_RETRY
    with writing(runtime.engine) as session:
        subscribers.give_back(session, delivery, holder=runtime.holder, error=error, due_at=due_at)


def _send(runtime: Runtime, sender: Sender, drawer: Drawer, delivery: Delivery) -> tuple[DeliveryState, str]:
    """Send one leased mail and record how it went; consent is asked for here, at the last moment.

    What cannot be drawn is given up with its cause, and the mails behind it go out. Raises UnreachableError where there
    is no server to send by.
    """
    with reading(runtime.engine) as session:
        addressed = _addressed(session, delivery, runtime.clock())
    if addressed.until is not None:
        # Kept, not dropped: it is told when the pause is over, in the next mail if one is planned before.
        with writing(runtime.engine) as session:
            due_at = datetime.combine(addressed.until, time(), UTC)
            subscribers.give_back(session, delivery, holder=runtime.holder, error="", due_at=due_at)
        return DeliveryState.PENDING, ""
    if addressed.skipped:
        return _settled(runtime, delivery, DeliveryState.SKIPPED, addressed.skipped)
    try:
        drawn = drawer.drawn(addressed.subscriber, addressed.told(delivery))
        message = _message(runtime, addressed.subscriber, delivery, drawn)
    except Exception as error:  # whatever is wrong with one stored issue or its drawing is that mail's trouble alone
        log.exception("mail cannot be drawn", extra={"message_id": delivery.message_id})
        return _settled(runtime, delivery, DeliveryState.FAILED, _trouble(error))
    try:
        sender.send(message)
    except UnreachableError:
        raise
    except (InputError, RefusedError) as error:
        return _settled(runtime, delivery, DeliveryState.FAILED, str(error))
    except UnansweredError as error:
        # It may be out. What stands in `error` says so: the mail is sent once more, and not a third time.
        if delivery.error == subscribers.REPEATED:
            return _settled(runtime, delivery, DeliveryState.FAILED, f"twice without an answer, it may be out: {error}")
        return _settled(runtime, delivery, DeliveryState.PENDING, subscribers.UNRECORDED)
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


def _addressed(session: Session, delivery: Delivery, now: datetime) -> _Addressed:
    """Return to whom a delivery goes and what, or why it is not sent: no consent, or nothing followed any more."""
    subscriber = session.get_one(Subscriber, delivery.subscriber_id, populate_existing=True)
    if subscriber.state is not SubscriberState.CONFIRMED:
        return _Addressed(subscriber, skipped=f"not subscribed any more ({subscriber.state.value})")
    if subscriber.paused_until is not None and subscriber.paused_until > now.date():
        pause = subscriber.paused_until
        return _Addressed(subscriber, skipped=f"paused until {pause}", until=pause)
    followed = subscribers.scopes_followed(session, [delivery.subscriber_id])[delivery.subscriber_id]
    planned = subscribers.carried(session, delivery.id or 0)
    stored = [issue for issue in planned if issue.scope in followed]
    if planned and not stored:
        return _Addressed(subscriber, skipped="follows none of its campaigns any more")
    if not planned and not (subscriber.quiet_line and followed):
        return _Addressed(subscriber, skipped="wants no mail when nothing moved")
    lines = () if stored else follows.of(session, delivery.subscriber_id)
    return _Addressed(subscriber, stored, followed, tuple(line.target.title for line in lines))


def _pending(addressed: _Addressed, delivery: Delivery, drawer: Drawer) -> Pending:
    """Return what sending would do now; a mail that cannot be drawn is one that would not go out."""
    email = addressed.subscriber.email
    if addressed.skipped:
        return Pending(email, "", addressed.skipped)
    try:
        return Pending(email, drawer.drawn(addressed.subscriber, addressed.told(delivery)).subject)
    except Exception as error:  # noqa: BLE001 - told to the person who asked, as `_send` tells it in the record
        return Pending(email, "", _trouble(error))


def _trouble(error: Exception) -> str:
    """Return the cause as it is recorded; an error that is not ours says its kind as well."""
    said = str(error) if isinstance(error, TrackerError) else f"{type(error).__name__}: {error}"
    return f"the mail cannot be drawn: {said}"


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

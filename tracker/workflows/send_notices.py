"""Sending single mails, such as a confirmation: each leased, drawn, sent and recorded, and then emptied."""

import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.digest.render import draw
from tracker.domain.mailing import SuppressionReason
from tracker.domain.text import plural
from tracker.domain.vocab import DeliveryState
from tracker.models.subscriber import Notice
from tracker.net.mail import MailError, Message, RefusedError, Sender, UnreachableError
from tracker.store import notices
from tracker.store.engine import reading, writing
from tracker.workflows.compose_digest import mail_host
from tracker.workflows.mail_keys import address_hash
from tracker.workflows.runtime import Runtime

log = logging.getLogger(__name__)

FIRST_RETRY = timedelta(minutes=1)
# A confirmation holds for a day: a mail that is later than that is no use.
GIVEN_UP_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NoticeReport:
    """How a run went."""

    sent: int = 0
    later: int = 0
    given_up: int = 0

    def __str__(self) -> str:
        """Return one line for the job's record."""
        return f"{plural(self.sent, 'mail')} sent, {self.later} to be tried again, {self.given_up} given up"


def tell(session: Session, runtime: Runtime, address: str, name: str, values: dict[str, Any]) -> None:
    """Let a mail of `templates/email/<name>` go out, if the transaction that it tells of is kept."""
    message_id = f"<{name.replace('_', '-')}.{secrets.token_hex(12)}@{mail_host(runtime.settings)}>"
    notices.add(session, address, name, values, message_id=message_id, due_at=runtime.clock())


def send_notices(runtime: Runtime) -> NoticeReport:
    """Send every mail that is due; twice sends nothing twice, but for a crash between sending and recording."""
    counts = dict.fromkeys(DeliveryState, 0)
    with runtime.mail.opened() as sender:
        while (notice := _claimed(runtime)) is not None:
            try:
                state, error = _send(runtime, sender, notice)
            except UnreachableError as trouble:
                _settle(runtime, notice, DeliveryState.PENDING, str(trouble))
                counts[DeliveryState.PENDING] += 1
                break
            _settle(runtime, notice, state, error)
            counts[state] += 1
    given_up = counts[DeliveryState.FAILED] + counts[DeliveryState.SKIPPED]
    return NoticeReport(counts[DeliveryState.SENT], counts[DeliveryState.PENDING], given_up)


def _claimed(runtime: Runtime) -> Notice | None:
    seconds = runtime.settings.mail_lease_seconds
    with writing(runtime.engine) as session:
        return notices.claim(session, now=runtime.clock(), holder=runtime.holder, seconds=seconds)


def _send(runtime: Runtime, sender: Sender, notice: Notice) -> tuple[DeliveryState, str]:
    with reading(runtime.engine) as session:
        why = notices.suppressed(session, address_hash(runtime.settings, notice.email))
    if why is SuppressionReason.COMPLAINED:
        return DeliveryState.SKIPPED, f"this address is not mailed: {why.value}"
    try:
        drawn = draw(notice.name, notice.values, runtime.settings.site)
    except Exception as error:  # a template that is broken is this mail's trouble alone
        log.exception("mail cannot be drawn", extra={"message_id": notice.message_id})
        return DeliveryState.FAILED, f"the mail cannot be drawn: {type(error).__name__}"
    message = Message(
        sender=runtime.settings.mail_from,
        recipient=notice.email,
        subject=drawn.subject,
        text=drawn.text,
        html=drawn.html,
        message_id=notice.message_id,
        date=runtime.clock().astimezone(UTC),
    )
    try:
        sender.send(message)
    except UnreachableError:
        raise
    except RefusedError as error:
        return DeliveryState.FAILED, str(error)
    except MailError as error:
        return DeliveryState.PENDING, str(error)
    return DeliveryState.SENT, ""


def _settle(runtime: Runtime, notice: Notice, state: DeliveryState, error: str) -> None:
    now = runtime.clock()
    due_at: datetime | None = None
    if state is DeliveryState.PENDING:
        waited = FIRST_RETRY * (2 ** min(notice.attempts - 1, 10))
        due_at = now + waited
        if waited > GIVEN_UP_AFTER / 2:
            state, due_at, error = (
                DeliveryState.FAILED,
                None,
                f"given up after {plural(notice.attempts, 'attempt')}: {error}",
            )
    with writing(runtime.engine) as session:
        notices.settle(session, notice.id or 0, state, holder=runtime.holder, error=error, due_at=due_at)

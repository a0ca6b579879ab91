"""What administrators do for subscribers: pause, resume, end a subscription, hand out and delete a person's data.

Each act is on the record by the subscriber's number: no address is written into it, nor into any log.
"""

import json
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.text import one_line
from tracker.domain.vocab import SubscriberState
from tracker.models.subscriber import Subscriber
from tracker.store import acts, subscriber_list, subscribers
from tracker.store.engine import writing
from tracker.workflows import following
from tracker.workflows.runtime import Runtime

LONGEST_REASON = 500
# The secret link is no data about a person, and whoever has it can act for them.
SECRET = frozenset({"token"})


def pause(runtime: Runtime, number: int, why: str, by: str) -> None:
    """Send a confirmed subscriber nothing for a year, or until they are resumed: the pause they can make themselves."""
    reason, now = _reason(why), runtime.clock()
    with writing(runtime.engine) as session:
        person = _confirmed(session, number, "paused")
        if is_paused(person, now.date()):
            raise InputError(f"this subscription is paused until {person.paused_until} already")
        person.paused_until = now.date() + following.LONGEST_PAUSE
        acts.record(session, acts.SUBSCRIBER, number, "paused", by=by, now=now, why=reason)


def resume(runtime: Runtime, number: int, by: str) -> None:
    """Send a paused subscriber mail again, the next with what happened meanwhile."""
    now = runtime.clock()
    with writing(runtime.engine) as session:
        person = _confirmed(session, number, "resumed")
        if not is_paused(person, now.date()):
            raise InputError("this subscription is not paused, so there is nothing to resume")
        person.paused_until = now.date()
        acts.record(session, acts.SUBSCRIBER, number, "resumed", by=by, now=now)


def resend(runtime: Runtime, number: int, by: str) -> None:
    """Mail somebody who has not confirmed a new link by which they can; the one before holds no more."""
    now = runtime.clock()
    with writing(runtime.engine) as session:
        person = _person(session, number)
        if person.state is not SubscriberState.PENDING:
            raise InputError(f"this subscription is {person.state.value}: there is nothing to confirm")
        following.send_link(session, runtime, person)
        acts.record(session, acts.SUBSCRIBER, number, "sent a new confirmation", by=by, now=now)


def is_paused(person: Subscriber, today: date) -> bool:
    """Return whether a subscriber gets no mail today because of a pause."""
    return person.paused_until is not None and person.paused_until > today


def suppress(runtime: Runtime, number: int, why: str, by: str) -> None:
    """End a subscription on an administrator's act; only the person can begin it again, by asking for it."""
    reason, now = _reason(why), runtime.clock()
    with writing(runtime.engine) as session:
        person = _person(session, number)
        if not subscribers.leave(session, person, now):
            raise InputError("ending a subscription: it has ended before")
        acts.record(session, acts.SUBSCRIBER, number, "ended", by=by, now=now, why=reason)


def export(runtime: Runtime, number: int, by: str) -> bytes:
    """Return everything that is kept of a person as JSON, but for their secret link; the export is on the record."""
    now = runtime.clock()
    with writing(runtime.engine) as session:
        found = subscriber_list.whole(session, number)
        if found is None:
            raise _nobody(number)
        told: dict[str, Any] = {
            "exported_at": now,
            "subscriber": found.person.model_dump(exclude=set(SECRET)),
            "follows": [{"what": what, "why": why} for what, why in found.follows],
            "deliveries": [row.model_dump(exclude={"leased_by", "leased_until"}) for row in found.deliveries],
        }
        acts.record(session, acts.SUBSCRIBER, number, "exported", by=by, now=now)
        return json.dumps(told, default=str, ensure_ascii=False, indent=2).encode()


def delete(runtime: Runtime, number: int, typed: str, why: str, by: str) -> None:
    """Delete all that is kept of a person, as they can themselves; `typed` must be their address, against a slip."""
    reason, now = _reason(why), runtime.clock()
    with writing(runtime.engine) as session:
        person = _person(session, number)
        if typed.strip().lower() != person.email:
            raise FieldsError({"typed": "That is not their address; nothing was deleted."})
        following.forget(session, runtime, person)
        acts.record(session, acts.SUBSCRIBER, number, "deleted", by=by, now=now, why=reason)


def _confirmed(session: Session, number: int, what: str) -> Subscriber:
    person = _person(session, number)
    if person.state is not SubscriberState.CONFIRMED:
        raise InputError(f"this subscription is {person.state.value}; only one that is confirmed can be {what}")
    return person


def _reason(why: str) -> str:
    reason = one_line(why)
    if not 3 <= len(reason) <= LONGEST_REASON:
        raise FieldsError({"why": f"Say why, in 3 to {LONGEST_REASON} characters."})
    if "@" in reason:
        raise FieldsError({"why": "Leave mail addresses out: the reason stays on record."})
    return reason


def _person(session: Session, number: int) -> Subscriber:
    person = subscriber_list.by_id(session, number)
    if person is None:
        raise _nobody(number)
    return person


def _nobody(number: int) -> NotFoundError:
    return NotFoundError(f"looking for subscriber {number}: there is none, or their data was deleted")

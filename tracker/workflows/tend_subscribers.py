"""What administrators do for subscribers: pause, resume, end a subscription, hand out and delete a person's data.

Each act is on the record by the subscriber's number: no address is written into it, nor into any log.
"""

import json
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.text import one_line
from tracker.domain.vocab import SubscriberState
from tracker.models.subscriber import Subscriber
from tracker.store import acts, subscriber_list, subscribers
from tracker.store.engine import writing
from tracker.workflows.runtime import Runtime

LONGEST_REASON = 500
# The secret link is no data about a person, and whoever has it can act for them.
SECRET = frozenset({"token"})


def pause(runtime: Runtime, number: int, why: str, by: str) -> None:
    """Send a confirmed subscriber nothing until they are resumed."""
    _move(runtime, number, (SubscriberState.CONFIRMED, SubscriberState.PAUSED), "paused", why=_reason(why), by=by)


def resume(runtime: Runtime, number: int, by: str) -> None:
    """Send a paused subscriber mail again."""
    _move(runtime, number, (SubscriberState.PAUSED, SubscriberState.CONFIRMED), "resumed", why="", by=by)


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
    """Delete all that is kept of a person; `typed` must be their address, so that nobody is deleted by a slip."""
    reason, now = _reason(why), runtime.clock()
    with writing(runtime.engine) as session:
        person = _person(session, number)
        if typed.strip().lower() != person.email:
            raise FieldsError({"typed": "That is not their address; nothing was deleted."})
        subscriber_list.delete(session, person)
        acts.record(session, acts.SUBSCRIBER, number, "deleted", by=by, now=now, why=reason)


def _move(
    runtime: Runtime, number: int, states: tuple[SubscriberState, SubscriberState], what: str, *, why: str, by: str
) -> None:
    """Bring a subscription from the first state to the second; raises InputError when it is in another."""
    (before, after), now = states, runtime.clock()
    with writing(runtime.engine) as session:
        person = _person(session, number)
        if person.state is not before:
            raise InputError(
                f"this subscription is {person.state.value}; only one that is {before.value} can be {what}"
            )
        person.state = after
        session.add(person)
        acts.record(session, acts.SUBSCRIBER, number, what, by=by, now=now, why=why)


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

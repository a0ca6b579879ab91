"""What we know of servers, for all workers together: who wants rest, whose turn is when, and their robots.txt."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.models.document import Host
from tracker.store import leases

# The row that says that no server can be reached from here; no server is called so.
NETWORK = "network"
# No queue at a server is longer than this.
FARTHEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Robots:
    """A server's robots.txt as it was answered; `status` 0 where it did not answer."""

    text: str
    status: int
    asked_at: datetime


def rest(session: Session, name: str, until: datetime, reason: str) -> None:
    """Leave a server alone until then, for every source on it. An earlier, longer rest stays."""
    row = _row(session, name)
    if row.rest_until is None or row.rest_until < until:
        row.rest_until, row.rest_reason = until, reason


def outage(session: Session, now: datetime, until: datetime, reason: str) -> datetime:
    """Note that no server can be reached from here; return since when that is so, without an answer in between."""
    row = _row(session, NETWORK)
    row.rest_since = min(row.rest_since or now, now)
    row.rest_until, row.rest_reason = until, reason
    return row.rest_since


def wake(session: Session, name: str) -> None:
    """End a rest."""
    row = session.get(Host, name)
    if row is not None:
        row.rest_until, row.rest_reason, row.rest_since = None, "", None


def resting(session: Session, names: Collection[str], now: datetime) -> dict[str, datetime]:
    """Return until when each of these servers wants to be left alone; those that do not are left out."""
    query = select(Host.name, Host.rest_until).where(col(Host.name).in_(names), col(Host.rest_until) > now)
    return {name: until for name, until in session.exec(query) if until is not None}


def turn(session: Session, name: str, now: datetime, spacing: float, patience: float = math.inf) -> float:
    """Take the next turn at a server that has one budget for all workers; return the seconds to wait for it.

    Turns lie `spacing` seconds apart, whoever takes them: the row is locked while one is given out. One for which
    there would be more than `patience` seconds to wait is not taken.
    """
    row = _row(session, name)
    at = max(now, row.next_turn_at or now)
    if at - now > max(FARTHEST, timedelta(seconds=spacing)):
        at = now  # a clock went ahead and came back: nobody has taken that many turns
    wait = (at - now).total_seconds()
    if wait <= patience:
        row.next_turn_at = at + timedelta(seconds=spacing)
    return wait


def robots(session: Session, name: str) -> Robots | None:
    """Return a server's robots.txt as last asked, or None when it never was."""
    row = session.get(Host, name)
    if row is None or row.robots_at is None:
        return None
    return Robots(row.robots or "", row.robots_status or 0, row.robots_at)


def remember_robots(session: Session, name: str, found: Robots) -> None:
    """Keep a server's robots.txt."""
    row = _row(session, name)
    row.robots, row.robots_status, row.robots_at = found.text, found.status, found.asked_at


def _row(session: Session, name: str) -> Host:
    leases.ensure(session, Host(name=name))
    return session.exec(select(Host).where(Host.name == name).with_for_update()).one()

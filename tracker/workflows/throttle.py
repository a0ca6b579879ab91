"""Guessing is slowed: failed tries are counted for an account and for where they come from, in the database.

So the count holds over all processes and a restart. Flask-Limiter and its `limits` keep theirs in Redis, Memcached,
MongoDB or one process; here there is a database and nothing else.
"""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from tracker.domain.errors import TooManyError
from tracker.store import sign_in_failures as failures
from tracker.store.engine import writing
from tracker.workflows.passwords import fingerprint
from tracker.workflows.runtime import Runtime

WINDOW = timedelta(minutes=15)
# NIST SP 800-63B rev. 4, section 3.2.2, allows at most 100 in a row; far fewer are mistakes of one's own.
OF_ACCOUNT, OF_PLACE = 10, 50


def begin(runtime: Runtime, account: str, place: str, *, of_account: int = OF_ACCOUNT) -> Sequence[int]:
    """Count a try as failed before it is looked at, so that a thousand at once are no more than one after the other.

    `account` is whatever was typed, known here or not; `place` the address it comes from. Returns what `forget` takes
    when it succeeds. Raises TooManyError, and counts nothing more, where too many failed of late.
    """
    now = runtime.clock()
    counted = {fingerprint(f"account {account.strip().lower()}"): of_account, fingerprint(_network(place)): OF_PLACE}
    with writing(runtime.engine) as session:
        failures.alone(session, list(counted))
        failures.drop(session, now - WINDOW)
        found = failures.newest_first(session, list(counted))
        waits = [at[most - 1] + WINDOW for key, most in counted.items() if len(at := found.get(key, [])) >= most]
        if not waits:
            return failures.add(session, list(counted), now)
    raise TooManyError("Too many tries failed.", wait=_until(max(waits), now))


def forget(runtime: Runtime, tries: Sequence[int]) -> None:
    """Take back what `begin` counted: the try succeeded."""
    with writing(runtime.engine) as session:
        failures.take_back(session, tries)


def forget_account(runtime: Runtime, account: str) -> None:
    """Take back all that was counted against an account: its owner has shown who they are."""
    with writing(runtime.engine) as session:
        failures.clear(session, fingerprint(f"account {account.strip().lower()}"))


def _until(end: datetime, now: datetime) -> timedelta:
    return max(end - now, timedelta(seconds=1))


def _network(place: str) -> str:
    """Return what is counted as one place: an IPv4 address, or the /64 that one connection is given of IPv6."""
    try:
        address = ipaddress.ip_address(place)
    except ValueError:
        return f"place {place}"
    return f"place {ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False)}"

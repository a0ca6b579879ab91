"""What a failed visit says against a source, and how long it is then left alone. Nothing is ever given up.

A server that refuses us for good weighs a whole failure. One that is overloaded, slow or badly secured weighs half: it
is often well again the next hour. A name that cannot be looked up weighs a quarter: it is mostly our side. And when
no server at all can be reached, it is our own network, which says nothing against anybody.
"""

from collections.abc import Collection
from datetime import timedelta

# Kinds of FetchError; see `errors.FetchError` and docs/collecting.md.
SOFT = frozenset(
    {"timeout", "tls", "truncated", "connect", "protocol", "http_404", "http_408", "http_425", "http_429"}
    | {"rate_threshold", "challenge", "empty"}
)
# What a fetch fails with when our own line is down.
NETWORK = frozenset({"dns", "connect", "timeout"})
OUTAGE_HOSTS = 3
# After this long it is not our line, or nobody minds it: what fails is counted again.
LONGEST_OUTAGE = timedelta(days=1)

LONGEST_WAIT = timedelta(days=1)
GONE_WAIT = timedelta(days=7)


def weight(kind: str) -> float:
    """Return how much a failure of this kind counts: 1.0, 0.5 or 0.25."""
    if kind == "dns":
        return 0.25
    server_trouble = kind.startswith("http_5")
    return 0.5 if kind in SOFT or server_trouble else 1.0


def wait_after(total: float, back_off: float, retry_after: float | None = None, *, gone: bool = False) -> timedelta:
    """Return how long to leave a source alone whose failures in a row weigh `total`.

    `back_off` and `retry_after` are seconds. The wait is `back_off` after the first failure and doubles with each
    whole failure more, up to a day, whatever the server asks for; a source that says it is gone is asked once a week.
    """
    if gone:
        return GONE_WAIT
    doubled = back_off * 2.0 ** min(max(total - 1.0, 0.0), 20.0)
    return timedelta(seconds=min(max(doubled, retry_after or 0.0), LONGEST_WAIT.total_seconds()))


def is_outage(failed: Collection[str], answered: Collection[str]) -> bool:
    """Return whether our own network is down: at least three hosts could not be reached, and none could.

    `failed` are the hosts whose requests ended in one of NETWORK and whose sources were not failing before: dead
    sources come due together and say nothing of the line. `answered` are those that said anything at all.
    """
    return not answered and len(set(failed)) >= OUTAGE_HOSTS


MOVE_PROOFS = 5
MOVE_TIME = timedelta(days=3)


def is_moved(times: int, standing: timedelta) -> bool:
    """Return whether a permanent redirect seen `times` in a row, for the time `standing`, is to be believed.

    One 301 is often a mistake, a captive portal or a parked domain: it takes five in a row over three days.
    """
    return times >= MOVE_PROOFS and standing >= MOVE_TIME

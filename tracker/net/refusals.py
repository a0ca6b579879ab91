"""What a server's refusal means: an error that says what to do, and how long to wait before asking again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from tracker.domain.errors import FetchError

_LONGEST_WAIT = 366 * 24 * 3600.0
_REMEDIES = {
    401: "the page asks for a password, which we do not send: follow an open page instead",
    403: "the site turns us away: check that a contact address is configured, or ask the site's owner",
    404: "look for the page's new address",
    406: "the site offers no form we asked for: open the address in a browser",
    410: "it was removed for good: stop following it or look for its new address",
    429: "we asked too often: it is tried again later",
}


def status_error(url: str, status: int, headers: Mapping[str, str], now: datetime) -> FetchError:
    """Return the error for an answer with this status and these headers (names in lower case)."""
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    fallback = "the server has a problem: it is tried again later" if status >= 500 else "open it in a browser"
    return FetchError(
        f"fetching {url}: the server answered {phrase}; {_REMEDIES.get(status, fallback)}",
        kind=f"http_{status}",
        status=status,
        retry_after=retry_after(headers, now),
    )


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return how many seconds the server asks us to wait, at most a year; None when it names no time we can read.

    Source: RFC 9110, 10.2.3: a number of seconds or an HTTP date.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return min(float(value[:12]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), _LONGEST_WAIT)

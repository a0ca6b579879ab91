"""What a server says about asking again: not at all, not before a certain time, or not while its answer is good."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from tracker.domain.errors import FetchError

_DAY = 24 * 3600.0
_LONGEST_WAIT = 366 * _DAY
_REMEDIES = {
    401: "the page asks for a password, which we do not send: follow an open page instead",
    403: "the site turns us away: check that a contact address is configured, or ask the site's owner",
    404: "look for the page's new address",
    406: "the site offers no form we asked for: open the address in a browser",
    410: "it was removed for good: stop following it or look for its new address",
    429: "we asked too often: the whole site is left alone for a while, then tried again",
    502: "the server behind the site does not answer: it is tried again later",
    503: "the site is overloaded or being mended: it is tried again later",
    504: "the server behind the site took too long: it is tried again later",
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
    moment = _moment(value)
    return None if moment is None else min(max((moment - now).total_seconds(), 0.0), _LONGEST_WAIT)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return for how many seconds the server says its answer stays good, at most a day; None when it does not say.

    What forbids keeping and what cannot be read both mean 0. `headers` has names in lower case.
    Source: RFC 9111, 4.2 (freshness), 5.2.2 (Cache-Control), 5.3 (Expires).
    """
    said = _directives(headers.get("cache-control", ""))
    if "no-store" in said or said.get("no-cache", "x") == "":
        return 0.0
    if "max-age" in said:
        value = said["max-age"]
        lifetime = float(value[:12]) if value.isascii() and value.isdecimal() else 0.0
    elif "expires" in headers:
        expires = _moment(headers["expires"])
        date = _moment(headers.get("date", "")) or now
        lifetime = (expires - date).total_seconds() if expires else 0.0
    else:
        return None
    age = headers.get("age", "").strip()
    if age.isascii() and age.isdecimal():
        lifetime -= float(age[:12])
    return min(max(lifetime, 0.0), _DAY)


def _directives(cache_control: str) -> dict[str, str]:
    """Return the directives by their name in lower case; of one said twice the first counts."""
    found: dict[str, str] = {}
    for part in cache_control.split(","):
        name, _, value = part.partition("=")
        found.setdefault(name.strip().lower(), value.strip().strip('"'))
    return found


def _moment(text: str) -> datetime | None:
    """Read an HTTP date; None when it is none."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""What can go wrong between us and a server, said as a FetchError: what was found, and what to do."""

import ssl
from typing import Final

from tracker.domain.errors import FetchError
from tracker.net.addresses import Place
from tracker.net.connection import BrokenAnswerError
from tracker.net.decoding import DecodingError
from tracker.net.guarded import UnconnectedError

MIB: Final = 1024 * 1024

TROUBLE: Final = (BrokenAnswerError, DecodingError, UnconnectedError, OSError, ValueError)
"""What `described` can describe; TimeoutError is an OSError."""

_AGAIN = "try again later, or open it in a browser"


def described(place: Place, error: Exception, *, read: float) -> FetchError:
    """Return `error`, one of TROUBLE met on the way to `place`, as a FetchError. `read` is its limit in seconds."""
    if isinstance(error, DecodingError):
        return _fetching(place, str(error), "encoding", "open it in a browser: if it works there, report it")
    if isinstance(error, ssl.SSLError):
        found = f"the connection could not be secured ({error})"
        return _fetching(place, found, "tls", "check the site's certificate in a browser")
    if isinstance(error, UnconnectedError):
        return _connecting(place, str(error), "timeout" if error.slow else "connect")
    if isinstance(error, TimeoutError):
        return _fetching(place, f"the server sent nothing for {read:g} s", "timeout", _AGAIN)
    if isinstance(error, BrokenAnswerError) and error.kind == "truncated":
        return _fetching(place, str(error), "truncated", _AGAIN)
    words = " ".join(str(error).split())[:200]
    return _fetching(place, f"the answer is not proper HTTP ({words})", "protocol", _AGAIN)


def overdue(place: Place, total: float) -> FetchError:
    """Return the error of a fetch that was not over after `total` seconds."""
    return _fetching(place, f"not finished after {total:g} s", "timeout", _AGAIN)


def too_large(place: Place, limit: int) -> FetchError:
    """Return the error of an answer of more than `limit` bytes."""
    remedy = "follow a smaller feed of the site, or raise the limit"
    return _fetching(place, f"it is larger than {limit / MIB:g} MiB", "too_large", remedy)


def walled(place: Place, mark: str, status: int, retry_after: float | None) -> FetchError:
    """Return the error of an answer that is a bot wall; `mark` says what shows it."""
    return FetchError(
        f"fetching {place.url}: the site answered with a challenge for browsers ({mark}); "
        "look for another feed or interface of it, or ask its owner to let us in",
        kind="challenge",
        status=status,
        retry_after=retry_after,
    )


def _fetching(place: Place, found: str, kind: str, remedy: str) -> FetchError:
    return FetchError(f"fetching {place.url}: {found}; {remedy}", kind=kind)


def _connecting(place: Place, found: str, kind: str) -> FetchError:
    return FetchError(f"connecting to {place.name}: {found}; the server may be down: try again later", kind=kind)

"""The manners of the SEC's servers: who asks must say so, all hosts count together, and a block looks like a page.

Source: https://www.sec.gov/os/accessing-edgar-data: at most ten requests a second, with a User-Agent that names a
contact. Who is over that is shut out until ten minutes have passed below it. We keep well below.
"""

from typing import Final

from tracker.domain.errors import FetchError

BUDGET: Final = "sec.gov"
SECONDS: Final = 0.15
_TOO_FAST: Final = 600.0
_UNDECLARED: Final = 3600.0
_SUSPECT = frozenset({403, 429})


def is_sec(host: str) -> bool:
    """Return whether this host (lower case) is one of those that share the budget."""
    return host == BUDGET or host.endswith(f".{BUDGET}")


def is_suspect(status: int, content_type: str) -> bool:
    """Return whether an answer may be a block, so that its body must be looked at."""
    return status in _SUSPECT or (status == 200 and "html" in content_type.lower())


def block(url: str, status: int, body: bytes, retry_after: float | None = None) -> FetchError | None:
    """Return the error that this answer of an SEC host means, None when it is no block.

    A 403 in XML is how the archive says that a file does not exist (yet); that is none.
    """
    text = body[: 64 * 1024].lower()
    if b"undeclared automated tool" in text and _is_block_page(status, text):
        return FetchError(
            f"fetching {url}: the SEC does not accept how we introduce ourselves; check that `contact` in "
            "config/local.toml is an address that reaches you, then wait an hour",
            kind="undeclared",
            status=status,
            retry_after=max(_UNDECLARED, retry_after or 0.0),
        )
    missing = status == 403 and text.lstrip().startswith(b"<?xml") and b"<code>accessdenied" in text
    if (status in _SUSPECT and not missing) or (
        b"request rate threshold exceeded" in text and _is_block_page(status, text)
    ):
        return FetchError(
            f"fetching {url}: the SEC says that too much was asked from here (status {status}); nothing is asked of it "
            "for ten minutes: if another program on this network asks it too, slow that down",
            kind="rate_threshold",
            status=status,
            retry_after=max(_TOO_FAST, retry_after or 0.0),
        )
    return None


def _is_block_page(status: int, text: bytes) -> bool:
    """A filing may quote the words; the page that means them is small and bears them as its title or first heading."""
    return status in _SUSPECT or (len(text) < 20_000 and b"<html" in text)

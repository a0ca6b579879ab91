"""Reading the header lines of answers, and writing those of questions, byte for byte."""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, urljoin

from tracker.domain.errors import FetchError
from tracker.net.addresses import refused

_LOCATION: Final = "!#$%&'()*+,/:;=?@[]~"
_UNSENDABLE: Final = re.compile(r"[^\t\x20-\x7e\x80-\xff]")
# A header may be sent many times over; joining stops here.
_LONGEST_JOINED: Final = 64 * 1024


def by_name(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by their name in lower case, bytes as Latin-1; those sent twice are joined with a comma."""
    found: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("latin-1")
        before = found.get(name)
        if before is None:
            found[name] = value
        elif len(before) < _LONGEST_JOINED:
            found[name] = f"{before}, {value}"
    return found


def sendable(value: str) -> str | None:
    """Return a header value that came from a server if it can be sent back as it came, else None.

    Values are kept as Latin-1, one letter a byte, and a question is written so too.
    """
    return None if value != value.strip() or _UNSENDABLE.search(value) else value


def asks_for_a_page(accept: str) -> bool:
    """Return whether an Accept header names an HTML page first."""
    return accept.lstrip().lower().startswith(("text/html", "application/xhtml"))


def redirect_target(url: str, status: int, headers: Mapping[str, str]) -> str:
    """Return where a redirect from `url` leads; raise FetchError when it does not say so."""
    location = headers.get("location", "").strip()
    if not location:
        raise FetchError(
            f"fetching {url}: status {status} sends us on without saying where; open it in a browser",
            kind="redirects",
            status=status,
        )
    # Servers send UTF-8 here, and header values reach us as Latin-1; spaces stand in many of them.
    try:
        return urljoin(url, quote(location.encode("latin-1"), safe=_LOCATION))
    except ValueError as error:
        raise refused(location, f"a redirect from {url} names no usable address ({error})") from error

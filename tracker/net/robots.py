"""What a site's robots.txt lets a crawler do. Source: RFC 9309. Protego reads the rules; a workflow fetches them.

Asked only for pages that nobody offered us. A feed that a person subscribed to is no crawling.
"""

from dataclasses import dataclass
from typing import Final

from protego import Protego

TOKEN: Final = "Whereas"  # noqa: S105  # a product token, no secret
"""The name under which a site may set rules for us (RFC 9309, 2.2.1)."""

# RFC 9309, 2.5: a parser must read at least this much, and need not read more.
_MOST_BYTES = 500 * 1024
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows. Made by `read`; may be kept and asked again."""

    _parsed: Protego | None
    _everything: bool

    def allows(self, url: str, user_agent_token: str = TOKEN) -> bool:
        """Return whether the crawler of this name may fetch `url`, an absolute address of the site."""
        if self._parsed is None:
            return self._everything
        return self._parsed.can_fetch(url, user_agent_token)

    def delay(self, user_agent_token: str = TOKEN) -> float | None:
        """Return how many seconds the site wants between two requests; None when it does not say."""
        seconds = self._parsed.crawl_delay(user_agent_token) if self._parsed else None
        return float(seconds) if seconds is not None and 0 <= seconds < float("inf") else None


def read(text: str | bytes, status: int | None) -> Rules:
    """Return the rules that this answer to a request for /robots.txt sets; `status` is None or 0 when no answer came.

    A site without the file (4xx) allows everything; one that is in trouble (5xx), out of reach or tired of us (429)
    allows nothing for now, so ask again later.
    Source: RFC 9309, 2.3.1.
    """
    if not status or status >= 500 or status == _TOO_MANY_REQUESTS:
        return Rules(None, _everything=False)
    if not 200 <= status < 300:
        return Rules(None, _everything=True)
    raw = text.encode("utf-8", errors="replace") if isinstance(text, str) else text
    if len(raw) > _MOST_BYTES:
        raw = raw[:_MOST_BYTES].rpartition(b"\n")[0]  # half a rule may say the opposite of the whole
    return Rules(Protego.parse(raw.decode("utf-8-sig", errors="replace")), _everything=True)

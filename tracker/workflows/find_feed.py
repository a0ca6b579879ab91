"""Finding the feed of a site: at the address itself, where its page names one, or at a usual address."""

from dataclasses import dataclass

from tracker.domain.errors import FetchError, InputError, ParseError
from tracker.domain.items import Fetched, Request
from tracker.sources import feed
from tracker.sources.charset import decode
from tracker.sources.discovery import feeds_in, guesses
from tracker.workflows.manners import HOST_WIDE
from tracker.workflows.visit import Ask

# A site is not asked more often than this to find its feed.
MOST_TRIES = 24
ACCEPT = f"{feed.ACCEPT}, text/html;q=0.6"


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed, how it was found, and the answer in which it came."""

    url: str
    title: str
    entries: int
    how: str
    answer: Fetched


async def find_feed(ask: Ask, address: str, *, most: int = MOST_TRIES) -> FoundFeed:
    """Return the feed at an address, or the one that the page there names, or one at a usual address.

    Raises FetchError when the address itself cannot be asked, InputError when no feed is found in `most` tries.
    """
    answer = await ask(Request(address, accept=ACCEPT))
    direct = _read(answer)
    if direct is not None:
        return FoundFeed(answer.moved_to or address, direct.title, len(direct.items), "the address is a feed", answer)
    text, _ = decode(answer.body, answer.headers.get("content-type", ""))
    tried = 0
    named = [(one.url, "the page names it") for one in feeds_in(text, answer.url)]
    for candidate, how in [*named, *((one, "at a usual address") for one in guesses(answer.url))]:
        if tried == most:
            break
        tried += 1
        try:
            found = await ask(Request(candidate, accept=feed.ACCEPT))
        except FetchError as error:
            if error.kind in HOST_WIDE:
                raise
            continue
        document = _read(found)
        if document is not None:
            return FoundFeed(found.moved_to or candidate, document.title, len(document.items), how, found)
    raise InputError(
        f"looking for a feed at {address}: neither what the page names nor the usual addresses can be read as one "
        f"({tried} were tried); give the feed's own address, or watch the page: --reader watched_page"
    )


def _read(answer: Fetched) -> feed.FeedDocument | None:
    try:
        return feed.read(answer)
    except ParseError:
        return None

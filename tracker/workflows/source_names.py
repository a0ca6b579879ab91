"""Names and addresses of sources: which are taken, and what a new one is called."""

import re
from urllib.parse import urlsplit

from sqlmodel import Session

from tracker.domain.errors import InputError, NotFoundError
from tracker.models.document import Source
from tracker.store import health, sources
from tracker.workflows.setup import LONGEST_NAME, RESERVED


def named(session: Session, name: str) -> Source:
    """Return the source of this name; raises NotFoundError."""
    row = health.by_name(session, name)
    if row is None:
        raise NotFoundError(f"no source is called {name!r}; `tracker source list` shows all names")
    return row


def addresses(session: Session) -> dict[str, str]:
    """Return every address a source has, had or seems to move to, with the source's name."""
    known: dict[str, str] = {}
    for row in sources.every(session):
        known |= dict.fromkeys((row.url, *row.former_urls, row.moved_to or row.url), row.name)
    return known


def refuse_known(session: Session, *urls: str) -> None:
    """Raise InputError when one of these addresses is a source's already."""
    known = addresses(session)
    for url in urls:
        if url in known:
            raise InputError(f"adding {url}: it is here already, as the source {known[url]!r}")


def free_name(session: Session, wanted: str, *, chosen: bool) -> str:
    """Return a name that no source has: the wanted one, or with a number behind it when nobody chose it."""
    base, number = wanted[:LONGEST_NAME] or "source", 1
    name = base
    while name in RESERVED or health.by_name(session, name) is not None:
        if chosen:
            raise InputError(f"adding the source {name}: there is one of this name; give another with --name")
        number += 1
        name = f"{base[: LONGEST_NAME - len(str(number)) - 1]}-{number}"
    return name


def name_from(words: str) -> str:
    """Return a name made from a title or an address."""
    host = urlsplit(words).hostname if "://" in words else None
    text = (host or words).removeprefix("www.").lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60]

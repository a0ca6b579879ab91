"""Addresses that were public once: they lead to what a thing was merged into, or say why it was withdrawn."""

from flask import redirect, request, url_for
from werkzeug.exceptions import HTTPException

from tracker.store import objects, permalinks
from tracker.store.permalinks import Ended
from tracker.web import pages
from tracker.web.absent import GonePage, MissingPage
from tracker.web.problems import INTERFACE

# Where the reading interface gives one object of a kind.
INTERFACE_PAGES = {"resolution": "api.one_resolution", "letter": "api.one_letter", "contract": "api.one_contract"}


def ended(session: pages.Session, kind: str, slug: str) -> HTTPException | None:
    """Return the answer for an object shown no more, or None where there never was one in public.

    Merged: a lasting redirect, 301 for people, 308 for programs. Withdrawn: 410 with the reason given to the public.
    """
    found = permalinks.ended(session, kind, slug)
    if found is None:
        return None
    address = _address(found) if found.shown else None
    if address is not None:
        return HTTPException(response=redirect(address, 308 if _for_programs() else 301))
    if found.shown:
        return GonePage(f"It was merged into “{found.title}”, which has no page of its own.", _ways_on(found))
    return GonePage(f"“{found.title}” was withdrawn: {found.reason}", _ways_on(found))


def organization(session: pages.Session, slug: str) -> HTTPException | None:
    """Return the lasting redirect to what an organisation was merged into; None where it was not."""
    now = permalinks.organization_now(session, slug)
    if now is None:
        return None
    address = request.path.replace(f"/{slug}", f"/{now}", 1)
    return HTTPException(response=redirect(address, 308 if _for_programs() else 301))


def missing(session: pages.Session, kind: str, slug: str) -> HTTPException:
    """Return the answer for an object that is not shown: where it went, or 404 with its kind of a like name."""
    if (gone := ended(session, kind, slug)) is not None:
        return gone
    near = objects.near(session, kind, slug)
    known = {row.slug: (row.title, url_for(pages.OBJECT_PAGES[kind], slug=row.slug)) for row in near}
    return pages.missing(kind, slug, known)


def event(session: pages.Session, event_id: str) -> HTTPException:
    """Return the answer for a row that no timeline has: to the row that tells it now, 410 when it is gone, else 404.

    A row goes on to another when its object was merged into that one's.
    """
    now = permalinks.event_now(session, event_id)
    if now is not None:
        endpoint, status = ("api.event", 308) if _for_programs() else ("timeline.event", 301)
        return HTTPException(response=redirect(url_for(endpoint, event_id=now), status))
    if permalinks.was_event(session, event_id):
        return GonePage("This row stood in a timeline. It was taken back, or what it told now stands in another row.")
    return MissingPage(f"No event has the id “{event_id}”.")


def _for_programs() -> bool:
    return request.path.startswith(INTERFACE)


def _address(found: Ended) -> str | None:
    if not _for_programs():
        return pages.object_url(found.kind, found.slug)
    endpoint = INTERFACE_PAGES.get(found.kind)
    return url_for(endpoint, slug=found.slug) if endpoint else None


def _ways_on(found: Ended) -> list[tuple[str, str]]:
    return [(f"Timeline of {title}", url_for("timeline.page", slug=slug)) for slug, title in found.campaigns]

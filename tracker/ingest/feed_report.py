"""What `tracker read feed` says about a file: its entries as they would be stored."""

from datetime import UTC, datetime, time
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.items import Draft, Fetched, RawItem, Request
from tracker.ingest.normalise import normalise
from tracker.sources import feed


def read_feed(body: bytes, url: str, now: datetime, *, content_type: str = "") -> dict[str, Any]:
    """Return title, entries and warnings of the feed in `body`, ready for JSON; raises ParseError when it is none.

    `url` is where the feed came from: links are resolved against it. Keys are unique. Dates are ISO 8601 in UTC; a date
    known only to the day, month or year is given as its first moment. A warning about one entry begins with its key.
    """
    headers = {"content-type": content_type} if content_type else {}
    document = feed.read(Fetched(url, 200, body, headers, now, Request(url)))
    drafts = [normalise(item, now=now) for item in document.items]
    entries = [_entry(item, draft) for item, draft in zip(document.items, drafts, strict=True)]
    about_entries = [f"{draft.key}: {warning}" for draft in drafts for warning in draft.warnings]
    return {"title": document.title, "entries": entries, "warnings": [*document.warnings, *about_entries]}


def _entry(item: RawItem, draft: Draft) -> dict[str, Any]:
    published = draft.published_at or (draft.published if isinstance(item.published, PartialDate) else None)
    return {
        "key": draft.key,
        "title": draft.title,
        "link": draft.url,
        "published": _iso(published),
        "updated": _iso(draft.updated_at),
        "authors": list(draft.authors),
        "summary_html": draft.summary_html,
        "content_html": draft.html if item.content_html else "",
        "text": draft.text,
    }


def _iso(moment: datetime | PartialDate | None) -> str | None:
    if isinstance(moment, PartialDate):
        first = moment.earliest
        moment = datetime.combine(first, time(), UTC) if first else None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None

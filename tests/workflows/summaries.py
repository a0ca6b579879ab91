"""A summary in a feed and the page behind it, as a publisher of ours serves them."""

from datetime import timedelta
from html import escape

from tests.workflows.collecting import every
from tests.workflows.feeds import RELEVANT, Entry
from tracker.models.document import DocumentVersion
from tracker.store import search
from tracker.store.engine import reading

HOUR = timedelta(hours=1)
LONG = " ".join([f"{RELEVANT} Paragraph {number} tells of a shareholder meeting in Seattle." for number in range(9)])


def entry(publisher, path: str = "/story", title: str = "Police use facial recognition", text: str = RELEVANT) -> Entry:
    """An entry that leads to a page of the publisher's own."""
    return Entry(path, title, text, publisher.url(path))


def article(text: str = LONG, title: str = "Police use facial recognition") -> str:
    return (
        f"<html><head><title>{escape(title)} - The Paper</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{escape(title)}</h1><p>{escape(text)}</p></article></body></html>"
    )


def serve(publisher, path: str = "/story", body: str | bytes | None = None, status: int = 200, **more: str) -> str:
    return publisher.serve(path, article() if body is None else body, status, **{"Content_Type": "text/html", **more})


def texts(runtime) -> list[tuple[bool, int]]:
    """Of each version whether it is the page's, and how long it is."""
    rows = sorted(every(runtime, DocumentVersion), key=lambda row: (row.document_id, row.number))
    return [(row.whole_page, len(row.text)) for row in rows]


def found(runtime, words: str) -> list[str]:
    with reading(runtime.engine) as session:
        return [hit.title for hit in search.find(session, search.parse(words))]

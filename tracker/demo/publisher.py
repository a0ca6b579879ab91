"""A publisher on this machine: real feeds, EDGAR answers and pages over HTTP, so that the demo needs no network."""

import hashlib
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

from tracker.demo.articles import HERE, articles
from tracker.demo.feeds import FEEDS, write
from tracker.demo.filings import LIST_PATH, filings, listing
from tracker.demo.moving_days import resolved_text

EDITIONS = (1, 2)
POLICY_PATH = "/larkmere/policies/face-matching"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Resource:
    """What one address answers with. The entity tag is the content's, so a second start serves the same one."""

    body: bytes
    media_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        """A strong entity tag, quotes included."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:24]}"'


class Publisher:
    """Serves one edition at a time on 127.0.0.1; `edition` may be switched while it runs.

    `port` 0 takes a free one. `today` is the day that the fictional company's days are counted from (UTC's by default).
    Use as a context manager, or call `start` and `stop`.
    """

    def __init__(self, port: int = 0, edition: int = 1, *, today: date | None = None) -> None:
        self.today = today or datetime.now(UTC).date()
        self.edition = edition
        self._server = _Server(("127.0.0.1", port), self)
        self._thread: Thread | None = None

    @property
    def edition(self) -> int:
        """The edition being served, 1 or 2."""
        return self._edition

    @edition.setter
    def edition(self, number: int) -> None:
        if number not in EDITIONS:
            raise ValueError(f"the demo publisher has editions {EDITIONS[0]} to {EDITIONS[-1]}, not {number}")
        self._edition = number

    @property
    def address(self) -> str:
        """The address without a slash at its end, such as http://127.0.0.1:8123."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> Self:
        """Begin to answer; returns at once."""
        if self._thread is None:
            self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="demo publisher", daemon=True)
            self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering and give the port back."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(self, *_exception: object) -> None:
        """Stop, whatever happened."""
        self.stop()

    def resource(self, path: str) -> Resource | None:
        """Return what `path` answers with in the current edition, or None when there is no such page."""
        return self._editions[self._edition - 1].get(path)

    @cached_property
    def _editions(self) -> list[dict[str, Resource]]:
        """Every page of every edition. A page that did not change keeps its date of last modification."""
        made: list[dict[str, Resource]] = []
        for edition in EDITIONS:
            before = made[-1] if made else {}
            modified = datetime.combine(self.today, time(), UTC) - timedelta(hours=12 - edition)
            made.append({})
            for path, (body, media_type) in self._pages(edition).items():
                known = before.get(path)
                same = known is not None and known.body == body
                made[-1][path] = known if same and known else Resource(body, media_type, modified)
        return made

    def _pages(self, edition: int) -> dict[str, tuple[bytes, str]]:
        published = [article for article in articles(self.today) if article.edition <= edition]
        filed = [filing for filing in filings(self.today) if filing.edition <= edition]
        pages = {LIST_PATH: (listing(filed), "application/json")}
        pages |= {filing.path: (filing.html(self.today), HTML) for filing in filed}
        for feed in FEEDS:
            entries = [article for article in published if article.feed == feed.name]
            pages[feed.path] = (write(feed, entries, self.address), feed.media_type)
        pages[POLICY_PATH] = (self._page(f"policy_{edition}.html"), HTML)
        pages["/larkmere/about"] = (self._page("about.html"), HTML)
        pages["/"] = (_contents(pages), HTML)
        return pages

    def _page(self, name: str) -> bytes:
        return resolved_text((HERE / "larkmere" / name).read_text(encoding="utf-8"), self.today).encode()


def _contents(pages: dict[str, tuple[bytes, str]]) -> bytes:
    links = "".join(f'<li><a href="{escape(path)}">{escape(path)}</a></li>' for path in sorted(pages))
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Demo publisher</title>'
    return f"{head}<h1>What the demo publisher serves</h1><ul>{links}</ul></html>".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, where: tuple[str, int], publisher: Publisher) -> None:
        super().__init__(where, _Handler)
        self.publisher = publisher

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a collector that has hung up: it may do so at any time, and knows itself why."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet: the collector logs every request it makes."""

    def version_string(self) -> str:
        """Name ourselves, without the version of Python."""
        return "whereas-demo"

    def _answer(self, *, with_body: bool) -> None:
        found = self.server.publisher.resource(self.path.partition("?")[0])
        if found is None:
            headers = {"Content-Type": "text/plain"}
            self._send(HTTPStatus.NOT_FOUND, b"There is no such page in the demo.\n", headers, with_body)
            return
        validators = {"ETag": found.etag, "Last-Modified": format_datetime(found.modified, usegmt=True)}
        if self._is_known(found):
            self._send(HTTPStatus.NOT_MODIFIED, None, validators, with_body)
        else:
            self._send(HTTPStatus.OK, found.body, {"Content-Type": found.media_type, **validators}, with_body)

    def _is_known(self, found: Resource) -> bool:
        """Return whether the client has this page. An entity tag decides alone where one is sent (RFC 9110, 13.2.2).

        Tags are compared byte for byte: a client that drops the quotes does not get its 304.
        """
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or found.etag in [tag.strip() for tag in tags.split(",")]
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and found.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # an unreadable date, or one without a zone, is no condition
            return False

    def _send(self, status: HTTPStatus, body: bytes | None, headers: dict[str, str], with_body: bool) -> None:  # noqa: FBT001
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body is not None and with_body:
            self.wfile.write(body)

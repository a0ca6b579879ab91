"""What the health page reads: attempts, servers at rest, and what could not be read."""

import zlib
from datetime import timedelta

import pytest

from tests import factories
from tests.factories import NOW
from tracker.domain.vocab import DocumentState
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Host, Sighting, Source
from tracker.store import health, versions

HOUR = timedelta(hours=1)


@pytest.fixture
def source(session) -> int:
    return make_source(session, "news")


def make_source(session, name: str) -> int:
    return factories.add(session, Source(name=name, reader="feed", url=f"https://{name}.example/", due_at=NOW)).id


def body(session, content: bytes) -> str:
    digest = content.hex().ljust(64, "0")[:64]
    factories.add(
        session,
        Body(hash=digest, media_type="text/xml", size=len(content), compressed=zlib.compress(content)),
    )
    return digest


def fetch(session, source: int, hours: float, **more) -> Fetch:
    values = {"url": "https://news.example/", "outcome": "ok", "started_at": NOW - hours * HOUR}
    return factories.add(session, Fetch(source_id=source, **values | more))


def broken(session, *carried: int, body_hash: str | None = None) -> Document:
    row = factories.document(session, state=DocumentState.QUARANTINED)
    row.state_reason = "ValueError: no such day"
    factories.add(
        session,
        DocumentVersion(
            document_id=row.id, number=1, title="", html="", text="", content_hash="1", body_hash=body_hash, seen_at=NOW
        ),
    )
    for key in carried:
        factories.add(
            session,
            Sighting(source_id=key, key=str(row.id), document_id=row.id, content_hash="1", first_seen_at=NOW),
        )
    return row


def test_a_source_is_found_by_its_name(session, source):
    assert health.by_name(session, "news").id == source
    assert health.by_name(session, "other") is None


def test_attempts_come_newest_first_page_by_page_and_from_one_source_only(session, source):
    fetch(session, make_source(session, "other"), 1)
    ids = [fetch(session, source, hours).id for hours in (3, 2, 2, 1)]
    first = health.attempts(session, source, limit=2)
    rest = health.attempts(session, source, after=(first[-1].started_at, first[-1].id), limit=9)
    assert [row.id for row in first + rest] == ids[::-1]


def test_only_servers_that_rest_now_are_told(session):
    for name, until in (("a:443", NOW + HOUR), ("b:443", NOW), ("c:443", None)):
        factories.add(session, Host(name=name, rest_until=until, rest_reason="429"))
    assert set(health.resting(session, NOW)) == {"a:443"}


def test_quarantined_documents_come_newest_first_with_their_sources_and_bytes(session, source):
    other = make_source(session, "aclu")
    digest = body(session, b"<rss>")
    first = broken(session, source, other, body_hash=digest)
    second = broken(session)
    factories.document(session)
    found = health.quarantined(session)
    assert [(row.document.id, row.sources) for row in found] == [(second.id, ()), (first.id, ("aclu", "news"))]
    assert (found[0].bytes, found[1].bytes) == (None, health.Bytes(digest, "text/xml", 5))
    assert [row.document.id for row in health.quarantined(session, after=second.id)] == [first.id]
    assert len(health.quarantined(session, limit=1)) == 1


def test_the_same_unreadable_answer_is_told_once_with_how_often_it_came(session, source):
    asked = {"url": "https://news.example/"}
    digest, other = body(session, b"<html>"), body(session, b"<html><p>")
    fetch(session, source, 3, outcome="unreadable", error="old", asked=asked, body_hash=digest)
    fetch(session, source, 2, outcome="unreadable", error="new", asked=asked, body_hash=digest)
    fetch(session, source, 1, asked=asked, body_hash=other)
    fetch(session, source, 0, outcome="unreadable", body_hash=digest)
    fetch(session, source, 0, asked=None)
    partly, whole = health.unreadable(session)
    assert (partly.outcome, partly.times, partly.bytes.size) == ("ok", 1, 9)
    assert (whole.source, whole.error, whole.times, whole.bytes.hash) == ("news", "new", 2, digest)
    assert (whole.first_at, whole.last_at) == (NOW - 3 * HOUR, NOW - 2 * HOUR)
    assert len(health.unreadable(session, limit=1)) == 1


def test_troubles_are_counted_by_source(session, source):
    other = make_source(session, "aclu")
    make_source(session, "well")
    digest = body(session, b"x")
    broken(session, source, other)
    broken(session, source)
    fetch(session, source, 1, asked={"url": "u"}, body_hash=digest)
    fetch(session, source, 0, asked={"url": "u"}, body_hash=digest)
    fetch(session, source, 0)
    assert health.troubles(session) == {source: (2, 1), other: (1, 0)}


def test_kept_bytes_are_given_only_where_something_in_them_could_not_be_read(session, source):
    read, quarantined, unread = (body(session, content) for content in (b"read", b"bad entry", b"bad answer"))
    fetch(session, source, 1, body_hash=read)
    broken(session, source, body_hash=quarantined)
    fetch(session, source, 1, body_hash=unread, asked={"url": "u"})
    assert health.kept_bytes(session, read) is None
    assert health.kept_bytes(session, "0" * 64) is None
    assert health.kept_bytes(session, quarantined)[1] == b"bad entry"
    assert health.kept_bytes(session, unread)[1] == b"bad answer"


def test_the_newest_versions_come_oldest_first(session):
    row = factories.document(session)
    for number in range(1, 5):
        factories.add(
            session,
            DocumentVersion(
                document_id=row.id, number=number, title="", html="", text="", content_hash=str(number), seen_at=NOW
            ),
        )
    assert [version.number for version in versions.newest(session, row.id, 3)] == [2, 3, 4]

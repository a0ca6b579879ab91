"""Other people's feeds, good and broken, hundreds of them in one run: nothing falls over and every count is true."""

from dataclasses import asdict

import pytest
from sqlalchemy import func
from sqlmodel import select

from tests.workflows.campaign_files import FILE
from tracker.domain.vocab import DocumentState
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Mention, Sighting, Source
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.store import sources
from tracker.store.engine import reading, writing
from tracker.workflows.collect import collect
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify

TYPES = {"json": "application/feed+json", "atom": "application/atom+xml", "rdf": "application/rdf+xml"}


@pytest.mark.shared
@pytest.mark.timeout(180)
def test_every_feed_is_collected_in_one_run_and_the_sums_agree_with_the_database(
    sqlite_runtime, shared, publisher, clock
):
    files = sorted(path for path in (shared / "feeds").rglob("*") if path.is_file() and path.name != "MANIFEST.json")
    assert len(files) > 700
    wanted = []
    for number, path in enumerate(files):
        kind = TYPES.get(path.suffix.lstrip("."), "text/xml")
        url = publisher.serve(f"/{number}", path.read_bytes(), Content_Type=kind, ETag=f'"{number}"')
        wanted.append({"name": f"feed-{number}", "reader": "feed", "url": url, "every_seconds": 3600})
    import_campaign(sqlite_runtime, FILE)
    with writing(sqlite_runtime.engine) as session:
        sources.sync(session, wanted, clock())

    report = collect(sqlite_runtime)

    total = report.total
    assert len(report.sources) == len(files) == len(publisher.seen)
    with reading(sqlite_runtime.engine) as session:

        def count(table, *where) -> int:
            return session.exec(select(func.count()).select_from(table).where(*where)).one()

        # Each entry is one sighting; each document is new, screened or quarantined once.
        assert count(Sighting) == total.new + total.screened + total.quarantined + total.seen_elsewhere + total.same
        assert count(Document) == count(DocumentVersion) == total.new + total.screened + total.quarantined
        assert count(Document, Document.state == DocumentState.QUARANTINED) == total.quarantined == 0
        assert count(Document, Document.state == DocumentState.SCREENED) == total.screened > 1000
        assert count(Document, Document.state == DocumentState.RELEVANT) == total.new
        assert count(Link) == total.suggested + total.confirmed
        # Every source was asked once, and what came of it is told.
        assert count(Fetch) == len(files)
        assert count(Fetch, Fetch.outcome == "unreadable") == len(report.failed)
        assert count(Source, Source.failures > 0) == count(Source, Source.last_error != "") == len(report.failed)
        assert count(Source, Source.leased_by != "") == 0
        assert count(Body) > 600
        # A broken feed says so in a sentence of ours: none of them made a reader stumble.
        assert [row.error for row in report.failed if "failed (" in row.error or "keeping what" in row.error] == []
        assert len(report.failed) < len(files) / 4
        # What is about something else is on no timeline.
        shown = select(Event.document_id).where(Event.document_id.is_not(None))
        strangers = select(Document.title).where(Document.id.in_(shown), Document.state != DocumentState.RELEVANT)
        assert session.exec(strangers).all() == []
        assert count(Mention) > 0
    assert verify(sqlite_runtime).difference.touched == 0

    # The second time every server says that nothing changed.
    clock.forward(days=1)
    again = collect(sqlite_runtime)
    assert sum(row.unchanged for row in again.sources) == len(files) - len(report.failed)
    assert {row.name for row in again.failed} == {row.name for row in report.failed}
    assert not any(asdict(again.total).values())

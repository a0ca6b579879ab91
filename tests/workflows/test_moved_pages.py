"""Pages behind summaries that have moved: one document, found under both addresses."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.workflows.campaign_files import FILE
from tests.workflows.collecting import again, counts, every, follow
from tests.workflows.feeds import RELEVANT, rss
from tests.workflows.summaries import entry, serve
from tracker.domain.canonical import canonical_url
from tracker.models.base import CampaignObject
from tracker.models.document import Document, FormerAddress
from tracker.models.evidence import Evidence
from tracker.store import imports, linkables
from tracker.store.engine import writing
from tracker.workflows.collect import collect
from tracker.workflows.exchange import import_campaign
from tracker.workflows.whole_pages import WholePages, fetch_whole_pages


def move(publisher, to: str = "/news/story", path: str = "/story", status: int = 301) -> str:
    """Move a page; return its new address."""
    publisher.serve(path, b"", status, Location=to)
    return publisher.url(to)


def test_a_page_that_moved_for_good_has_the_new_address_and_is_still_found_under_the_old(summary, publisher, clock):
    new = move(publisher)
    serve(publisher, "/news/story")
    assert fetch_whole_pages(summary) == WholePages(kept=1)
    [document] = every(summary, Document)
    assert (document.url, document.canonical_url) == (new, canonical_url(new))
    [former] = every(summary, FormerAddress)
    assert (former.canonical_url, former.document_id) == (canonical_url(publisher.url("/story")), document.id)
    # The feed goes on naming the old address, and another one names it for the first time: no second document.
    other = replace(entry(publisher), key="elsewhere")
    follow(summary, publisher.serve("/other", rss(other)))
    assert counts(again(summary, clock)) == {"same": 1, "seen_elsewhere": 1}
    moved = replace(entry(publisher, "/news/story"), key="third")
    follow(summary, publisher.serve("/third", rss(moved)))
    assert counts(again(summary, clock)) == {"same": 2, "seen_elsewhere": 1}
    assert len(every(summary, Document)) == 1


def test_an_entry_of_a_moved_page_under_a_new_headline_is_a_change_of_it(summary, publisher, clock):
    move(publisher)
    serve(publisher, "/news/story")
    fetch_whole_pages(summary)
    publisher.serve("/paper", rss(entry(publisher, title="Amazon shareholders vote", text=f"{RELEVANT} Corrected.")))
    assert counts(again(summary, clock)) == {"changed": 1}
    assert len(every(summary, Document)) == 1


@pytest.mark.parametrize(("to", "status"), [("/", 301), ("/news/story", 302)])
def test_a_front_page_and_a_passing_redirect_are_no_move(summary, publisher, to, status):
    move(publisher, to, status=status)
    serve(publisher, to)
    assert fetch_whole_pages(summary) == WholePages(kept=1)
    assert every(summary, FormerAddress) == []
    assert every(summary, Document)[0].canonical_url == canonical_url(publisher.url("/story"))


def test_a_page_that_moved_to_where_another_document_lies_stays_where_it_was(runtime, publisher):
    serve(publisher, "/news/story")
    move(publisher)
    two = entry(publisher, "/news/story", "Amazon shareholders vote on Rekognition", f"{RELEVANT} A vote was held.")
    follow(runtime, publisher.serve("/paper", rss(entry(publisher), two)))
    assert counts(collect(runtime)) == {"new": 2}
    assert fetch_whole_pages(runtime) == WholePages(kept=2)
    assert every(runtime, FormerAddress) == []
    wanted = {canonical_url(publisher.url(path)) for path in ("/story", "/news/story")}
    assert {row.canonical_url for row in every(runtime, Document)} == wanted


def test_evidence_that_cites_the_old_address_is_tied_to_the_moved_document(summary, publisher, clock):
    import_campaign(summary, FILE)
    old = canonical_url(publisher.url("/story"))
    move(publisher)
    serve(publisher, "/news/story")
    fetch_whole_pages(summary)
    with writing(summary.engine) as session:
        [row] = session.exec(select(CampaignObject).limit(1))
        cited = {"canonical_url": old, "url": old, "field": "title", "value": "x", "read_by": "us", "chosen": True}
        imports.evidence(session, row.id, [cited], "us", clock())
        [tied] = session.exec(select(Evidence).where(Evidence.canonical_url == old))
        assert tied.document_id == every(summary, Document)[0].id
        [known] = [found for found in linkables.linkables(session) if found.object_id == row.id]
        assert {old, canonical_url(publisher.url("/news/story"))} <= known.addresses

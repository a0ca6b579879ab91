"""Pages to be fetched whole: asked for, claimed by one worker, done, put off, left for good."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import NOW
from tracker.models.document import LinkedPage
from tracker.store import pages
from tracker.store.pages import MOST_TRIES, NEVER, Wanted

URL = "https://paper.example/story"
HOUR = timedelta(hours=1)


@pytest.fixture
def number(session) -> int:
    """A document whose page is wanted."""
    found = factories.document(session, "A story").id
    pages.want(session, {found: URL}, NOW)
    return found


def claim(session, *, now=NOW, holder: str = "us", limit: int = 10) -> list[Wanted]:
    return pages.claim(session, now=now, holder=holder, seconds=300, limit=limit)


def test_a_page_is_claimed_with_its_documents_title_by_one_worker_alone(session, number):
    [row] = claim(session)
    assert (row.document_id, row.url, row.title, row.tries) == (number, URL, "A story", 0)
    assert claim(session, holder="them") == []
    assert pages.held(session, number, "us")
    assert not pages.held(session, number, "them")


def test_a_page_whose_worker_died_is_taken_over(session, number):
    claim(session, holder="dead")
    later = NOW + timedelta(minutes=6)
    assert [row.document_id for row in claim(session, now=later)] == [number]
    assert (pages.held(session, number, "dead"), pages.held(session, number, "us")) == (False, True)


def test_what_is_done_is_forgotten(session, number):
    claim(session)
    pages.done(session, number)
    assert list(pages.waiting(session)) == []
    assert not pages.held(session, number, "us")
    assert claim(session, now=NOW + timedelta(days=9)) == []


def test_no_more_than_asked_for_are_claimed_and_none_that_is_not_due(session):
    numbers = [factories.document(session, f"Story {n}").id for n in range(5)]
    pages.want(session, dict.fromkeys(numbers[:3], URL), NOW)
    pages.want(session, dict.fromkeys(numbers[3:], URL), NOW + HOUR)
    assert [row.document_id for row in claim(session, limit=2)] == numbers[:2]
    assert [row.document_id for row in claim(session)] == [numbers[2]]
    assert claim(session) == []


def test_a_page_that_is_not_to_be_had_is_tried_again_and_in_the_end_left_for_good(session, number):
    now = NOW
    for tries in range(1, MOST_TRIES + 1):
        assert [row.tries for row in claim(session, now=now)] == [tries - 1]
        pages.put_off(session, number, now + HOUR, f"try {tries}", again=True)
        session.flush()
        assert claim(session, now=now + HOUR - timedelta(seconds=1)) == []
        now += HOUR
    assert claim(session, now=now + timedelta(days=9999)) == []
    [row] = pages.waiting(session)
    assert (row.tries, row.due_at, row.last_error, row.leased_by) == (MOST_TRIES, NEVER, f"try {MOST_TRIES}", "")


def test_a_page_that_will_never_be_to_be_had_is_left_at_once(session, number):
    claim(session)
    pages.put_off(session, number, NOW + HOUR, "404", again=False)
    session.flush()
    assert claim(session, now=NOW + timedelta(days=9999)) == []


def test_a_page_that_is_wanted_again_starts_again_and_its_former_worker_has_lost_it(session, number):
    """Its document was edited while the page was being fetched."""
    claim(session)
    pages.put_off(session, number, NOW + HOUR, "404", again=False)
    claim(session)
    pages.want(session, {number: f"{URL}?2"}, NOW + HOUR)
    session.expire_all()
    assert not pages.held(session, number, "us")
    [row] = claim(session, now=NOW + HOUR)
    assert (row.document_id, row.url, row.tries) == (number, f"{URL}?2", 0)


def test_more_pages_than_a_statement_holds_are_wanted_at_once(session):
    numbers = [factories.document(session, f"Story {n}").id for n in range(1100)]
    pages.want(session, dict.fromkeys(numbers, URL), NOW)
    pages.want(session, dict.fromkeys(numbers, URL), NOW)
    assert len(pages.waiting(session)) == 1100


def test_a_page_goes_with_its_document(session, number):
    claim(session)
    document = session.get_one(factories.documents.Document, number)
    session.delete(document)
    session.flush()
    assert session.exec(select(LinkedPage.url)).all() == []

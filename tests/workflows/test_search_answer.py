"""Looking again for an answer: what may be one is shown, what cannot be is not, and the search is kept with its day."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.vocab import EventType, LinkState, Relation
from tracker.models.correspondence import ResponseSearch
from tracker.models.document import Mention, Sighting, Source
from tracker.settings import Settings
from tracker.store.engine import reading, writing
from tracker.workflows.project import verify
from tracker.workflows.runtime import Runtime
from tracker.workflows.search_answer import look, record_search

LETTER = "letter-one"


@pytest.fixture
def archive(engine):
    with writing(engine) as session:
        company = make.organization(session, "amazon", name="Amazon")
        letter = make.letter(session, LETTER, sent="2019-02-01", recipients=[company])

        def told(title, *, kind=EventType.COMPANY_RESPONSE, published="2019-03-01", publisher="The Example", names=""):
            document = make.document(session, title, url=f"https://example.org/{title}", published=published,
                                     publisher=publisher)  # fmt: skip
            document.event_type = kind
            if names:
                make.add(session, Mention(document_id=document.id, entity=names, entity_kind="organization",
                                          name=names, start=0, end=1))  # fmt: skip
            return document

        own = told("own word", publisher="Amazon")
        told("reported", names="amazon", published="2019-04-01")
        told("before it was sent", names="amazon", published="2019-01-01")
        told("of somebody else", names="rival")
        told("no answer at all", names="amazon", kind=EventType.VOTE_RESULT)
        rejected = told("rejected", names="amazon")
        make.link(session, rejected, letter.id, relation=Relation.RESPONDS_TO, state=LinkState.REJECTED)
        known = told("on record", names="amazon")
        answer = make.response(session, "another-answer", company=company)
        make.link(session, known, answer.id)
        linked = told("linked", kind=EventType.COMMENTARY)
        make.link(session, linked, letter.id, relation=Relation.RESPONDS_TO, state=LinkState.SUGGESTED)
        source = make.add(session, Source(
            name="amazon-news", reader="feed", title="Amazon's newsroom", url="https://amazon.example/feed",
            due_at=make.NOW, last_ok_at=make.NOW - timedelta(days=3), failing_since=make.NOW - timedelta(days=2),
        ))  # fmt: skip
        make.add(session, Sighting(source_id=source.id, document_id=own.id, key="1", content_hash="1",
                                   first_seen_at=make.NOW))  # fmt: skip
    return Runtime(Settings(), engine, clock=lambda: make.NOW)


def searches(runtime):
    with reading(runtime.engine) as session:
        return list(session.exec(select(ResponseSearch)))


def test_what_may_be_the_answer_is_shown_and_where_was_looked(archive):
    looked = look(archive, LETTER)
    assert [document.title for document in looked.candidates] == ["linked", "reported", "own word"]
    assert looked.where == (
        "this archive (7 relevant documents since 2019-02-01); "
        "Amazon's newsroom (last answered 20 Nov 2026, failing since 21 Nov 2026)"
    )
    assert searches(archive) == []
    with pytest.raises(NotFoundError, match="nowhere"):
        look(archive, "nowhere")


def test_the_search_is_kept_with_its_day_its_places_and_what_came_of_it(archive):
    seen = look(archive, LETTER).seen
    record_search(archive, LETTER, seen=seen, found=False, by="Ann", elsewhere=" the company's blog, by hand ")
    record_search(archive, LETTER, seen=seen, found=True, by="Bob")
    first, second = searches(archive)
    assert (first.searched_on, first.found, second.found) == (make.NOW.date(), False, True)
    assert first.where.startswith("this archive (7")
    assert first.where.endswith("; the company's blog, by hand")
    assert verify(archive).difference.touched == 0


def test_what_came_since_the_page_was_opened_is_looked_at_first(archive):
    with pytest.raises(ConflictError, match="Something came since"):
        record_search(archive, LETTER, seen=look(archive, LETTER).seen[1:], found=False, by="Ann")
    assert searches(archive) == []

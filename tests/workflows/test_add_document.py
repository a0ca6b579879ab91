"""Documents handed in by a person."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.workflows.feeds import GARDEN, RELEVANT, rss, story
from tests.workflows.test_exchange import FILE
from tracker.domain.errors import InputError
from tracker.domain.vocab import DocumentKind, DocumentState
from tracker.models.document import Body, Document, DocumentVersion, Source
from tracker.store import sources
from tracker.store.engine import reading, writing
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.collect import collect
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify

GIVEN = Given(
    RELEVANT.encode(), "7 February 2019", "Police use Rekognition", "The Paper", "https://paper.example/story/1"
)


def every(runtime, table):
    with reading(runtime.engine) as session:
        return list(session.exec(select(table)))


def test_a_document_is_kept_judged_linked_and_told(runtime):
    import_campaign(runtime, FILE)
    done = add_document(runtime, GIVEN)
    assert (done.document.state, str(done.document.published)) == (DocumentState.RELEVANT, "2019-02-07")
    assert {"Amazon", "Rekognition", "ACLU"} <= set(done.names)
    assert done.counts.new == 1
    words = done.words()
    assert words.startswith(f"document {done.document.id}: Police use Rekognition\n  relevant (")
    assert "names: ACLU, Amazon" in words
    assert verify(runtime).difference.touched == 0


def test_the_same_again_is_kept_once(runtime):
    first = add_document(runtime, GIVEN)
    again = add_document(runtime, GIVEN)
    assert (again.document.id, again.counts.same, again.counts.new) == (first.document.id, 1, 0)
    assert len(every(runtime, Document)) == len(every(runtime, DocumentVersion)) == len(every(runtime, Body)) == 1


def test_a_page_that_a_feed_brought_is_recognised(runtime, publisher):
    with writing(runtime.engine) as session:
        url = publisher.serve("/paper", rss(story(1)))
        sources.sync(session, [{"name": "paper", "reader": "feed", "url": url, "every_seconds": 60}], runtime.clock())
    collect(runtime)
    done = add_document(runtime, replace(GIVEN, title=story(1).title))
    assert done.counts.seen_elsewhere == 1
    assert len(every(runtime, Document)) == 1


def test_what_is_about_something_else_is_kept_and_said_to_be_so(sqlite_runtime):
    done = add_document(sqlite_runtime, replace(GIVEN, body=GARDEN.text.encode(), title="The garden show"))
    assert done.document.state is DocumentState.SCREENED
    assert "screened: " in done.words()


def test_the_source_of_what_is_handed_in_is_never_asked(runtime, clock):
    add_document(runtime, GIVEN)
    [source] = every(runtime, Source)
    assert (source.name, source.paused) == ("by-hand", True)
    clock.forward(days=365 * 3)
    assert collect(runtime).sources == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"One.\n\nTwo <b> & three.", "One.\n\nTwo <b> & three."),
        (b"<html><body><p>One.</p><script>alert(1)</script><p>Two.</p></body></html>", "One.\n\nTwo."),
        ("\ufeffCafé.".encode(), "Café."),
    ],
)
def test_text_and_html_are_both_read(sqlite_runtime, body, text):
    add_document(sqlite_runtime, replace(GIVEN, body=body))
    [version] = every(sqlite_runtime, DocumentVersion)
    assert [line for line in version.text.split("\n") if line] == [line for line in text.split("\n") if line]
    assert "<script" not in version.html


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_may_be_given(sqlite_runtime, kind):
    assert add_document(sqlite_runtime, replace(GIVEN, kind=kind.value)).document.kind is kind


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"published": "5/6/2018"}, "reading '5/6/2018' as a date"),
        ({"published": ""}, "as a date"),
        ({"body": b""}, "the file holds no text"),
        ({"body": b" \n\t "}, "the file holds no text"),
        ({"body": b"\x00\x01binary"}, "the file holds no text"),
        ({"body": "Café".encode("latin-1")}, "the file is not UTF-8 text"),
        ({"body": b"\x89PNG\r\n\x1a\n"}, "the file is not UTF-8 text"),
        ({"body": RELEVANT.encode("utf-16")}, "the file is not UTF-8 text"),
        ({"title": "  "}, "the title is empty"),
        ({"kind": "rumour"}, "no kind 'rumour'; there are news, statement"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(sqlite_runtime, more, said):
    with pytest.raises(InputError, match=said) as caught:
        add_document(sqlite_runtime, replace(GIVEN, **more))
    assert "\n" not in str(caught.value)
    assert every(sqlite_runtime, Document) == every(sqlite_runtime, Body) == []

"""Documents handed in by a person."""

import zlib
from dataclasses import replace

import pytest

from tests import runtimes
from tests.sources.test_pdf_text import lines, pdf
from tests.workflows.campaign_files import FILE
from tests.workflows.collecting import every
from tests.workflows.feeds import GARDEN, RELEVANT, rss, story
from tracker.domain.errors import InputError
from tracker.domain.vocab import DocumentKind, DocumentState
from tracker.models.document import Body, Document, DocumentVersion, Source
from tracker.store import sources
from tracker.store.engine import writing
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.collect import collect
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify

GIVEN = Given(
    RELEVANT.encode(), "7 February 2019", "Police use Rekognition", "The Paper", "https://paper.example/story/1"
)


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
        ("Café.".encode("latin-1"), "Café."),
        ("Café.".encode("utf-16"), "Café."),
    ],
)
def test_text_and_html_are_both_read(sqlite_runtime, body, text):
    add_document(sqlite_runtime, replace(GIVEN, body=body))
    [version] = every(sqlite_runtime, DocumentVersion)
    assert [line for line in version.text.split("\n") if line] == [line for line in text.split("\n") if line]
    assert "<script" not in version.html


@pytest.fixture
def apart(sqlite_database, tmp_path):
    """A runtime that reads in a process of its own, as an installation does, with little time."""
    with runtimes.opened(sqlite_database, tmp_path, read_processes=2, read_seconds=1) as runtime:
        yield runtime


SAID = "The board of Example Stores answered the letter of its shareholders on Thursday."
MORE = "It says that no camera will be sold to the police of Larkmere before an independent report. The investors had"
LAST = "asked for a report in the spring, and they call the answer a beginning that leaves much to be decided."
NEWS = f"""<html><head><title>A headline</title><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2019-02-07T10:00:00Z"></head><body>
<article><p>{SAID}</p><p>{MORE} {LAST}</p></article></body></html>"""


def test_what_is_read_in_a_process_is_kept_as_what_is_read_on_the_spot(apart, sqlite_runtime):
    body = pdf(lines(RELEVANT[:90]), lines("It is signed by forty groups."))
    there = add_document(apart, replace(GIVEN, body=body)).document
    assert (there.title, there.publisher, str(there.published)) == (GIVEN.title, "The Paper", "2019-02-07")
    here = add_document(sqlite_runtime, replace(GIVEN, body=body))
    assert here.counts.same == 1


def test_what_a_page_says_of_itself_is_taken_and_what_a_person_says_wins(apart):
    own = add_document(apart, Given(NEWS.encode())).document
    assert (own.title, own.publisher, str(own.published)) == ("A headline", "The Paper", "2019-02-07")
    said = add_document(apart, Given(NEWS.encode(), "May 2018", "Mine", "The Hill")).document
    assert (said.title, said.publisher, str(said.published), said.published_at) == (
        *("Mine", "The Hill", "2018-05"),
        None,
    )


def test_a_page_that_begins_with_its_title_has_one_and_a_text_or_pdf_has_none(sqlite_runtime):
    page = NEWS.replace("A headline", SAID)
    assert add_document(sqlite_runtime, Given(page.encode())).document.title == SAID
    for body in (NEWS.replace("<title>A headline</title>", "").encode(), RELEVANT.encode(), pdf(lines(RELEVANT[:90]))):
        with pytest.raises(InputError, match="it does not say its title; say it with --title"):
            add_document(sqlite_runtime, Given(body, "2019", "", "The Paper"))


def test_a_fragment_that_somebody_pasted_is_read_in_the_process_too(apart):
    add_document(apart, replace(GIVEN, body=b"<p>One.</p><script>alert(1)</script><p>Two.</p>"))
    [version] = every(apart, DocumentVersion)
    assert (version.text.split(), "<script" in version.html) == (["One.", "Two."], False)


def test_a_file_made_to_take_for_ever_is_refused_in_a_sentence_and_nothing_is_kept(tmp_path, sqlite_database):
    """A small file whose one packed stream is every page's content."""
    stream = zlib.compress(b"BT /F1 10 Tf " + b"(A word of many) Tj 0 1 Td " * 2_000_000 + b"ET", 9)
    packed = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
    body = pdf(*[b""] * 20).replace(b"<< /Length 0 >>\nstream\n\nendstream", packed, 1)
    first = body.index(b"/Contents 6 0 R")
    body = body[:first] + body[first:].replace(b"/Contents ", b"/Contents 6 0 R %")
    with runtimes.opened(sqlite_database, tmp_path, read_processes=1, read_seconds=0.5, read_megabytes=700) as runtime:
        add_document(runtime, GIVEN)
        with pytest.raises(InputError) as caught:
            add_document(runtime, replace(GIVEN, body=body))
        assert "nothing of it is kept: give its text" in str(caught.value)
        assert len(every(runtime, Document)) == len(every(runtime, Body)) == 1


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_may_be_given(sqlite_runtime, kind):
    assert add_document(sqlite_runtime, replace(GIVEN, kind=kind.value)).document.kind is kind


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"published": "5/6/2018"}, "reading '5/6/2018' as a date"),
        ({"published": ""}, "it does not say when it was published; say it with --published"),
        ({"publisher": ""}, "it does not say its publisher; say it with --publisher"),
        ({"body": b""}, "it holds no text"),
        ({"body": b" \n\t "}, "it holds no text"),
        ({"body": b"\x00\x01binary"}, "neither a page, nor text, nor a PDF"),
        ({"body": b"\x89PNG\r\n\x1a\n"}, "neither a page, nor text, nor a PDF"),
        ({"kind": "rumour"}, "no kind 'rumour'; there are news, statement"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(sqlite_runtime, more, said):
    with pytest.raises(InputError, match=said) as caught:
        add_document(sqlite_runtime, replace(GIVEN, **more))
    assert "\n" not in str(caught.value)
    assert every(sqlite_runtime, Document) == every(sqlite_runtime, Body) == []

"""A document is put to an object by address, file or text; what is known is found, what cannot be read is refused."""

import pytest
from sqlmodel import select

from tests import factories as make
from tests.sources.test_pdf_text import lines, pdf
from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import DocumentState, LinkState, Relation
from tracker.models.document import Body, Document
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.store.engine import reading, writing
from tracker.workflows.attach import MOST_BYTES, AttachError, Attachment, attach
from tracker.workflows.project import verify
from tracker.workflows.publish_document import withdraw_document

ANN = "Ann"
TEXT = "The sheriff of Larkmere County bought ninety cameras.\n\nNobody was told of it before Tuesday."
SAID = {"title": "Sheriff buys cameras", "publisher": "The Daily Example", "published": "2019-03-01"}
HTML = (
    b"<html><body><article><h1>Sheriff buys</h1><p>The sheriff bought ninety cameras in spring, and nobody knew of it. "
    b"The county had not been asked, and learned of it from a newspaper, said two of its members on Tuesday.</p>"
    b"<p>They want to know what the cameras are for, how long pictures are kept, and who may look at them.</p>"
    b"</article></body></html>"
)
PDF = pdf(lines("The sheriff bought ninety cameras."))


@pytest.fixture
def archive(runtime):
    """An archive with one letter."""
    with writing(runtime.engine) as session:
        make.letter(session, "letter", campaign=make.campaign(session))
    return runtime


def all_of(runtime, table):
    with reading(runtime.engine) as session:
        return list(session.exec(select(table)))


def given(**how):
    return Attachment(**{"relation": "reports_on", **SAID, **how})


@pytest.mark.parametrize(
    "how",
    [{"pasted": TEXT}, {"body": TEXT.encode()}, {"body": HTML}, {"body": PDF},
     {"body": TEXT.encode("utf-16")}, {"pasted": "<p>The sheriff bought <script>alert(1)</script>cameras.</p>"}],
)  # fmt: skip
def test_a_file_or_a_text_is_kept_shown_and_tied_to_the_object(archive, how):
    done = attach(archive, "letter", given(**how), by=ANN)
    [document] = all_of(archive, Document)
    assert (done.document_id, done.known, document.state) == (document.id, "", DocumentState.RELEVANT)
    [link] = all_of(archive, Link)
    assert (link.relation, link.state, link.decided_by) == (Relation.REPORTS_ON, LinkState.CONFIRMED, ANN)
    assert {row.document_id for row in all_of(archive, Event)} == {None, document.id}
    assert verify(archive).difference.touched == 0


def test_an_address_is_fetched_once_and_found_again(archive, publisher):
    url = publisher.serve("/story", HTML, content_type="image/png")  # what the bytes are decides
    first = attach(archive, "letter", given(url=url), by=ANN)
    again = attach(archive, "letter", given(url=f"{url}?utm_source=x", relation="cites"), by="Ben")
    assert (first.known, again.known, again.document_id) == ("", "address", first.document_id)
    assert len(publisher.asked("/story")) == 1
    assert [row.relation for row in all_of(archive, Link)] == [Relation.CITES]


def test_the_same_bytes_under_another_title_are_the_same_document(archive):
    first = attach(archive, "letter", given(body=TEXT.encode()), by=ANN)
    again = attach(archive, "letter", given(body=TEXT.encode(), title="Another title"), by=ANN)
    assert (again.document_id, again.known) == (first.document_id, "bytes")


@pytest.mark.parametrize(
    ("how", "field", "said"),
    [
        ({}, "url", "give an address, a file or a text"),
        ({"pasted": "a", "body": b"b"}, "file", "not several"),
        ({"pasted": TEXT, "relation": "?"}, "relation", "how the document bears"),
        ({"url": "no address"}, "url", "write it whole"),
        ({"url": "http://10.0.0.1/secret"}, "url", "10.0.0.1"),
        ({"body": b"\x89PNG\r\n\x1a\n" + bytes(99)}, "file", "neither a page, nor text, nor a PDF"),
        ({"body": b"PK\x03\x04" + bytes(range(99))}, "file", "neither a page, nor text, nor a PDF"),
        ({"body": bytes(100)}, "file", "neither a page, nor text, nor a PDF"),
        ({"body": bytes(MOST_BYTES + 1)}, "file", "10 million are the most"),
        ({"body": pdf(lines("Secret."), encrypt=True)}, "file", "encrypted"),
        ({"body": b"%PDF-1.7 broken"}, "file", "PDF"),
        ({"pasted": TEXT, "published": ""}, "published", "when it was published"),
        ({"pasted": TEXT, "publisher": ""}, "publisher", "its publisher"),
        ({"pasted": TEXT, "published": "soon"}, "published", "soon"),
    ],
)
def test_what_cannot_be_had_is_said_beside_its_field_and_nothing_is_kept(archive, how, field, said):
    with pytest.raises(AttachError, match=said) as refused:
        attach(archive, "letter", given(**how), by=ANN)
    assert refused.value.field == field
    assert (all_of(archive, Document), all_of(archive, Body), all_of(archive, Link)) == ([], [], [])


def test_a_withdrawn_document_is_not_shown_again_by_the_way(archive):
    done = attach(archive, "letter", given(pasted=TEXT), by=ANN)
    withdraw_document(archive, done.document_id, by=ANN, reason="a forgery")
    with pytest.raises(AttachError, match="bring it back first"):
        attach(archive, "letter", given(pasted=TEXT), by=ANN)


def test_nothing_is_put_to_an_object_that_is_not_there(archive):
    with pytest.raises(NotFoundError):
        attach(archive, "nobody", given(pasted=TEXT), by=ANN)
    assert all_of(archive, Document) == []

"""What a program may add with a token: documents, and decisions on what was suggested."""

from typing import Annotated

from flask import Response
from flask_openapi3.models.tag import Tag
from pydantic import AfterValidator, Field

from tracker.domain.accounts import Scope
from tracker.domain.errors import FetchError, InputError, NotFoundError
from tracker.domain.vocab import DocumentKind, EventType, Relation, Verdict
from tracker.store import archive
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.api.acting import REFUSALS, SECURED, acting, scoped
from tracker.web.api.base import Query, bp, told
from tracker.web.shapes.base import Shape
from tracker.web.shapes.documents import Document
from tracker.workflows.add_document import Added, Given, add_address, add_document
from tracker.workflows.decide import Said, decide

WRITING = Tag(name="Writing", description="What a program may add with a token, in the name of whose it is")
LONGEST_TEXT = 1_000_000


def _whole(text: str) -> str:
    """Refuse what no database takes."""
    if "\0" in text:
        raise ValueError("it holds the character U+0000")
    return text


Text = Annotated[str, AfterValidator(_whole)]


class NewDocument(Query):
    """A document, by its address or as its text."""

    url: Text = Field("", max_length=2000, description="Where it stands; it is fetched unless its text is given")
    text: Text = Field("", max_length=LONGEST_TEXT, description="Its text or HTML, where it is not to be fetched")
    title: Text = Field("", max_length=500, description="Its title, where it does not say one")
    publisher: Text = Field("", max_length=200, description="Who published it, where it does not say so")
    published: Text = Field(
        "", max_length=60, description="When, such as 2019-05-22 or May 2019, where it does not say"
    )
    kind: DocumentKind = Field(DocumentKind.NEWS, description="What it is")


class NewDecision(Query):
    """What somebody says of a document, or of its link to an object."""

    document_id: int = Field(ge=1, lt=2**31, description="The document's number")
    verdict: Verdict = Field(description="What is said")
    object: Text = Field("", max_length=120, description="The object's name in addresses, for a verdict on a link")
    relation: Relation | None = Field(None, description="The right relation, where the one suggested is wrong")
    event_type: EventType | None = Field(None, description="What the document tells of, with the verdict event_type")
    note: Text = Field("", max_length=2000, description="Why")


class Decided(Shape):
    """A decision that was kept."""

    id: int = Field(description="Its number")
    document_id: int = Field(description="The document's number")
    verdict: Verdict = Field(description="What was said")
    by: str = Field(description="Who said it: the public name of the token's owner")


@bp.post("/documents", summary="Add a document", tags=[WRITING], responses={201: Document, **REFUSALS}, **SECURED)
@scoped(Scope.DOCUMENTS)
def add(body: NewDocument) -> tuple[Response, int]:
    """Keep a document and link it as a collected one is. The same bytes with the same title are kept once.

    Give `url`, `text`, or both: the text then stands for what the address holds. It takes the scope `documents`.
    """
    added = _added(body)
    with pages.reading() as session:
        found = archive.page(session, added.document.id or 0)
    if found is None:
        raise MissingPage("The document that was added is no longer there.")
    return told(Document.of(found)), 201


def _added(body: NewDocument) -> Added:
    said = {"published": body.published, "title": body.title, "publisher": body.publisher, "kind": body.kind.value}
    if body.text.strip():
        return add_document(pages.runtime(), Given(body=body.text.encode(), url=body.url or None, **said))
    if not body.url:
        raise InputError("A document needs its address (url) or its text.")
    try:
        return add_address(pages.runtime(), body.url, **said)
    except FetchError as error:
        raise InputError(f"{body.url} could not be had: {error}. Give its text instead.") from error


@bp.post("/decisions", summary="Decide", tags=[WRITING], responses={201: Decided, **REFUSALS}, **SECURED)
@scoped(Scope.DECISIONS)
def say(body: NewDecision) -> tuple[Response, int]:
    """Keep what is said of a document or of a suggested link, and act on it at once. It takes the scope `decisions`."""
    said = Said(
        verdict=body.verdict, by=acting().name, object_slug=body.object, relation=body.relation,
        event_type=body.event_type, note=body.note,
    )  # fmt: skip
    try:
        kept = decide(pages.runtime(), body.document_id, said)
    except NotFoundError as error:
        raise MissingPage(str(error)) from error
    return told(Decided(id=kept.id or 0, document_id=body.document_id, verdict=kept.verdict, by=kept.decided_by)), 201

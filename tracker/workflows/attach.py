"""A document put to an object: by its address, as a file, or pasted. What is known already is found, and said.

What the bytes are decides how they are read, never what a file is called. Nothing is kept of what cannot be read.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session, select

from tracker.domain.canonical import canonical_url
from tracker.domain.dates import PartialDate
from tracker.domain.errors import FetchError, InputError
from tracker.domain.text import plural
from tracker.domain.vocab import DocumentKind, DocumentState, Relation, Verdict
from tracker.models.document import Document, DocumentVersion
from tracker.store import addresses, objects
from tracker.store.engine import reading
from tracker.workflows.add_document import Given, add_address, add_document
from tracker.workflows.decide import Said, decide
from tracker.workflows.runtime import Runtime

MOST_BYTES = 10_000_000
_LACKS = re.compile(r"it does not say (?P<what>.+?); say it with --(?P<name>\w+)")


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a person hands in: one of an address, the bytes of a file, and a text; and what they say of it."""

    relation: str
    url: str = ""
    body: bytes = b""
    pasted: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    kind: str = DocumentKind.NEWS.value


@dataclass(frozen=True, slots=True)
class Attached:
    """The document that was put to the object; `known` says by what the archive had it already, empty for a new one."""

    document_id: int
    title: str
    known: str


class AttachError(InputError):
    """What is wrong, and beside which field it belongs."""

    def __init__(self, field: str, said: str) -> None:
        """Keep the field's name: url, file, pasted, title, publisher, published, relation; "" for all of it."""
        super().__init__(said)
        self.field = field


def attach(runtime: Runtime, slug: str, given: Attachment, *, by: str) -> Attached:
    """Put a document to an object as confirmed by a person, adding it to the archive where it is new.

    Raises NotFoundError where there is no such object, AttachError naming the field for everything that is wrong.
    """
    relation = _relation(given.relation)
    way = _way(given)
    with reading(runtime.engine) as session:
        objects.by_slug(session, slug)
        known = _by_address(session, given.url) if way == "url" else _by_bytes(session, _bytes(given))
    found = known or _added(runtime, way, given)
    with reading(runtime.engine) as session:
        document = session.get_one(Document, found.document_id)
        state, title = document.state, document.title
    if state is DocumentState.WITHDRAWN:
        raise AttachError(
            way, f"the archive has it as document {found.document_id}, which was withdrawn; bring it back first"
        )
    if state is not DocumentState.RELEVANT:
        decide(runtime, found.document_id, Said(Verdict.RELEVANT, by, note="A person put it to an object."))
    decide(
        runtime, found.document_id, Said(Verdict.WRONG_RELATION, by, slug, relation, note="A person put it to this.")
    )
    return Attached(found.document_id, title, found.known)


def _relation(code: str) -> Relation:
    try:
        return Relation(code)
    except ValueError as error:
        raise AttachError("relation", "choose how the document bears on it") from error


def _way(given: Attachment) -> str:
    """Return the one way in which something was handed in."""
    ways = [
        name
        for name, there in (("url", given.url.strip()), ("file", given.body), ("pasted", given.pasted.strip()))
        if there
    ]
    if len(ways) != 1:
        said = (
            "give an address, a file or a text"
            if not ways
            else f"give one of the {plural(len(ways), 'way')}, not several"
        )
        raise AttachError(ways[0] if ways else "url", said)
    if len(_bytes(given)) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        found = len(_bytes(given)) // 1_000_000
        said = f"it has {found} million bytes, and {most} million are the most; give the part that matters"
        raise AttachError(ways[0], said)
    return ways[0]


def _bytes(given: Attachment) -> bytes:
    return given.body or given.pasted.strip().encode()


def _by_address(session: Session, url: str) -> Attached | None:
    address = canonical_url(url.strip())
    if address is None:
        raise AttachError("url", "that is no address; write it whole: https://…")
    number = addresses.of(session, [address]).get(address)
    return Attached(number, "", "address") if number is not None else None


def _by_bytes(session: Session, body: bytes) -> Attached | None:
    query = select(DocumentVersion.document_id).where(DocumentVersion.body_hash == sha256(body).hexdigest())
    number = session.exec(query.order_by(DocumentVersion.document_id).limit(1)).first()  # type: ignore[arg-type]
    return Attached(number, "", "bytes") if number is not None else None


def _added(runtime: Runtime, way: str, given: Attachment) -> Attached:
    said = {"published": _day(given.published), "title": given.title.strip(), "publisher": given.publisher.strip()}
    try:
        if way == "url":
            added = add_address(runtime, given.url.strip(), **said, kind=given.kind)
        else:
            added = add_document(runtime, Given(_bytes(given), **said, kind=given.kind))
    except FetchError as error:
        raise AttachError("url", str(error)) from error
    except InputError as error:
        raise _beside(way, error) from error
    return Attached(
        added.document.id or 0, added.document.title, "" if added.counts.new or added.counts.screened else "text"
    )


def _beside(way: str, error: InputError) -> AttachError:
    """Return an error told beside the field that mends it."""
    lacks = _LACKS.search(str(error))
    if lacks is not None:
        return AttachError(lacks["name"], f"it does not say {lacks['what']}: fill it in here")
    return AttachError(way, str(error).partition(": ")[2] or str(error))


def _day(typed: str) -> str:
    """Return a day as it was typed; raises AttachError for one that is none."""
    try:
        return typed.strip() and str(PartialDate.parse(typed.strip()))
    except (ValueError, InputError) as error:
        raise AttachError("published", f"it cannot be read as a date: {error}") from error

"""The XML documents in a file that may be too large to hold: plain, gzipped, or a full submission's SGML envelope.

Nothing is kept but the piece at hand. A document with a DTD is refused, which leaves no entities to expand or to fetch.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from lxml import etree

from tracker.domain.errors import InputError, ParseError

MOST_BYTES = 2 * 2**30
_PIECE = 2**18
_GZIP = b"\x1f\x8b"
_ENVELOPE = re.compile(rb"<(?:(?:SEC|IMS)-(?:DOCUMENT|HEADER)|SUBMISSION|DOCUMENT|TYPE)>|-----BEGIN PRIVACY-ENHANCED")
_OPENED, _CLOSED = b"<XML>", b"</XML>"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class XmlPart:
    """One XML document: the name of its root, with the namespace apart, and its bytes in pieces, to be read once."""

    namespace: str
    root: str
    pieces: Iterator[bytes]


def unpacked(pieces: Iterable[bytes], most: int = MOST_BYTES) -> Iterator[bytes]:
    """Yield a file's bytes, gunzipped when it is gzip, in pieces of at most 256 KiB.

    Raises InputError when the gzip data is damaged or ends too early, and beyond `most` unpacked bytes.
    """
    stream = iter(pieces)
    start = b""
    for piece in stream:
        start += piece
        if len(start) >= len(_GZIP):
            break
    told = 0
    for piece in (_gunzipped if start.startswith(_GZIP) else _cut)(chain([start], stream)):
        told += len(piece)
        if told > most:
            raise InputError(f"reading the file: it has more than {most // 2**20:,} MiB; split it, or fetch it again")
        yield piece


def xml_parts(pieces: Iterable[bytes]) -> Iterator[XmlPart]:
    """Yield the XML documents of a file in their order; none for a submission that holds no XML.

    What is left unread of one is passed over before the next. Raises ParseError for what is no XML, for a document with
    a DTD, and for one that has no root element within its first 256 KiB.
    """
    stream = iter(pieces)
    start = _filled(stream)
    if not start.strip():
        raise ParseError("reading the votes: the file is empty; fetch it again")
    if _is_envelope(start):
        yield from _enclosed(chain([start], stream))
    else:
        yield _part(start, stream)


def _is_envelope(start: bytes) -> bool:
    first = start.lstrip()[:4096]
    found = _ENVELOPE.search(first)
    return found is not None and not first.startswith((b"<?xml", *_MARKS)) and b"<?xml" not in first[: found.start()]


def _cut(stream: Iterable[bytes]) -> Iterator[bytes]:
    for piece in stream:
        yield from (piece[place : place + _PIECE] for place in range(0, len(piece), _PIECE))


def _gunzipped(stream: Iterable[bytes]) -> Iterator[bytes]:
    reader = zlib.decompressobj(wbits=31)
    try:
        for piece in stream:
            rest = piece
            while rest:
                if reader.eof:  # gzip files may follow each other; what is padding after the last one is none
                    rest = rest.lstrip(b"\0")
                    if not rest:
                        break
                    reader = zlib.decompressobj(wbits=31)
                yield reader.decompress(rest, _PIECE)
                rest = reader.unconsumed_tail or reader.unused_data
            while not reader.eof and (more := reader.decompress(b"", _PIECE)):
                yield more
    except zlib.error as error:
        raise InputError(f"unpacking the gzip file: {error}; fetch it again") from error
    if not reader.eof:
        raise InputError("unpacking the gzip file: it ends too early; fetch it again")


def _filled(stream: Iterator[bytes]) -> bytes:
    """Return the first 256 KiB, or all there is."""
    start = bytearray()
    for piece in stream:
        start += piece
        if len(start) >= _PIECE:
            break
    return bytes(start)


def _enclosed(stream: Iterator[bytes]) -> Iterator[XmlPart]:
    """Yield what stands between <XML> and </XML>."""
    rest = b""
    while True:
        before = _Until(_OPENED, chain([rest], stream))
        for _ in before:
            pass
        if not before.found:
            return
        inner = _Until(_CLOSED, chain([before.rest], stream))
        document = iter(inner)
        yield _part(_filled(document).lstrip(), document)
        for _ in document:
            pass
        if not inner.found:
            raise ParseError("reading the submission: it ends within a document (no </XML>); fetch it again")
        rest = inner.rest


class _Until:
    """The pieces of a stream up to a mark; `found` and `rest`, what follows it in its piece, are known at the end."""

    def __init__(self, mark: bytes, stream: Iterator[bytes]) -> None:
        self.mark, self.stream, self.found, self.rest = mark, stream, False, b""

    def __iter__(self) -> Iterator[bytes]:
        held = b""  # the mark may stand across two pieces
        for piece in self.stream:
            held += piece
            place = held.find(self.mark)
            if place >= 0:
                self.found, self.rest = True, held[place + len(self.mark) :]
                yield held[:place]
                return
            keep = len(self.mark) - 1
            yield held[:-keep]
            held = held[-keep:]
        yield held


def _part(start: bytes, further: Iterator[bytes]) -> XmlPart:
    parser = safe_parser("start")
    try:
        parser.feed(start)
        root = next((element for _, element in parser.read_events()), None)
    except etree.XMLSyntaxError as error:
        # What is wrong behind the root is told when it is read, with how far that went.
        root = next((element for _, element in parser.read_events()), None)
        if root is None:
            raise ParseError(
                f"reading the votes: {_seen(start)}; N-PX votes are XML since 2024 ({error.msg})"
            ) from error
    if root is None:
        raise ParseError(f"reading the votes: {_seen(start)}; N-PX votes are XML since 2024")
    if root.getroottree().docinfo.internalDTD is not None:
        raise ParseError("reading the votes: the XML has a DTD, which no N-PX filing has: it is not read")
    # Not etree.QName: it refuses a prefix that stands for nothing, which a damaged document may have.
    namespace, _, name = str(root.tag).rpartition("}")
    return XmlPart(namespace.lstrip("{"), name, chain([start], further))


def safe_parser(event: Literal["start", "end"], tag: str | None = None) -> "etree.XMLPullParser[Any]":
    """Return a parser that is fed in pieces, fetches nothing, expands nothing, and bounds depth and length of text."""
    return etree.XMLPullParser(
        events=(event,),
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _seen(start: bytes) -> str:
    if start.startswith(b"%PDF"):
        return "the file is a PDF"
    if re.search(rb"<html|<!doctype html", start[:4096], re.IGNORECASE):
        return "the file is an HTML page"
    return "the file is no XML"

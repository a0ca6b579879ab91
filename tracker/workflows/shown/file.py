"""Files on disk read as their source would be, storing nothing."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from tracker.domain.errors import InputError, ParseError
from tracker.ingest.feed_report import read_feed

MOST_BYTES = 10 * 1024 * 1024
MOST_FILING_BYTES = 64 * 1024 * 1024
GZIP = b"\x1f\x8b"


def unpacked(body: bytes, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file, gunzipped when it is gzip; raises InputError beyond `most` bytes or when damaged."""
    if body.startswith(GZIP):
        reader = zlib.decompressobj(wbits=31)
        try:
            body = reader.decompress(body, most + 1)
        except zlib.error as error:
            raise InputError(f"unpacking the gzip file: {error}; fetch it again") from error
        if not reader.eof and len(body) <= most:
            raise InputError("unpacking the gzip file: it ends too early; fetch it again")
    if len(body) > most:
        raise InputError(f"reading the file: it has more than {most // 2**20} MiB; nothing of that size is read here")
    return body


def filing_bytes(file: BinaryIO) -> bytes:
    """Return the bytes of a filing, gunzipped when it is gzip; raises InputError beyond 64 MiB or when damaged."""
    return unpacked(file.read(MOST_FILING_BYTES + 1), MOST_FILING_BYTES)


@contextmanager
def named(file: Path) -> Iterator[None]:
    """Let what goes wrong with a file be said with its name."""
    try:
        yield
    except (InputError, ParseError) as error:
        called = "standard input" if str(file) == "-" else file.name
        raise type(error)(f"{called}: {error}") from error


def feed_report(body: bytes, url: str, now: datetime) -> dict[str, Any]:
    """Return what would be stored of a feed: title, entries, warnings (docs/commands.md gives the shape)."""
    return read_feed(body, url, now)

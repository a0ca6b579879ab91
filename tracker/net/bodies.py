"""Reading the body of an answer: decoded, counted while it arrives, and no more of it than is wanted."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO, Final

from tracker.net.connection import Connection, OverdueError
from tracker.net.decoding import decoder_for
from tracker.net.faults import TROUBLE

_GLANCE_BYTES: Final = 64 * 1024
_GLANCE_SECONDS: Final = 3.0


async def read(
    answer: Connection, headers: Mapping[str, str], limit: int, into: BinaryIO | None = None
) -> tuple[BinaryIO, bool]:
    """Return the decoded body until it is larger than `limit` bytes, and whether that is all of it.

    It is written `into` an empty file where one is given, for what is too large to be held.
    Bytes as sent are counted as well. What follows compressed data is read too, so that a short answer is noticed and
    the connection can be used again. Raises one of faults.TROUBLE.
    """
    decoder = decoder_for(headers.get("content-encoding", ""))
    body = BytesIO() if into is None else into
    raw = 0
    while piece := await answer.readany():
        raw += len(piece)
        for decoded in (piece,) if decoder is None else decoder.feed(piece):
            body.write(decoded)
            if body.tell() > limit:
                return body, False
        if raw > limit:
            return body, False
    if decoder is not None:
        decoder.close()
    return body, True


async def glance(answer: Connection, headers: Mapping[str, str]) -> bytes:
    """Return the beginning of a page that came with a refusal; nothing when it cannot be had quickly."""
    try:
        async with asyncio.timeout(_GLANCE_SECONDS):
            body, _ = await read(answer, headers, _GLANCE_BYTES)
    except (*TROUBLE, OverdueError):
        return b""
    return beginning(body)


def beginning(body: BinaryIO) -> bytes:
    """Return the first bytes of a body, enough to know a page of refusal by."""
    body.seek(0)
    return body.read(_GLANCE_BYTES)

"""Undoing Content-Encoding piece by piece, so that a small answer can never grow large before somebody counted it.

100 MiB of blanks travel as 169 bytes of brotli. Each decoder here gives out at most `PIECE` bytes at a time and does
no more work until they are taken, so the caller stops a bomb after the first piece too many.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import IO, cast

import brotli
import zstandard

PIECE = 64 * 1024
ACCEPT_ENCODING = "gzip, deflate, br, zstd"
# RFC 9659: content coding "zstd" needs no more, and a frame that asks for more is out for our memory.
_ZSTD_WINDOW = 8 * 1024 * 1024
_MOST_CODINGS = 2

Pieces = Iterator[bytes]


class DecodingError(Exception):
    """The bytes are not what Content-Encoding says, or they end too early."""


def decode(pieces: Pieces, codings: Sequence[str]) -> Pieces:
    """Return `pieces` with the codings undone, the last applied first; raises DecodingError for one unknown to us."""
    known = [coding for coding in codings if coding not in {"", "identity"}]
    if len(known) > _MOST_CODINGS:
        raise DecodingError(f"it is encoded {len(known)} times")
    for coding in reversed(known):
        if coding not in _DECODERS:
            raise DecodingError(f"its content encoding {coding[:40]!r} is unknown to us")
        pieces = _DECODERS[coding](pieces)
    return pieces


def _inflate(pieces: Pieces, *, gzip: bool) -> Pieces:
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16) if gzip else None
    anything = False
    for piece in pieces:
        rest = piece
        while rest:
            if decoder is None:
                decoder = _deflate_decoder(rest)
            elif decoder.eof:
                if not gzip or rest[:2] != b"\x1f\x8b":
                    break  # padding after the end, which some servers add
                decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                yield decoder.decompress(rest, PIECE)
            except zlib.error as error:
                raise DecodingError(f"its compressed body is damaged ({error})") from error
            anything = True
            rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    if decoder is None or not anything:
        return  # an empty body in an envelope: some servers send it with 200
    yield decoder.flush()
    if not decoder.eof:
        raise DecodingError("its compressed body ends too early")


def _deflate_decoder(first: bytes) -> "zlib._Decompress":
    """Choose between the two things called deflate: with zlib's header as the standard says, and without as sent."""
    try:
        zlib.decompressobj().decompress(first[:2], 1)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    return zlib.decompressobj()


def _gunzip(pieces: Pieces) -> Pieces:
    return _inflate(pieces, gzip=True)


def _undeflate(pieces: Pieces) -> Pieces:
    return _inflate(pieces, gzip=False)


def _unbrotli(pieces: Pieces) -> Pieces:
    decoder = brotli.Decompressor()
    anything = False
    try:
        for piece in pieces:
            anything = anything or bool(piece)
            yield decoder.process(piece, output_buffer_limit=PIECE)
            while not decoder.can_accept_more_data():
                yield decoder.process(b"", output_buffer_limit=PIECE)
            if decoder.is_finished():
                break
    except brotli.error as error:
        raise DecodingError(f"its compressed body is damaged ({error})") from error
    if anything and not decoder.is_finished():
        raise DecodingError("its compressed body ends too early")


class _Reader:
    """Gives an iterator of pieces the `read` that zstandard asks for."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._kept = b""
        self.start = b""

    def read(self, size: int = -1) -> bytes:
        while not self._kept:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._kept = piece
        size = len(self._kept) if size < 0 else size
        given, self._kept = self._kept[:size], self._kept[size:]
        if len(self.start) < 18:  # the longest frame header
            self.start += given[:18]
        return given


def _unzstd(pieces: Pieces) -> Pieces:
    reader = _Reader(pieces)
    stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).stream_reader(
        cast("IO[bytes]", reader), read_across_frames=True
    )
    total = 0
    try:
        while piece := stream.read(PIECE):
            total += len(piece)
            yield piece
        if not reader.start:
            return
        promised = zstandard.frame_content_size(reader.start)
    except zstandard.ZstdError as error:
        raise DecodingError(f"its compressed body is damaged ({error})") from error
    # The library does not say whether the last frame was complete; the size that frames usually carry does.
    if total < promised or (total == 0 and promised != 0):
        raise DecodingError("its compressed body ends too early")


_DECODERS: dict[str, Callable[[Pieces], Pieces]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}

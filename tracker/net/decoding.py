"""Undoing Content-Encoding piece by piece, so that a small answer can never grow large before somebody counted it.

100 MiB of blanks travel as 169 bytes of brotli. A decoder is fed what came and gives it out in pieces of bounded size,
doing no more work until they are taken, so the caller stops a bomb after the first piece too many.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import brotli
import zstandard

PIECE = 64 * 1024
ACCEPT_ENCODING = "gzip, deflate, br, zstd"
# RFC 9659: content coding "zstd" needs no more, and a frame that asks for more is out for our memory.
_ZSTD_WINDOW = 8 * 1024 * 1024
# The library takes no limit on what one call gives out. Four bytes of zstd may stand for 128 KiB, so it is fed so
# little at a time that no call gives out more than 8 MiB.
_ZSTD_MOUTHFUL = 256
_MOST_CODINGS = 2


class DecodingError(Exception):
    """The bytes are not what Content-Encoding says, or they end too early."""


class Decoder(Protocol):
    """Undoes one coding. Both methods raise DecodingError."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` stands for; some of it may come with a later call."""
        ...

    def close(self) -> None:
        """Say that nothing more comes: an error when more was promised."""
        ...


class _Inflating:
    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 16) if gzip else None
        self._anything = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._decoder is None:
                self._decoder = _deflate_decoder(data)
            elif self._decoder.eof:
                if not self._gzip or data[:2] != b"\x1f\x8b":
                    return  # padding after the end, which some servers add
                self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
            self._anything = True
            try:
                yield self._decoder.decompress(data, PIECE)
            except zlib.error as error:
                raise DecodingError(f"its compressed body is damaged ({error})") from error
            data = self._decoder.unused_data if self._decoder.eof else self._decoder.unconsumed_tail

    def close(self) -> None:
        # An empty body in an envelope is no error: some servers send it with 200.
        if self._anything and self._decoder is not None and not self._decoder.eof:
            raise DecodingError("its compressed body ends too early")


def _deflate_decoder(first: bytes) -> "zlib._Decompress":
    """Choose between the two things called deflate: with zlib's header as the standard says, and without as sent."""
    try:
        zlib.decompressobj().decompress(first[:2], 1)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    return zlib.decompressobj()


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self._anything = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._decoder.is_finished():
            return
        self._anything = self._anything or bool(data)
        try:
            yield self._decoder.process(data, output_buffer_limit=PIECE)
            while not self._decoder.can_accept_more_data():
                yield self._decoder.process(b"", output_buffer_limit=PIECE)
        except brotli.error as error:
            raise DecodingError(f"its compressed body is damaged ({error})") from error

    def close(self) -> None:
        if self._anything and not self._decoder.is_finished():
            raise DecodingError("its compressed body ends too early")


class _Zstd:
    def __init__(self) -> None:
        self._library = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._frame: zstandard.ZstdDecompressionObj | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        start = 0
        while start < len(data):
            mouthful = data[start : start + _ZSTD_MOUTHFUL]
            start += len(mouthful)
            while mouthful:
                frame = self._frame = self._frame or self._library.decompressobj()
                try:
                    piece = frame.decompress(mouthful)
                except zstandard.ZstdError as error:
                    raise DecodingError(f"its compressed body is damaged ({error})") from error
                mouthful = b""
                if frame.eof:
                    mouthful, self._frame = frame.unused_data, None
                yield piece

    def close(self) -> None:
        if self._frame is not None:
            raise DecodingError("its compressed body ends too early")


class _Chain:
    """Several codings, the last applied undone first."""

    def __init__(self, decoders: Sequence[Decoder]) -> None:
        self._decoders = decoders

    def feed(self, data: bytes) -> Iterator[bytes]:
        return self._through(data, 0)

    def _through(self, data: bytes, stage: int) -> Iterator[bytes]:
        if stage == len(self._decoders):
            yield data
            return
        for piece in self._decoders[stage].feed(data):
            yield from self._through(piece, stage + 1)

    def close(self) -> None:
        for decoder in self._decoders:
            decoder.close()


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": lambda: _Inflating(gzip=True),
    "x-gzip": lambda: _Inflating(gzip=True),
    "deflate": lambda: _Inflating(gzip=False),
    "br": _Brotli,
    "zstd": _Zstd,
}


def decoder_for(content_encoding: str) -> Decoder | None:
    """Return what undoes this Content-Encoding header, None when there is nothing to undo.

    Raises DecodingError for a coding unknown to us, and for more than two.
    """
    codings = [coding.strip().lower() for coding in content_encoding.split(",")]
    known = [coding for coding in codings if coding not in {"", "identity"}]
    if len(known) > _MOST_CODINGS:
        raise DecodingError(f"it is encoded {len(known)} times")
    for coding in known:
        if coding not in _DECODERS:
            raise DecodingError(f"its content encoding {coding[:40]!r} is unknown to us")
    decoders = [_DECODERS[coding]() for coding in reversed(known)]
    if len(decoders) > 1:
        return _Chain(decoders)
    return decoders[0] if decoders else None

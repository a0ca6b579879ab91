"""Undoing what was compressed, and stopping what unfolds too far."""

import gzip
import time
import zlib

import brotli
import hypothesis.strategies as st
import pytest
import zstandard
from hypothesis import given

from tests.net.conftest import Site, failure
from tracker.domain.items import Request
from tracker.net.decoding import DecodingError, decoder_for
from tracker.net.http import Door

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>" * 50

ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "identity": bytes,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
}


@pytest.mark.parametrize("coding", ENCODERS)
def test_every_content_encoding_we_accept_is_undone(door: Door, site: Site, coding: str) -> None:
    url = site.serve("/a", ENCODERS[coding](FEED), Content_Encoding=coding.upper())
    assert door.get(Request(url)).body == FEED
    assert door.get(Request(site.serve("/empty", b"", Content_Encoding=coding))).body == b""


@given(st.sampled_from(sorted(ENCODERS.keys() - {"identity"})), st.binary(max_size=4000), st.integers(1, 64))
def test_it_makes_no_difference_in_which_pieces_it_arrives(coding: str, body: bytes, size: int) -> None:
    packed = ENCODERS[coding](body)
    decoder = decoder_for(coding)
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert b"".join(out for piece in pieces for out in decoder.feed(piece)) == body
    decoder.close()


@given(st.sampled_from(sorted(ENCODERS.keys() - {"identity"})), st.binary(max_size=500))
def test_no_bytes_do_more_than_raise_our_own_error(coding: str, noise: bytes) -> None:
    decoder = decoder_for(coding)
    try:
        assert sum(map(len, decoder.feed(noise))) >= 0
        decoder.close()
    except DecodingError:
        pass


def test_a_zstd_answer_in_frames_and_with_a_skippable_one_is_read(door: Door, site: Site) -> None:
    pack = zstandard.ZstdCompressor().compress
    skippable = (0x184D2A50).to_bytes(4, "little") + (3).to_bytes(4, "little") + b"abc"
    url = site.serve("/a", pack(b"one ") + skippable + pack(b"two"), Content_Encoding="zstd")
    assert door.get(Request(url)).body == b"one two"


def test_a_zstd_frame_that_wants_much_memory_is_refused(door: Door, site: Site) -> None:
    wide = zstandard.ZstdCompressionParameters(window_log=27)
    whole = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = whole.compress(b"x" * 100) + whole.flush()
    assert failure(door, site.serve("/a", packed, Content_Encoding="zstd")).kind == "encoding"


def test_deflate_without_its_header_and_gzip_in_two_parts_are_read(door: Door, site: Site) -> None:
    bare = zlib.compressobj(wbits=-15)
    url = site.serve("/a", bare.compress(FEED) + bare.flush(), Content_Encoding="deflate")
    assert door.get(Request(url)).body == FEED
    url = site.serve("/b", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 8, Content_Encoding="gzip")
    assert door.get(Request(url)).body == b"one two"


@pytest.mark.parametrize("coding", [coding for coding in ENCODERS if coding != "identity"])
def test_damaged_and_shortened_compression_is_an_error(door: Door, site: Site, coding: str) -> None:
    packed = ENCODERS[coding](FEED)
    for n, body in enumerate(
        (packed[:-5], packed[: len(packed) // 2], b"plain text, not compressed at all", packed[9:])
    ):
        assert failure(door, site.serve(f"/{n}", body, Content_Encoding=coding)).kind == "encoding"


def test_unknown_and_stacked_encodings_are_refused(door: Door, site: Site) -> None:
    assert failure(door, site.serve("/a", b"x", Content_Encoding="compress")).kind == "encoding"
    assert failure(door, site.serve("/b", b"x", Content_Encoding="gzip, gzip, gzip")).kind == "encoding"


BLANKS = 300 * 1024 * 1024


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    """300 MiB of blanks, packed without ever being whole in memory."""
    piece = b" " * (1024 * 1024)
    gz = zlib.compressobj(9, wbits=31)
    packed_gz = b"".join([*(gz.compress(piece) for _ in range(300)), gz.flush()])
    br = brotli.Compressor(quality=5)
    packed_br = b"".join([*(br.process(piece) for _ in range(300)), br.finish()])
    zst = zstandard.ZstdCompressor().compressobj()
    packed_zst = b"".join([*(zst.compress(piece) for _ in range(300)), zst.flush()])
    flat = zlib.compressobj(9)
    packed_flat = b"".join([*(flat.compress(piece) for _ in range(300)), flat.flush()])
    return {
        "deflate": packed_flat,
        "gzip": packed_gz,
        "br": packed_br,
        "zstd": packed_zst,
        "gzip, gzip": gzip.compress(packed_gz),
    }


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_a_bomb_is_refused_before_it_unfolds(door: Door, site: Site, bombs: dict[str, bytes], coding: str) -> None:
    url = site.serve("/a", bombs[coding], Content_Encoding=coding)
    began = time.process_time()
    assert failure(door, url).kind == "too_large"
    assert time.process_time() - began < 0.3


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_decoder_never_gives_out_much_at_a_time(bombs: dict[str, bytes], coding: str) -> None:
    decoder = decoder_for(coding)
    taken = 0
    for piece in decoder.feed(bombs[coding]):
        assert len(piece) <= 9 * 1024 * 1024
        taken += len(piece)
        if taken > 20 * 1024 * 1024:
            break
    assert taken > 20 * 1024 * 1024

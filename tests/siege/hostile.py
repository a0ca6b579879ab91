"""Faults of servers that are broken or hostile: they hang, lie about lengths, send one in circles, and serve bombs."""

import asyncio
import gzip
import struct
import zlib
from functools import cache
from socket import SO_LINGER, SOL_SOCKET
from typing import Final

import brotli
import zstandard

from tests.siege import content
from tests.siege.faults import Out, Question, fault, head, say, whole

MIB: Final = 1024 * 1024
BOMB: Final = 48 * MIB
SMUGGLED: Final = "SMUGGLED"


# --- time -------------------------------------------------------------------------------------------------------------


@fault("timeout", sources=4)
async def hangs(question: Question, out: Out) -> bool:
    await asyncio.sleep(3600)
    return False


@fault("timeout")
async def drips_a_byte_a_second(question: Question, out: Out) -> bool:
    body = whole(question)
    out.write(head(length=len(body)))
    for place in range(len(body)):
        out.write(body[place : place + 1])
        await out.drain()
        await asyncio.sleep(1)
    return False


@fault("timeout")
async def drips_its_head(question: Question, out: Out) -> bool:
    for byte in head(length=10):
        out.write(bytes([byte]))
        await out.drain()
        await asyncio.sleep(1)
    return False


@fault("timeout", "too_large")
async def drips_fast_for_ever(question: Question, out: Out) -> bool:
    """Send a little often enough that no single wait is long: only a limit on the whole ends it."""
    out.write(head() + b"<rss><channel>")
    while True:
        out.write(b"<!-- still here -->")
        await out.drain()
        await asyncio.sleep(0.05)


# --- lengths ----------------------------------------------------------------------------------------------------------


@fault("truncated")
async def truncates(question: Question, out: Out) -> bool:
    body = whole(question)
    out.write(head(length=len(body)) + body[: len(body) // 2])
    await out.drain()
    return False


@fault("truncated", "protocol")
async def truncates_chunks(question: Question, out: Out) -> bool:
    out.write(head(Transfer_Encoding="chunked") + b"100\r\n" + whole(question)[:200])
    await out.drain()
    return False


@fault("timeout", "truncated")
async def announces_more(question: Question, out: Out) -> bool:
    body = whole(question)
    out.write(head(length=len(body) + 1000) + body)
    await out.drain()
    await asyncio.sleep(3600)
    return False


@fault("ok", "unreadable", "protocol")
async def announces_less(question: Question, out: Out) -> bool:
    """Send, behind the announced end, an answer to a question nobody asked."""
    body = whole(question)
    lie = content.document(SMUGGLED, 3)
    out.write(head(length=len(body) - 300) + body[:-300] + head(length=len(lie)) + lie)
    await out.drain()
    return True


# --- redirects --------------------------------------------------------------------------------------------------------


@fault("redirects")
async def redirects_in_a_circle(question: Question, out: Out) -> bool:
    other = question.path.removesuffix("/again") if question.path.endswith("/again") else f"{question.path}/again"
    return await say(out, b"", 302, Location=other)


@fault("redirects")
async def redirects_without_end(question: Question, out: Out) -> bool:
    return await say(out, b"", 301, Location=f"{question.path}/on")


@fault("refused_address", sources=12)
async def redirects_to_private(question: Question, out: Out) -> bool:
    trap = question.trap
    targets = (
        f"http://127.0.0.1:{trap}/", f"http://localhost:{trap}/", f"http://[::1]:{trap}/", f"http://0.0.0.0:{trap}/",
        f"http://2130706433:{trap}/", f"http://127.1:{trap}/", f"http://[::ffff:127.0.0.1]:{trap}/",
        "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.1.1/", "http://100.64.0.1/",
        f"//0x7f000001:{trap}/", f"http://user:pass@127.0.0.1:{trap}/", f"http://example.org\\@127.0.0.1:{trap}/",
        "file:///etc/passwd", f"gopher://127.0.0.1:{trap}/",
    )  # fmt: skip
    number = int(question.name.rsplit("-", 1)[1])
    return await say(out, b"", 302, Location=targets[(number + question.before) % len(targets)])


# --- bombs ------------------------------------------------------------------------------------------------------------


@cache
def bombs() -> dict[str, bytes]:
    """Return 48 MiB of blanks as each coding packs them."""
    blanks = bytes(BOMB)
    return {
        "gzip": gzip.compress(blanks, 6),
        "deflate": zlib.compress(blanks, 6),
        "br": brotli.compress(blanks, quality=5),
        "zstd": zstandard.compress(blanks),
        "gzip, gzip": gzip.compress(gzip.compress(blanks, 6), 6),
    }


async def _bomb(out: Out, coding: str) -> bool:
    return await say(out, bombs()[coding], Content_Encoding=coding)


@fault("too_large")
async def bomb_gzip(question: Question, out: Out) -> bool:
    return await _bomb(out, "gzip")


@fault("too_large")
async def bomb_deflate(question: Question, out: Out) -> bool:
    return await _bomb(out, "deflate")


@fault("too_large")
async def bomb_brotli(question: Question, out: Out) -> bool:
    return await _bomb(out, "br")


@fault("too_large")
async def bomb_zstd(question: Question, out: Out) -> bool:
    return await _bomb(out, "zstd")


@fault("too_large", "encoding")
async def bomb_in_a_bomb(question: Question, out: Out) -> bool:
    return await _bomb(out, "gzip, gzip")


@fault("too_large", sources=2)
async def endless(question: Question, out: Out) -> bool:
    out.write(head() + b"<rss><channel>")
    piece = b"<item><title>x</title></item>" * 2000
    for _ in range(BOMB // len(piece)):
        out.write(piece)
        await out.drain()
    return False


@fault("ok", "unreadable", sources=2)
async def bomb_of_entities(question: Question, out: Out) -> bool:
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    body = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "{"A" * 500}">{rows}]><rss version="2.0"><channel>'
    body += f"<title>&e8;</title><item><guid>{question.name}-bomb</guid><title>&e8;</title>"
    return await say(out, f"{body}<link>https://{question.name}.example/</link></item></channel></rss>".encode())


@fault("ok", "unreadable", sources=2)
async def bomb_of_depth(question: Question, out: Out) -> bool:
    deep = "<b>" * 20000 + "x" + "</b>" * 20000
    page = "<![CDATA[" + "<div>" * 20000 + "]]>"
    start = '<rss version="2.0"><channel><title>deep</title>'
    one = f"<item><guid>{question.name}-deep</guid><title>deep in XML</title><description>{deep}</description></item>"
    two = f"<item><guid>{question.name}-html</guid><title>deep in HTML</title><description>{page}</description></item>"
    return await say(out, f"{start}{one}{two}</channel></rss>".encode())


# --- broken HTTP ------------------------------------------------------------------------------------------------------


@fault("protocol", "connect", "truncated", counted=False)
async def closes_at_once(question: Question, out: Out) -> bool:
    return False


@fault("protocol", "connect", "truncated", counted=False)
async def resets(question: Question, out: Out) -> bool:
    out.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    out.transport.abort()
    return False


@fault("truncated", "protocol", "connect", counted=False)
async def resets_half_way(question: Question, out: Out) -> bool:
    body = whole(question)
    out.write(head(length=len(body)) + body[:200])
    await out.drain()
    await asyncio.sleep(0.02)
    return await resets(question, out)


@fault("protocol", "too_large")
async def floods_with_headers(question: Question, out: Out) -> bool:
    out.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(20000):
        out.write(b"X-%d: %s\r\n" % (number, b"x" * 200))
        if number % 100 == 0:
            await out.drain()
    out.write(b"\r\n")
    return False


_NOT_HTTP = (
    b"\x16\x03\x01\x00garbage\x00\xff\r\n\r\n",
    b"HTTP/1.1 99999999 Never\r\nContent-Length: 2\r\n\r\nhi",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss/>",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZZ\r\n<rss/>\r\n0\r\n\r\n",
    b"220 mail.example ESMTP ready\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1" + b"0" * 5000 + b"\r\n\r\n<rss/>",
)


@fault("protocol", "truncated", "too_large", "unreadable", sources=6, counted=False)
async def speaks_no_http(question: Question, out: Out) -> bool:
    number = int(question.name.rsplit("-", 1)[1])
    out.write(_NOT_HTTP[number % len(_NOT_HTTP)])
    await out.drain()
    return False

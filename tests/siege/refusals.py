"""Faults of servers that mean well: their entries must all arrive, whatever else they do; and plain refusals."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.bench import feeds
from tests.siege import content
from tests.siege.faults import Out, Question, etag, fault, say, whole


def _date(minutes: int) -> str:
    return format_datetime(datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=minutes), usegmt=True)


@fault("ok", "not_modified", sources=16, delivers=True)
async def works(question: Question, out: Out) -> bool:
    if question.headers.get("if-none-match") == etag(question):
        out.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % etag(question).encode())
        return True
    return await say(out, whole(question), ETag=etag(question), Last_Modified="Thu, 01 Jan 2026 00:00:00 GMT")


@fault("ok", "not_modified", sources=8, delivers=True, grows=False)
async def publishes_nothing_new(question: Question, out: Out) -> bool:
    if question.headers.get("if-none-match") == '"quiet"':
        out.write(b'HTTP/1.1 304 Not Modified\r\nETag: "quiet"\r\n\r\n')
        return True
    return await say(out, content.document(question.name, content.published(0)), ETag='"quiet"')


@fault("ok", delivers=True)
async def slow(question: Question, out: Out) -> bool:
    """Wait a little before answering, well within every limit."""
    await asyncio.sleep(0.1)
    return await say(out, whole(question))


@fault("ok", "http_500", sources=8, delivers=True)
async def every_second_time(question: Question, out: Out) -> bool:
    if question.before % 2 == 0:
        return await say(out, b"down", 500, "text/plain")
    return await say(out, whole(question))


@fault("ok", delivers=True)
async def new_validators_each_time(question: Question, out: Out) -> bool:
    stamp = f'"{question.before}"'
    return await say(out, whole(question), ETag=stamp, Last_Modified=_date(question.before))


@fault("ok", delivers=True)
async def wrong_charset(question: Question, out: Out) -> bool:
    return await say(out, whole(question), media_type="application/rss+xml; charset=iso-8859-1")


@fault("ok", delivers=True)
async def poison_among_good(question: Question, out: Out) -> bool:
    """Put an entry no reader likes between good ones; the good ones must all arrive."""
    bad = replace(
        content.story(question.name, 10**6),
        title="\x00\x0b<![CDATA[ &#xD800; ]]>",
        link="http://[::1/%zz\u202e",
        html="<p " * 3000 + "]]>" + "<![CDATA[" + "\ufffe" * 50,
    )
    rows = content.stories(question.name, content.published(question.step))
    body = feeds.rss(0, [*rows[:2], bad, *rows[2:]])
    return await say(out, body)


@fault("ok", delivers=True)
async def one_guid_for_all(question: Question, out: Out) -> bool:
    rows = content.stories(question.name, content.published(question.step))
    return await say(out, feeds.rss(0, [replace(row, key="the same") for row in rows]))


@fault("ok", "not_modified", delivers=True)
async def says_304_when_it_has_news(question: Question, out: Out) -> bool:
    """Answer every conditional question with 304: only an unconditional one brings what is new."""
    if "if-none-match" in question.headers:
        out.write(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        return True
    return await say(out, whole(question), ETag='"for ever"')


@fault("http_429", sources=4)
async def rate_limits_in_seconds(question: Question, out: Out) -> bool:
    return await say(out, b"slow down", 429, "text/plain", Retry_After="120")


@fault("http_429", sources=4)
async def rate_limits_until_a_date(question: Question, out: Out) -> bool:
    return await say(out, b"slow down", 429, "text/plain", Retry_After=_date(2))


@fault("http_429", sources=4)
async def rate_limits_without_a_word(question: Question, out: Out) -> bool:
    return await say(out, b"slow down", 429, "text/plain")


@fault("http_503")
async def unavailable(question: Question, out: Out) -> bool:
    return await say(out, b"back soon", 503, "text/plain", Retry_After="300")


@fault("http_500")
async def broken(question: Question, out: Out) -> bool:
    return await say(out, b"oh", 500, "text/plain")


@fault("http_404")
async def missing(question: Question, out: Out) -> bool:
    return await say(out, b"no", 404, "text/plain")


@fault("http_410")
async def gone(question: Question, out: Out) -> bool:
    return await say(out, b"no more", 410, "text/plain")


@fault("http_304", "not_modified")
async def says_304_to_everything(question: Question, out: Out) -> bool:
    out.write(b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n')
    return True


_CHALLENGE = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to "
    "continue</noscript><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></body></html>"
)


@fault("unreadable", "challenge")
async def challenges(question: Question, out: Out) -> bool:
    return await say(out, _CHALLENGE.encode(), media_type="text/html; charset=UTF-8")


@fault("http_403", "challenge")
async def challenges_with_403(question: Question, out: Out) -> bool:
    return await say(out, _CHALLENGE.encode(), 403, "text/html; charset=UTF-8", cf_mitigated="challenge")


@fault("unreadable", "html")
async def page_instead(question: Question, out: Out) -> bool:
    page = "<!doctype html><html><head><title>Our news</title></head><body><h1>News</h1><p>Read us.</p></body></html>"
    return await say(out, page.encode(), media_type="text/html")


@fault("unreadable", "empty")
async def empty(question: Question, out: Out) -> bool:
    return await say(out, b"")


@fault("unreadable")
async def noise(question: Question, out: Out) -> bool:
    return await say(out, bytes(range(256)) * 20, media_type="application/octet-stream")


@fault("encoding")
async def says_gzip_but_is_not(question: Question, out: Out) -> bool:
    return await say(out, whole(question), Content_Encoding="gzip")

"""Small text rules of feeds: what a title says, what a link may be, and which entry is which."""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from tracker.domain.items import RawItem

# The tags that stand in real titles, those by which a page would do something, and any with an attribute. Anything else
# in angle brackets is what the headline says: "<Name> resigns".
_TITLE_TAG = re.compile(
    r"<(script|style)\b[^<>]*>.*?</\1\s*>"
    r"|</?(?:a|abbr|acronym|b|big|bdi|bdo|blink|br|center|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|nobr|ol|p|q"
    r"|s|samp|small|span|strike|strong|sub|sup|tt|u|ul|var|wbr"
    r"|applet|audio|base|body|button|canvas|embed|form|frame|frameset|head|html|iframe|image|input|isindex|link|math|meta"
    r"|noscript|object|param|plaintext|script|select|source|style|svg|template|textarea|title|track|video|xml|xmp)"
    r"(?:[\s/][^<>]*)?/?>"
    r"|<[a-z][^\s<>=/]*[\s/][^<>]*=[^<>]*>|<\?[^<>]*>"
    r"|<!--(?:.*?-->|[^<>]*(?:>|$))|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
_TIMES_STRIPPED = 5
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6])\b", re.IGNORECASE)
# An address that joining with a base would give back as it is: most links are such, and joining is slow.
_ABSOLUTE = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9/_.~%=&+,:@!$'()*-]*(?:\?[A-Za-z0-9/_.~%=&+,:@!$'()*?;-]+)?"
)


def title_text(value: str, *, is_html: bool = True) -> str:
    """Return a headline as plain text.

    The rule: the XML of a feed is undone first (by the parser). What remains is HTML, unless the feed says it is text:
    known tags fall away, character references are resolved once, white space becomes single spaces. A "<" that begins
    no known tag is a "<".
    """
    if is_html:
        if "<" in value or "]]>" in value:
            value = _without_tags(value)
        value = html.unescape(value)
    return " ".join(value.split())


def _without_tags(value: str) -> str:
    """Tags may hide in each other: one taken out of "<scr<b>ipt>" makes another. Where that goes on, no "<" is kept."""
    for _ in range(_TIMES_STRIPPED):
        shorter = _TITLE_TAG.sub(lambda tag: " " if _BREAK.match(tag[0]) else "", value)
        if shorter == value:
            return value
        value = shorter
    return value.replace("<", "")


def as_html(value: str, *, is_html: bool) -> str:
    """Return text as HTML, its lines kept apart; HTML as it is."""
    if is_html:
        return value
    paragraphs = [html.escape(part.strip(), quote=False) for part in re.split(r"\n\s*\n", value) if part.strip()]
    if len(paragraphs) < 2:
        return "".join(paragraphs).replace("\n", "<br>")
    return "".join(f"<p>{part}</p>".replace("\n", "<br>") for part in paragraphs)


def web_link(link: object, base: str) -> str | None:
    """Return an absolute http or https address, or None: `javascript:` and mere identifiers are no links."""
    if not isinstance(link, str) or not link.strip():
        return None
    if _ABSOLUTE.fullmatch(link):
        return link
    try:
        absolute = urljoin(base, "".join(link.split()) if "\n" in link else link.strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in {"http", "https"} and parts.netloc else None


def fingerprint(item: RawItem) -> str:
    """Return a short name made from what an entry says, for entries that bring none."""
    said = "\x00".join((item.url or "", item.title, item.summary_html, item.content_html))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:24]


def identified(items: Iterable[RawItem]) -> tuple[list[RawItem], str | None]:
    """Return the items with keys that are unique in this feed, and a warning where their own identifiers are not.

    `key` holds the entry's own identifier or "". Without one the link is the key, without a link a fingerprint. Some
    publishers give one identifier to all entries: those are told apart by link, or by fingerprint where links repeat as
    well. Exact copies get a number.
    """
    named = [item if item.key else replace(item, key=item.url or f"hash:{fingerprint(item)}") for item in items]
    repeated = {key for key, times in Counter(item.key for item in named).items() if times > 1}
    if not repeated:
        return named, None
    linked = Counter((item.key, item.url) for item in named)
    told_apart = [_told_apart(item, linked) if item.key in repeated else item for item in named]
    return _numbered(
        told_apart
    ), f"identifiers given to several entries: {len(repeated)}; these entries were told apart by link"


def _told_apart(item: RawItem, linked: "Counter[tuple[str, str | None]]") -> RawItem:
    by_link = item.url is not None and item.url != item.key and linked[item.key, item.url] == 1
    return replace(item, key=f"{item.key}|{item.url if by_link else fingerprint(item)}")


def _numbered(items: Sequence[RawItem]) -> list[RawItem]:
    taken: set[str] = set()
    result = []
    for item in items:
        key, number = item.key, 1
        while key in taken:
            number += 1
            key = f"{item.key}#{number}"
        taken.add(key)
        result.append(replace(item, key=key) if number > 1 else item)
    return result

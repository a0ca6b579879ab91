"""HTML that is safe to show, and its plain text.

The allow-list holds what carries meaning in an article, a letter or a filing. Scripts, styles, forms, frames and
pictures go: nothing in an archive may reach out to the network or to the reader's session.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import nh3

from tracker.domain.text import strip_controls, tidy_lines

_LINES = frozenset({"br", "caption", "dd", "dt", "figcaption", "hr", "li", "tbody", "tfoot", "thead", "tr"})
_PARAGRAPHS = frozenset({
    "blockquote", "div", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "col", "colgroup", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "var", "wbr",
})  # fmt: skip
_TAGS = _INLINE | _LINES | _PARAGRAPHS | _CELLS
# Landmarks of somebody else's page would confuse ours; as plain blocks they still keep their texts apart. EDGAR wraps
# filings in <TEXT>, which the cleaner would take for a part of a drawing and drop with all the filing.
_LANDMARK = re.compile(
    r"<(/?)(?=[acdfhmnstACDFHMNST])"  # most tags are out already; ignoring case is slow
    r"(?i:a(?:rticle|side|ddress)|center|details|f(?:ooter|ieldset)|h(?:eader|group)|main|nav|s(?:ection|ummary)|text)"
    r"(?=[\s/>])"
)
_GONE_WITH_CONTENT = frozenset({
    "ix:header", "ix:hidden",  # figures for machines that stand unseen at the head of inline XBRL
    "script", "style", "noscript", "template", "iframe", "embed", "svg", "math", "form", "select", "textarea",
    "button", "title", "head", "audio", "video", "canvas", "map",
})  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "time": {"datetime"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "*": {"lang", "dir"},
}
_LINKS = frozenset({"href", "cite"})
_SPANS = frozenset({"colspan", "rowspan", "start"})
_WIDEST_SPAN = 1000


class _Base(threading.local):
    """The address that links are resolved against, in the thread that is cleaning: a cleaner is costly to build."""

    url = ""


_BASE = _Base()
# An address that resolving would give back as it is: most links are such, and resolving is slow.
_ABSOLUTE = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9/_.~%=&+,:@!$'()*-]*(?:\?[A-Za-z0-9/_.~%=&+,:@!$'()*?;-]+)?"
)


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name in _LINKS:
        return value if _ABSOLUTE.fullmatch(value) else _absolute(value, _BASE.url)
    if name in _SPANS:
        return value if value.isascii() and value.isdecimal() and int(value[:6]) <= _WIDEST_SPAN else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_GONE_WITH_CONTENT),
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https"},
    link_rel="noopener",
    strip_comments=True,
)


def clean_html(html: str, base_url: str = "") -> str:
    """Return `html` with nothing in it but the allowed tags and attributes, and links made absolute against `base_url`.

    Links lead to http and https only and carry rel="noopener"; a link that cannot be resolved loses its address and
    keeps its words. Cleaning twice may still move elements that may not stand where they stood, but adds nothing.
    Where elements stand in each other by the thousand, only words, paragraphs and lines are kept.
    """
    if "<" not in html and "&" not in html and ">" not in html:
        return strip_controls(html).strip()
    _BASE.url = base_url
    html = _LANDMARK.sub(r"<\1div", strip_controls(html))
    if _is_abyss(html):
        html = _flat(html)
    cleaned = _CLEANER.clean(html)
    return strip_controls(cleaned).strip()  # once more: &#7; was no control character before it was read


# The cleaner looks through all open elements at many a tag, so that its time grows with tags times depth. A hundred
# million such steps take it about half a second.
_DEEPEST = 500
_MOST_STEPS = 100_000_000
_NAME = re.compile(r"<(/?[a-zA-Z][^\s/><]*)")
# What is never open for long: without content, closed by the next of its kind, or passed over by the parser.
_SHALLOW = frozenset({
    "a", "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "frameset", "head", "hr",
    "html", "img", "input", "li", "link", "meta", "option", "p", "param", "script", "source", "style", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "title", "tr", "track", "wbr",
})  # fmt: skip
# Only the end of one of these closes what else was left open within; the ends of others may be passed over.
_CLOSING_ALL = (_PARAGRAPHS - {"p"}) | {"object", "marquee", "applet", "template"}
# Within one of these the end of an element that began outside means nothing.
_WALLS = frozenset({"table", "object", "marquee", "applet", "template"})


def _is_abyss(html: str) -> bool:
    """Return whether cleaning would take very long, because elements stand in each other by the thousand."""
    tags = html.count("<")
    if tags * tags <= _MOST_STEPS:
        return False
    bearable = max(_DEEPEST, _MOST_STEPS // tags)
    return _depth(html, bearable) > bearable


def _depth(html: str, enough: int) -> int:
    """Return about how many elements are open at the deepest place: rather more than the parser has than fewer.

    Counting ends at the first place deeper than `enough`.
    """
    levels: list[tuple[str, Counter[str]]] = [("", Counter())]  # the blocks open, with what else is open in each
    walls: list[tuple[str, Counter[str]]] = [("", Counter())]  # the walls open, with the blocks open in each
    loose = deepest = 0  # `loose`: elements open that are no blocks, in all levels
    for found in _NAME.finditer(html):
        tag = found[1]
        name = tag.lower().lstrip("/")
        if name in _SHALLOW:
            continue
        is_block, is_wall = name in _CLOSING_ALL, name in _WALLS
        if tag[0] != "/":
            if is_wall:
                walls.append((name, Counter()))
            if is_block:
                walls[-1][1][name] += 1
                levels.append((name, Counter()))
            else:
                levels[-1][1][name] += 1
                loose += 1
            deepest = max(deepest, len(levels) + loose)
            if deepest > enough:
                break
        elif not is_block:
            if levels[-1][1][name] > 0:
                levels[-1][1][name] -= 1
                loose -= 1
        elif walls[-1][0] == name if is_wall else walls[-1][1][name]:
            loose -= _closed(name, levels, walls[-1][1])
            if is_wall:
                walls.pop()
    return deepest


def _closed(name: str, levels: list[tuple[str, "Counter[str]"]], blocks: "Counter[str]") -> int:
    """Close the last block called `name` and all within it; return how many other elements went with them."""
    gone, block = 0, ""
    while block != name:
        block, others = levels.pop()
        blocks[block] -= 1
        gone += others.total()
    return gone


_GONE_NAMES = "|".join(sorted(_GONE_WITH_CONTENT - {"head", "embed"}))  # <head> needs no end, and <embed> has none
_GONE = re.compile(
    rf"<!--.*?(?:-->|\Z)|<({_GONE_NAMES})(?=[\s/>])[^<>]*>.*?(?:</\1(?=[\s/>])[^<>]*>?|\Z)", re.DOTALL | re.IGNORECASE
)
_ANY_TAG = re.compile(r"</?([a-zA-Z][^\s/><]*)[^<>]*>")


def _flat(html: str) -> str:
    """Return HTML with all its words and no element in another: its blocks as paragraphs, its rows as lines."""
    marked = _ANY_TAG.sub(lambda tag: _FLAT_BREAKS.get(tag[1].lower(), ""), _GONE.sub("", html))
    # A tag taken out of another may leave a third behind.
    marked = marked.replace("<", "&lt;")
    return _MARKS.sub(lambda gap: "<p>" if _PARAGRAPH in gap[0] else "<br>", marked)


def _absolute(link: str, base_url: str) -> str | None:
    """Return the absolute form of a link, or None when it leads to no web page. Fragments of the same page go."""
    link = link.strip()
    if link.startswith("#"):
        return None
    try:
        absolute = urljoin(base_url, link)
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in {"http", "https"} and parts.netloc and "\\" not in parts.netloc else None


# Marks for the ends of blocks, which no cleaned text contains: several in a row are one gap, not many.
_LINE, _PARAGRAPH = "\x1e", "\x1f"
_MARKS = re.compile(rf"([{_LINE}{_PARAGRAPH}][ \n\t{_LINE}{_PARAGRAPH}]*)")
_TAG = re.compile(r"""<(/?[a-zA-Z][a-zA-Z0-9]*)(?:\s+[^\s"'>=]+(?:="[^"]*")?)*\s*/?>""")
_ALL_BREAKS = {
    **dict.fromkeys((f"{slash}{tag}" for tag in _TAGS for slash in ("", "/")), ""),
    **dict.fromkeys((f"{slash}{tag}" for tag in _PARAGRAPHS for slash in ("", "/")), _PARAGRAPH),
    **dict.fromkeys((f"{slash}{tag}" for tag in _LINES for slash in ("", "/")), _LINE),
    **dict.fromkeys((f"/{tag}" for tag in _CELLS), " "),
    **dict.fromkeys(("br", "/br"), "\n"),
}
_BREAKS = {tag: mark for tag, mark in _ALL_BREAKS.items() if tag.strip("/") != "pre"}
_FLAT_BREAKS = {**_ALL_BREAKS, "br": _LINE, "td": " ", "th": " "}
# All that the cleaner writes in text but "&amp;", which is undone last, or "&amp;lt;" would become a "<".
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\xa0"))


def plain_text(html: str) -> str:
    """Return the text of cleaned HTML: a line for each row and item, an empty line between paragraphs.

    Cleaned HTML has one written form, so its tags can be read one after the other. A tree would be cut off at a depth
    of 256, which filings with unclosed tags exceed.
    """
    if "<" not in html and "&" not in html:
        return tidy_lines(html)
    marked = _marked_at_once(html)
    if marked is None:
        marked = "".join(_marked_in_pieces(html))
    return tidy_lines("".join(_with_gaps(marked)))


def _marked_at_once(html: str) -> str | None:
    """Return the words with marks for the tags; None for what the cleaner does not write, and where <pre> stands.

    The cleaner escapes "<" and ">" within attributes as well, so the signs themselves tell where tags are.
    """
    if _LINE in html or _PARAGRAPH in html:
        return None
    first, *others = html.replace("\n", " ").split("<")
    marked = [first]
    for other in others:
        tag, _, words = other.partition(">")
        mark = _BREAKS.get(tag)
        if mark is None:
            mark = _BREAKS.get(tag.partition(" ")[0])
            if mark is None:
                return None
        marked += (mark, words)
    text = "".join(marked)
    references = text.count("&")
    if references and references != text.count("&amp;"):
        for written, meant in _ESCAPES:
            text = text.replace(written, meant)
        if text.count("&") != text.count("&amp;"):
            return None
    return text.replace("&amp;", "&") if references else text


def _break(tag: re.Match[str]) -> str:
    return _ALL_BREAKS.get(tag[1].lower(), "")


def _marked_in_pieces(html: str) -> Iterator[str]:
    preformatted = place = 0
    for tag in _TAG.finditer(html):
        yield _words(html[place : tag.start()], preformatted=preformatted > 0)
        place, name = tag.end(), tag[1].lower()
        if name in {"pre", "/pre"}:
            preformatted += 1 if name == "pre" else -1
        yield _break(tag)
    yield _words(html[place:], preformatted=preformatted > 0)


def _words(text: str, *, preformatted: bool) -> str:
    """A line break in the source of HTML is a space on the page, outside <pre>."""
    text = strip_controls(unescape(text))
    return text if preformatted else text.replace("\n", " ")


def _with_gaps(text: str) -> Iterator[str]:
    """Yield the words with a line feed or an empty line for each run of marks and the white space around it."""
    if _LINE not in text and "\n" not in text:  # paragraphs alone
        yield "\n\n".join([kept for piece in text.split(_PARAGRAPH) if (kept := piece.strip(" \t"))])
        return
    pieces = _MARKS.split(text)
    for place in range(0, len(pieces) - 1, 2):
        words = pieces[place]
        kept = words.rstrip(" \n\t")
        gap = words[len(kept) :] + pieces[place + 1]
        yield kept
        yield "\n\n" if _PARAGRAPH in gap or gap.count("\n") > 1 else "\n"
    yield pieces[-1]

"""HTML that is safe to show, and its plain text.

The allow-list holds what carries meaning in an article, a letter or a filing. Scripts, styles, forms, frames and
pictures go: nothing in an archive may reach out to the network or to the reader's session.
"""

import re
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
# Landmarks of somebody else's page would confuse ours; as plain blocks they still keep their texts apart. EDGAR wraps
# filings in <TEXT>, which the cleaner would take for a part of a drawing and drop with all the filing.
_LANDMARK = re.compile(
    r"<(/?)(?:section|article|main|header|footer|aside|address|center|details|summary|nav|hgroup|fieldset|text)(?=[\s/>])",
    re.IGNORECASE,
)
_GONE_WITH_CONTENT = frozenset({
    "ix:header", "ix:hidden",  # figures for machines that stand unseen at the head of inline XBRL
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "form", "select", "textarea",
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
_WIDEST_SPAN = 1000


def clean_html(html: str, base_url: str = "") -> str:
    """Return `html` with nothing in it but the allowed tags and attributes, and links made absolute against `base_url`.

    Links lead to http and https only and carry rel="noopener"; a link that cannot be resolved loses its address and
    keeps its words. Cleaning twice may still move elements that may not stand where they stood, but adds nothing.
    """
    if "<" not in html and "&" not in html and ">" not in html:
        return strip_controls(html).strip()

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name in _LINKS:
            return _absolute(value, base_url)
        if name in {"colspan", "rowspan", "start"}:
            return value if value.isascii() and value.isdecimal() and int(value[:6]) <= _WIDEST_SPAN else None
        return value if tag else None

    cleaned = nh3.clean(
        _LANDMARK.sub(r"<\1div", strip_controls(html)),
        tags=set(_LINES | _PARAGRAPHS | _CELLS | _INLINE),
        clean_content_tags=set(_GONE_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes={"http", "https"},
        link_rel="noopener",
        strip_comments=True,
    )
    return strip_controls(cleaned).strip()  # once more: &#7; was no control character before it was read


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
_BREAKS = re.compile(rf"[ \n\t]*[{_LINE}{_PARAGRAPH}][ \n\t{_LINE}{_PARAGRAPH}]*")
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s+[^\s"'>=]+(?:="[^"]*")?)*\s*/?>""")


def plain_text(html: str) -> str:
    """Return the text of cleaned HTML: a line for each row and item, an empty line between paragraphs.

    Cleaned HTML has one written form, so its tags can be read one after the other. A tree would be cut off at a depth
    of 256, which filings with unclosed tags exceed.
    """
    if "<" not in html and "&" not in html:
        return tidy_lines(html)
    return tidy_lines(_BREAKS.sub(_gap, "".join(_pieces(html))))


def _pieces(html: str) -> Iterator[str]:
    preformatted, place = 0, 0
    for tag in _TAG.finditer(html):
        yield _words(html[place : tag.start()], preformatted=preformatted > 0)
        place, closing, name = tag.end(), bool(tag[1]), tag[2].lower()
        if name == "pre":
            preformatted += -1 if closing else 1
        yield _break(name, closing=closing)
    yield _words(html[place:], preformatted=preformatted > 0)


def _break(tag: str, *, closing: bool) -> str:
    if tag in _PARAGRAPHS:
        return _PARAGRAPH
    if tag == "br":
        return "\n"
    if tag in _CELLS:
        return " " if closing else ""
    return _LINE if tag in _LINES else ""


def _words(text: str, *, preformatted: bool) -> str:
    """A line break in the source of HTML is a space on the page, outside <pre>."""
    text = strip_controls(unescape(text))
    return text if preformatted else text.replace("\n", " ")


def _gap(found: re.Match[str]) -> str:
    return "\n\n" if _PARAGRAPH in found[0] or found[0].count("\n") > 1 else "\n"

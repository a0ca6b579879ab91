"""What of some HTML could act upon a reader: run, load, send, restyle. A strict checker that trusts no cleaner."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html

ACTING = {
    "applet", "audio", "base", "basefont", "bgsound", "button", "canvas", "embed", "form", "frame", "frameset",
    "iframe",
    "ilayer", "image", "img", "input", "isindex", "keygen", "layer", "link", "math", "meta", "noscript", "object",
    "param",
    "plaintext", "portal", "script", "select", "source", "style", "svg", "template", "textarea", "title", "track",
    "video",
    "xml", "xmp",
}  # fmt: skip
ALLOWED = {"href", "title", "cite", "datetime", "colspan", "rowspan", "scope", "start", "type", "lang", "dir", "rel"}
_SCHEME = re.compile(r"(?:javascript|vbscript|livescript|mocha|data|file|feed|jar|blob|filesystem|about|view-source):")


def acts(html: str) -> list[str]:
    """Return what in `html` would act, as two parsers that disagree about broken HTML see it."""
    return [*_by_standard_library(html), *_by_lxml(html)]


def acts_as_title(text: str) -> list[str]:
    """Return what would act if somebody took a title for HTML. A strange tag or attribute does nothing there."""
    known = (*(f"<{tag}>" for tag in ACTING), "<!doctype", "<?")
    return [found for found in acts(text) if found.startswith(known) or " on" in found or " style" in found]


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found += _of_element(tag, attrs)

    def handle_decl(self, decl):
        self.found.append(f"<!{decl}")

    def handle_pi(self, data):
        self.found.append(f"<?{data}")

    def handle_comment(self, data):
        self.found.append(f"<!--{data}")


def _by_standard_library(html: str) -> list[str]:
    collector = _Collector()
    collector.feed(html)
    collector.close()
    return collector.found


def _by_lxml(html: str) -> list[str]:
    if not html.strip():
        return []
    found = []
    for element in lxml_html.fragment_fromstring(f"<div>{html}</div>", create_parent="div").iter():
        if isinstance(element, etree._Comment | etree._ProcessingInstruction):
            found.append(str(element))
        elif isinstance(element.tag, str):
            found += _of_element(element.tag, list(element.items()))
    return found


def _of_element(tag: str, attributes: list[tuple[str, str | None]]) -> list[str]:
    found = [f"<{tag}>"] if tag.lower() in ACTING or ":" in tag else []
    for name, value in attributes:
        if name.lower() not in ALLOWED:
            found.append(f"<{tag} {name}>")
        if name in {"href", "cite"} and not is_harmless_link(value or ""):
            found.append(f"<{tag} {name}={value!r}>")
    return found


def is_harmless_link(link: str) -> bool:
    """Whether an address leads to the web and nowhere else, however often it is decoded."""
    for _ in range(3):
        plain = re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]", "", link).lower()
        if not re.match(r"https?://[^/\\]", plain) or _SCHEME.match(plain):
            return False
        link = unquote(unescape(link))
    return True

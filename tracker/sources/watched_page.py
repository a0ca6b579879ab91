"""A page that is watched for changes: a company's principles, a vendor's policy, a statement without a feed.

One page is one item whose key is its address, so a changed text becomes a new version of the same document. What
changes by itself (menus, related stories, clocks in scripts) is left out, or every visit would look like news.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from tracker.domain.errors import ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.text import strip_controls
from tracker.domain.vocab import DocumentKind
from tracker.sources.base import register, validated
from tracker.sources.charset import decode
from tracker.sources.feed_dates import Moment, checked, read_date

_FEWEST_CHARACTERS = 40
_NOISE = (
    "//script | //style | //noscript | //template | //svg | //iframe | //object | //form | //nav | //aside | //button"
    " | //dialog | //*[@hidden] | //*[@aria-hidden='true'] | //comment() | //processing-instruction()"
    " | //*[@role='navigation' or @role='banner' or @role='contentinfo' or @role='search' or @role='dialog'"
    " or @role='complementary' or @role='alert']"
)
_PAGE_NOISE = " | //header[not(ancestor::article) and not(ancestor::main)] | //footer"
# Class and id names of what surrounds a text. Whole words only: "share" is a button, "shareholder" is our subject.
_NOISE_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|subscribe|share|sharing|social|breadcrumbs?|sidebar|related|recommended"
    r"|promo|advert|ads?|comments|pagination|skip-link|site-header|site-footer|menu|navbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&#([0-9]{1,7}|[xX][0-9a-fA-F]{1,6})(?![0-9a-fA-F]);?", re.ASCII)
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='dcterms.date' or @name='DC.date.issued' or @itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
)


@register
class WatchedPage:
    """A target is one page. Options: `xpath` chooses the part to watch, `kind` the document's kind, `publisher`."""

    name, kind, every = "watched_page", DocumentKind.STATEMENT, timedelta(hours=6)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            context = {
                "title": target.name,
                **{name: target.options[name] for name in ("xpath", "kind", "publisher") if name in target.options},
            }
            accept = "text/html, application/xhtml+xml, */*;q=0.1"
            yield validated(target.url, target.options, accept=accept, context=context)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        context = answer.request.context
        text, warnings = decode(answer.body, answer.headers.get("content-type", ""))
        page = _tree(text, answer)
        title, base, language = _title(page), _base(page, answer), _first(page, "/html/@lang")
        published, doubt = _published(page, answer)
        publisher = context.get("publisher") or _first(page, "//meta[@property='og:site_name']/@content")
        main = _main(page, str(context.get("xpath") or ""), answer)
        yield RawItem(
            key=answer.request.url,
            title=title or str(context.get("title") or "") or answer.url,
            url=answer.url,
            published=published,
            publisher=str(publisher),
            content_html=main,
            base_url=base,
            language=language,
            kind=DocumentKind(context.get("kind", self.kind)),
            warnings=warnings + ((doubt,) if doubt else ()),
        )


def _tree(text: str, answer: Fetched) -> Any:
    # lxml refuses a string that declares its encoding, and fails later on control characters, also on written-out ones.
    text = strip_controls(re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1))
    text = _REFERENCE.sub(lambda found: found[0] if strip_controls(_character(found[1])) else "", text)
    try:
        return lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(
            f"reading {answer.url} as a page: there is no HTML in it ({error}); open it in a browser"
        ) from error


def _character(reference: str) -> str:
    number = int(reference[1:], 16) if reference[0] in "xX" else int(reference)
    return chr(number) if number < 0x110000 else ""


def _first(page: Any, path: str) -> str:
    return next((text for found in page.xpath(path) if (text := " ".join(str(found).split()))), "")


def _title(page: Any) -> str:
    headings = page.xpath("//main//h1 | //article//h1 | //*[@role='main']//h1") or page.xpath("//h1")
    if len(headings) == 1 and (text := " ".join(headings[0].text_content().split())):
        return str(text)
    return _first(page, "//meta[@property='og:title']/@content") or _first(page, "//head/title/text()")


def _base(page: Any, answer: Fetched) -> str:
    try:
        return urljoin(answer.url, _first(page, "//base/@href"))
    except ValueError:
        return answer.url


def _published(page: Any, answer: Fetched) -> tuple[Moment | datetime | None, str | None]:
    for path in _DATES:
        if text := _first(page, path):
            moment, warning = read_date(text)
            moment, doubt = checked(moment, answer.fetched_at)
            return moment, doubt or warning
    return None, None


def _main(page: Any, path: str, answer: Fetched) -> str:
    """Return the HTML of the page's main part; raises ParseError when it has no text to speak of."""
    for element in page.xpath(_NOISE + ("" if path else _PAGE_NOISE)):
        _drop(element)
    for element in page.xpath("//*[@class or @id]"):
        if element.tag not in {"html", "body", "main", "article"} and _NOISE_NAME.search(
            f"{element.get('class', '')} {element.get('id', '')}"
        ):
            _drop(element)
    try:
        parts = page.xpath(path) if path else _usual_place(page)
    except etree.XPathError as error:
        raise ParseError(
            f"reading {answer.url}: its xpath {path!r} is wrong ({error}); correct it in the sources"
        ) from error
    parts = [part for part in parts if isinstance(part, lxml_html.HtmlElement)] if isinstance(parts, list) else []
    text = " ".join(part.text_content() for part in parts)
    if len("".join(text.split())) < (1 if path else _FEWEST_CHARACTERS):
        raise ParseError(
            f"reading {answer.url} as a page: there is no text in its main part; it may be drawn by a script, or the "
            "site asks for a browser: open it, and name the part to watch with `xpath`"
        )
    return "".join(str(lxml_html.tostring(part, encoding="unicode", with_tail=False)) for part in parts)


def _drop(element: Any) -> None:
    """Remove an element but not the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def _usual_place(page: Any) -> list[Any]:
    for path in ("//main", "//*[@role='main']", "//article"):
        found = page.xpath(path)
        if len(found) == 1 and len(found[0].text_content().strip()) >= _FEWEST_CHARACTERS:
            return [found[0]]
    return list(page.xpath("//body"))

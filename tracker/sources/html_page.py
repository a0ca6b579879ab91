"""An HTML page as a tree that can be searched, from bytes that may be damaged or hostile."""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from tracker.domain.errors import ParseError
from tracker.domain.text import strip_controls
from tracker.sources.charset import decode

_DROPPED = "whereas-dropped"
ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"
LONGEST_PAGE = 4_000_000
_PROLOG = re.compile(r"^\s*<\?xml[^>]{0,1000}\?>")
_REFERENCE = re.compile(r"&#([0-9]{1,7}|[xX][0-9a-fA-F]{1,6})(?![0-9a-fA-F]);?", re.ASCII)


def read_page(body: bytes, content_type: str, url: str) -> tuple[Any, tuple[str, ...]]:
    """Return the tree of a page and warnings; raises ParseError when there is no HTML in it."""
    text, warnings = page_text(body, content_type, url, longest=LONGEST_PAGE)
    return tree_of(text, url), warnings


def page_text(body: bytes, content_type: str, url: str, *, longest: int) -> tuple[str, tuple[str, ...]]:
    """Return the HTML of a page and warnings; of more than `longest` characters the beginning, which is said.

    Raises ParseError naming `url` for a PDF file.
    """
    if body.startswith(b"%PDF-"):
        raise ParseError(f"reading {url} as a page: it is a PDF file; open it in a browser")
    text, warnings = decode(body, content_type)
    if len(text) > longest:
        warnings += (f"the page has {len(text):,} characters: only the first {longest:,} were read",)
    return text[:longest], warnings


def tree_of(text: str, url: str) -> Any:
    """Return the tree of HTML as text; raises ParseError naming `url` when there is no HTML in it."""
    # lxml refuses a string that declares its encoding, and fails later on control characters, also on written-out ones.
    text = strip_controls(_PROLOG.sub("", text, count=1))
    text = _REFERENCE.sub(lambda found: found[0] if strip_controls(_character(found[1])) else "", text)
    try:
        parser = lxml_html.HTMLParser(huge_tree=True, remove_pis=True, no_network=True)
        return lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"reading {url} as a page: there is no HTML in it ({error}); open it in a browser") from error


def _character(reference: str) -> str:
    number = int(reference[1:], 16) if reference[0] in "xX" else int(reference)
    return chr(number) if number < 0x110000 else ""


def first(page: Any, path: str) -> str:
    """Return the first text found by an XPath that has any, as one line; "" when there is none."""
    return next((text for found in page.xpath(path) if (text := " ".join(str(found).split()))), "")


def words_of(element: Any) -> str:
    """Return all text within an element as one line."""
    return " ".join(str(element.text_content()).split())


def drop(page: Any, elements: Iterable[Any]) -> None:
    """Remove elements, but not the text that follows them.

    All at once: taken out one by one, each would have the text after it copied, and 50,000 of them take minutes.
    """
    for element in elements:
        if isinstance(element.tag, str) and element.getparent() is not None:
            element.tag = _DROPPED
    etree.strip_elements(page, _DROPPED, etree.Comment, etree.ProcessingInstruction, with_tail=False)

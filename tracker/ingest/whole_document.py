"""Any document somebody points at (a web page, a PDF, a text) as an item: pasted addresses, uploads, linked pages."""

import re
from datetime import datetime
from html import escape

from tracker.domain.errors import ParseError
from tracker.domain.items import RawItem
from tracker.ingest.extract import main_text
from tracker.sources.charset import decode
from tracker.sources.pdf_text import pdf_text

_PDF = b"%PDF-"
_MARKUP = ("<html", "<body", "<!doctype", "<p>", "<p ", "<div", "<article", "<br")
_LOOKED_AT = 4096
# Control characters that no text has.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def whole_document(body: bytes, content_type: str, url: str, now: datetime) -> RawItem:
    """Return what a document says; raises ParseError when there is no text in it.

    What it says of itself (title, day, publisher, authors, language) is taken where it does; nothing is guessed. `url`
    may be "" for a file.
    """
    if body[:1024].lstrip().startswith(_PDF):
        text, warnings = pdf_text(body)
        if not text:
            raise ParseError(f"reading {url or 'the PDF'}: {'; '.join(warnings) or 'it has no text'}; give its text")
        return RawItem(key=url, title="", url=url or None, content_html=paragraphs(text), warnings=warnings)
    start = body[:_LOOKED_AT].decode("latin-1").lower()
    if "html" in content_type.lower() or any(tag in start for tag in _MARKUP):
        return _page(body, content_type, url, now)
    text, warnings = decode(body, content_type)
    if _NO_TEXT.search(text):
        raise ParseError(f"reading {url or 'the file'}: it is neither a page, nor text, nor a PDF; give one of these")
    if not text.strip():
        raise ParseError(f"reading {url or 'the file'}: it holds no text; give text, HTML or a PDF")
    return RawItem(key=url, title="", url=url or None, content_html=paragraphs(text), warnings=warnings)


def _page(body: bytes, content_type: str, url: str, now: datetime) -> RawItem:
    found = main_text(body, content_type, url, now=now)
    return RawItem(
        key=url,
        title=found.title,
        url=found.canonical_url or url or None,
        published=found.published,
        authors=found.authors,
        publisher=found.site_name,
        content_html=found.html,
        base_url=url,
        language=found.language,
        warnings=found.warnings,
    )


_SHORT_LINE, _MOST_SHORT_LINES = 50, 12  # characters, lines
_LISTED = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-z])[.)]|[•●▪◦*–—-])\s")


def paragraphs(text: str) -> str:
    """Return plain text as HTML: an empty line ends a paragraph.

    Lines of an address, of signatures and of a list stay lines; those of wrapped prose do not.
    """
    return "".join(f"<p>{_with_lines(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _with_lines(part: str) -> str:
    lines = part.split("\n")
    short = len(lines) <= _MOST_SHORT_LINES and all(len(line) <= _SHORT_LINE for line in lines)
    ends = ["<br>\n" if short or _LISTED.match(line) else "\n" for line in lines[1:]]
    return "".join(end + escape(line) for end, line in zip(["", *ends], lines, strict=True))

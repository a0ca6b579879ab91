"""A filing as it was filed (HTML, text or PDF) turned into one text with blocks, the ground every reader stands on.

A full submission (.txt with an SGML header and several documents) is read for its main document, which comes first.
Source: EDGAR Filer Manual, volume II, for the submission's headers and the tags of text documents.
"""

import re

from tracker.domain.errors import InputError, ParseError
from tracker.filings.layout.blocks import Block, Cell, Layout
from tracker.filings.layout.html import html_layout
from tracker.filings.layout.text import text_layout
from tracker.sources.charset import decode
from tracker.sources.pdf_text import pdf_pages

__all__ = ["Block", "Cell", "Layout", "layout_of"]

MOST_BYTES = 16 * 1024 * 1024
MOST_TAGS = 1_000_000
MOST_LINES = 300_000
_DOCUMENT = re.compile(rb"<DOCUMENT>", re.IGNORECASE)
_TYPE = re.compile(rb"<TYPE>([^\r\n<]{1,40})", re.IGNORECASE)
_TEXT = re.compile(rb"<TEXT>\s{0,20}(?:<(?:XBRL|PDF|XML)>\s{0,20})?", re.IGNORECASE)
_END = re.compile(rb"</TEXT>|</DOCUMENT>|<DOCUMENT>", re.IGNORECASE)
_LONGEST_HEADER = 100_000
_HTML = re.compile(r"<(?:html|body|div|p|t[rd]|font|br|span|b|h[1-6]|pre)[\s>/]", re.IGNORECASE)
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_BINARY = 0.01


def layout_of(body: bytes, content_type: str = "") -> Layout:
    """Return the layout of a filing's main document.

    Raises ParseError for what is neither HTML nor text nor PDF or has no text at all, InputError for a document of
    more than 16 MiB.
    """
    main, form = main_document(body)
    if len(main) > MOST_BYTES:
        raise InputError(
            f"reading a filing: its main document has {len(main):,} bytes; more than {MOST_BYTES // 2**20} MiB is no "
            "filing we know: save the document alone, without its exhibits"
        )
    if b"%PDF-" in main[:1024]:
        pages, warnings = pdf_pages(main)
        layout = text_layout("\f".join(pages), warnings, form)
    else:
        text, warnings = decode(main, content_type)
        _refuse_binary(main, text)
        if text.count("<") > MOST_TAGS or text.count("\n") > MOST_LINES:
            raise InputError(
                f"reading a filing: it has more than {MOST_TAGS:,} tags or {MOST_LINES:,} lines, which is no filing we "
                "know; open it to see"
            )
        read = html_layout if _HTML.search(text) else text_layout
        layout = read(text, warnings, form)
    if not layout.text.strip():
        why = "; ".join(layout.warnings) or "all of it is hidden or empty"
        raise ParseError(f"reading a filing of {len(main):,} bytes: there is no text in it ({why})")
    return layout


def main_document(body: bytes) -> tuple[bytes, str]:
    """Return the main document of a full submission and its form; anything else as it is, with the form ""."""
    opening = _DOCUMENT.search(body, 0, _LONGEST_HEADER)
    if opening is None:
        return body, ""
    start = _TEXT.search(body, opening.end(), opening.end() + _LONGEST_HEADER)
    named = _TYPE.search(body, opening.end(), start.start() if start else opening.end() + _LONGEST_HEADER)
    form = named[1].decode("ascii", "replace").strip().upper() if named else ""
    if start is None:
        raise ParseError(
            f"reading a full submission{f' ({form})' if form else ''}: its first document has no text; it may be cut "
            "off: fetch it again"
        )
    end = _END.search(body, start.end())
    return body[start.end() : end.start() if end else len(body)], form


def _refuse_binary(body: bytes, text: str) -> None:
    start = text[:4096]
    if not start.strip("\0 \t\r\n"):
        raise ParseError("reading a filing: the file is empty; fetch it again")
    if len(_BINARY.findall(start)) > len(start) * _MOST_BINARY:
        raise ParseError(
            f"reading a filing: it is neither HTML nor text nor PDF: the file begins {body[:16]!r}; open it with the "
            "program it was made with and save it as HTML"
        )

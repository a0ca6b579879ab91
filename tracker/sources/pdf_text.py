"""The text of a PDF file, as far as there is text in it: scans are pictures and say nothing to us.

PDFium is not made for several threads at once, so one file is read at a time. It runs in our process, so a file that is
not trusted is best read where a crash costs little.
"""

from threading import Lock
from typing import Any

from tracker.domain.errors import ParseError
from tracker.domain.text import strip_controls, tidy_lines

MOST_PAGES = 400
LONGEST_TEXT = 3_000_000
# Counted in the pages as they are, also where less is taken of them: laying characters out is what takes time.
MOST_CHARACTERS = 5_000_000
_LONGEST_PAGE = 200_000
_FEWEST_LETTERS = 10
_ONE_AT_A_TIME = Lock()
_PASSWORD, _SECURITY = 4, 5  # PDFium's error codes


def pdf_text(body: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a PDF, an empty line between its pages, and warnings about what is missing.

    The text is "" for a file that is encrypted or has only pictures. Raises ParseError when the file is damaged or no
    PDF; see `pdf_pages`.
    """
    pages, warnings = pdf_pages(body)
    return "\n\n".join(filter(None, pages)), warnings


def pdf_pages(body: bytes) -> tuple[list[str], tuple[str, ...]]:
    """Return the text of each page of a PDF, and warnings about what is missing.

    There is none for a file that is encrypted or has only pictures; a warning says so. Words divided at the end of a
    line are left divided. At most 400 pages and a few million characters are read. Raises ParseError when the file is
    damaged or is no PDF.
    """
    import pypdfium2  # noqa: PLC0415 - a library of native code, loaded for the first PDF

    if b"%PDF-" not in body[:1024]:
        raise ParseError(
            f"reading a PDF: the file begins {body[:20]!r}; it is none, open it with a viewer to see what it is"
        )
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(body)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) in {_PASSWORD, _SECURITY}:
                return [], ("the PDF is encrypted: its text cannot be read without a password",)
            raise ParseError(
                f"reading a PDF of {len(body):,} bytes: {error}; it may be cut off: fetch it again"
            ) from error
        try:
            return _read(document)
        finally:
            document.close()


def _read(document: Any) -> tuple[list[str], tuple[str, ...]]:
    number, size, counted = len(document), 0, 0
    pages: list[str] = []
    notes: list[str] = []
    unread = 0
    for index in range(min(number, MOST_PAGES)):
        found = _page_text(document, index)
        if found is None:
            unread += 1
            continue
        text, characters = found
        pages.append(text)
        size += len(text)
        counted += characters
        if counted > MOST_CHARACTERS:
            notes.append(
                f"pages 1 to {index + 1} of the PDF's {number} have {counted:,} characters, where {MOST_CHARACTERS:,} "
                f"are read: at most {_LONGEST_PAGE:,} of a page were taken, and no further page"
            )
            break
        if size > LONGEST_TEXT:
            notes.append(f"the PDF has a long text: pages 1 to {index + 1} of {number} were read")
            break
    if number > MOST_PAGES:
        notes.append(f"the PDF has {number} pages: the first {MOST_PAGES} were read")
    if unread:
        notes.append(f"pages of the PDF that are damaged and were left out: {unread}")
    if number and unread == min(number, MOST_PAGES):
        raise ParseError(f"reading a PDF of {number} pages: all are damaged; fetch it again")
    if size > LONGEST_TEXT:
        pages[-1] = pages[-1][: len(pages[-1]) - (size - LONGEST_TEXT)]
    beginning = "".join(pages)[:1000]
    if sum(mark.isalpha() for mark in beginning) < _FEWEST_LETTERS:
        return [], (*notes, "the PDF has no text but pictures of it, or none at all: it needs character recognition")
    return pages, tuple(notes)


def _page_text(document: Any, index: int) -> tuple[str, int] | None:
    """Return the text of a page and how many characters it has in all, or None when it is damaged."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - as above

    try:
        page = document[index]
    except PdfiumError:
        return None
    try:
        text_page = page.get_textpage()
        try:
            characters = max(text_page.count_chars(), 0)
            length = min(characters, _LONGEST_PAGE)
            # PDFium writes U+FFFE for a hyphen and the end of the line after it.
            found = text_page.get_text_range(0, length).replace("\ufffe", "-\n") if length > 0 else ""
        finally:
            text_page.close()
    except PdfiumError:
        return None
    finally:
        page.close()
    return tidy_lines(strip_controls(found)), characters

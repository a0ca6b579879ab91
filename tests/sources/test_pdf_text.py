"""The PDF files here are written by hand, with fictional content."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import ParseError
from tracker.sources.pdf_text import MOST_CHARACTERS, MOST_PAGES, pdf_text

STANDARD_SECURITY = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)


def pdf(*pages: bytes, encrypt: bool = False, encoding: bool = False) -> bytes:
    """A PDF with a page for each of the given content streams; `encoding`: its text is in Windows-1252."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica%s >>" % (b" /Encoding /WinAnsiEncoding" * encoding),
        STANDARD_SECURITY,
    ]
    for number, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    body, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    security = b"/Encrypt 4 0 R /ID [<01><01>] " if encrypt else b""
    body += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, security, table)
    return bytes(body)


def lines(*texts: str) -> bytes:
    """A content stream that shows lines of text one below the other."""
    shown = b" ".join(b"(%s) Tj 0 -14 Td" % text.encode("ascii") for text in texts)
    return b"BT /F1 12 Tf 72 700 Td %s ET" % shown


def test_the_text_of_every_page_is_read_in_order() -> None:
    text, warnings = pdf_text(
        pdf(lines("Dear Mr. Example,", "we ask you to answer."), lines("Signed by forty groups."))
    )
    assert text == "Dear Mr. Example,\nwe ask you to answer.\n\nSigned by forty groups."
    assert warnings == ()


def test_a_word_divided_at_the_end_of_a_line_stays_divided() -> None:
    text, _ = pdf_text(pdf(lines("We ask for a mora-", "torium on all sales.")))
    assert text == "We ask for a mora-\ntorium on all sales."


def test_a_file_of_pictures_is_said_to_be_one() -> None:
    text, [warning] = pdf_text(pdf(b"0 0 1 rg 10 10 100 100 re f"))
    assert (text, "character recognition" in warning) == ("", True)


def test_an_encrypted_file_is_said_to_be_one() -> None:
    text, [warning] = pdf_text(pdf(lines("Secret words of the board."), encrypt=True))
    assert (text, "encrypted" in warning) == ("", True)


def test_of_a_long_file_the_first_pages_are_read() -> None:
    pages = [lines(f"This is page number {number}.") for number in range(MOST_PAGES + 2)]
    text, [warning] = pdf_text(pdf(*pages))
    assert text.endswith(f"page number {MOST_PAGES - 1}.")
    assert str(MOST_PAGES + 2) in warning


def test_pages_are_counted_as_they_are_and_the_rest_is_left_when_they_are_too_many_together() -> None:
    full = lines(*["Fifty characters of a page that says nothing new. "] * (MOST_CHARACTERS // 100))
    text, [warning] = pdf_text(pdf(full, full, full, lines("This is the last page.")))
    assert "pages 1 to 2 of the PDF's 4 have" in warning or "pages 1 to 3 of the PDF's 4 have" in warning
    assert f"where {MOST_CHARACTERS:,} are read" in warning
    assert "the last page" not in text


@pytest.mark.parametrize("body", [b"", b"<html>no PDF</html>", b"%PDF-1.4\n", b"%PDF-1.7\n" + b"\x00" * 500])
def test_what_is_no_pdf_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ParseError, match="reading a PDF"):
        pdf_text(body)


WHOLE = pdf(lines("Dear Mr. Example, we ask you to answer."), lines("Signed."))


@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.binary(max_size=20))
def test_damaged_files_raise_nothing_but_parse_errors(first: int, last: int, noise: bytes) -> None:
    with suppress(ParseError):
        pdf_text(WHOLE[:first] + noise + WHOLE[last:])

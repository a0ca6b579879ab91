"""Invented proxy statements as PDF files."""

import random
from collections.abc import Iterator, Sequence

from tests.filings.proxy_printing import rendering, wrapped
from tests.filings.worded_proxies import Piece
from tests.sources.test_pdf_text import pdf


def pdf_of(pages: Sequence[Sequence[tuple[int, str]]]) -> bytes:
    """A PDF whose pages hold lines of text, each with its left margin."""
    contents = []
    for page in pages:
        shown = []
        top = 760
        for left, line in page:
            text = line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            shown.append(b"1 0 0 1 %d %d Tm (%s) Tj" % (left, top, text))
            top -= 12
        contents.append(b"BT /F1 8 Tf " + b"\n".join(shown) + b" ET")
    return pdf(*contents, encoding=True)


def printed_lines(pieces: Sequence[Piece], width: int = 110) -> Iterator[list[tuple[int, str]]]:
    page: list[tuple[int, str]] = []
    for piece in [*pieces, Piece("page")]:
        if piece.kind == "page" or len(page) > 52:
            if page:
                yield page
            page = []
        if piece.kind == "page":
            continue
        text = (
            f"• {piece.text}"
            if piece.kind == "bullet"
            else f"{piece.text} {piece.page}"
            if piece.kind == "listing"
            else piece.text
        )
        page += [
            (180 if "heading" in piece.kind else 60, line)
            for line in wrapped(text, width if "heading" not in piece.kind else min(width, 80) - 12)
        ]


@rendering
def pdf_pages(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return pdf_of(list(printed_lines(pieces)))


@rendering
def pdf_with_feet(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return pdf_of(
        [
            [(60, "PROXY STATEMENT AND NOTICE"), *page, (300, f"{number} Example Company 2024 Proxy Statement")]
            for number, page in enumerate(printed_lines(pieces), 1)
        ]
    )


@rendering
def pdf_narrow(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return pdf_of(list(printed_lines(pieces, width=64)))

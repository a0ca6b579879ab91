"""What all renderings of an invented proxy statement share: the list of them, pages, and lines of text."""

import html
import random
import textwrap
from collections.abc import Callable, Iterator, Sequence

from tests.filings.worded_proxies import Piece

Render = Callable[[Sequence[Piece], random.Random], bytes]
RENDERINGS: dict[str, Render] = {}


def rendering(render: Render) -> Render:
    RENDERINGS[render.__name__] = render
    return render


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def page_of(body: str, head: str = "") -> bytes:
    return f"<html><head><title>DEF 14A</title>{head}</head><body>{body}</body></html>".encode()


def paged(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, int]]:
    """Each piece with the number of the page that ends before it; 0 where none does."""
    number = 0
    for piece in pieces:
        number += piece.kind == "page"
        yield piece, number if piece.kind == "page" else 0


def pages_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    pages: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.kind == "page":
            pages.append([])
        else:
            pages[-1].append(piece)
    return pages


def typed(
    pieces: Sequence[Piece],
    *,
    width: int = 78,
    indent: int = 0,
    first: int = 0,
    gap: bool = True,
    centred: bool = False,
    page: str = "\n\n{0:^76}\n<PAGE>\n",
) -> str:
    out: list[str] = []
    for piece, number in paged(pieces):
        if piece.kind == "page":
            out.append(page.format(number))
            continue
        if piece.kind == "listing":
            out.append(f"{piece.text} {'.' * max(4, width - len(piece.text) - 6)} {piece.page}")
            continue
        margin, opening = " " * indent, " " * (indent + (first if piece.kind == "paragraph" else 0))
        text = f"•   {piece.text}" if piece.kind == "bullet" else piece.text
        if "heading" in piece.kind:
            lines = [
                line.center(width).rstrip() if centred else margin + line for line in textwrap.wrap(text, width - 20)
            ]
            out += ["", *lines, ""]
            continue
        wrap = textwrap.wrap if gap else wrapped
        lines = wrap(text, width, initial_indent=opening, subsequent_indent=margin, break_on_hyphens=False)
        out += [*lines, ""] if gap else lines
    return "\n".join(out)


def wrapped(text: str, width: int, **options: object) -> list[str]:
    """A text in lines, the last of them short: without an empty line, nothing else shows that a paragraph ends."""
    for narrower in range(width, width - 9, -1):
        lines = textwrap.wrap(text, narrower, **options)
        if len(lines) == 1 or len(lines[-1]) < width * 0.7:
            return lines
    return textwrap.wrap(text, width, **options)

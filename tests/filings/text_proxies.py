"""Invented proxy statements as text: as filed in the nineties, and as printed from a PDF, in one column or two."""

import random
from collections.abc import Sequence

from tests.filings.proxy_printing import pages_of, rendering, typed
from tests.filings.worded_proxies import Piece


@rendering
def text_of_the_nineties(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return typed(pieces, centred=True).encode("cp1252", "replace")


@rendering
def submission_of_the_nineties(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    text = typed(pieces, centred=True, indent=2)
    head = (
        "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n<SEC-DOCUMENT>x.txt\n<DOCUMENT>\n<TYPE>DEF"
        " 14A\n<SEQUENCE>1\n<TEXT>\n"
    )
    return f"{head}{text}\n</TEXT>\n</DOCUMENT>\n".encode()


@rendering
def indented_paragraphs(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return typed(pieces, first=5, gap=False, width=72).encode()


@rendering
def wide_print(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return typed(
        pieces, width=140, page="\n\n" + " " * 120 + "2024 Proxy Statement   {0}\n\fTable of Contents\n\n"
    ).encode()


@rendering
def wide_print_without_gaps(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return typed(pieces, width=132, indent=3, gap=False, page="\n\n{0:>120}\n\f").encode()


@rendering
def print_with_heads(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    head = (
        "\n\n   www.example.com {0}\n\fTable of Contents\n"
        "Proxy Statement      Corporate      Executive      Proposals      Questions\n"
        "Summary              Governance     Compensation                  and Answers\n\n"
    )
    return typed(pieces, width=120, page=head).encode()


@rendering
def hyphenated_print(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """Words divided at the right margin."""
    out = []
    for block in typed(pieces, width=88, page="\n\n{0:>80}\n\f").split("\n\n"):
        lines = block.split("\n")
        for at in range(len(lines) - 1):
            word = lines[at + 1].split(" ")[0]
            if len(word) > 7 and word.isalpha() and word.islower() and len(lines[at]) > 60 and chance.random() < 0.5:
                lines[at] += f" {word[:4]}-"
                lines[at + 1] = lines[at + 1][4:]
        out.append("\n".join(lines))
    return "\n\n".join(out).encode()


@rendering
def justified(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """Full lines stretched with spaces to the right margin."""
    out = []
    for line in typed(pieces, width=76).split("\n"):
        words = line.split()
        missing = 76 - len(line)
        if 0 < missing < 8 and len(words) > 6 and len(line) > 60:
            for _ in range(missing):
                at = chance.randrange(len(words) - 1)
                words[at] += " "
            out.append(" ".join(words))
        else:
            out.append(line)
    return "\n".join(out).encode()


@rendering
def two_column_print(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """Each page set in two columns; headings over both."""
    out: list[str] = []

    def columns(run: list[Piece]) -> None:
        lines = typed(run, width=56).strip("\n").split("\n") if run else []
        if len(lines) < 24:
            out.extend([*lines, ""])
            return
        half = (len(lines) + 1) // 2
        left, right = lines[:half], lines[half:]
        right += [""] * (half - len(right))
        out.extend(f"{one:<64}{other}".rstrip() for one, other in zip(left, right, strict=True))
        out.append("")

    for page in pages_of(pieces):
        run: list[Piece] = []
        for piece in page:
            if piece.kind in ("heading", "listing"):
                columns(run)
                run = []
                out.append(typed([piece], width=120, centred=True))
            else:
                run.append(piece)
        columns(run)
        out.append(f"\n{'':60}{len(out)}\n\f")
    return "\n".join(out).encode()


@rendering
def crlf_and_tabs(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return typed(pieces, first=8, width=74).replace("        ", "\t").replace("\n", "\r\n").encode()


@rendering
def old_windows(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    return typed(pieces, width=80, page="\n{0:^80}\n\n<PAGE>\n\n").encode("cp1252", "replace")

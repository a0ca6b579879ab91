"""Invented proxy statements as HTML, in the ways of filing agents and of the programs that companies write with."""

import random
import textwrap
from collections.abc import Sequence

from tests.filings.proxy_printing import escaped, page_of, paged, pages_of, rendering, typed, wrapped
from tests.filings.worded_proxies import Piece


@rendering
def plain_html(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    tags = {"heading": "h2", "subheading": "h3", "bullet": "li"}
    return page_of("\n".join(
        "<hr>" if piece.kind == "page" else "<{0}>{1}</{0}>".format(tags.get(piece.kind, "p"), escaped(piece.text))
        for piece in pieces
        if piece.kind != "listing"
    ))  # fmt: skip


@rendering
def workiva(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    def div(text: str, style: str = "", weight: int = 400) -> str:
        spans = "".join(
            f"<span"
            f" style=\"color:#000000;font-family:'Arial',sans-serif;font-size:10pt;font-weight:{weight}\">"
            f"{escaped(part)}</span>"
            for part in split_at_random(text, chance)
        )
        return f'<div style="margin-top:6pt;{style}">{spans}</div>'

    out = []
    for piece, number in paged(pieces):
        if piece.kind == "page":
            out.append(
                f'<div style="height:42.75pt;position:relative;width:100%"><div'
                f' style="bottom:0;position:absolute;width:100%">{div(str(number), "text-align:right")}</div></div>'
                '<hr style="page-break-after:always"/><div'
                ' style="min-height:42.75pt;width:100%"><div><span><a href="#toc">Table of'
                " Contents</a></span></div></div>"
            )
        elif piece.kind == "listing":
            out.append(
                f'<table style="border-collapse:collapse"><tr><td style="width:1.0%"></td><td'
                f' style="width:98%"></td></tr><tr><td'
                f' colspan="3">{escaped(piece.text)}</td><td><span>{piece.page}</span></td></tr></table>'
            )
        elif piece.kind == "bullet":
            out.append(
                f'<div style="padding-left:36pt;text-indent:-18pt"><span>•</span><span'
                f' style="padding-left:14.5pt">{escaped(piece.text)}</span></div>'
            )
        elif piece.kind in ("heading", "subheading"):
            out.append(div(piece.text, "text-align:center" if piece.kind == "heading" else "", 700))
        else:
            out.append(div(piece.text))
    return page_of("".join(out))


@rendering
def donnelley(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    style = 'STYLE="margin-top:12pt; margin-bottom:0pt; font-size:10pt; font-family:Times New Roman"'
    out = []
    for piece, number in paged(pieces):
        if piece.kind == "page":
            out.append(
                f'<P {style} ALIGN="center">{number}</P>\n\n<p'
                f' style="margin-top:0pt;margin-bottom:0pt;page-break-before:always">\n<HR  SIZE="3"'
                f' style="COLOR:#999999" WIDTH="100%" ALIGN="CENTER">'
                f'<h5 align="left"><a href="#toc">Table of Contents</a></h5>\n'
            )
        elif piece.kind == "listing":
            out.append(
                f'<TABLE CELLSPACING="0"><TR><TD WIDTH="90%"></TD><TD></TD></TR><TR><TD'
                f' VALIGN="top"><P {style}>{escaped(piece.text)}</P></TD><TD'
                f' ALIGN="right">{piece.page}</TD></TR></TABLE>'
            )
        elif piece.kind == "bullet":
            out.append(
                f'<TABLE STYLE="BORDER-COLLAPSE:COLLAPSE" WIDTH="100%"><TR><TD'
                f' WIDTH="5%">&nbsp;</TD><TD WIDTH="2%" VALIGN="top">&#149;</TD><TD'
                f' WIDTH="1%">&nbsp;</TD><TD ALIGN="left"'
                f' VALIGN="top">{escaped(piece.text)}</TD></TR></TABLE>'
            )
        elif piece.kind in ("heading", "subheading"):
            out.append(f'<P {style} ALIGN="center"><B>{escaped(piece.text)}</B></P>')
        else:
            out.append(f"<P {style}>{escaped(piece.text)}\n</P>")
    return "\n".join(['<HTML><BODY BGCOLOR="WHITE">', *out, "</BODY></HTML>"]).encode("cp1252", "xmlcharrefreplace")


@rendering
def font_tags(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    out = []
    for piece, number in paged(pieces):
        if piece.kind == "page":
            out.append(f'<P ALIGN="CENTER"><FONT SIZE="2">-{number}-</FONT></P><HR NOSHADE><PAGE>')
        elif piece.kind == "listing":
            out.append(f'<P><FONT SIZE="2">{escaped(piece.text)} . . . . . . . . . . {piece.page}</FONT></P>')
        elif piece.kind == "bullet":
            out.append(f'<DL><DT><FONT SIZE="2">&#149;&nbsp;&nbsp;&nbsp;{escaped(piece.text)}</FONT></DT></DL>')
        elif piece.kind in ("heading", "subheading"):
            out.append(
                f'<P ALIGN="CENTER"><FONT'
                f' SIZE="2"><B>{small_caps(piece.text) if piece.kind == "heading" else escaped(piece.text)}</B></FONT>'
            )
        else:
            out.append(f'<P><FONT SIZE="2">{escaped(piece.text)}</FONT>')
    return "\n".join(["<HTML><BODY>", *out]).encode("cp1252", "xmlcharrefreplace")


def small_caps(text: str) -> str:
    """A heading in capitals, the first letter of each word larger."""
    return " ".join(f'<FONT SIZE="3">{escaped(word[0])}</FONT>{escaped(word[1:])}' for word in text.split())


@rendering
def one_table(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """Everything in a table of one column, as for a fixed width."""
    return page_of("<table width=600>" + "".join(
        "<tr><td>&nbsp;</td></tr>" if piece.kind == "page"
        else f"<tr><td><b>{escaped(piece.text)}</b></td></tr>" if "heading" in piece.kind
        else f"<tr><td>{escaped(piece.text)}</td></tr>"
        for piece in pieces if piece.kind != "listing"
    ) + "</table>")  # fmt: skip


@rendering
def boxed(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """Each page is one cell of a table with a border."""
    return page_of(
        "".join(
            "<table border=1><tr><td>" + "".join(bare(piece) for piece in page) + "</td></tr></table><hr>"
            for page in pages_of(pieces)
        )
    )


def bare(piece: Piece) -> str:
    if piece.kind == "listing":
        return f"<p>{escaped(piece.text)} {'.' * 20} {piece.page}</p>"
    text = f"<b>{escaped(piece.text)}</b>" if "heading" in piece.kind else escaped(piece.text)
    return f"<p>{'• ' if piece.kind == 'bullet' else ''}{text}</p>"


@rendering
def number_beside_title(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """The first line of a heading in one cell, the rest of it in the next."""
    out, at = [], 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else piece
        if (piece.kind == following.kind == "heading" and piece.text[-1] in "0123456789:") or piece.text.lower() in (
            "proposal four",
            "proposal five",
        ):
            out.append(
                f"<table><tr><td"
                f" bgcolor=navy><b>{escaped(piece.text)}</b></td><td>&nbsp;</td>"
                f"<td><b>{escaped(following.text)}</b></td></tr></table>"
            )
            at += 2
            continue
        out.append(f"<hr>{''}" if piece.kind == "page" else bare(piece))
        at += 1
    return page_of("".join(out))


@rendering
def line_breaks(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """Text in one block, parted by <br>."""
    out = []
    for piece, number in paged(pieces):
        if piece.kind == "page":
            out.append(f"<center>{number}</center><hr>")
        elif "heading" in piece.kind:
            out.append(f"<b>{escaped(piece.text)}</b><br><br>")
        elif piece.kind == "listing":
            out.append(f"{escaped(piece.text)} {piece.page}<br>")
        else:
            out.append(f"{'&bull; ' if piece.kind == 'bullet' else ''}{escaped(piece.text)}<br>\n<br>")
    return page_of(f"<div>{''.join(out)}</div>")


@rendering
def word_export(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    out = []
    for piece in pieces:
        if piece.kind == "page":
            out.append(
                "<span style='font-size:12.0pt'><br clear=all"
                " style='mso-special-character:line-break;page-break-before:always'></span>"
            )
        elif piece.kind == "bullet":
            out.append(
                f"<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1"
                f" lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span"
                f" style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp;"
                f" </span></span><![endif]>{escaped(piece.text)}<o:p></o:p></p>"
            )
        elif "heading" in piece.kind:
            out.append(
                f"<p class=MsoNormal align=center style='text-align:center'><b"
                f" style='mso-bidi-font-weight:normal'>{escaped(piece.text)}<o:p></o:p></b></p>"
            )
        elif piece.kind == "listing":
            out.append(
                f"<p class=MsoToc1>{escaped(piece.text)}<span style='mso-tab-count:1 dotted'>. </span>{piece.page}</p>"
            )
        else:
            out.append(f"<p class=MsoNormal>{escaped(textwrap.fill(piece.text, 80))}<o:p>&nbsp;</o:p></p>")
    return page_of("\n".join(out), "<style>p.MsoNormal {margin:0in}</style>")


@rendering
def a_line_a_div(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """A PDF converted: each printed line stands in a block of its own."""
    out, top = [], 0
    for piece, number in paged(pieces):
        if piece.kind == "page":
            out.append(
                f'<div style="position:absolute;top:{top}px;left:300px">{number}</div><hr'
                f' style="page-break-after:always">'
            )
            continue
        text = (
            f"• {piece.text}"
            if piece.kind == "bullet"
            else f"{piece.text} {piece.page}"
            if piece.kind == "listing"
            else piece.text
        )
        for line in wrapped(text, 92) if "heading" not in piece.kind else [text]:
            bold = "font-weight:bold;" if "heading" in piece.kind else ""
            out.append(
                f'<div style="position:absolute;{bold}top:{top}px;left:72px;white-space:nowrap">{escaped(line)}</div>'
            )
            top += 14
    return page_of("\n".join(out))


@rendering
def preformatted(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    text = typed(pieces, page="\n{0:^76}\n\f")
    return page_of(f"<pre>{escaped(text)}</pre>")


@rendering
def inline_xbrl(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    hidden = (
        '<div style="display:none"><ix:header><ix:hidden><ix:nonNumeric'
        ' name="dei:AmendmentFlag">false</ix:nonNumeric></ix:hidden></ix:header></div>'
    )
    body = workiva(pieces, chance).decode().split("<body>")[1].removesuffix("</body></html>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"><head><title>x</title></head>'
        f'<body>{hidden}<ix:nonNumeric name="ecd:All" contextRef="c1">{body}</ix:nonNumeric></body></html>'
    ).encode()


@rendering
def full_submission(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    page = donnelley(pieces, chance)
    head = (
        b"<SEC-DOCUMENT>0000000000-24-000001.txt : 20240401\n<TYPE>DEF 14A\n"
        b"<DOCUMENT>\n<TYPE>DEF 14A\n<SEQUENCE>1\n<FILENAME>d1.htm\n<TEXT>\n"
    )
    return (
        head
        + page
        + b"\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>GRAPHIC\n<TEXT>\nbegin 644 g1.jpg\nM_]C_X\nend\n</TEXT>\n"
        + b"</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )


@rendering
def two_column_cells(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """The paragraphs of each page in two cells side by side."""
    out = []
    for page in pages_of(pieces):
        run: list[Piece] = []
        for piece in [*page, Piece("heading")]:
            if piece.kind != "heading":
                run.append(piece)
                continue
            half = (len(run) + 1) // 2
            if len(run) > 3:
                cells = ("".join(bare(one) for one in part) for part in (run[:half], run[half:]))
                out.append(
                    "<table><tr>"
                    + "".join(f'<td width="50%" valign="top">{cell}</td>' for cell in cells)
                    + "</tr></table>"
                )
            else:
                out += [bare(one) for one in run]
            run = []
            if piece.text:
                out.append(bare(piece))
        out.append('<p style="page-break-after:always"></p>')
    return page_of("".join(out))


@rendering
def upper_and_underlined(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """Headings underlined, entities for every mark, paragraphs that are not closed."""
    out = []
    for piece, number in paged(pieces):
        text = "".join(f"&#{ord(mark)};" if ord(mark) > 126 else mark for mark in escaped(piece.text))
        if piece.kind == "page":
            out.append(f"<p align=right>Page {number}<p><hr>")
        elif "heading" in piece.kind:
            out.append(f"<p align=center><u>{text}</u>")
        elif piece.kind == "listing":
            out.append(f"<p>{text}&nbsp;&nbsp;&nbsp;&nbsp;{piece.page}")
        else:
            out.append(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{'o&nbsp; ' if piece.kind == 'bullet' else ''}{text}")
    return ("<HTML>" + "\n".join(out)).encode()


@rendering
def running_heads(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    """A running head and a foot with the company's name on every page, and breaks in the middle of paragraphs."""
    out = ["<p>Notice of Annual Meeting</p>"]
    number = 1

    def turn() -> str:
        nonlocal number
        number += 1
        return (
            f"<p>EXAMPLE COMPANY &nbsp;"
            f"|&nbsp; 2024 PROXY STATEMENT &nbsp; {number - 1}</p><div"
            f' style="page-break-before:always"></div>'
            "<p>CORPORATE GOVERNANCE &nbsp; COMPENSATION &nbsp; <b>PROPOSALS</b></p>"
        )

    for piece in pieces:
        if piece.kind == "page":
            out.append(turn())
        elif piece.kind == "paragraph" and len(piece.text) > 150 and chance.random() < 0.4:
            words = piece.text.split()
            cut = next(
                (
                    at
                    for at in range(len(words) // 2, len(words) - 3)
                    if words[at][0].islower() and words[at - 1][-1].isalpha()
                ),
                0,
            )
            if cut:
                out += [f"<p>{escaped(' '.join(words[:cut]))}</p>", turn(), f"<p>{escaped(' '.join(words[cut:]))}</p>"]
            else:
                out.append(bare(piece))
        else:
            out.append(bare(piece))
    return page_of("\n".join(out))


@rendering
def images_between(pieces: Sequence[Piece], chance: random.Random) -> bytes:
    picture = '<p style="text-align:center"><img src="g{0}.jpg" alt="" style="width:144px"/></p>'
    return page_of(
        "".join(
            (picture.format(at) if chance.random() < 0.3 else "") + ("<hr>" if piece.kind == "page" else bare(piece))
            for at, piece in enumerate(pieces)
        )
    )


def split_at_random(text: str, chance: random.Random) -> list[str]:
    cuts = sorted(chance.sample(range(len(text) + 1), min(2, len(text))))
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]

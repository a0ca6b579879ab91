"""Whole Forms 8-K as filing agents' tools print them: cover page, items, tables, signature.

A line is a paragraph ("# " before it: bold, "_ ": underlined, "## ": the heading of an item, "* (a) ": hanging behind
its mark), "|" parts the cells of a table's row, "@3" after a cell spans three columns, "//" breaks a line.
"""

import re
import textwrap
from dataclasses import dataclass
from datetime import date
from html import escape

_COVER = """\
# UNITED STATES
# SECURITIES AND EXCHANGE COMMISSION
Washington, D.C. 20549
# FORM 8-K
# CURRENT REPORT
Pursuant to Section 13 or 15(d) of the Securities Exchange Act of 1934
# Date of Report (Date of earliest event reported): {day}
# {name}
(Exact name of registrant as specified in its charter)
Delaware | 001-31415 | 54-2718281
(State or other jurisdiction of incorporation) | (Commission File Number) | (IRS Employer Identification No.)
400 Example Avenue, Springfield 01234
(Address of principal executive offices) (Zip Code)
Registrant’s telephone number, including area code: (555) 010-0142
Check the appropriate box below if the Form 8-K filing is intended to simultaneously satisfy the filing obligation of \
the registrant under any of the following provisions:
☐ | Written communications pursuant to Rule 425 under the Securities Act (17 CFR 230.425)
☐ | Soliciting material pursuant to Rule 14a-12 under the Exchange Act (17 CFR 240.14a-12)
Securities registered pursuant to Section 12(b) of the Act:
Title of each class | Trading Symbol(s) | Name of each exchange on which registered
Common Stock, $0.01 par value | EXMP | New York Stock Exchange
Indicate by check mark whether the registrant is an emerging growth company as defined in Rule 405 of the Securities \
Act of 1933 (§230.405 of this chapter). Emerging growth company ☐
"""
_END = """\
# SIGNATURE
Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be \
signed on its behalf by the undersigned hereunto duly authorized.
 | {name}
Date: {day} | By: | /s/ J. Doe
 | Name: | J. Doe
 | Title: | Secretary
"""


@dataclass(frozen=True)
class _Cell:
    text: str
    span: int

    @property
    def figure(self) -> bool:
        return bool(re.fullmatch(r"[\d.,%—–-]+|N/A", self.text))

    @property
    def inner(self) -> str:
        return escape(self.text, quote=False).replace("//", "<br>")


AGENTS = ("workiva", "donnelley", "toppan", "edgaragents", "msword", "typed")


def filed(name: str, day: date, body: str, agent: str) -> bytes:
    """Return a whole report on a meeting of a company, as one of AGENTS prints it."""
    words = f"{day:%B} {day.day}, {day.year}"
    page = f"{_COVER.format(name=name, day=words)}{body}\n{_END.format(name=name, day=words)}"
    blocks = _blocks(page)
    if agent == "typed":
        return "\n\n".join(_typed(block) for block in blocks).encode()
    printed = "\n".join(_printed(block, agent) for block in blocks)
    return f"<html><head><title>8-K</title></head><body>\n{printed}\n</body></html>".encode()


Block = str | list[list[_Cell]]


def _blocks(page: str) -> list[Block]:
    blocks: list[Block] = []
    for line in page.splitlines():
        if "|" not in line:
            blocks.append(line) if line.strip() else blocks.append([])
        elif blocks and isinstance(blocks[-1], list):
            blocks[-1].append(_row(line))
        else:
            blocks.append([_row(line)])
    return [block for block in blocks if block]


def _row(line: str) -> list[_Cell]:
    cells = []
    for cell in line.split("|"):
        text, _, span = cell.strip().partition("@")
        cells.append(_Cell(text.strip(), int(span or 1)))
    return cells


def _printed(block: Block, agent: str) -> str:
    if isinstance(block, list):
        rows = "\n".join(_ROWS[agent](row, not place % 2) for place, row in enumerate(block))
        return _TABLES[agent].format(rows)
    mark, _, rest = block.partition(" ")
    words = escape(rest, quote=False).replace("//", "<br>")
    if mark == "##":
        number, _, title = words.partition(". ")
        return _ITEMS[agent].format(number + ".", title)
    if mark == "#":
        return _PARAGRAPHS[agent].format(_BOLD[agent].format(words))
    if mark == "_":
        return _PARAGRAPHS[agent].format(f"<u>{words}</u>")
    if mark == "*":
        point, _, words = words.partition(" ")
        return _HANGING[agent].format(point, words)
    return _PARAGRAPHS[agent].format(escape(block, quote=False).replace("//", "<br>"))


def _workiva(row: list[_Cell], _shaded: bool) -> str:
    cells = ""
    for cell in row:
        text = f"<span style=\"color:#000000;font-family:'Times New Roman';font-size:10pt\">{cell.inner}</span>"
        if not cell.text:
            cells += f'<td colspan="{3 * cell.span}" style="padding:0 1pt"></td>'
        elif cell.figure and cell.span == 1:
            cells += (
                f'<td colspan="2" style="padding:2px 0 2px 1pt;text-align:right;vertical-align:bottom">{text}</td>'
                '<td style="padding:2px 1pt 2px 0;text-align:right"></td>'
            )
        else:
            cells += f'<td colspan="{3 * cell.span}" style="padding:2px 1pt;vertical-align:bottom">{text}</td>'
    return f"<tr>{cells}</tr>"


def _donnelley(row: list[_Cell], shaded: bool) -> str:
    cells = ""
    for place, cell in enumerate(row):
        text = f'<FONT STYLE="font-family:Times New Roman" SIZE="2">{cell.inner}</FONT>' if cell.text else "&nbsp;"
        if place:
            cells += '\n<TD VALIGN="bottom">&nbsp;&nbsp;</TD>'
        if place and cell.figure and cell.span == 1:
            cells += f'\n<TD VALIGN="bottom">&nbsp;</TD><TD VALIGN="bottom" ALIGN="right">{text}</TD>'
            cells += '<TD NOWRAP VALIGN="bottom">&nbsp;&nbsp;</TD>'
        elif place:
            cells += f'\n<TD VALIGN="bottom" COLSPAN="{5 * cell.span - 3}" ALIGN="center"><B>{text}</B></TD>'
            cells += '<TD VALIGN="bottom">&nbsp;</TD>'
        else:
            width = f' COLSPAN="{5 * cell.span - 4}"' if cell.span > 1 else ""
            cells += f'<TD VALIGN="top"{width}><P STYLE="margin-left:1.00em; text-indent:-1.00em">{text}</P></TD>'
    colour = ' BGCOLOR="#cceeff"' if shaded else ""
    return f"<TR{colour}>{cells}</TR>"


def _toppan(row: list[_Cell], shaded: bool) -> str:
    cells = ""
    for place, cell in enumerate(row):
        if place:
            cells += '<td style="width:1%;white-space:nowrap;"><p style="margin:0;">&#160;</p></td>'
        text = f'<p style="font-family:Times New Roman;margin:0;">{cell.inner or "&#8203;"}</p>'
        if place and cell.figure and cell.span == 1:
            cells += f'<td style="text-align:right;">{text}</td><td style="width:1%;"><p>&#8203;</p></td>'
        elif place:
            cells += f'<td colspan="{3 * cell.span - 1}" style="border-bottom:1px solid;">{text}</td>'
        else:
            cells += (
                f'<td colspan="{3 * cell.span - 2}" style="background:{"#cceeff" if shaded else "auto"};">{text}</td>'
            )
    return f"<tr>{cells}</tr>"


def _edgaragents(row: list[_Cell], shaded: bool) -> str:
    cells = ""
    for place, cell in enumerate(row):
        text = cell.inner or "&#160;"
        if place:
            cells += "<td>&#160;</td>"
        if place and cell.figure and cell.span == 1:
            cells += f'<td style="text-align: left">&#160;</td><td style="text-align: right">{text}</td>'
            cells += '<td style="text-align: left">&#160;</td>'
        elif place:
            cells += (
                f'<td colspan="{4 * cell.span - 2}" style="border-bottom: Black 1pt solid">{text}</td><td>&#160;</td>'
            )
        else:
            width = f' colspan="{4 * cell.span - 3}"' if cell.span > 1 else ""
            cells += f'<td{width} style="width: 48%">{text}</td>'
    colour = "rgb(204,238,255)" if shaded else "White"
    return f'<tr style="vertical-align: bottom; background-color: {colour}">{cells}</tr>'


def _word(row: list[_Cell], _shaded: bool) -> str:
    cells = "".join(
        f"<td width=128 colspan={cell.span} valign=top style='border:solid windowtext 1.0pt;padding:0in 5.4pt'>\n"
        f"<p class=MsoNormal align=center style='margin-bottom:0in'><span\nstyle='font-size:10.0pt'>"
        f"{cell.inner or '&nbsp;'}</span></p>\n</td>"
        for cell in row
    )
    return f"<tr style='height:12.0pt'>{cells}</tr>"


_ROWS = {
    "workiva": _workiva,
    "donnelley": _donnelley,
    "toppan": _toppan,
    "edgaragents": _edgaragents,
    "msword": _word,
}
_TABLES = {
    "workiva": '<div><table style="border-collapse:collapse;display:inline-table;width:100%">{}</table></div>',
    "donnelley": '<TABLE CELLSPACING="0" CELLPADDING="0" WIDTH="100%" BORDER="0" ALIGN="center">\n{}\n</TABLE>',
    "toppan": '<table cellpadding="0" cellspacing="0" style="border-collapse:collapse;width:100%;">{}</table>',
    "edgaragents": '<table cellspacing="0" cellpadding="0" style="font: 10pt Times New Roman; width: 100%">\n{}'
    "</table>\n"
    '<p style="margin: 0">&#160;</p>',
    "msword": "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0>\n{}\n</table>",
}
_PARAGRAPHS = {
    "workiva": '<div style="text-indent:36pt"><span style="font-family:\'Times New Roman\';font-size:10pt">{}</span>'
    "</div><div><br/></div>",
    "donnelley": '<P STYLE="margin-top:12pt; margin-bottom:0pt; font-size:10pt">{}</P>',
    "toppan": '<p style="font-family:Times New Roman;font-size:10pt;margin:0 0 10pt 0;">{}</p>',
    "edgaragents": '<p style="font: 10pt Times New Roman; margin: 0pt 0">{}</p>\n<p style="margin: 0pt 0">&#160;</p>',
    "msword": "<p class=MsoNormal style='text-align:justify'><span style='font-size:10.0pt'>{}</span></p>",
}
_BOLD = {
    "workiva": '<span style="font-weight:700">{}</span>',
    "donnelley": "<B>{}</B>",
    "toppan": '<b style="font-weight:bold;">{}</b>',
    "edgaragents": "<b>{}</b>",
    "msword": "<b>{}</b>",
}
_ITEMS = {
    "workiva": '<div><span style="font-weight:700">{} {}</span></div>',
    "donnelley": '<TABLE BORDER="0" WIDTH="100%"><TR><TD WIDTH="10%" VALIGN="top"><B>{}</B></TD>'
    '<TD VALIGN="top"><B>{}</B></TD></TR></TABLE>',
    "toppan": '<table style="width:100%"><tr><td style="width:9%"><p><b>{}</b></p></td><td><p><b>{}</b></p></td></tr>'
    "</table>",
    "edgaragents": '<p style="margin: 0pt 0"><b>{}&#160;&#160;&#160;&#160;{}</b></p>',
    "msword": "<p class=MsoNormal><b><span style='font-size:10.0pt'>{} <u>{}</u></span></b></p>",
}
_HANGING = {
    "workiva": '<div style="padding-left:36pt;text-indent:-18pt"><span>{}</span>'
    '<span style="padding-left:6pt">{}</span></div>',
    "donnelley": '<TABLE BORDER="0" WIDTH="100%"><TR><TD WIDTH="4%">&nbsp;</TD><TD WIDTH="4%" VALIGN="top">{}'
    '</TD><TD ALIGN="left" VALIGN="top">{}</TD></TR></TABLE>',
    "toppan": '<table style="width:100%"><tr><td style="width:18pt"></td><td style="width:18pt"><p>{}</p></td>'
    "<td><p>{}</p></td></tr></table>",
    "edgaragents": '<table style="width: 100%"><tr style="vertical-align: top"><td style="width: 0.25in"></td>'
    '<td style="width: 0.25in">{}</td><td>{}</td></tr></table>',
    "msword": "<p class=MsoListParagraph style='text-indent:-.25in'>{}<span style='font:7.0pt \"Times New Roman\"'>"
    "&nbsp;&nbsp;&nbsp; </span>{}</p>",
}


def _typed(block: Block) -> str:
    """Print a block on a page of 80 columns, as reports were sent as text."""
    if isinstance(block, str):
        words = re.sub(r"^(?:#+|_|\*) ", "", block)
        return "\n".join(textwrap.fill(line, 78) for line in words.split("//"))
    columns = max(sum(cell.span for cell in row) for row in block)
    width = max(13, min(16, 52 // max(1, columns - 1)))
    first = max(26, 80 - width * (columns - 1)) if columns > 1 else 78
    return "\n".join(_typed_row(row, first, width) for row in block)


def _typed_row(row: list[_Cell], first: int, width: int) -> str:
    parts = [part for cell in row for part in (cell.text.replace("//", " "), *[""] * (cell.span - 1))]
    lead = textwrap.wrap(parts[0], first - 2) or [""]
    below = [textwrap.wrap(part, width - 2, break_on_hyphens=False) or [""] for part in parts[1:]]
    height = max(len(part) for part in [lead, *below])
    lines = []
    for place in range(height):
        line = (lead[place] if place < len(lead) else "").ljust(first)
        line += "".join((part[place] if place < len(part) else "").rjust(width) for part in below)
        lines.append(line.rstrip())
    return "\n".join(lines)

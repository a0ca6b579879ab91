"""A typed proxy statement printed by a house: what every company prints around its proposals, and the pages."""

import textwrap
from collections.abc import Iterator
from html import escape

from tests.filings.typed_statements import Typed

OWN = {
    1: "Election of Directors",
    2: "Ratification of the Appointment of Independent Registered Public Accounting Firm",
    3: "Advisory Vote to Approve Executive Compensation",
    4: "Approval of the 2024 Incentive Plan",
    5: "Amendment of the Certificate of Incorporation",
}
LABELS = {
    "A": "Proposal {}",
    "B": "Item {}",
    "C": "Proposal No. {}",
    "D": "{}.",
    "E": "Proposal {}",
    "F": "Proposal No. {}",
}
KINDS = {"# ": "h1", "## ": "h2", "### ": "h2", "- ": "li", "| ": "row", "!": "page"}


def printed(statement: Typed) -> bytes:
    """Return the statement as its house prints it: HTML in the manner of filing agents, or text."""
    lines = [*_front(statement), *statement.lines, *_back(statement)]
    if statement.house in {"text", "print"}:
        return _text(lines, 0 if statement.house == "print" else 5).encode()
    return "\n".join(["<html><body>", *_html(lines, _HOUSES[statement.house], statement), "</body></html>"]).encode()


# --- what stands around -----------------------------------------------------------------------------------------------


def _items(statement: Typed) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    theirs = [(one.item, one.title or f"{statement.holder} proposal") for one in statement.proposals]
    own = [(str(number), title) for number, title in OWN.items() if number < int(theirs[0][0])]
    return own, theirs


def _front(statement: Typed) -> Iterator[str]:
    holder, label = statement.holder, LABELS[statement.front]
    own, theirs = _items(statement)
    yield from (
        "# SCHEDULE 14A",
        f"# {statement.company.upper()}",
        "(Name of Registrant as Specified In Its Charter)",
        "!",
    )
    yield f"# NOTICE OF 2024 ANNUAL MEETING OF {holder.upper()}S"
    yield f"The Annual Meeting of {holder}s of {statement.company} will be held on Tuesday, May 14, 2024, to:"
    for number, title in own + theirs:
        advice = "FOR" if (number, title) in own else "AGAINST"
        yield f"| {number} | {title} | {advice}" if statement.front in "AE" else f"{number}. Vote on: {title};"
    yield f"{holder.capitalize()}s of record at the close of business on March 18, 2024 are entitled to vote."
    yield from ("!", "# TABLE OF CONTENTS")
    for page, (number, title) in enumerate(own + theirs, 7):
        yield f"| {label.format(number)} {title} | {page}"
    yield f"| {holder.capitalize()} Proposals for the 2025 Annual Meeting | 50"
    yield from ("!", "# PROXY SUMMARY", "| Voting matter | Board recommendation | Page")
    for number, title in own + theirs:
        yield f"| {label.format(number)} {title} | {'FOR' if (number, title) in own else 'AGAINST'} | 70"
    if statement.front in "EF":
        yield f"## What happened with the {holder} proposal last year?"
        yield f"At our 2023 annual meeting, a {holder} proposal submitted by Rupert Lyle received 41% of the votes."
        yield "Mr. Lyle has informed us that he does not intend to present a proposal this year."
    yield from (
        "## What vote is required?",
        f"Each {holder} proposal requires a majority of the shares entitled to vote.",
    )
    for number, title in own:
        yield from ("!", f"# {label.format(number)} {title}", f"“RESOLVED, that the {holder}s approve this.”")
        yield f"The Board of Directors recommends a vote FOR {title}."
    yield from ("!", "# COMPENSATION DISCUSSION AND ANALYSIS", "| A. Thornton | $1,250,000 | $9,875,214", "!")


def _back(statement: Typed) -> Iterator[str]:
    own, theirs = _items(statement)
    yield from ("!", "# OTHER MATTERS", "The Board knows of no other matters to be presented at the annual meeting.")
    yield f"## {statement.holder.capitalize()} Proposals for the 2025 Annual Meeting"
    yield "Proposals submitted under Rule 14a-8 must be received no later than November 29, 2024."
    yield from ("!", "# PROXY CARD", "The Board of Directors recommends you vote FOR the following proposals.")
    yield from (f"| {number}. | {title} | For | Against | Abstain" for number, title in own)
    yield "The Board of Directors recommends you vote AGAINST the following proposals."
    yield from (f"| {number}. | {title} | For | Against | Abstain" for number, title in theirs)


# --- houses -----------------------------------------------------------------------------------------------------------

_DIV = '<div style="margin-top:6pt{1}"><span style="font-size:9pt;font-weight:{2}">{0}</span></div>'
_HOUSES = {
    "workiva": {
        "h1": _DIV.format("{0}", ";text-align:center", 700),
        "h2": _DIV.format("{0}", "", 700),
        "p": _DIV.format("{0}", "", 400),
        "li": '<div style="padding-left:18pt"><span>•</span><span style="padding-left:12pt">{0}</span></div>',
        "row": '<table><tr><td style="width:1%"></td><td></td></tr><tr>{0}</tr></table>',
        "cell": '<td colspan="3"><span>{0}</span></td>',
        "page": "<div>{1}</div><div>{2} 2024 Proxy Statement</div><hr style='page-break-after:always'/>",
    },
    "donnelley": {
        "h1": '<P STYLE="margin-top:12pt" ALIGN="center"><B>{0}</B></P>',
        "h2": '<P STYLE="margin-top:12pt"><B>{0}</B></P>',
        "p": '<P STYLE="margin-top:12pt; font-size:10pt">{0} </P>',
        "li": '<TABLE WIDTH="100%"><TR><TD>&nbsp;</TD><TD>&#149;</TD><TD>{0}</TD></TR></TABLE>',
        "row": "<TABLE><TR>{0}</TR></TABLE>",
        "cell": '<TD VALIGN="top"><P STYLE="margin:0">{0}</P></TD><TD>&nbsp;</TD>',
        "page": '<P ALIGN="center">{1}</P><p style="page-break-before:always"></p><HR><h5>Table of Contents</h5>',
    },
    "toppan": {
        "h1": '<table><tr><td style="background-color:#003865"><p><b>{0}</b></p></td></tr></table>',
        "h2": "<p><strong>{0}</strong></p>",
        "p": "<p>{0}</p>",
        "li": "<ul><li><p>{0}</p></li></ul>",
        "row": "<table><tr>{0}</tr></table>",
        "cell": "<td>{0}</td>",
        "page": '<p>{1} | {2}</p><div style="page-break-before:always"></div><p>Back to Contents</p>',
    },
    "fonttags": {
        "h1": '<P ALIGN="CENTER"><FONT SIZE="2"><B>{0}</B></FONT></P>',
        "h2": '<P><FONT SIZE="2"><B>{0}</B></FONT></P>',
        "p": '<P><FONT SIZE="2">&nbsp;&nbsp;&nbsp;&nbsp;{0}</FONT></P>',
        "li": "<UL><LI><FONT SIZE=2>{0}</FONT></UL>",
        "row": "<TABLE><TR>{0}</TR></TABLE>",
        "cell": "<TD><FONT SIZE=2>{0}</FONT></TD>",
        "page": '<P ALIGN="CENTER">{1}</P><HR NOSHADE><P STYLE="page-break-before:always">',
    },
}


def _pieces(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        mark = next((mark for mark in KINDS if line.startswith(mark)), "")
        yield KINDS.get(mark, "p"), line.removeprefix(mark)


def _html(lines: list[str], house: dict[str, str], statement: Typed) -> Iterator[str]:
    page = 1
    for kind, text in _pieces(lines):
        page += kind == "page"
        shown = escape(text, quote=False)
        if kind == "row":
            shown = "".join(house["cell"].format(cell.strip()) for cell in shown.split(" | "))
        yield house[kind].format(shown, page, escape(statement.company))


def _text(lines: list[str], indent: int) -> str:
    out: list[str] = []
    page = 1
    for kind, text in _pieces(lines):
        if kind == "page":
            page += 1
            out += ["", f"{page:>38}", "<PAGE>"]
        elif kind == "h1":
            out += ["", *(line.center(76).rstrip() for line in textwrap.wrap(text, 60))]
        elif kind == "row":
            out.append(f"  {text.replace(' | ', ' ' * 6)}")
        else:
            opening = {"h2": "", "li": "     o ", "p": " " * indent}[kind]
            out += ["", *textwrap.wrap(text, 76, initial_indent=opening)]
    return "\n".join([*out, ""])

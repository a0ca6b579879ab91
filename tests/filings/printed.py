"""How filing agents print an 8-K's results: layouts in HTML, each from a meeting to a document."""

import html
from collections.abc import Callable, Sequence

from tests.filings.ballots import Ballot, Meeting, grouped, named, opener

Layout = Callable[[Meeting], str]
LAYOUTS: dict[str, Layout] = {}

COVER = (
    "<p align=center><b>UNITED STATES<br>SECURITIES AND EXCHANGE COMMISSION</b></p><p>Washington, D.C. 20549</p>"
    "<p align=center><b>FORM 8-K</b></p><p>Date of Report (Date of earliest event reported): February 30, 2010</p>"
    "<table><tr><td>Delaware</td><td>001-12345</td><td>12-3456789</td></tr></table>"
    "<p><b>Item 5.02 Departure of Directors.</b></p><p>On May 1, 2009, the Company paid $1,250,000 to its former "
    "officer and "
    "granted 25,000 shares for his service.</p>"
)
END = (
    "<p><b>Item 9.01 Financial Statements and Exhibits.</b></p><table><tr><td>10.1</td><td>Plan</td></tr></table>"
    "<p align=center><b>SIGNATURES</b></p><p>Pursuant to the requirements of the Securities Exchange Act of 1934, the "
    "registrant has duly caused this report to be signed.</p><p>Dated: June 3, 2010</p>"
)


def layout(write: Layout) -> Layout:
    """Register a layout under its name."""
    LAYOUTS[write.__name__] = write
    return write


def document(body: str) -> str:
    title = "<p><b>Item 5.07. Submission of Matters to a Vote of Security Holders.</b></p>"
    return f"<html><head><title>8-K</title></head><body>{COVER}{title}{body}{END}</body></html>"


def text(words: str) -> str:
    return html.escape(words, quote=False)


def p(words: str, *, bold: bool = False) -> str:
    return f"<p><b>{text(words)}</b></p>" if bold else f"<p>{text(words)}</p>"


def table(rows: Sequence[Sequence[str]], meeting: Meeting | None = None) -> str:
    """Print rows of ready cells; with spacer cells between them when the style has them."""
    between = "<td>&nbsp;</td>" if meeting and meeting.style.spacer else ""
    return (
        "<table>" + "".join(f"<tr>{between.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"
    )


def head(meeting: Meeting, roles: Sequence[str], *before: str) -> list[str]:
    return [*before, *(text(meeting.style.head(role)) for role in roles)]


def figures(meeting: Meeting, ballot: Ballot, roles: Sequence[str] | None = None) -> list[str]:
    wanted = roles if roles is not None else list(ballot.counts)
    return [grouped(meeting, ballot.counts[role]) if role in ballot.counts else "" for role in wanted]


def name(meeting: Meeting, ballot: Ballot) -> str:
    return text(ballot.nominee or "") + meeting.style.note


def election(meeting: Meeting) -> str:
    """Print the election as a table of nominees under its heading."""
    if not meeting.election:
        return ""
    roles = list(meeting.election[0].counts)
    rows = [head(meeting, roles, meeting.style.nominee)]
    rows += [[name(meeting, one), *figures(meeting, one)] for one in meeting.election]
    return table(rows, meeting)


def election_heading(meeting: Meeting) -> str:
    return named(meeting, meeting.election[0]) + "Election of Directors"


def each(meeting: Meeting, heading: Callable[[str], str], counts: Callable[[Ballot], str]) -> str:
    """Print every matter: the election as a table, the others by `counts`."""
    body = p(opener(meeting))
    if meeting.election:
        body += heading(election_heading(meeting)) + election(meeting)
    for ballot in meeting.others:
        body += heading(named(meeting, ballot) + ballot.title) + counts(ballot)
    return document(body)


def own_table(meeting: Meeting) -> Callable[[Ballot], str]:
    return lambda ballot: table([head(meeting, list(ballot.counts)), figures(meeting, ballot)], meeting)

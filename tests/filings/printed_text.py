"""How text documents print an 8-K's results: EDGAR's own text tags, dotted lines, wrapped sentences."""

import textwrap

from tests.filings.ballots import Ballot, Meeting, grouped, named, opener
from tests.filings.printed import layout
from tests.filings.printed_prose import in_favor

COVER = """                       UNITED STATES
             SECURITIES AND EXCHANGE COMMISSION

                          FORM 8-K

                       CURRENT REPORT

Date of Report:  February 30, 2010

Item 5.02. Departure of Directors.

The Company granted 25,000 shares for past service.

Item 5.07. Submission of Matters to a Vote of Security Holders.

"""
END = """
<PAGE>
Item 9.01. Financial Statements and Exhibits.

10.1    Plan

                         SIGNATURES

Pursuant to the requirements of the Securities Exchange Act of 1934, the
registrant has duly caused this report to be signed.
"""


def wrapped(words: str) -> str:
    return textwrap.fill(words, 72) + "\n\n"


def columns(meeting: Meeting, rows: list[list[str]], *, label: int) -> str:
    """Print rows in columns: the first left-aligned and `label` wide, figures right-aligned."""
    widths = [max(len(row[place]) for row in rows) + 4 for place in range(1, len(rows[0]))]
    return "".join(
        (row[0].ljust(label) + "".join(cell.rjust(width) for cell, width in zip(row[1:], widths, strict=True))).rstrip()
        + "\n"
        for row in rows
    )


def tabular(meeting: Meeting, ballots: tuple[Ballot, ...], label: str) -> str:
    roles = list(ballots[0].counts)
    rows = [[label, *(meeting.style.head(role) for role in roles)]]
    rows += [[one.nominee or "", *(grouped(meeting, one.counts[role]) for role in roles)] for one in ballots]
    return (
        columns(meeting, rows, label=max(len(row[0]) for row in rows) + 2 if label or ballots[0].nominee else 4) + "\n"
    )


def text_document(meeting: Meeting, tagged: bool, counts) -> str:
    body = wrapped(opener(meeting))
    if meeting.election:
        body += wrapped(named(meeting, meeting.election[0]) + "Election of Directors")
        table = tabular(meeting, meeting.election, meeting.style.nominee)
        body += f"<TABLE>\n<CAPTION>\n{table.rstrip()}\n</TABLE>\n\n" if tagged else table
    for one in meeting.others:
        body += wrapped(named(meeting, one) + one.title) + counts(one)
    return COVER + body + END


@layout
def text_with_edgar_tables(meeting: Meeting) -> str:
    def counts(one: Ballot) -> str:
        lines = tabular(meeting, (one,), "").rstrip().split("\n")
        return "\n".join(["<TABLE>", "<CAPTION>", lines[0], "<S>         <C>          <C>", *lines[1:], "</TABLE>\n\n"])

    return text_document(meeting, True, counts)


@layout
def text_columns(meeting: Meeting) -> str:
    return text_document(meeting, False, lambda one: tabular(meeting, (one,), ""))


@layout
def text_dotted_lines(meeting: Meeting) -> str:
    def counts(one: Ballot) -> str:
        return (
            "".join(f"  {(meeting.style.head(r) + ' ').ljust(40, '.')} {c:>15,}\n" for r, c in one.counts.items())
            + "\n"
        )

    return text_document(meeting, False, counts)


@layout
def text_label_lines(meeting: Meeting) -> str:
    def counts(one: Ballot) -> str:
        return "".join(f"{(meeting.style.head(r) + ':').ljust(24)}{c:>16,}\n" for r, c in one.counts.items()) + "\n"

    return text_document(meeting, False, counts)


@layout
def text_sentences(meeting: Meeting) -> str:
    def counts(one: Ballot) -> str:
        told = ", ".join(in_favor(role, count) for role, count in one.counts.items())
        return wrapped(f"The matter was put to the vote, with {told}.")

    return text_document(meeting, False, counts)


@layout
def preformatted_html(meeting: Meeting) -> str:
    body = text_columns(meeting).replace("&", "&amp;").replace("<PAGE>", "<hr>")
    return f"<HTML><HEAD><TITLE>8-K</TITLE></HEAD><BODY><PRE>\n{body}</PRE></BODY></HTML>"


@layout
def text_ruled_and_wrapped(meeting: Meeting) -> str:
    """Heads over two lines with a ruler below them; every title broken before its figures."""
    body = wrapped(opener(meeting))
    if meeting.election:
        body += wrapped(named(meeting, meeting.election[0]) + "Election of Directors")
        table = tabular(meeting, meeting.election, meeting.style.nominee).split("\n")
        ruler = "".join("-" if mark != " " else " " for mark in table[0])
        body += "\n".join([table[0], ruler, *table[1:]])
    for one in meeting.others:
        roles = list(one.counts)
        rows = [["", *(meeting.style.head(role) for role in roles)]]
        rows.append(["   and on no other matter", *(grouped(meeting, one.counts[role]) for role in roles)])
        heads, cells, *_ = columns(meeting, rows, label=30).split("\n")
        ruler = "".join("-" if mark != " " else " " for mark in heads)
        body += f"{heads}\n{ruler}\n{one.number}. {one.title}, of\n{cells}\n\n"
    return COVER + body + END

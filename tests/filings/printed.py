"""How filing agents print an 8-K's results: layouts in HTML, each from a meeting to a document."""

import html
from collections.abc import Callable, Sequence

from tests.filings.ballots import Ballot, Meeting, grouped, named, opener, spelled

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


@layout
def table_per_matter(meeting: Meeting) -> str:
    return each(meeting, p, own_table(meeting))


@layout
def bold_headings(meeting: Meeting) -> str:
    return each(meeting, lambda words: p(words, bold=True), own_table(meeting))


@layout
def bold_heading_then_sentence(meeting: Meeting) -> str:
    def heading(words: str) -> str:
        return p(words, bold=True) + p(f"The {meeting.holder}s voted on this matter with the result that follows.")

    return each(meeting, heading, own_table(meeting))


@layout
def outcome_after_table(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return own_table(meeting)(ballot) + p(
            "The matter was approved, having received more votes “for” than “against.”"
        )

    return each(meeting, p, counts)


@layout
def heading_split_over_cells(meeting: Meeting) -> str:
    def heading(words: str) -> str:
        number, _, title = words.partition(" ") if words[0] in "(0123456789" else words.partition(": ")
        return table([[text(number), text(title)]]) if title else p(words)

    return each(meeting, heading, own_table(meeting))


@layout
def header_and_value_split_over_rows(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        heads = head(meeting, list(ballot.counts))
        upper = [one.rpartition(" ")[0] for one in heads]
        lower = [one.rpartition(" ")[2] for one in heads]
        return table([upper, lower, figures(meeting, ballot)], meeting)

    return each(meeting, p, counts)


@layout
def spanned_header(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        roles = list(ballot.counts)
        top = f"<tr><th colspan='{len(roles)}'>Number of Votes</th></tr>"
        row = "".join(f"<th>{one}</th>" for one in head(meeting, roles))
        cells = "".join(f"<td>{one}</td>" for one in figures(meeting, ballot))
        return f"<table>{top}<tr>{row}</tr><tr>{cells}</tr></table>"

    return each(meeting, p, counts)


@layout
def wide_heads_over_dollar_cells(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        heads = "<td>&nbsp;</td>".join(f"<td colspan='3'>{one}</td>" for one in head(meeting, list(ballot.counts)))
        cells = "<td></td>".join(f"<td> </td><td>{one}</td><td>&#160;</td>" for one in figures(meeting, ballot))
        return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"

    return each(meeting, p, counts)


@layout
def percentages_beside_counts(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        heads = [cell for one in head(meeting, list(ballot.counts)) for cell in (one, "%")]
        cells = [cell for one in figures(meeting, ballot) for cell in (one, "12.5%")]
        return table([heads, cells], meeting)

    return each(meeting, p, counts)


@layout
def percent_signs_in_cells_of_their_own(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        heads = "".join(
            f"<td>{one}</td><td colspan='2'>% of votes cast</td>" for one in head(meeting, list(ballot.counts))
        )
        cells = "".join(f"<td>{one}</td><td>62.50</td><td>%</td>" for one in figures(meeting, ballot))
        return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"

    return each(meeting, p, counts)


@layout
def percentage_in_the_same_cell(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        cells = [f"{count:,} ({10 + place}.25%)" for place, count in enumerate(ballot.counts.values())]
        return table([head(meeting, list(ballot.counts)), cells], meeting)

    return each(meeting, p, counts)


@layout
def a_row_of_percentages_below(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        rows = [head(meeting, list(ballot.counts), ""), ["Votes", *figures(meeting, ballot)]]
        return table([*rows, ["% of votes cast", *["33.3%" for _ in ballot.counts]]], meeting)

    return each(meeting, p, counts)


@layout
def label_and_value_rows(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return table(
            [[h, f] for h, f in zip(head(meeting, list(ballot.counts)), figures(meeting, ballot), strict=True)], meeting
        )

    return each(meeting, p, counts)


@layout
def label_value_and_percentage_rows(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        cells = zip(head(meeting, list(ballot.counts)), figures(meeting, ballot), strict=True)
        return table([["", "Votes", "% of Votes Cast"], *([f"{h}:", f, "45.1%"] for h, f in cells)], meeting)

    return each(meeting, p, counts)


@layout
def pairs_in_one_row(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        cells = zip(head(meeting, list(ballot.counts)), figures(meeting, ballot), strict=True)
        return table([[cell for h, f in cells for cell in (f"{h}:", f)]], meeting)

    return each(meeting, p, counts)


@layout
def two_by_two(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        heads, cells = head(meeting, list(ballot.counts)), figures(meeting, ballot)
        return table([heads[:2], cells[:2], heads[2:], cells[2:]])

    return each(meeting, p, counts)


@layout
def label_and_value_in_one_cell(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        cells = zip(head(meeting, list(ballot.counts)), figures(meeting, ballot), strict=True)
        return table([[f"{h}<br>{f}" for h, f in cells]])

    return each(meeting, p, counts)


@layout
def broken_numbers(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        heads, cells = "", ""
        for one, figure in zip(head(meeting, list(ballot.counts)), figures(meeting, ballot), strict=True):
            first, comma, rest = figure.partition(",")
            heads += f"<td colspan='2'>{one}</td>"
            cells += f"<td>{first}{comma}</td><td>{rest}</td>"
        return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"

    return each(meeting, p, counts)


def _all_roles(meeting: Meeting) -> list[str]:
    order = ("for", "against", "withheld", "abstain", "broker_non_votes")
    return [role for role in order if any(role in ballot.counts for ballot in meeting.ballots)]


def _big(
    meeting: Meeting, title_row: Callable[[Ballot], list[str]], rows: Callable[[Ballot, list[str]], list[list[str]]]
) -> str:
    """Print everything in one table under one header; a frequency vote has its own below."""
    roles = _all_roles(meeting)
    plain = [ballot for ballot in meeting.others if ballot.kind != "say_on_frequency"]
    body = [head(meeting, roles, "Proposal")]
    if meeting.election:
        body.append(title_row(meeting.election[0]))
        body += [[name(meeting, one), *figures(meeting, one, roles)] for one in meeting.election]
    for ballot in plain:
        body += rows(ballot, roles)
    after = "".join(
        p(named(meeting, ballot) + ballot.title) + own_table(meeting)(ballot)
        for ballot in meeting.others
        if ballot.kind == "say_on_frequency"
    )
    return document(p(opener(meeting)) + table(body, meeting) + after)


@layout
def one_table_for_all(meeting: Meeting) -> str:
    return _big(
        meeting,
        lambda ballot: [text(named(meeting, ballot) + "Election of Directors")],
        lambda ballot, roles: [[text(named(meeting, ballot) + ballot.title), *figures(meeting, ballot, roles)]],
    )


@layout
def one_table_with_title_rows(meeting: Meeting) -> str:
    return _big(
        meeting,
        lambda ballot: [f"<b>{text(named(meeting, ballot))}Election of Directors</b>"],
        lambda ballot, roles: [
            [f"<b>{text(named(meeting, ballot) + ballot.title)}</b>"],
            ["", *figures(meeting, ballot, roles)],
        ],
    )


def _rows_of_two(meeting: Meeting, *, repeat: bool) -> str:
    """Print number and title in cells of their own, under a header of its own for each matter or one for all."""
    body = p(opener(meeting))
    for ballot in meeting.others:
        roles = list(ballot.counts)
        row = [f"{ballot.number}.", text(ballot.title), *figures(meeting, ballot)]
        body += (
            table([head(meeting, roles, "", ""), row], meeting)
            if repeat
            else table([["", "", *head(meeting, roles)], row])
        )
    if not meeting.election:
        return document(body)
    first = meeting.election[0]
    rows = [head(meeting, list(first.counts), "1.", "Election of Directors:")]
    rows += [["", name(meeting, one), *figures(meeting, one)] for one in meeting.election]
    return document(p(opener(meeting)) + table(rows, meeting) + body.removeprefix(p(opener(meeting))))


@layout
def number_and_title_in_cells(meeting: Meeting) -> str:
    return _rows_of_two(meeting, repeat=True)


@layout
def title_in_the_header_row(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for ballot in meeting.others:
        body += table(
            [
                head(meeting, list(ballot.counts), text(named(meeting, ballot) + ballot.title)),
                ["", *figures(meeting, ballot)],
            ]
        )
    return document(body)


@layout
def title_spanning_the_table(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        roles = list(ballot.counts)
        title = f"<tr><td colspan='{len(roles)}'><b>{text(named(meeting, ballot) + ballot.title)}</b></td></tr>"
        rows = table([head(meeting, roles), figures(meeting, ballot)]).removeprefix("<table>")
        return f"<table>{title}{rows}"

    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    return document(body + "".join(counts(ballot) for ballot in meeting.others))


@layout
def outcome_column(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return table(
            [[*head(meeting, list(ballot.counts)), "Outcome"], [*figures(meeting, ballot), "Approved"]], meeting
        )

    return each(meeting, p, counts)


@layout
def total_column(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        total = f"{sum(ballot.counts.values()):,}"
        return table([[*head(meeting, list(ballot.counts)), "Total"], [*figures(meeting, ballot), total]], meeting)

    return each(meeting, p, counts)


@layout
def shuffled_columns(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        roles = [*list(ballot.counts)[1:], next(iter(ballot.counts))]
        return table([head(meeting, roles), figures(meeting, ballot, roles)], meeting)

    return each(meeting, p, counts)


@layout
def matters_side_by_side(meeting: Meeting) -> str:
    """Columns are matters, rows are counts."""
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    plain = [one for one in meeting.others if one.kind != "say_on_frequency"]
    roles = [
        role for role in ("for", "against", "abstain", "broker_non_votes") if any(role in one.counts for one in plain)
    ]
    if len(plain) > 1:
        rows = [["", *(text(named(meeting, one) + one.title) for one in plain)]]
        rows += [
            [text(meeting.style.head(r)), *(figures(meeting, one, [r])[0] or "N/A" for one in plain)] for r in roles
        ]
        body += table(rows)
    else:
        body += "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in plain)
    for one in meeting.others:
        if one.kind == "say_on_frequency":
            body += p(named(meeting, one) + one.title) + own_table(meeting)(one)
    return document(body)


@layout
def nominees_with_pairs(meeting: Meeting) -> str:
    """Each nominee's name beside the first of several label and value rows."""
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting))
        for one in meeting.election:
            cells = list(zip(head(meeting, list(one.counts)), figures(meeting, one), strict=True))
            rows = "".join(f"<tr><td>{h}:</td><td>{f}</td></tr>" for h, f in cells[1:])
            first = (
                f"<tr><td "
                f"rowspan='{len(cells)}'>{name(meeting, one)}</td><td>{cells[0][0]}:</td><td>{cells[0][1]}</td></tr>"
            )
            body += f"<table>{first}{rows}</table>"
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def stacked_in_cells(meeting: Meeting) -> str:
    """All nominees in one row, names and counts stacked with line breaks."""
    body = p(opener(meeting))
    if meeting.election:
        roles = list(meeting.election[0].counts)
        cells = [[name(meeting, one), *figures(meeting, one)] for one in meeting.election]
        rows = [
            head(meeting, roles, meeting.style.nominee),
            ["<br>".join(column) for column in zip(*cells, strict=True)],
        ]
        body += p(election_heading(meeting)) + table(rows)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def tables_in_a_frame(meeting: Meeting) -> str:
    inner = each(meeting, p, own_table(meeting))
    start = inner.index("<p><b>Item 5.07")
    end = inner.index("<p><b>Item 9.01")
    return f"{inner[:start]}<table><tr><td>{inner[start:end]}</td></tr></table>{inner[end:]}"


@layout
def word_export(meeting: Meeting) -> str:
    def cell(words: str) -> str:
        return (
            f"<td width=96 valign=top style='width:1.0in;padding:0in 5.4pt'><p class=MsoNormal align=right><span "
            f"style='font-size:10.0pt'>{words}<o:p></o:p></span></p></td>"
        )

    def counts(ballot: Ballot) -> str:
        rows = [head(meeting, list(ballot.counts)), figures(meeting, ballot)]
        cells = "".join(f"<tr style='mso-yfti-irow:0'>{''.join(map(cell, row))}</tr>" for row in rows)
        return f"<table class=MsoNormalTable border=0>{cells}</table><p class=MsoNormal><o:p>&nbsp;</o:p></p>"

    return each(meeting, lambda words: f"<p class=MsoNormal><b><u>{text(words)}</u></b></p>", counts)


@layout
def inline_xbrl(meeting: Meeting) -> str:
    hidden = (
        "<div style='display:none'><ix:header><ix:hidden><ix:nonNumeric>99,999,999 votes "
        "for</ix:nonNumeric></ix:hidden></ix:header></div>"
    )
    body = each(meeting, p, own_table(meeting))
    return body.replace("<body>", f"<body>{hidden}").replace(
        "FORM 8-K", "<ix:nonNumeric name='dei:DocumentType'>FORM 8-K</ix:nonNumeric>"
    )


@layout
def styles_by_class(meeting: Meeting) -> str:
    sheet = "<style>.b1 {font-weight: bold; text-align:center} .x9{display:none}</style>"
    body = each(
        meeting,
        lambda words: f"<div class='b1'>{text(words)}</div><div class='x9'>For 999,999</div>",
        own_table(meeting),
    )
    return body.replace("<head>", f"<head>{sheet}")


@layout
def title_on_the_next_line(meeting: Meeting) -> str:
    def heading(words: str) -> str:
        for ballot in meeting.ballots:
            if words == named(meeting, ballot) + ballot.title:
                return p(named(meeting, ballot).strip(), bold=True) + p(ballot.title, bold=True)
        return p(words)

    return each(meeting, heading, own_table(meeting))


@layout
def unnumbered_headings(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p("Election of Directors", bold=True) + election(meeting)
    for one in meeting.others:
        body += p(one.title, bold=True) + own_table(meeting)(one)
    return document(body)


def _sentence(meeting: Meeting, one: Ballot) -> str:
    doing = {
        "auditor": "ratified the appointment of Alder & Moss LLP as independent registered public accounting firm",
        "say_on_pay": "approved, on an advisory basis, the compensation of the Company’s named executive officers",
        "say_on_frequency": "voted on the frequency of future advisory votes on executive compensation",
    }
    if one.kind == "shareholder_proposal":
        return f"The {meeting.holder}s did not approve the {one.title[0].lower()}{one.title[1:]}"
    return f"The {meeting.holder}s {doing.get(one.kind, 'approved the matter: ' + one.title)}"


@layout
def sentences_for_headings(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(
            f"1. The {meeting.holder}s elected the following persons as directors, each for a term of one year:"
        ) + election(meeting)
    for one in meeting.others:
        body += p(f"{one.number}. {_sentence(meeting, one)} by the following vote:") + own_table(meeting)(one)
    return document(body)


@layout
def titles_in_the_opening_list(meeting: Meeting) -> str:
    """Rows say only "Proposal No. 2"; what that is stands in the opening list."""
    listed = "".join(
        p(f"Proposal No. {one.number}: {one.title}") for one in ({b.number: b for b in meeting.ballots}).values()
    )
    body = p(opener(meeting)) + listed + p("The results of the voting were as follows:")
    if meeting.election:
        body += p("Proposal No. 1", bold=True) + election(meeting)
    for one in meeting.others:
        body += p(f"Proposal No. {one.number}", bold=True) + own_table(meeting)(one)
    return document(body)


@layout
def roman_opening_list(meeting: Meeting) -> str:
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    entries = list({b.number: b for b in meeting.ballots}.values())
    listed = ", ".join(f"({roman[int(one.number) - 1]}) the {one.title[0].lower()}{one.title[1:]}" for one in entries)
    body = p(
        f"The annual meeting of the {meeting.holder}s was held on {spelled(meeting.day)}. Matters voted on included "
        f"{listed}."
    )
    for one in entries:
        words = f"With respect to {'the election of directors' if one.nominee else 'this matter'}:"
        body += table([[f"({roman[int(one.number) - 1]})", words if one.nominee else "Results:"]])
        body += election(meeting) if one.nominee else own_table(meeting)(one)
    return document(body)


def _told(meeting: Meeting, one: Ballot, phrase: Callable[[str, int], str], join: str) -> str:
    return join.join(phrase(role, count) for role, count in one.counts.items())


def _in_favor(role: str, count: int) -> str:
    words = {
        "for": "shares in favor",
        "against": "shares against",
        "withheld": "shares withheld",
        "abstain": "shares abstaining",
        "broker_non_votes": "broker non-votes",
        "1 year": "votes for one year",
        "2 years": "votes for two years",
        "3 years": "votes for three years",
    }
    return f"{count:,} {words[role]}"


def _were_cast(role: str, count: int) -> str:
    words = {
        "for": "votes were cast for the proposal",
        "against": "votes were cast against",
        "withheld": "votes were withheld",
        "abstain": "abstentions",
        "broker_non_votes": "broker non-votes",
        "1 year": "shares voted for every year",
        "2 years": "shares voted for every two years",
        "3 years": "shares voted for every three years",
    }
    return f"{count:,} {words[role]}"


def _prose(meeting: Meeting, phrase: Callable[[str, int], str], join: str, lead: str, end: str = ".") -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        body += p(named(meeting, one) + one.title, bold=True) + p(lead + _told(meeting, one, phrase, join) + end)
    return document(body)


@layout
def prose_in_favor(meeting: Meeting) -> str:
    return _prose(meeting, _in_favor, ", ", "The matter was put to the vote, with ")


@layout
def prose_were_cast(meeting: Meeting) -> str:
    return _prose(meeting, _were_cast, "; ", "On this matter ")


@layout
def prose_labels(meeting: Meeting) -> str:
    return _prose(meeting, lambda role, count: f"{meeting.style.head(role)}: {count:,}", "; ", "", "")


@layout
def prose_in_one_paragraph_with_its_title(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        body += p(f"{named(meeting, one)}{one.title}. The vote was {_told(meeting, one, _in_favor, ', ')}.")
    return document(body)


@layout
def bullets(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        marks = "".join(p(f"• {_in_favor(role, count)}") for role, count in one.counts.items())
        body += p(named(meeting, one) + one.title, bold=True) + p("The tabulation of votes was as follows:") + marks
    return document(body)


@layout
def list_items(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        items = "".join(f"<li>{text(meeting.style.head(role))} – {count:,}</li>" for role, count in one.counts.items())
        body += p(named(meeting, one) + one.title) + f"<ul>{items}</ul>"
    return document(body)


@layout
def bullets_in_table_cells(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        rows = [["•", _were_cast(role, count)] for role, count in one.counts.items()]
        body += p(named(meeting, one) + one.title) + "".join(table([row]) for row in rows)
    return document(body)


@layout
def nominees_in_prose(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting))
        body += "".join(p(f"{one.nominee}: {_told(meeting, one, _in_favor, ', ')}.") for one in meeting.election)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def spaces_for_columns(meeting: Meeting) -> str:
    """No table at all: non-breaking spaces hold the figures apart."""
    gap = "&nbsp;" * 8

    def counts(ballot: Ballot) -> str:
        return f"<p>{gap.join(head(meeting, list(ballot.counts)))}</p><p>{gap.join(figures(meeting, ballot))}</p>"

    return each(meeting, p, counts)


@layout
def full_submission(meeting: Meeting) -> str:
    main = each(meeting, p, own_table(meeting))
    exhibit = "<html><body><p>For 1,111,111 Against 2,222,222</p></body></html>"
    return (
        "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n<SEC-HEADER>\nCONFORMED SUBMISSION TYPE: 8-K\n</SEC-HEADER>\n"
        f"<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\n{main}\n</TEXT>\n</DOCUMENT>\n"
        f"<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<TEXT>\n{exhibit}\n</TEXT>\n</DOCUMENT>\n"
    )


@layout
def footnotes_below(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        cells = [f"{one}<sup>({place})</sup>" for place, one in enumerate(figures(meeting, ballot), 1)]
        return table([head(meeting, list(ballot.counts)), cells]) + p("(1) Includes shares voted by proxy.")

    return each(meeting, p, counts)


@layout
def section_headings_for_holders(meeting: Meeting) -> str:
    """Shareholders' own proposals stand under a heading of their own and are not named so again."""
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    own = False
    for one in meeting.others:
        if one.kind == "shareholder_proposal" and not own:
            own = True
            body += p(f"{meeting.holder.capitalize()} Proposals", bold=True)
        body += p(
            named(meeting, one) + one.title.partition(" regarding ")[2] if own else named(meeting, one) + one.title
        ) + own_table(meeting)(one)
    return document(body)

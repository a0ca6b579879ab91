"""Layouts with a table for each matter, or one for all of them."""

from collections.abc import Callable

from tests.filings.ballots import Ballot, Meeting, named, opener
from tests.filings.printed import document, each, figures, head, layout, name, own_table, p, table, text


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

"""Layouts that differ in where a row has its number, title and counts."""

from tests.filings.ballots import Ballot, Meeting, named, opener
from tests.filings.printed import (
    document,
    each,
    election,
    election_heading,
    figures,
    head,
    layout,
    name,
    own_table,
    p,
    table,
    text,
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
